"""Equirectangular projection about the middle of a map, on the WGS-84 ellipsoid, and its scale bar.

x = N(φ₀)·cos φ₀·(λ - λ₀), y = M(φ₀)·(φ₀ - φ), downwards; M and N are the ellipsoid's radii of curvature in the
meridian and the prime vertical (Snyder, Map Projections – A Working Manual, USGS 1395, §4 and §12). Along the
middle parallel and every meridian the scale is right; elsewhere east–west is off by cos φ / cos φ₀ - 1, told by
`stretch`: within ±0.5° of latitude 35° that is below 0.7 %.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

_A, _E2 = 6378137.0, 0.0066943799901413165  # WGS-84 (NIMA TR8350.2)
_STEPS = (1, 2, 5)
_WIDEST_DEGREES = 30.0  # beyond, one projection per map tells nothing true

Bounds = tuple[float, float, float, float]  # west, south, east, north in degrees


@dataclass(frozen=True, slots=True)
class Projection:
    """Degrees to metres east and south of the middle."""

    lon: float
    lat: float

    @property
    def east(self) -> float:
        """Metres to a degree of longitude on the middle parallel."""
        squeeze = 1 - _E2 * math.sin(math.radians(self.lat)) ** 2
        return math.radians(1) * _A / math.sqrt(squeeze) * math.cos(math.radians(self.lat))

    @property
    def north(self) -> float:
        """Metres to a degree of latitude at the middle."""
        squeeze = 1 - _E2 * math.sin(math.radians(self.lat)) ** 2
        return math.radians(1) * _A * (1 - _E2) / math.pow(squeeze, 1.5)

    def __call__(self, lon: float, lat: float) -> tuple[float, float]:
        """Metres east and metres south of the middle."""
        return (lon - self.lon) * self.east, (self.lat - lat) * self.north


def projection_of(bounds: Bounds) -> Projection:
    """The projection about the middle of ``bounds``."""
    west, south, east, north = bounds
    return Projection((west + east) / 2, (south + north) / 2)


def bounds_of(points: Iterable[tuple[float, float]]) -> Bounds | None:
    """The box of longitudes and latitudes around ``points``; None for no point."""
    held = list(points)
    if not held:
        return None
    lons, lats = [lon for lon, _ in held], [lat for _, lat in held]
    return min(lons), min(lats), max(lons), max(lats)


def stretch(bounds: Bounds) -> float:
    """The largest error of east–west lengths within ``bounds``, as a share (0.01 = 1 %)."""
    _, south, _, north = bounds
    middle = math.cos(math.radians((south + north) / 2))
    return max(abs(math.cos(math.radians(lat)) / middle - 1) for lat in (south, north))


def is_drawable(bounds: Bounds) -> bool:
    """Whether ``bounds`` lie on the earth and are small enough for one flat map."""
    west, south, east, north = bounds
    on_earth = -180 <= west <= east <= 180 and -85 <= south <= north <= 85
    return on_earth and max(east - west, north - south) <= _WIDEST_DEGREES


def bar_metres(most: float) -> float:
    """The longest round length (1, 2 or 5 × 10ⁿ m) of at most ``most`` metres."""
    size: float = 10.0 ** math.floor(math.log10(most))
    return max(step * size for step in _STEPS if step * size <= most)


def length_words(metres: float, language: str = "") -> str:
    """A round length for people: 500 米, 2 公里; ``language`` as in `Map`."""
    number, zh, en = (metres / 1000, "公里 ", "km") if metres >= 1000 else (metres, "米 ", "m")
    return f"{number:g} {en}" if language == "en" else f"{number:g} {zh}{en}"
