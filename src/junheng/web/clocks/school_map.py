"""Schools as points of an SVG: placed by longitude and latitude, told apart by colour and by shape."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.web.clocks.standing import Standing

WIDTH, MOST_HEIGHT, LEAST_HEIGHT, MARGIN = 640.0, 640.0, 240.0, 24.0  # pixels
SHAPES = {  # outlines around (0, 0)
    "late": "M0-9L9 7H-9Z",
    "returned": "M0-8L8 0L0 8L-8 0Z",
    "draft": "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0Z",
    "submitted": "M-6-6H6V6H-6Z",
    "accepted": "M-6-2H-2V-6H2V-2H6V2H2V6H-2V2H-6Z",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One school on the map."""

    standing: Standing
    x: float
    y: float

    @property
    def outline(self) -> str:
        """Its shape as an SVG path."""
        return SHAPES[self.standing.look]


@dataclass(frozen=True, slots=True)
class SchoolMap:
    """The points, the size of the drawing, and the schools without coordinates."""

    points: tuple[Point, ...]
    width: float
    height: float
    without: tuple[Standing, ...]


def school_map(standings: Sequence[Standing], places: Mapping[int, tuple[float, float]]) -> SchoolMap:
    """Place the schools: a degree of longitude is drawn shorter by the cosine of the middle latitude."""
    told = [one for one in standings if one.filing.pk in places]
    without = tuple(one for one in standings if one.filing.pk not in places)
    if not told:
        return SchoolMap((), WIDTH, LEAST_HEIGHT, without)
    lons, lats = zip(*(places[one.filing.pk] for one in told), strict=True)
    narrow = math.cos(math.radians((min(lats) + max(lats)) / 2))
    wide, tall = (max(lons) - min(lons)) * narrow, max(lats) - min(lats)
    inner = WIDTH - 2 * MARGIN
    scale = min(inner / wide if wide else math.inf, (MOST_HEIGHT - 2 * MARGIN) / tall if tall else math.inf)
    scale = scale if math.isfinite(scale) else 1.0
    height = max(LEAST_HEIGHT, tall * scale + 2 * MARGIN)
    left, top = (WIDTH - wide * scale) / 2, (height - tall * scale) / 2
    points = [
        Point(
            one,
            round(left + (lon - min(lons)) * narrow * scale, 1),
            round(top + (max(lats) - lat) * scale, 1),
        )
        for one, lon, lat in zip(told, lons, lats, strict=True)
    ]
    order = list(SHAPES)  # the late ones are drawn last, above the others
    points.sort(key=lambda point: -order.index(point.standing.look))
    return SchoolMap(tuple(points), WIDTH, round(height, 1), without)
