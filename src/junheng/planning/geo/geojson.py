"""GeoJSON (RFC 7946) in and out in plain Python: polygons and multipolygons with their properties."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, atomic_file, heading_key, system_words
from junheng.planning.geo.areas import Area, Polygon, Ring

IDS = ("id", "片块编号", "编号", "code", "代码", "学校标识码", "区划代码")
NAMES = ("name", "片块名称", "名称", "学校名称", "乡镇街道")
_LARGEST_BYTES = 500_000_000
FIX = Text("请用地图软件导出为 GeoJSON（WGS-84）", "export it as GeoJSON in WGS-84")


def read_geojson(path: Path) -> list[Area]:
    """The areas of a file. UserError: no GeoJSON, no area, coordinates that are no numbers, another reference system."""
    content = _content(path)
    features = content.get("features", [content] if content.get("type") == "Feature" else None)
    if not isinstance(features, list):
        raise refused(path.name, "不是 GeoJSON 要素集", "no GeoJSON feature collection")
    _require_degrees(content, path.name)
    found = [
        area
        for number, feature in enumerate(features, 1)
        for area in _area(feature, f"{path.name} 第 {number} 个要素", number)
    ]
    if not found:
        raise refused(path.name, "没有面（Polygon）", "there is no polygon")
    return found


def write_geojson(areas: Iterable[Area], path: Path) -> None:
    """The areas as a feature collection, one feature a line, outer rings against the clock (RFC 7946 3.1.6)."""
    lines = [json.dumps(_feature(area), ensure_ascii=False) for area in areas]
    text = '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"
    with atomic_file(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def area_from(
    properties: Mapping[str, Any], polygons: Iterable[Sequence[Any]], where: str, number: int
) -> Area:
    """An area with its id and name taken from the columns that are called so; else its number in the file."""
    texts = {str(key): _text(value) for key, value in properties.items() if value is not None}
    keys = {heading_key(key): value for key, value in texts.items()}
    own = next((keys[heading_key(name)] for name in IDS if keys.get(heading_key(name))), "")
    name = next((keys[heading_key(word)] for word in NAMES if keys.get(heading_key(word))), "")
    rings = tuple(tuple(_ring(ring, where) for ring in polygon) for polygon in polygons)
    return Area(own or name or str(number), name or own, rings, texts, where)


def refused(where: str, zh: str, en: str) -> UserError:
    """A file that cannot be taken."""
    return UserError(Text(zh, en), where=where, fix=FIX)


def _content(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise refused(path.name, "文件过大", "the file is too large")
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        words = system_words(error)
        raise refused(path.name, f"无法读取：{words.zh}", f"it cannot be read: {words.en}") from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise refused(path.name, "不是 GeoJSON（JSON 写法有误）", "not valid JSON") from error
    if not isinstance(content, dict):
        raise refused(path.name, "不是 GeoJSON", "no GeoJSON")
    return content


def _require_degrees(content: Mapping[str, Any], where: str) -> None:
    """Old files name their reference system (GeoJSON 2008); only degrees of WGS-84 or CGCS2000 are taken."""
    crs = json.dumps(content.get("crs") or {})
    if "crs" in content and content["crs"] and not any(code in crs for code in ("CRS84", "4326", "4490")):
        raise refused(
            where, f"坐标系不是 WGS-84 或 CGCS2000：{crs[:120]}", f"the reference system is {crs[:120]}"
        )


def _area(feature: Any, where: str, number: int) -> list[Area]:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        return []
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    if not isinstance(polygons, list) or not all(isinstance(polygon, list) for polygon in polygons):
        raise refused(where, "坐标不是数组", "the coordinates are no arrays")
    return [area_from(feature.get("properties") or {}, polygons, where, number)]


def _ring(ring: Any, where: str) -> Ring:
    try:
        points = tuple((float(point[0]), float(point[1])) for point in ring)
    except (TypeError, ValueError, IndexError, KeyError) as error:
        raise refused(where, "坐标不是一对数", "a coordinate is no pair of numbers") from error
    if not all(abs(x) <= 1e9 and abs(y) <= 1e9 for x, y in points):  # not a number compares false
        raise refused(where, "坐标不是一对数", "a coordinate is no pair of numbers")
    return points


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a code that a file keeps as a number
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _feature(area: Area) -> dict[str, Any]:
    polygons = [_oriented(polygon) for polygon in area.polygons]
    single = len(polygons) == 1
    kind = "Polygon" if single else "MultiPolygon"
    properties = dict(area.properties) or {"编号": area.id, "名称": area.name}
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": polygons[0] if single else polygons},
    }


def _oriented(polygon: Polygon) -> list[Ring]:
    """Outer rings against the clock, holes with it."""
    return [
        ring if (_twice_area(ring) >= 0) == (number == 0) else ring[::-1]
        for number, ring in enumerate(polygon)
    ]


def _twice_area(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
