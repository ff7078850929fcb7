"""Which areas share a border, and which area a point lies in."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from junheng.planning.geo.areas import Area, Point, mended, plane_about, shape_of

TOLERANCE_M = 1.0  # gaps and overlaps as narrow as this still count as one border
LEAST_BORDER_M = 5.0  # shorter than this they only touch at a corner


def neighbours_of(
    areas: Sequence[Area], *, tolerance_m: float = TOLERANCE_M, least_m: float = LEAST_BORDER_M
) -> list[tuple[str, str]]:
    """Pairs of ids (smaller first, sorted) with a common border of at least ``least_m`` metres.

    Borders run together where they are no farther apart than ``tolerance_m``. Areas that only meet in a corner are no
    neighbours; parts of one id that lie apart count together. Broken rings are taken as GEOS mends them.
    """
    import shapely

    plane = plane_about(areas)
    shapes = np.array([mended(shape_of(area, plane)) for area in areas], object)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=tolerance_m)
    keep = first < second
    first, second = first[keep], second[keep]
    borders = shapely.boundary(shapes)
    common = shapely.intersection(borders[first], shapely.buffer(borders[second], tolerance_m))
    long = shapely.length(common) >= least_m + 4 * tolerance_m  # a corner alone leaves up to four tolerances
    pairs = zip(first[long].tolist(), second[long].tolist(), strict=True)
    names = {tuple(sorted((areas[one].id, areas[other].id))) for one, other in pairs}
    return sorted(pair for pair in names if pair[0] != pair[1])


def locate(points: Mapping[str, Point | None], areas: Sequence[Area]) -> dict[str, str | None]:
    """The id of the area every point lies in or on the border of (the smallest id), None where in none or unplaced."""
    import shapely

    plane = plane_about(areas)
    shapes = [mended(shape_of(area, plane)) for area in areas]
    placed = {name: point for name, point in points.items() if point is not None}
    found: dict[str, str | None] = dict.fromkeys(points)
    if not placed or not shapes:
        return found
    dots: Any = shapely.points(plane.metres(placed.values()))
    names, hits = list(placed), shapely.STRtree(shapes).query(dots, predicate="intersects")
    for dot, area in zip(*hits.tolist(), strict=True):
        own = found[names[dot]]
        found[names[dot]] = areas[area].id if own is None else min(own, areas[area].id)
    return found
