"""GCJ-02, BD-09, WGS-84 and CGCS2000: to WGS-84 and back, in degrees.

GCJ-02 has no published definition; what maps in China show is reproduced by the formula everybody uses (Krasovsky axis
6,378,245 m, e² 0.00669342162296594323; no offset outside a box). BD-09 turns GCJ-02 by a spiral of its own. Both
inverses are found by iteration to 1e-10 degrees. CGCS2000 degrees are WGS-84's within centimetres (same ellipsoid but
for 1e-9 of the flattening, ITRF97 at epoch 2000.0); its Gauss-Krüger planes are in ``gauss``.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from junheng.basics import Text, UserError, heading_key
from junheng.planning.geo.gauss import from_gauss, plane_of, to_gauss

Floats = npt.NDArray[np.float64]
Pair = tuple[Floats, Floats]
Turn = Callable[[Floats, Floats], Pair]

_AXIS, _E2 = 6378245.0, 0.00669342162296594323
_BOX = (72.004, 0.8293, 137.8347, 55.8271)  # west, south, east, north: no offset outside
_SPIRAL = np.pi * 3000.0 / 180.0
_EXACT, _MOST_TURNS = 1e-11, 60
_SYSTEMS = {
    "wgs84": ("wgs84", "wgs-84", "epsg:4326", "gps", "世界大地坐标系"),
    "cgcs2000": ("cgcs2000", "epsg:4490", "国家大地坐标系", "2000国家大地坐标系"),
    "gcj02": ("gcj02", "gcj-02", "火星坐标", "高德", "腾讯", "国测局坐标"),
    "bd09": ("bd09", "bd-09", "bd09ll", "百度", "百度坐标"),
}


def system_of(word: str) -> str:
    """The system a word names: wgs84, cgcs2000, gcj02, bd09, or gk:… (see ``gauss.plane_of``). UserError: none."""
    key = heading_key(word)
    for name, words in _SYSTEMS.items():
        if key in {heading_key(spelling) for spelling in words}:
            return name
    if word.lower().startswith("gk"):
        plane_of(word)
        return word.lower()
    raise UserError(
        Text(f"不认识的坐标系“{word}”", f"unknown coordinate system {word!r}"),
        fix=Text(
            "可写 wgs84、cgcs2000、gcj02、bd09、gk（带号在东坐标中）、gk:111（中央经线）",
            "write wgs84, cgcs2000, gcj02, bd09, gk (zone in the easting) or gk:111 (central meridian)",
        ),
    )


def to_wgs84(lon: npt.ArrayLike, lat: npt.ArrayLike, system: str) -> Pair:
    """WGS-84 degrees of places given in ``system`` (of Gauss-Krüger: easting and northing in metres).

    Arrays in, arrays out (numbers give arrays of no dimension). UserError: unknown system, coordinates that are none.
    """
    one, other = (np.asarray(part, np.float64) for part in (lon, lat))
    name = system_of(system)
    if name.startswith("gk"):
        return from_gauss(one, other, name)
    if name == "bd09":
        one, other = _undone(gcj_to_bd, one, other)
    return _undone(wgs_to_gcj, one, other) if name in {"gcj02", "bd09"} else (one, other)


def from_wgs84(lon: npt.ArrayLike, lat: npt.ArrayLike, system: str) -> Pair:
    """Places given in WGS-84 degrees, in ``system``; the inverse of ``to_wgs84``."""
    one, other = (np.asarray(part, np.float64) for part in (lon, lat))
    name = system_of(system)
    if name.startswith("gk"):
        return to_gauss(one, other, name)
    if name in {"gcj02", "bd09"}:
        one, other = wgs_to_gcj(one, other)
    return gcj_to_bd(one, other) if name == "bd09" else (one, other)


def wgs_to_gcj(lon: Floats, lat: Floats) -> Pair:
    """The offset of Chinese maps; outside the box nothing moves."""
    x, y = lon - 105.0, lat - 35.0
    common = (20 * np.sin(6 * x * np.pi) + 20 * np.sin(2 * x * np.pi)) * 2 / 3
    root = np.sqrt(np.abs(x))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
    north += (20 * np.sin(y * np.pi) + 40 * np.sin(y / 3 * np.pi)) * 2 / 3
    north += (160 * np.sin(y / 12 * np.pi) + 320 * np.sin(y * np.pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
    east += (20 * np.sin(x * np.pi) + 40 * np.sin(x / 3 * np.pi)) * 2 / 3
    east += (150 * np.sin(x / 12 * np.pi) + 300 * np.sin(x / 30 * np.pi)) * 2 / 3
    flat = 1 - _E2 * np.sin(np.radians(lat)) ** 2
    north = np.degrees(north) / (_AXIS * (1 - _E2) / flat**1.5)
    east = np.degrees(east) / (_AXIS / np.sqrt(flat) * np.cos(np.radians(lat)))
    inside = (lon >= _BOX[0]) & (lon <= _BOX[2]) & (lat >= _BOX[1]) & (lat <= _BOX[3])
    return lon + np.where(inside, east, 0.0), lat + np.where(inside, north, 0.0)


def gcj_to_bd(lon: Floats, lat: Floats) -> Pair:
    """Baidu's turn of GCJ-02."""
    far = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _SPIRAL)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _SPIRAL)
    return far * np.cos(angle) + 0.0065, far * np.sin(angle) + 0.006


def _undone(turn: Turn, lon: Floats, lat: Floats) -> Pair:
    """The place that ``turn`` leads here: what is left over is taken off again and again (the turns are near shifts)."""
    at = lon.copy(), lat.copy()
    for _ in range(_MOST_TURNS):
        seen = turn(*at)
        left = lon - seen[0], lat - seen[1]
        at = at[0] + left[0], at[1] + left[1]
        if (
            not len(np.atleast_1d(lon))
            or max(float(np.nanmax(np.abs(part), initial=0.0)) for part in left) < _EXACT
        ):
            break
    return at
