"""Coordinates of sites and blocks: what is absent, swapped, or far outside is told,
never used and never dropped."""

from collections.abc import Mapping
from statistics import median
from typing import Any

from junheng.planning.frozen import Json
from junheng.planning.gathered import Gathered
from junheng.planning.sheet_records import Record
from junheng.planning.site.reading.settings import Settings

Point = tuple[float, float]
_KM_PER_DEGREE = 111.0
_LARGEST = {"lon": 180, "lat": 90}


def points_of(records: list[Record], faults: Gathered) -> dict[str, Point | None]:
    """Longitude and latitude by id; None where a cell is blank. Values that are no degrees are faults."""
    return {row["id"]: _point(row, faults) for row in records}


def _point(row: Record, faults: Gathered) -> Point | None:
    found = []
    for name in ("lon", "lat"):
        if not row[name]:
            return None
        try:
            value = float(row[name])
        except ValueError:
            faults.add(row.at(name), f"“{row[name]}”不是度数", f"{row[name]!r} is no degrees")
            return None
        if not abs(value) <= _LARGEST[name]:
            faults.add(
                row.at(name),
                f"{row[name]} 超出范围；经度、纬度是否写反？",
                f"{row[name]} is out of range; are longitude and latitude swapped?",
            )
            return None
        found.append(value)
    return found[0], found[1]


def doubtful(points: Mapping[str, Point | None], settings: Settings) -> set[str]:
    """Places farther than ``outside_km`` from the median of all, or outside the boundary that the file names."""
    known = {name: point for name, point in points.items() if point is not None}
    return far_off(points, settings) | (_outside(known, settings) if known else set())


def far_off(points: Mapping[str, Point | None], settings: Settings) -> set[str]:
    """Places farther than ``outside_km`` from the median of all: no place of a county."""
    known = {name: point for name, point in points.items() if point is not None}
    if not known:
        return set()
    limit = float(settings.figure("", "outside_km")) / _KM_PER_DEGREE
    middle = tuple(median(point[axis] for point in known.values()) for axis in (0, 1))
    return {
        name
        for name, point in known.items()
        if max(abs(point[axis] - middle[axis]) for axis in (0, 1)) > limit
    }


def _outside(points: Mapping[str, Point], settings: Settings) -> set[str]:
    """Places outside the county's boundary, where the file names one."""
    if "boundary" not in settings.given:
        return set()
    from junheng.planning.geo import locate, read_areas

    areas = read_areas(settings.path.parent / str(settings.given["boundary"]))
    found: Any = locate(dict(points), areas)
    return {name for name in points if not found.get(name)}


def untold(row: Record, what: str, missing: str, pupils: Json | None = None) -> Json:
    """A site or block that the plan cannot place, with its row and what is wanted first."""
    zh, en = _MISSING[missing]
    name = row["name"] or row["id"]
    found: Json = {
        "id": row["id"], "what": what, "missing": [missing], "name": name, "where": row.at(),
        "zh": f"{name}（{row.at()}）：{zh}", "en": f"{name} ({row.at()}): {en}",
    }  # fmt: skip
    return found | ({"pupils": pupils} if pupils is not None else {})


_MISSING = {
    "position": ("缺坐标", "its coordinates are absent"),
    "inside": (
        "坐标在县外或远离其他地点，请核对",
        "it lies outside the county, or far from all else: check it",
    ),
    "classes": ("缺现有教室数", "its classrooms are not given"),
}
