"""One map as a still picture: title, ground, places, names, flows, scale bar, arrow, legend, notes."""

from collections.abc import Sequence
from dataclasses import replace

from junheng.basics import Text
from junheng.planning import MapPlace
from junheng.reports.charts.canvas import INK, WHITE
from junheng.reports.maps import furniture
from junheng.reports.maps.flows import flow_items, flows_of
from junheng.reports.maps.furniture import BORDER, CHANGED, both
from junheng.reports.maps.ground import Frame, Ground, frame_of, grounds
from junheng.reports.maps.labels import Box, Name, Room, place
from junheng.reports.maps.marks import drawn, mark_of
from junheng.reports.maps.nearness import name_spot
from junheng.reports.maps.one_map import Map
from junheng.reports.maps.png import png
from junheng.reports.maps.scene import WIDTH, Disc, Item, Layer, Scene, Shape, Words, width_of
from junheng.reports.maps.short_names import says_school, shared_start, start_note, without
from junheng.reports.maps.svg import svg

_LEFT, _TOP = 200, 560
_HEIGHT = (3_600, 11_000)
_NAME, _SMALL_NAME, _ZONE_NAME = 165, 130, 200
_RADII = (62, 105)  # of marks, by size


def map_png(one: Map, width_px: int = 2000, *, beside: Sequence[Map] = ()) -> bytes:
    """The map as PNG, ``width_px`` wide (at most 6,000); the same bytes for the same map.

    ``beside``: maps it is compared with, so that a zone has one colour on all of them.
    """
    return png(scene_of(one, beside), width_px)


def map_svg(one: Map, *, beside: Sequence[Map] = ()) -> str:
    """The map as one SVG file with real text; ``beside`` as in `map_png`. The same bytes for the same map."""
    return svg(scene_of(one, beside))


def scene_of(one: Map, beside: Sequence[Map] = ()) -> Scene:
    """The drawing of a map."""
    right = WIDTH - _LEFT
    frame = frame_of(one.bounds, _LEFT, _TOP, right - _LEFT, _HEIGHT)
    shown = list(beside) if one in beside else [one, *beside]
    ground = grounds(shown, frame)[shown.index(one)]
    drawn_flows, left_out = flows_of(one, frame)
    names, unnamed = _names(one, ground, frame)
    foot = frame.top + frame.height
    heaviest = max((flow.weight for flow in drawn_flows), default=None)
    legend, y = furniture.legend(furniture.keys(one, ground, heaviest), _LEFT, foot + 260, right)
    told = [*one.notes, *start_note(shared_start(found.name for found in one.places))]
    words = [both(note, one.language) for note in [*told, *_left_out(left_out, unnamed)]]
    notes, y = furniture.notes(words, _LEFT, y + 60, right)
    layers = [
        furniture.title(one, _LEFT, 400),
        *ground_layers(one, ground, frame),
        Layer("flows", flow_items(drawn_flows)),
        Layer("places", _places(one, frame)),
        names,
        Layer("frame", [Shape([_corners(frame)], "", BORDER, 12)]),
        furniture.scale_bar(frame, frame.left + 200, foot - 200, one.language),
        furniture.north_arrow(frame.left + frame.width - 320, frame.top + 180, one.language),
        legend,
        notes,
    ]
    return Scene(WIDTH, y + 40, layers, str(one.title), " ".join(words))


def _left_out(flows: int, names: int) -> list[Text]:
    found = []
    if names:
        found.append(
            Text(f"另有 {names} 个名称因位置不够未标。", f"Names left out for want of room: {names}.")
        )
    if flows:
        found.append(Text(f"另有 {flows} 条较小的流向未画。", f"Smaller flows not drawn: {flows}."))
    return found


def ground_layers(one: Map, ground: Ground, frame: Frame) -> list[Layer]:
    """Zones, borders and the dots of areas without a shape."""
    zones: list[Item] = [
        Shape(zone.rings, zone.fill, is_hatched=zone.is_unknown, title=zone.name) for zone in ground.zones
    ]
    thin = [Shape(ground.area_borders, "", WHITE, 8, is_closed=False)] if ground.area_borders else []
    moved = [ring for id_ in one.changed for ring in ground.shapes.get(id_, ())]
    thin += [Shape(moved, is_striped=True)] if moved else []
    thick = [Shape(ground.zone_borders, "", BORDER, 16, is_closed=False)] if ground.zone_borders else []
    thick += (
        [Shape(ground.changed_borders, "", CHANGED, 34, is_closed=False)] if ground.changed_borders else []
    )
    lines = [frame.spots(line) for line in one.outlines]
    outer = [Shape(lines, "", INK, 30, 110, is_closed=True)] if lines else []
    changed = set(one.changed)
    dots: list[Item] = [
        Disc(
            x,
            y,
            34,
            fill,
            CHANGED if area.id in changed else BORDER,
            24 if area.id in changed else 8,
            area.name,
        )
        for area, (x, y), fill in ground.dots
    ]
    return [Layer("zones", zones), Layer("borders", [*thin, *thick, *outer]), Layer("blocks", dots)]


def radii(one: Map) -> dict[str, int]:
    """The radius of each place's mark by its size, areas in proportion; the middle one where sizes are unknown."""
    largest = max((place.size for place in one.places if place.size), default=None)
    low, high = _RADII
    found = {}
    for place_ in one.places:
        if place_.size is None or largest is None:
            found[place_.id] = (low + high) // 2
        else:
            found[place_.id] = round(low + (high - low) * max(0.0, float(place_.size / largest)) ** 0.5)
    return found


def _places(one: Map, frame: Frame) -> list[Item]:
    size = radii(one)
    items: list[Item] = []
    for one_place in sorted(one.places, key=lambda found: (mark_of(found.kind).weight, found.id)):
        x, y = frame.spot(one_place.lon, one_place.lat)
        items += drawn(mark_of(one_place.kind), x, y, size[one_place.id], one_place.told or one_place.name)
    return items


def _names(one: Map, ground: Ground, frame: Frame) -> tuple[Layer, int]:
    """Names of schools, those that find no room once more in smaller type; and how many are left out."""
    size = radii(one)
    start = shared_start(found.name for found in one.places)
    spots = {found.id: frame.spot(found.lon, found.lat) for found in one.places}
    room = Room(_inside(frame), [*_furniture_boxes(frame), *(_around(spots[i], size[i]) for i in spots)])
    wanted = [
        Name(
            found.id, without(found.name, start), *spots[found.id], size[found.id] + 45, _weight(found), _NAME
        )
        for found in one.places
    ]
    placed = place(wanted, room)
    done = {found.name.id for found in placed}
    placed += place([replace(name, size=_SMALL_NAME) for name in wanted if name.id not in done], room)
    items: list[Item] = [
        Words(
            round(p.name.x + p.dx), round(p.name.y + p.dy), p.name.text, round(p.name.size), p.anchor, halo=44
        )
        for p in placed
    ]
    zones = _zone_names(one, ground, room)
    return Layer("names", [*zones, *items]), len(wanted) - len(placed)


def _weight(found: MapPlace) -> float:
    return mark_of(found.kind).weight * 1e7 + (float(found.size) if found.size is not None else 0.0)


def _zone_names(one: Map, ground: Ground, room: Room) -> list[Item]:
    """Names of zones inside them, where they fit and no school of the same name already says it."""
    told = [found.name for found in one.places]
    wanted = []
    for zone in ground.zones:
        if ground.limits or not zone.id or says_school(zone.name, told):
            continue
        x, y, wide = name_spot(zone.rings)
        if width_of(zone.name, _ZONE_NAME) <= wide:
            wanted.append(Name(zone.id, zone.name, x, y, 0, wide, _ZONE_NAME))
    return [
        Words(round(p.name.x), round(p.name.y + p.dy), p.name.text, _ZONE_NAME, "middle", "#4b5563", 44)
        for p in place(wanted, room)
    ]


def _inside(frame: Frame) -> Box:
    return frame.left + 30, frame.top + 30, frame.left + frame.width - 30, frame.top + frame.height - 30


def _furniture_boxes(frame: Frame) -> Sequence[Box]:
    right, foot = frame.left + frame.width, frame.top + frame.height
    return [
        (right - 520, frame.top, right, frame.top + 860),
        (frame.left, foot - 500, frame.left + frame.width * 0.24 + 300, foot),
    ]


def _around(spot: tuple[int, int], radius: int) -> Box:
    return spot[0] - radius, spot[1] - radius, spot[0] + radius, spot[1] + radius


def _corners(frame: Frame) -> list[tuple[int, int]]:
    right, foot = frame.left + frame.width, frame.top + frame.height
    return [(frame.left, frame.top), (right, frame.top), (right, foot), (frame.left, foot)]
