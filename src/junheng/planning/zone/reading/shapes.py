"""Shapes of blocks: neighbours, inner points, where schools stand, what lies outside the county."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from junheng.basics import Text
from junheng.planning.frozen import Json
from junheng.planning.zone.reading.blocks import Block
from junheng.planning.zone.reading.faults import Faults, named
from junheng.planning.zone.reading.pieces import touching
from junheng.planning.zone.reading.plane import Layer, Plane, inner_point, read_layer, rings_of
from junheng.planning.zone.reading.schools import School
from junheng.planning.zone.reading.settings import Settings

Ring = list[tuple[float, float]]
_DIGITS = 6  # of a degree: ten centimetres on a map


@dataclass(frozen=True, slots=True)
class Shapes:
    """Rings, inner point, neighbours of the blocks; all empty where no shapes were given."""

    rings: dict[str, list[Ring]] = field(default_factory=dict)
    points: dict[str, tuple[str, str]] = field(default_factory=dict)
    neighbours: list[tuple[str, str]] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)

    def frozen(self) -> Json:
        """Block → rings, each a text of “lon lat” pairs: a frozen problem holds no fractions."""
        return {
            key: [" ".join(f"{x:.{_DIGITS}f} {y:.{_DIGITS}f}" for x, y in ring) for ring in rings]
            for key, rings in sorted(self.rings.items())
        }


def thawed(rings: Iterable[str]) -> list[Ring]:
    """Rings of a frozen problem as points."""
    found = []
    for ring in rings:
        numbers = [float(part) for part in ring.split()]
        found.append(list(zip(numbers[::2], numbers[1::2], strict=True)))
    return found


def read_shapes(
    settings: Settings, folder: Path, blocks: Sequence[Block], schools: Sequence[School], faults: Faults
) -> Shapes:
    """The shapes of ``settings["areas"]`` for ``blocks``; blocks and shapes without each other are listed."""
    if "boundary" in settings:
        _tell_outside(folder / settings["boundary"], [*blocks, *schools], faults)
    if "areas" not in settings:
        return Shapes()
    spec = settings["areas"]
    path = folder / spec["file"]
    layer = read_layer(path, spec, faults)
    ids = [block.id for block in blocks]
    _tell_unmatched(layer, ids, path.name, faults)
    kept = {key: layer[key] for key in ids if key in layer}
    if not kept:
        return Shapes(files=[path])
    plane = Plane.around(list(kept.values()))
    flat = [plane.flat(shape) for shape in kept.values()]
    keys = list(kept)
    return Shapes(
        rings={key: rings_of(shape) for key, shape in kept.items()},
        points={key: plane.degrees(*inner_point(shape)) for key, shape in zip(keys, flat, strict=True)},
        neighbours=sorted((min(keys[a], keys[b]), max(keys[a], keys[b])) for a, b in touching(flat)),
        files=[path],
    )


def _tell_unmatched(layer: Layer, ids: Sequence[str], file: str, faults: Faults) -> None:
    shapeless = [block for block in ids if block not in layer]
    strange = sorted(set(layer) - set(ids))
    if shapeless and len(shapeless) == len(ids):
        faults.add(file, "没有一个图形的编号是片块编号", "no shape has the id of a block")
    elif shapeless:
        said = Text(
            f"{len(shapeless)} 个片块没有图形：{named(shapeless)}",
            f"{len(shapeless)} blocks have no shape: {named(shapeless)}",
        )
        faults.doubt("shapes", file, said, shapeless)
    if strange:
        said = Text(
            f"{len(strange)} 个图形不在片块表，略去：{named(strange)}",
            f"{len(strange)} shapes are in no table and left out: {named(strange)}",
        )
        faults.doubt("shapes", file, said, strange)


def _tell_outside(path: Path, places: Sequence[Block | School], faults: Faults) -> None:
    """Blocks and schools whose point lies outside the county."""
    from shapely import Point, union_all

    outline = union_all(list(read_layer(path, {}, faults).values()))
    placed = [place for place in places if place.lon]
    outside = [p.id for p in placed if not outline.covers(Point(float(p.lon), float(p.lat)))]
    if outside:
        said = Text(
            f"{len(outside)} 处（片块、学校）的坐标在县界以外，其路程不可信：{named(outside)}",
            f"{len(outside)} blocks or schools lie outside the county: their ways are not to be trusted: {named(outside)}",
        )
        faults.doubt("outside", path.name, said, outside)


def standing_blocks(
    schools: Sequence[School], blocks: Sequence[Block], shapes: Shapes, faults: Faults
) -> dict[str, str]:
    """School → the block it stands in: as written, else the shape around it, else the nearest block's point."""
    known = {block.id for block in blocks}
    found: dict[str, str] = {}
    outside = []
    around = _around(shapes)
    for school in schools:
        if school.block and school.block not in known:
            faults.add(school.where, f"片块表没有 {school.block}", f"no block {school.block}")
        elif school.block:
            found[school.id] = school.block
        elif school.lon:
            block = around(float(school.lon), float(school.lat))
            if not block and shapes.rings:
                outside.append(school.id)
            found[school.id] = block or _nearest_block(school, blocks)
    if outside:
        said = Text(
            f"{len(outside)} 所学校不在任何片块之内，按最近的片块计：{named(outside)}",
            f"{len(outside)} schools stand in no block; the nearest is taken: {named(outside)}",
        )
        faults.doubt("outside", "学校", said, outside)
    return {school: block for school, block in found.items() if block}


def _around(shapes: Shapes) -> Any:
    """A function that names the block around a point, "" where there is none."""
    if not shapes.rings:
        return lambda lon, lat: ""
    from shapely import Point, Polygon, STRtree

    keys = list(shapes.rings)
    polygons = []
    for key in keys:
        whole = Polygon()
        for ring in shapes.rings[key]:
            whole = whole.symmetric_difference(Polygon(ring).buffer(0))
        polygons.append(whole)
    tree = STRtree(polygons)

    def find(lon: float, lat: float) -> str:
        inside = [keys[at] for at in tree.query(Point(lon, lat)) if polygons[at].covers(Point(lon, lat))]
        return min(inside, default="")

    return find


def _nearest_block(school: School, blocks: Sequence[Block]) -> str:
    from junheng.planning.travel import unit_sphere

    placed = [block for block in blocks if block.lon]
    if not placed:
        return ""
    points = [(float(school.lon), float(school.lat)), *((float(b.lon), float(b.lat)) for b in placed)]
    sphere = unit_sphere(points)
    chords = ((sphere[1:] - sphere[0]) ** 2).sum(axis=1)
    return placed[int(chords.argmin())].id
