"""What a plan shows on a map, as plain data: areas, places, flows. Drawn by `junheng.reports.maps`.

Coordinates are WGS-84 longitude and latitude in degrees. Names are plain text: whoever draws them escapes them.
A kind of plan offers ``maps(problem, outcome) -> tuple[MapLayers, ...]``; the first is today, the second the plan.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from junheng.basics import Text

Ring = Sequence[tuple[float, float]]
Number = int | Fraction
Tone = Literal["", "red", "orange", "yellow", "green", "blue", "grey"]


@dataclass(frozen=True, slots=True)
class MapArea:
    """A block, village, estate or zone.

    ``rings``: closed or not, parts and holes in any order (even–odd). Without rings it is a dot at ``lon``, ``lat``.
    ``group``: id of its zone, "" for none: areas of a group take one colour and are dissolved into one shape.
    ``value``: a number of the area (pupils, share …); None when it is unknown: never 0. Where no area has a
    group, values are shown by shade.
    """

    id: str
    name: str
    rings: Sequence[Ring] = ()
    group: str = ""
    value: Number | None = None
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A school or site. ``kind`` chooses its mark and its line of the legend:

    primary, junior, nine_year, senior, school, teaching_point, candidate (sites not taken), opened, expanded,
    closed, merged, or a verdict: met, floor, not_met, cannot_tell; any other word is a plain dot under that word.
    ``size``: seats or pupils, None when unknown. ``told``: what is said when pointed at, the name where empty.
    """

    id: str
    name: str
    lon: float
    lat: float
    kind: str = "school"
    size: Number | None = None
    group: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class MapFlow:
    """``weight`` pupils from ``start`` to ``end``, ids of areas or places of the same layers."""

    start: str
    end: str
    weight: Number = 1


@dataclass(frozen=True, slots=True)
class MapGroup:
    """A group's name for legend and tooltips; ``tone`` fixes its colour (warnings), else colours are chosen."""

    id: str
    name: str
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class MapLayers:
    """One map's layers. ``*_name`` say what the numbers are, with the unit: Text("小学生（人）", "pupils").

    ``outlines``: lines only, e.g. the district's border. ``are_coordinates_assumed``: made up or estimated, not
    surveyed; the map says so.
    """

    name: Text
    areas: Sequence[MapArea] = ()
    places: Sequence[MapPlace] = ()
    flows: Sequence[MapFlow] = ()
    note: Text | None = None
    groups: Sequence[MapGroup] = ()
    outlines: Sequence[Ring] = ()
    value_name: Text | None = None
    size_name: Text | None = None
    weight_name: Text | None = None
    are_coordinates_assumed: bool = False


def with_rings(layers: MapLayers, rings: Mapping[str, Sequence[Ring]]) -> MapLayers:
    """``layers`` with the shapes of ``rings`` (area id → rings) where an area has none of its own."""
    areas = [a if a.rings else replace(a, rings=tuple(rings.get(a.id, ()))) for a in layers.areas]
    return replace(layers, areas=areas)
