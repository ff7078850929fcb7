"""Metres between schools and home places: a table of kilometres, or straight lines with a detour."""

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.planning.cell_values import exact_number
from junheng.planning.frozen import exact
from junheng.planning.gathered import Gathered
from junheng.planning.rotate.reading.schools import School
from junheng.planning.rotate.reading.sheets import read_table

UNKNOWN = "unknown"
_EARTH_M = 6_371_008.8  # mean radius (IUGG)
_METRES = 1000  # in a kilometre
Place = tuple[float, float]


class Distances:
    """Metres between two ids; None where neither the table nor coordinates tell."""

    def __init__(
        self, table: Mapping[tuple[str, str], int], points: Mapping[str, Place], detour: Fraction
    ) -> None:
        self._table, self._points, self._detour = table, points, float(detour)

    def metres(self, start: str, end: str) -> int | None:
        """From ``start`` to ``end``, whole metres; a table entry holds for both directions unless both are given."""
        for key in ((start, end), (end, start)):
            if key in self._table:
                return self._table[key]
        if start in self._points and end in self._points:
            return round(_straight_m(self._points[start], self._points[end]) * self._detour)
        return None


def read_distances(
    asked: Mapping[str, Any],
    folder: Path,
    rule: Mapping[str, Any],
    schools: Iterable[School],
    faults: Gathered,
) -> Distances:
    """From the tables ``places`` and ``distances`` of the problem file, and the schools' coordinates."""
    points = {s.id: (s.lon, s.lat) for s in schools if s.lon is not None and s.lat is not None}
    if "places" in asked:
        for record in read_table(folder / asked["places"], "places", faults):
            lon, lat = (
                exact_number(record[name], record.at(name), faults, least=-most, most=most)
                for name, most in (("lon", 180), ("lat", 90))
            )
            if lon is not None and lat is not None:
                points[record["id"]] = (float(lon), float(lat))
    table: dict[tuple[str, str], int] = {}
    if "distances" in asked:
        for record in read_table(folder / asked["distances"], "distances", faults):
            km = record.number("km", faults)
            if km is not None:
                table[record["from"], record["to"]] = round(km * _METRES)
    return Distances(table, points, exact(rule.get("detour", 1)))


def reachable(
    distances: Distances, schools: Mapping[str, School], stage: str, rule: Mapping[str, Any]
) -> dict[str, dict[str, int | str]]:
    """Every school's permitted schools of the stage with metres: within ``most_km``, the ``nearest`` of them."""
    limit = exact(rule["most_km"]) * _METRES if "most_km" in rule else None
    members = sorted(school.id for school in schools.values() if school.pupils.get(stage))
    found: dict[str, dict[str, int | str]] = {}
    for start in members:
        metres = {end: distances.metres(start, end) for end in members if end != start}
        known = sorted(
            (m, end) for end, m in metres.items() if m is not None and (limit is None or m <= limit)
        )
        chosen: dict[str, int | str] = {end: m for m, end in known[: int(rule.get("nearest", len(members)))]}
        if limit is None:
            chosen |= {end: UNKNOWN for end, m in metres.items() if m is None}
        found[start] = dict(sorted(chosen.items()))
    return found


def within(distances: Distances, start: str, ends: Iterable[str], km: Fraction) -> dict[str, int]:
    """Those of ``ends`` within ``km`` of ``start``, with their metres."""
    metres = {end: distances.metres(start, end) for end in ends}
    return {end: m for end, m in sorted(metres.items()) if m is not None and m <= km * _METRES}


def _straight_m(one: Place, other: Place) -> float:
    """Great circle by haversines."""
    (lon, lat), (lon2, lat2) = (tuple(map(math.radians, place)) for place in (one, other))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * _EARTH_M * math.asin(min(1.0, math.sqrt(half)))
