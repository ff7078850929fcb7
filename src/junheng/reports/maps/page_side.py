"""One side of the page's map (today, or the plan) as SVG groups that the page zooms and cuts."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.planning import MapArea
from junheng.reports.maps.flows import Arrow, flows_of
from junheng.reports.maps.ground import Frame, Ground
from junheng.reports.maps.marks import drawn, mark_of
from junheng.reports.maps.names_by_scale import (
    Shown,
    Wish,
    attributes,
    names_by_scale,
    zone_names_by_scale,
)
from junheng.reports.maps.nearness import name_spot
from junheng.reports.maps.one_map import Map
from junheng.reports.maps.scene import Spot
from junheng.reports.maps.short_names import says_school, shared_start, without
from junheng.reports.maps.svg import HATCH, item, path, safe

_HEADS = 0.08  # pixels to a unit: below, many heads would hide the map
_FEW = 60
_MARK_PX = 65  # marks are drawn in tenths of a pixel


@dataclass(frozen=True, slots=True)
class Names:
    """The schools' names of both sides, placed once: at the cut both halves of a name meet."""

    wishes: Mapping[str, Wish]
    shown: Mapping[str, Shown]
    start: str


def names_of(maps: Sequence[Map], frame: Frame) -> Names:
    """Where names stand, for all places of all sides; the more telling kind and the larger size go first."""
    start = shared_start({found.id: found.name for one in maps for found in one.places}.values())
    wishes: dict[str, Wish] = {}
    for found in (found for one in maps for found in one.places):
        weight = mark_of(found.kind).weight * 1e7 + (float(found.size) if found.size is not None else 0.0)
        old = wishes.get(found.id)
        if old is None or weight > old.weight:
            spot = old.spot if old else frame.spot(found.lon, found.lat)
            wishes[found.id] = Wish(found.id, without(found.name, start), spot, weight)
    return Names(wishes, names_by_scale(list(wishes.values()), frame.height), start)


@dataclass(frozen=True, slots=True)
class Side:
    """A side's groups: what lies under the borders of blocks, what lies on them, and the marks on top of all."""

    ground: str
    edges: str
    marks: str


def side(
    one: Map,
    ground: Ground,
    frame: Frame,
    place_at: Mapping[str, int],
    names: Names,
) -> Side:
    """One side of the page. ``place_at``: place id → its row of the page's data."""
    outlines = [frame.spots(line) for line in one.outlines]
    outer = f'<path class="outer" d="{path(outlines)}"/>' if outlines else ""
    return Side(
        f'<g class="zones">{_zones(ground)}{_dots(ground)}</g>',
        f'<g class="edges">{_lines(ground.zone_borders)}{outer}</g>'
        f'<g class="moved">{_changed(one, frame, ground)}</g>',
        f'<g class="flows">{_flows(flows_of(one, frame)[0])}</g>'
        f'<g class="zone-names">{_zone_names(one, ground, frame, names)}</g>'
        f'<g class="places">{_places(one, place_at, names)}</g>',
    )


def blocks(
    grounds: Sequence[Ground], areas: Sequence[Mapping[str, MapArea]], rows: Mapping[str, int], frame: Frame
) -> list[str]:
    """Per side the borders of blocks and their shapes to point at; once, for both, where the sides have the same."""
    if len(grounds) == 2 and grounds[0].shapes == grounds[1].shapes and areas[0].keys() == areas[1].keys():
        once = {line: None for ground in grounds for line in ground.area_borders}
        return [_blocks(list(once), areas[0], rows, frame, grounds[0])]
    return [
        _blocks(ground.area_borders, held, rows, frame, ground)
        for ground, held in zip(grounds, areas, strict=True)
    ]


def _blocks(
    lines: Sequence[Sequence[Spot]],
    areas: Mapping[str, MapArea],
    rows: Mapping[str, int],
    frame: Frame,
    ground: Ground,
) -> str:
    hits = "".join(_hit(area, rows[id_], frame, ground) for id_, area in areas.items())
    return f'<g class="lines">{_lines(lines)}</g><g class="hits">{hits}</g>'


def _zones(ground: Ground) -> str:
    return "".join(
        f'<path d="{path(zone.rings)}" fill="{f"url(#{HATCH})" if zone.is_unknown else zone.fill}"/>'
        for zone in ground.zones
    )


def _dots(ground: Ground) -> str:
    """Areas without a shape: one path a colour, round ends on lines of no length keep their size on the screen."""
    by_fill: dict[str, list[Spot]] = {}
    for _, spot, fill in ground.dots:
        by_fill.setdefault(fill, []).append(spot)
    rims = f'<path class="rim" d="{_points([spot for _, spot, _ in ground.dots])}"/>' if by_fill else ""
    return rims + "".join(
        f'<path class="dot" stroke="{fill}" d="{_points(spots)}"/>' for fill, spots in sorted(by_fill.items())
    )


def _points(spots: Sequence[Spot]) -> str:
    return "".join(f"M{x} {y}h0" for x, y in spots)


def _lines(lines: Sequence[Sequence[Spot]]) -> str:
    return f'<path d="{path(lines, is_closed=False)}"/>' if lines else ""


def _changed(one: Map, frame: Frame, ground: Ground) -> str:
    """Areas that changed: striped within, a red line around; those without a shape a red ring."""
    changed = set(one.changed)
    rings = [ring for id_ in one.changed for ring in ground.shapes.get(id_, ())]
    dots = [spot for area, spot, _ in ground.dots if area.id in changed]
    stripes = f'<path class="shape" d="{path(rings)}"/><path class="around" d="' if rings else ""
    around = f'{path(ground.changed_borders, is_closed=False)}"/>' if rings else ""
    return stripes + around + (f'<path class="ring" d="{_points(dots)}"/>' if dots else "")


def _flows(arrows: Sequence[Arrow]) -> str:
    """Lines whose width and heads keep their size on the screen; many heads wait for the reader to come nearer."""
    least = _HEADS if len(arrows) > _FEW else 0
    lines = "".join(
        f'<path d="{path([(arrow.start, arrow.end)], is_closed=False)}" stroke-width="{arrow.width / 12:.1f}"/>'
        for arrow in arrows
    )
    heads = "".join(
        f'<g class="q" data-least="{least}" data-x="{arrow.end[0]}" data-y="{arrow.end[1]}">'
        f'<path class="head" d="M-7 0l-11 -5.5v11z" transform="rotate({_turn(arrow)})"/></g>'
        for arrow in arrows
    )
    return lines + heads


def _turn(arrow: Arrow) -> int:
    """Degrees clockwise from east."""
    return round(math.degrees(math.atan2(arrow.end[1] - arrow.start[1], arrow.end[0] - arrow.start[0])))


def _hit(area: MapArea, at: int, frame: Frame, ground: Ground) -> str:
    """The invisible shape by which the page finds an area under the pointer."""
    if area.rings:
        return f'<path data-a="{at}" d="{path(ground.shapes.get(area.id, ()))}"/>'
    if area.lon is None or area.lat is None:
        return ""
    return f'<path data-a="{at}" d="{_points([frame.spot(area.lon, area.lat)])}"/>'


def _places(one: Map, place_at: Mapping[str, int], names: Names) -> str:
    parts = []
    for found in sorted(one.places, key=lambda found: (mark_of(found.kind).weight, found.id)):
        wish = names.wishes[found.id]
        mark = "".join(map(item, drawn(mark_of(found.kind), 0, 0, _MARK_PX)))
        parts.append(
            f'<g class="p" data-p="{place_at[found.id]}" data-x="{wish.spot[0]}" data-y="{wish.spot[1]}">'
            f'<circle class="reach" r="14"/><g transform="scale(.1)">{mark}</g>{_text(wish, names.shown)}</g>'
        )
    return "".join(parts)


def _text(wish: Wish, shown: Mapping[str, Shown]) -> str:
    return f"<text{attributes(shown, wish.id)}>{safe(wish.text)}</text>" if wish.id in shown else ""


def _zone_names(one: Map, ground: Ground, frame: Frame, names: Names) -> str:
    told = [found.name for found in one.places]
    zones = []
    for zone in ground.zones:
        if zone.id and not ground.limits and not says_school(zone.name, told):
            x, y, room = name_spot(zone.rings)
            zones.append(Wish(zone.id, without(zone.name, names.start), (x, y), room=max(1, room)))
    shown = zone_names_by_scale(zones, list(names.wishes.values()), names.shown, frame.height)
    return "".join(
        f'<g class="z" data-x="{zone.spot[0]}" data-y="{zone.spot[1]}">{_text(zone, shown)}</g>'
        for zone in zones
        if zone.id in shown
    )
