"""The ground of a map in page units: where a degree lies, shapes of zones, borders and colours."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from junheng.planning import MapArea, MapGroup, Number, Ring
from junheng.reports.maps.colouring import NO_GROUP, classes, hues_of, shade
from junheng.reports.maps.nearness import near_groups
from junheng.reports.maps.one_map import Map
from junheng.reports.maps.projection import Bounds, Projection, projection_of
from junheng.reports.maps.scene import Spot
from junheng.reports.maps.topology import Arc, Line, arcs, outlines, regrouped

TOLERANCE = 3.0  # units a simplified border may be off: a third of a pixel at 1,000 pixels
UNKNOWN = "?"  # the zone of areas whose value is not known


@dataclass(frozen=True, slots=True)
class Frame:
    """A box of the page and the part of the earth in it, north up, true at the middle parallel."""

    bounds: Bounds
    left: int
    top: int
    width: int
    height: int

    @property
    def projection(self) -> Projection:
        return projection_of(self.bounds)

    @property
    def metres_per_unit(self) -> float:
        """Metres to a unit on the middle parallel."""
        wide, tall = _metres(self.bounds)
        return max(wide / self.width, tall / self.height)

    def spots(self, line: Ring) -> Line:
        """Degrees as whole units of the page."""
        project, scale = self.projection, self.metres_per_unit
        east, north = project.east / scale, project.north / scale
        x, y = self.left + self.width / 2, self.top + self.height / 2
        return tuple(
            (round(x + (lon - project.lon) * east), round(y + (project.lat - lat) * north))
            for lon, lat in line
        )

    def spot(self, lon: float, lat: float) -> Spot:
        """One point as whole units."""
        return self.spots([(lon, lat)])[0]


def _metres(bounds: Bounds) -> tuple[float, float]:
    west, south, east, north = bounds
    project = projection_of(bounds)
    return (east - west) * project.east, (north - south) * project.north


def frame_of(bounds: Bounds, left: int, top: int, width: int, height: tuple[int, int]) -> Frame:
    """A frame ``width`` units wide and as high as the ground asks, within ``height`` (least, most)."""
    wide, tall = _metres(bounds)
    return Frame(bounds, left, top, width, min(height[1], max(height[0], round(width * tall / wide))))


@dataclass(frozen=True, slots=True)
class Zone:
    """Areas painted alike: the rings of a group, or of a class of values."""

    id: str
    name: str
    fill: str
    rings: Sequence[Line]

    @property
    def is_unknown(self) -> bool:
        return self.id == UNKNOWN


@dataclass(frozen=True, slots=True)
class Ground:
    """One map's shapes: zones, borders between zones, borders of single areas, and areas without a shape."""

    zones: Sequence[Zone]
    zone_borders: Sequence[Line]
    area_borders: Sequence[Line]  # within zones
    changed_borders: Sequence[Line]  # around areas that changed
    shapes: Mapping[str, Sequence[Line]]  # of single areas
    dots: Sequence[tuple[MapArea, Spot, str]]
    limits: Sequence[Number]  # upper limits of the classes of values; none where groups are shown


def grounds(maps: Sequence[Map], frame: Frame, tolerance: float = TOLERANCE) -> list[Ground]:
    """The grounds of maps that are compared: a group has one colour on all of them."""
    limits = classes([area for one in maps for area in one.areas if not area.group])
    if any(area.group for one in maps for area in one.areas):
        limits = []
    single = _single_arcs(maps, frame, tolerance)
    zoned = [
        regrouped(found, {area.id: zone_of(area, limits) for area in one.areas}, tolerance)
        for one, found in zip(maps, single, strict=True)
    ]
    touching = [arc.sides for found in zoned for arc in found]
    touching += [pair for one in maps for pair in near_groups(_dots(one))]
    fills = hues_of(_groups(maps), touching)
    return [
        _ground(one, frame, tolerance, single[at], zoned[at], lambda zone: _fill(zone, fills, limits), limits)
        for at, one in enumerate(maps)
    ]


def _single_arcs(maps: Sequence[Map], frame: Frame, tolerance: float) -> list[list[Arc]]:
    """Borders of single areas; computed once where maps have the same shapes."""
    known: list[tuple[dict[str, object], list[Arc]]] = []
    found = []
    for one in maps:
        shapes: dict[str, object] = {area.id: area.rings for area in one.areas if area.rings}
        held = next((old for rings, old in known if rings == shapes), None)
        if held is None:
            lines = {a.id: [frame.spots(ring) for ring in a.rings] for a in one.areas if a.rings}
            held = arcs(lines, tolerance)
            known.append((shapes, held))
        found.append(held)
    return found


def _fill(zone: str, fills: Mapping[str, str], limits: Sequence[Number]) -> str:
    """A zone's colour; a class of values is named by its shade."""
    return zone if limits and zone != UNKNOWN else fills.get(zone, NO_GROUP)


def zone_of(area: MapArea, limits: Sequence[Number]) -> str:
    """The zone an area is painted with: its group, its class of values (by its shade), or unknown."""
    if not limits:
        return area.group
    return shade(area, limits) or UNKNOWN


def _dots(one: Map) -> list[MapArea]:
    return [a for a in one.areas if not a.rings and a.lon is not None and a.lat is not None]


def _groups(maps: Sequence[Map]) -> list[MapGroup]:
    named = {group.id: group for one in maps for group in one.legend.groups}
    bare = {area.group for one in maps for area in one.areas if area.group} - set(named)
    return [*named.values(), *(MapGroup(group, group) for group in sorted(bare))]


def _ground(
    one: Map,
    frame: Frame,
    tolerance: float,
    single: Sequence[Arc],
    zoned: Sequence[Arc],
    fill: Callable[[str], str],
    limits: Sequence[Number],
) -> Ground:
    names = {group.id: group.name for group in one.legend.groups}
    zone = {area.id: zone_of(area, limits) for area in one.areas}
    zones = [Zone(id_, names.get(id_, id_), fill(id_), rings) for id_, rings in outlines(zoned).items()]
    inner = [a.line for a in single if len(a.sides) > 1 and len({zone[side] for side in a.sides}) == 1]
    dots = [
        (area, frame.spot(area.lon, area.lat), fill(zone[area.id]))
        for area in _dots(one)
        if area.lon is not None and area.lat is not None
    ]
    changed = set(one.changed)
    marked = regrouped(single, {id_: "changed" if id_ in changed else "" for id_ in zone}, tolerance)
    around = [arc.line for arc in marked if "changed" in arc.sides]
    return Ground(zones, [arc.line for arc in zoned], inner, around, outlines(single), dots, limits)
