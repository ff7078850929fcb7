"""Flows as arrows from block to school: the wider the more pupils, the heaviest on top."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from junheng.planning import Number, Ring
from junheng.reports.maps.furniture import FLOW
from junheng.reports.maps.ground import Frame
from junheng.reports.maps.nearness import middle_of
from junheng.reports.maps.one_map import Map
from junheng.reports.maps.scene import Item, Shape, Spot

MOST = 400  # arrows on one map; more is a grey haze
_WIDTHS = (10, 60)
_BEFORE = 85  # units: the tip stops short of the middle, so that the school's mark does not cover it
_SHORTEST = 60  # units: a flow that stays where it is has no arrow


@dataclass(frozen=True, slots=True)
class Arrow:
    """A flow on the page."""

    start: Spot
    end: Spot
    weight: Number
    width: int
    title: str


def flows_of(one: Map, frame: Frame) -> tuple[list[Arrow], int]:
    """The arrows, lightest first, and how many lighter ones were left out. Flows of unknown ends are not drawn."""
    spots = {area.id: _middle(area.rings, area.lon, area.lat, frame) for area in one.areas}
    spots |= {place.id: frame.spot(place.lon, place.lat) for place in one.places}
    names = {area.id: area.name for area in one.areas} | {place.id: place.name for place in one.places}
    known = [
        (flow, start, end)
        for flow in one.flows
        if (start := spots.get(flow.start))
        and (end := spots.get(flow.end))
        and math.dist(start, end) > _SHORTEST
    ]
    known.sort(key=lambda found: (-found[0].weight, found[0].start, found[0].end))
    kept = known[:MOST]
    most = max((flow.weight for flow, _, _ in kept), default=1) or 1
    arrows = [
        Arrow(start, end, flow.weight, _width(flow.weight / most), f"{names[flow.start]} → {names[flow.end]}")
        for flow, start, end in kept
    ]
    return arrows[::-1], len(known) - len(kept)


def _middle(rings: Sequence[Ring], lon: float | None, lat: float | None, frame: Frame) -> Spot | None:
    if lon is not None and lat is not None:
        return frame.spot(lon, lat)
    return frame.spot(*middle_of(rings)) if rings else None


def _width(share: Number | float) -> int:
    low, high = _WIDTHS
    return round(low + (high - low) * math.sqrt(share))


def flow_items(arrows: Sequence[Arrow]) -> list[Item]:
    """Each arrow as one tapering shape with a head."""
    return [Shape([_ring(arrow)], FLOW, "#ffffff", 6, title=arrow.title) for arrow in arrows]


def _ring(arrow: Arrow) -> list[Spot]:
    (ax, ay), (bx, by) = arrow.start, arrow.end
    whole = math.dist(arrow.start, arrow.end)
    east, south = (bx - ax) / whole, (by - ay) / whole
    long = max(whole / 2, whole - _BEFORE)
    head = min(long * 0.6, 70 + arrow.width * 1.6)
    half, wing = arrow.width / 2, 30 + arrow.width * 0.8
    neck = long - head
    points = [(0, -half), (neck, -half), (neck, -wing), (long, 0), (neck, wing), (neck, half), (0, half)]
    return [(round(ax + t * east - s * south), round(ay + t * south + s * east)) for t, s in points]
