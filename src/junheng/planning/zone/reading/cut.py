"""Blocks cut out of catchments where no pupil's home is public: overlay of all layers, then a grid.

Pupils are assumed spread evenly over their catchment: an assumption, told with every result that rests on it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import sqrt
from pathlib import Path
from typing import Any

from junheng.basics import Text
from junheng.planning.cell_values import exact_number, whole_number
from junheng.planning.frozen import Json
from junheng.planning.zone.reading.blocks import Block
from junheng.planning.zone.reading.faults import Faults
from junheng.planning.zone.reading.pieces import Piece, joined_slivers, touching
from junheng.planning.zone.reading.plane import Plane, inner_point, layer_names, read_layer, rings_of
from junheng.planning.zone.reading.schools import School
from junheng.planning.zone.reading.settings import Settings
from junheng.planning.zone.reading.shapes import Shapes


@dataclass(frozen=True, slots=True)
class Cut:
    """The blocks of cut catchments with their shapes; ``beside``: the other layers as assignments of the same blocks."""

    blocks: list[Block]
    shapes: Shapes
    beside: list[Json]
    sources: dict[str, Text] = field(default_factory=dict)


def cut_catchments(settings: Settings, folder: Path, schools: Sequence[School], faults: Faults) -> Cut:
    """Cut the catchments of ``settings`` into blocks. Pupils of a catchment: the enrolment of its school (id)."""
    if "catchments" not in settings:
        raise faults.ending("cut", "cut 要有 catchments（现行学区图）", "cut needs catchments")
    named = [settings["catchments"], *_others(settings["cut"])]
    layers = [read_layer(folder / layer["file"], layer, faults) for layer in named]
    plane = Plane.around([shape for layer in layers for shape in layer.values()])
    flat = [_apart({key: plane.flat(shape) for key, shape in layer.items()}) for layer in layers]
    cells = whole_number(settings["cut"].get("cells", "12"), "cut.cells", faults, least=1) or 1
    thin = exact_number(settings["shares"]["thin"], "shares.thin", faults) or Fraction(0)
    names = {key: name for layer in named for key, name in layer_names(folder / layer["file"], layer).items()}
    flat[0] = _with_enrolment(flat[0], schools, names, faults)
    pieces = _pieces(flat, cells, float(thin))
    blocks = _blocks(pieces, schools, plane, names)
    shapes = Shapes(
        rings={b.id: rings_of(plane.round(p.shape)) for b, p in zip(blocks, pieces, strict=True)},
        points={b.id: (b.lon, b.lat) for b in blocks},
        neighbours=[(blocks[a].id, blocks[b].id) for a, b in touching([p.shape for p in pieces])],
        files=[folder / layer["file"] for layer in named],
    )
    known = {school.id: school for school in schools}
    beside = [_beside(at, layer, pieces, blocks, names, known) for at, layer in enumerate(named[1:], 1)]
    return Cut(blocks, shapes, beside, {"pupils": _ASSUMED})


def _apart(layer: Mapping[str, Any]) -> dict[str, Any]:
    """The catchments without what an earlier one (by id) holds already: nobody is counted twice."""
    found: dict[str, Any] = {}
    for key, shape in sorted(layer.items()):
        for other in found.values():
            if shape.intersects(other):
                shape = shape.difference(other)
        if shape.area > 0:
            found[key] = shape
    return found


_ASSUMED = Text(
    "没有公开的学生住址：各学区学生按面积均匀分到本学区的片块，凡人数、路程都以此假设为前提",
    "no homes of pupils are public: the pupils of a catchment are spread evenly over its blocks by area; every number "
    "of pupils and every way rests on this assumption",
)


def _others(cut: Mapping[str, Any]) -> list[Any]:
    given = cut.get("with", [])
    return [given] if isinstance(given, dict) else list(given)


def _with_enrolment(
    layer: Mapping[str, Any], schools: Sequence[School], names: Mapping[str, str], faults: Faults
) -> dict[str, Any]:
    """The catchments whose pupils are known; the others are left out, and listed: unknown is not none."""
    known = {school.id for school in schools if school.enrolled is not None}
    lost = sorted(set(layer) - known)
    if lost:
        shown = "、".join(f"{names.get(key, '')}（{key}）" for key in lost)
        said = Text(
            f"{len(lost)} 个学区的学校没有在校生数，整区略去：{shown}",
            f"{len(lost)} catchments have no enrolment and are left out whole: {shown}",
        )
        faults.doubt("catchments", "catchments", said, lost)
    return {key: shape for key, shape in layer.items() if key in known}


def _pieces(layers: Sequence[Mapping[str, Any]], cells: int, thin: float) -> list[Piece]:
    """Every catchment of today, divided by the other layers and by its own grid; slivers joined to their neighbours."""
    found: list[Piece] = []
    for key, shape in sorted(layers[0].items()):
        side = sqrt(shape.area / cells)
        own = [Piece(shape, (key,))]
        for layer in layers[1:]:
            own = [part for piece in own for part in _divided(piece, layer)]
        parts = [Piece(shape, piece.zones) for piece in own for shape in _gridded(piece.shape, side)]
        found += joined_slivers(parts, thin * side * side)
    return found


def _divided(piece: Piece, layer: Mapping[str, Any]) -> Iterable[Piece]:
    """The parts of a piece by the catchments of another layer; what lies in none has the zone ""."""
    left = piece.shape
    for key, shape in sorted(layer.items()):
        if not left.intersects(shape):
            continue
        common = left.intersection(shape)
        if common.area > 0:
            yield Piece(common, (*piece.zones, key))
            left = left.difference(shape)
    if left.area > 0:
        yield Piece(left, (*piece.zones, ""))


def _gridded(shape: Any, side: float) -> Iterable[Any]:
    """The polygons of ``shape`` cut by squares of ``side`` metres on a grid of its own."""
    from shapely import box

    west, south, east, north = shape.bounds
    for across in range(int((east - west) // side) + 1):
        for up in range(int((north - south) // side) + 1):
            x, y = west + across * side, south + up * side
            common = shape.intersection(box(x, y, x + side, y + side))
            for part in getattr(common, "geoms", [common]):
                if part.geom_type == "Polygon" and part.area > 0:
                    yield part


def _blocks(
    pieces: Sequence[Piece], schools: Sequence[School], plane: Plane, names: Mapping[str, str]
) -> list[Block]:
    """Pieces as blocks; a catchment's pupils by area, the largest remainders rounded up."""
    pupils = _spread(pieces, {school.id: school.enrolled or 0 for school in schools})
    count: dict[str, int] = {}
    found = []
    for piece, number in zip(pieces, pupils, strict=True):
        key = piece.zones[0]
        count[key] = count.get(key, 0) + 1
        lon, lat = plane.degrees(*inner_point(piece.shape))
        block = f"{key}.{count[key]:03d}"
        title = f"{names.get(key, key)} {count[key]}"
        found.append(Block(block, title, f"catchments {key}", number, None, lon, lat, key))
    return found


def _spread(pieces: Sequence[Piece], enrolled: Mapping[str, int]) -> list[int]:
    found = [0] * len(pieces)
    for key in sorted({piece.zones[0] for piece in pieces}):
        here = [at for at, piece in enumerate(pieces) if piece.zones[0] == key]
        whole = enrolled[key]
        areas = [Fraction(pieces[at].shape.area) for at in here]
        quotas = [whole * area / sum(areas) for area in areas]
        left = whole - sum(int(quota) for quota in quotas)
        order = sorted(range(len(here)), key=lambda n: (-(quotas[n] - int(quotas[n])), here[n]))
        for n, at in enumerate(here):
            found[at] = int(quotas[n]) + (1 if n in order[:left] else 0)
    return found


def _beside(
    at: int,
    layer: Mapping[str, str],
    pieces: Sequence[Piece],
    blocks: Sequence[Block],
    names: Mapping[str, str],
    known: Mapping[str, School],
) -> Json:
    """Another layer as an assignment of the same blocks; zones of schools that no table knows have no school."""
    zones = sorted({piece.zones[at] for piece in pieces} - {""})
    return {
        "id": Path(layer["file"]).stem,
        **_title(layer.get("title", Path(layer["file"]).stem)),
        "zones": [_zone(zone, names.get(zone, zone), known.get(zone)) for zone in zones],
        "assignment": sorted(
            (
                {"block": block.id, "zone": piece.zones[at]}
                for block, piece in zip(blocks, pieces, strict=True)
                if piece.zones[at]
            ),
            key=lambda row: row["block"],
        ),
    }


def _title(text: str) -> dict[str, str]:
    """A title “Chinese | English” as both."""
    zh, _, en = (part.strip() for part in text.partition("|"))
    return {"zh": zh, "en": en or zh}


def _zone(zone: str, name: str, school: School | None) -> Json:
    found: Json = {"id": zone, "name": name, "schools": [zone] if school else []}
    return found | ({"capacity": school.seats} if school and school.seats is not None else {})
