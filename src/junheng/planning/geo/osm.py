"""OpenStreetMap extracts (.osm.pbf, .osm) into plain road tables; ways cut where roads meet.

Data © OpenStreetMap contributors, ODbL: whoever publishes what is made from it must say so.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from junheng.basics import Text, UserError
from junheng.planning.geo.areas import Point
from junheng.planning.geo.placing import made_for
from junheng.planning.geo.tables import write_rows
from junheng.planning.travel import road_class, unit_sphere

Box = tuple[float, float, float, float]  # west, south, east, north in degrees
_EARTH_M = 6_371_008.8
_CLOSED = {"no", "private"}  # of access: a road nobody may take
_YES, _BACK = {"yes", "true", "1"}, {"-1", "reverse"}
_ONE_WAY_KINDS = {"motorway", "motorway_link"}


@dataclass(frozen=True, slots=True)
class Way:
    """One way of the extract: its nodes, its highway tag, and the direction (1 with, -1 against, 0 both)."""

    id: int
    nodes: tuple[int, ...]
    kind: str
    direction: int


def import_osm(path: Path, out: Path, box: Box | None = None, *, force: bool = False) -> tuple[int, int]:
    """Write nodes.csv and roads.csv of the roads in ``path`` into ``out``; how many nodes and stretches.

    ``box``: only ways with a node in it. A node is kept where a way ends or two meet; lengths are great circles along
    all nodes between. UserError: an unreadable file, no road, tables there that hold something else (``force``
    replaces them).
    """
    ways, places = _read(path, box)
    if not ways:
        raise UserError(
            Text("没有道路", "there is no road"), where=path.name,
            fix=Text("请核对范围（西,南,东,北）和文件", "check the box (west,south,east,north) and the file"),
        )  # fmt: skip
    stretches = list(_stretches(ways, places))
    used = sorted({node for stretch in stretches for node in stretch[:2]})
    lines = [(f"n{node}", f"{places[node][0]:.7f}", f"{places[node][1]:.7f}") for node in used]
    rows = [
        (f"n{a}", f"n{b}", f"{metres:.1f}", kind, "是" if single else "否")
        for a, b, metres, kind, single in stretches
    ]
    with made_for(out, force=force) as folder:
        write_rows(folder / "nodes.csv", ("结点编号", "经度", "纬度"), lines)
        write_rows(folder / "roads.csv", ("起点", "终点", "长度米", "等级", "单向"), rows)
    return len(used), len(stretches)


def _read(path: Path, box: Box | None) -> tuple[list[Way], dict[int, Point]]:
    """The ways that are roads, and where their nodes lie."""
    import osmium

    ways: list[Way] = []
    places: dict[int, Point] = {}
    try:
        for way in (
            osmium.FileProcessor(str(path)).with_locations().with_filter(osmium.filter.KeyFilter("highway"))
        ):
            if way.is_way():
                _take(way, box, ways, places)
    except RuntimeError as error:
        raise UserError(
            Text("无法读取：文件残缺，或不是 OpenStreetMap 数据", f"it cannot be read: {error}"), where=path.name,
            fix=Text("应为 .osm.pbf 或 .osm 文件", "it should be an .osm.pbf or .osm file"),
        ) from error  # fmt: skip
    return ways, places


def _take(way: Any, box: Box | None, ways: list[Way], places: dict[int, Point]) -> None:
    """A way that is a road and touches the box; nodes outside the extract are left out."""
    tags = way.tags
    kind = tags.get("highway", "")
    if not road_class(kind) or tags.get("access", "") in _CLOSED or tags.get("area", "") == "yes":
        return
    located = {
        node.ref: (node.location.lon, node.location.lat) for node in way.nodes if node.location.valid()
    }
    nodes = tuple(node.ref for node in way.nodes if node.ref in located)
    if len(nodes) < 2 or not (box is None or any(_within(point, box) for point in located.values())):
        return
    said = tags.get("oneway", "")
    single = said in _YES or (
        not said and (kind in _ONE_WAY_KINDS or tags.get("junction", "") == "roundabout")
    )
    ways.append(Way(way.id, nodes, kind, -1 if said in _BACK else int(single)))
    places.update(located)


def _within(point: Point, box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _stretches(ways: Sequence[Way], places: dict[int, Point]) -> Iterator[tuple[int, int, float, str, bool]]:
    """Start, end, metres, class and whether one way, of every piece between two kept nodes."""
    uses = Counter(node for way in ways for node in way.nodes)
    for way in sorted(ways, key=lambda way: way.id):
        uses.update((way.nodes[0], way.nodes[-1]))  # ends are kept
    for way in sorted(ways, key=lambda way: way.id):
        nodes = way.nodes if way.direction >= 0 else way.nodes[::-1]
        steps = _metres([places[node] for node in nodes])
        cuts = [at for at, node in enumerate(nodes) if uses[node] > 1]
        if nodes[0] == nodes[-1] and len(cuts) == 2:
            cuts.insert(1, len(nodes) // 2)  # a loop nothing else touches but at its end
        for first, last in pairwise(cuts):
            if nodes[first] != nodes[last]:
                yield nodes[first], nodes[last], float(steps[first:last].sum()), way.kind, way.direction != 0


def _metres(points: Sequence[Point]) -> Any:
    """Great circle of every step."""
    sphere = unit_sphere(points)
    return 2 * _EARTH_M * np.arcsin(np.minimum(1, np.linalg.norm(np.diff(sphere, axis=0), axis=1) / 2))
