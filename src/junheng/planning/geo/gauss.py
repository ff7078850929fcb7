"""CGCS2000 Gauss-Krüger planes: metres east and north, zone in the easting or by meridian.

GB/T 17278 maps use 3-degree zones 25–45 (central meridian 3 × zone) and 6-degree zones 13–23 (6 × zone - 3); the false
easting is 500 km, with the zone number in front of it where one is written. The ranges of zone numbers do not overlap, so
a written zone says its width. EPSG:4491–4501 and 4513–4533 with zones, 4502–4512 and 4534–4554 by meridian.
"""

import re
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from junheng.basics import Text, UserError

Floats = npt.NDArray[np.float64]
Pair = tuple[Floats, Floats]

_PLANE = re.compile(r"gk(?::(\d{2,3}(?:\.\d+)?))?")
_MILLION, _FALSE = 1_000_000, 500_000
_THREE, _SIX = range(25, 46), range(13, 24)
_ELLIPSOID = "+a=6378137 +rf=298.257222101"  # CGCS2000


def plane_of(word: str) -> float | None:
    """The central meridian of gk:111, None of gk (the zone is in the easting). UserError: neither."""
    match = _PLANE.fullmatch(word.lower())
    meridian = float(match[1]) if match and match[1] else None
    if match is None or (meridian is not None and not 70 <= meridian <= 140):
        raise UserError(
            Text(f"不认识的高斯-克吕格投影“{word}”", f"unknown Gauss-Krüger plane {word!r}"),
            fix=Text(
                "写 gk 或 gk:中央经线（75–135），如 gk:111",
                "write gk, or gk: and the central meridian, as gk:111",
            ),
        )
    return meridian


def meridian_of_zone(zone: int) -> float:
    """Of a 3-degree zone (25–45) or a 6-degree one (13–23). UserError: another number."""
    if zone in _THREE:
        return 3.0 * zone
    if zone in _SIX:
        return 6.0 * zone - 3
    raise UserError(
        Text(f"带号 {zone} 不在 13–23、25–45 之内", f"zone {zone} is neither 13 to 23 nor 25 to 45"),
        why=Text("不知道属于哪一带就不知道在哪里", "without its zone an easting is nowhere"),
        fix=Text(
            "东坐标应为 8 位（带号 + 6 位）；不带带号时写 gk:中央经线；东、北坐标可能写反",
            "an easting has 8 digits with its zone; else write gk: and the meridian; east and north may be swapped",
        ),
    )


def from_gauss(east: Floats, north: Floats, system: str) -> Pair:
    """Degrees of metres on the plane ``system``. UserError: a zone that is none."""
    return _turned(east, north, plane_of(system), is_inverse=True)


def to_gauss(lon: Floats, lat: Floats, system: str) -> Pair:
    """Metres on the plane ``system``; gk writes the 3-degree zone before the easting."""
    meridian = plane_of(system)
    if meridian is not None:
        return _on_plane(lon, lat, meridian, is_inverse=False)
    zones = np.round(lon / 3).astype(np.int64)
    east, north = np.empty(lon.shape), np.empty(lon.shape)
    for zone in np.unique(zones).tolist():
        here = zones == zone
        one, other = _on_plane(lon[here], lat[here], meridian_of_zone(zone), is_inverse=False)
        east[here], north[here] = one + zone * _MILLION, other
    return east, north


def _turned(east: Floats, north: Floats, meridian: float | None, *, is_inverse: bool) -> Pair:
    if meridian is not None:
        return _on_plane(east, north, meridian, is_inverse=is_inverse)
    zones = np.floor(east / _MILLION).astype(np.int64)
    lon, lat = np.empty(east.shape), np.empty(east.shape)
    for zone in np.unique(zones).tolist():
        here = zones == zone
        plain = east[here] - zone * _MILLION
        lon[here], lat[here] = _on_plane(plain, north[here], meridian_of_zone(zone), is_inverse=is_inverse)
    return lon, lat


def _on_plane(one: Floats, other: Floats, meridian: float, *, is_inverse: bool) -> Pair:
    found = _projection(meridian)(one, other, inverse=is_inverse)
    return np.asarray(found[0], np.float64), np.asarray(found[1], np.float64)


@cache
def _projection(meridian: float) -> Any:
    from pyproj import Proj

    return Proj(f"+proj=tmerc +lat_0=0 +lon_0={meridian:g} +k=1 +x_0={_FALSE} +y_0=0 {_ELLIPSOID} +units=m")
