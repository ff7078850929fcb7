"""One map ready to be drawn: areas, places, flows, the words around them and the box they lie in."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Literal

from junheng.basics import Text, UserError
from junheng.planning import MapArea, MapFlow, MapGroup, MapLayers, MapPlace, Ring
from junheng.reports.maps.projection import Bounds, bounds_of, is_drawable, stretch

STATEMENT = Text(
    "本图未经地图审核，仅供内部研究。向社会公开出版、展示、登载的，须使用经审核的底图、依法送审并标注审图号"
    "（《地图管理条例》，国务院令第664号；具体条款未核对）。",
    "Not a reviewed map, for internal study only. Publication needs an approved base map, review and the map's "
    "approval number (Regulation on Map Management, State Council Order 664; clauses unconfirmed).",
)
ASSUMED = Text(
    "坐标为假定（示例或估计），不是实测位置。",
    "Coordinates are assumed (made up or estimated), not surveyed.",
)
_CHINA: Bounds = (73.0, 3.0, 136.0, 54.0)  # a generous box: a neighbour's map with the statement does no harm
_MARGIN = 0.03  # of the longer side, so that nothing at the edge is cut
_LEAST = 0.002  # degrees, about 200 m: a map of one point still has a box
_TOLD_STRETCH = 0.01


@dataclass(frozen=True, slots=True)
class Legend:
    """What colours, marks and lines mean. ``*_name`` name the numbers, with their unit; None: not shown."""

    groups: Sequence[MapGroup] = ()
    value_name: Text | None = None
    size_name: Text | None = None
    weight_name: Text | None = None


@dataclass(frozen=True, slots=True)
class Map:
    """One map. ``bounds``: west, south, east, north in degrees (WGS-84). ``notes`` are printed below, statement first.

    ``changed``: ids of areas that are in another group than on the map this one is compared with. ``language``: ""
    is Chinese with English beside, "en" English alone.
    """

    title: Text
    areas: Sequence[MapArea]
    places: Sequence[MapPlace]
    flows: Sequence[MapFlow]
    legend: Legend
    notes: Sequence[Text]
    bounds: Bounds
    outlines: Sequence[Ring] = field(default=())
    changed: Sequence[str] = field(default=())
    language: Literal["", "en"] = ""


def map_of(layers: MapLayers, bounds: Bounds | None = None) -> Map:
    """The map of one kind's layers, with the statement on publication. Raises UserError where nothing can be drawn."""
    box = bounds or around([layers])
    notes = [STATEMENT] if _meets(box, _CHINA) else []
    notes += [ASSUMED] if layers.are_coordinates_assumed else []
    notes += [layers.note] if layers.note else []
    notes += _projection_note(box)
    legend = Legend(layers.groups, layers.value_name, layers.size_name, layers.weight_name)
    outlines = [line for line in layers.outlines if len(line) > 1]
    areas = [_whole(area) for area in layers.areas]
    return Map(layers.name, areas, layers.places, layers.flows, legend, tuple(notes), box, outlines)


def _whole(area: MapArea) -> MapArea:
    """The area without rings of fewer than three corners, which enclose nothing."""
    rings = [ring for ring in area.rings if len(ring) > 2]
    return area if len(rings) == len(area.rings) else replace(area, rings=rings)


def maps_of(layers: Sequence[MapLayers]) -> tuple[Map, ...]:
    """Maps of several layers (today, the plan …) in one common box, to be laid over each other.

    What differs from the first is marked as changed.
    """
    box = around(layers) if layers else None
    first = {area.id: area.group for area in layers[0].areas} if layers else {}
    return tuple(
        replace(map_of(one, box), changed=[a.id for a in one.areas if first.get(a.id, a.group) != a.group])
        for one in layers
    )


def around(layers: Sequence[MapLayers]) -> Bounds:
    """The common box with a margin. Raises UserError for no point, or points that cannot be on one flat map."""
    points = [point for one in layers for ring in _rings(one) for point in ring]
    points += [(place.lon, place.lat) for one in layers for place in one.places]
    points += [(a.lon, a.lat) for one in layers for a in one.areas if a.lon is not None and a.lat is not None]
    found = bounds_of(points) if all(map(math.isfinite, chain.from_iterable(points))) else None
    if found is None or not is_drawable(found):
        raise UserError(
            Text("没有可以画在一张图上的坐标", "no coordinates that fit on one map"),
            where=layers[0].name.zh if layers else "maps",
            why=Text(
                "没有坐标，或坐标超出 ±180/±85 度，或相距 30 度以上（多半是经纬度写反或缺小数点）",
                "none given, or beyond ±180/±85 degrees, or more than 30 degrees apart (swapped, or a lost point)",
            ),
            fix=Text("先用 junheng geo check 查坐标", "check the coordinates with `junheng geo check` first"),
        )
    west, south, east, north = found
    margin = max(_LEAST, _MARGIN * max(east - west, north - south))
    return west - margin, south - margin, east + margin, north + margin


def _rings(layers: MapLayers) -> list[Ring]:
    return [ring for area in layers.areas for ring in area.rings] + list(layers.outlines)


def _meets(one: Bounds, other: Bounds) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _projection_note(box: Bounds) -> list[Text]:
    middle = (box[1] + box[3]) / 2
    off = stretch(box)
    zh = f"等距圆柱投影，标准纬线 {middle:.2f}°，WGS-84"
    en = f"Equirectangular projection, standard parallel {middle:.2f}°, WGS-84"
    if off > _TOLD_STRETCH:
        zh += f"；南北边缘的东西向长度最多差 {100 * off:.1f}%"
        en += f"; east–west lengths at the northern and southern edge are off by up to {100 * off:.1f} %"
    return [Text(zh + "。", en + ".")]
