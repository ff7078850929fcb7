"""Areas as plain rings of longitude and latitude; the same as shapely shapes in local metres."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import cos, radians
from typing import Any

import numpy as np

Point = tuple[float, float]  # longitude, latitude (WGS-84 degrees)
Ring = tuple[Point, ...]  # closed: the first point is the last
Polygon = tuple[Ring, ...]  # the outer ring, then holes

_DEGREE_M = 111_194.92664  # of a great circle, mean radius 6,371.0088 km


@dataclass(frozen=True, slots=True)
class Area:
    """One area of a file: id, name, its polygons (several for exclaves) and the other columns as text."""

    id: str
    name: str
    polygons: tuple[Polygon, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    where: str = ""

    def points(self) -> list[Point]:
        """All points of all rings."""
        return [point for polygon in self.polygons for ring in polygon for point in ring]


@dataclass(frozen=True, slots=True)
class Plane:
    """Local metres about a place: east and north, good to a few parts in ten thousand over a county."""

    lon: float
    lat: float

    def metres(self, points: Iterable[Point]) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Points as metres, shape (n, 2)."""
        degrees = np.asarray(list(points), np.float64).reshape(-1, 2) - (self.lon, self.lat)
        found: np.ndarray[Any, np.dtype[np.float64]] = degrees * (
            _DEGREE_M * cos(radians(self.lat)),
            _DEGREE_M,
        )
        return found

    def degrees(self, east: float, north: float) -> Point:
        """A point of the plane as longitude and latitude."""
        return self.lon + east / _DEGREE_M / cos(radians(self.lat)), self.lat + north / _DEGREE_M


def plane_about(areas: Sequence[Area]) -> Plane:
    """The plane about the middle of all points (0, 0 where there are none)."""
    points = np.array([point for area in areas for point in area.points()]).reshape(-1, 2)
    if not len(points):
        return Plane(0.0, 0.0)
    middle = (points.min(0) + points.max(0)) / 2
    return Plane(float(middle[0]), float(middle[1]))


def shape_of(area: Area, plane: Plane) -> Any:
    """The area as a shapely multipolygon in local metres; it may be invalid, as the rings are."""
    import shapely

    polygons = []
    for polygon in area.polygons:
        rings = [shapely.linearrings(plane.metres(ring)) for ring in polygon if len(ring) > 3]
        if rings:
            polygons.append(shapely.polygons(rings[0], rings[1:] or None))
    return shapely.multipolygons(polygons) if polygons else shapely.MultiPolygon()


def mended(shape: Any) -> Any:
    """The shape itself where it is valid, else what GEOS makes of it (areas only)."""
    import shapely

    if shapely.is_valid(shape):
        return shape
    made = shapely.make_valid(shape)
    parts = [
        part for part in shapely.get_parts(made).tolist() if part.geom_type in {"Polygon", "MultiPolygon"}
    ]
    return shapely.union_all(parts) if parts else shapely.MultiPolygon()
