"""How far two schools lie apart in whole metres: the bureau's table, else great circle × detour."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil

from junheng.planning.frozen import Json
from junheng.planning.gathered import Gathered
from junheng.planning.sheet_records import Record
from junheng.planning.travel import great_circle

_METRES = 1000
Reach = tuple[Fraction, Fraction]  # farthest pair in km, detour factor
Place = tuple[float, float]  # longitude, latitude in degrees


def read_distances(
    records: list[Record], schools: list[Record], known: Mapping[str, Json], reach: Reach, faults: Gathered
) -> list[Json]:
    """[{"a", "b", "metres", "from": table | coordinates}] for every strong a and weak b that share a stage.

    Metres are rounded up to the next whole one; what lies beyond ``reach`` by coordinates is absent, and so is a
    pair of which nothing is known.
    """
    tabled = _tabled(records, known, faults)
    most_km, detour = (float(value) for value in reach)
    by_place = great_circle(_places(schools, faults), most_km, detour)
    found: list[Json] = []
    for a, b in _asked(known.values()):
        metres = tabled.get(frozenset((a, b)), by_place.get((a, b)))
        if metres is not None:
            source = "table" if frozenset((a, b)) in tabled else "coordinates"
            found.append({"a": a, "b": b, "metres": metres, "from": source})
    return found


def placeless(records: list[Record], schools: list[Record]) -> set[str]:
    """Schools that neither the table of distances nor coordinates put anywhere."""
    located = {record[name] for record in records for name in ("a", "b")}
    located |= {record["id"] for record in schools if record["lon"] and record["lat"]}
    return {record["id"] for record in schools} - located


def _asked(schools: Iterable[Json]) -> list[tuple[str, str]]:
    stages = {s["id"]: {part["stage"] for part in s["stages"]} for s in schools}
    by_role = {role: sorted(s["id"] for s in schools if s["role"] == role) for role in ("strong", "weak")}
    return [(a, b) for a in by_role["strong"] for b in by_role["weak"] if stages[a] & stages[b]]


def _tabled(records: list[Record], known: Mapping[str, Json], faults: Gathered) -> dict[frozenset[str], int]:
    found: dict[frozenset[str], int] = {}
    for record in records:
        for name in ("a", "b"):
            if record[name] not in known:
                faults.add(record.at(name), f"学校表没有 {record[name]}", f"no school {record[name]}")
        km = record.number("km", faults)
        pair = frozenset((record["a"], record["b"]))
        if len(pair) == 1:
            faults.add(record.at("b"), "甲校与乙校相同", "both schools are the same")
        metres = None if km is None else ceil(km * _METRES)
        if pair in found and found[pair] != metres:
            faults.add(record.at("km"), "同一对学校有两个不同的距离", "one pair has two distances")
        if metres is not None:
            found[pair] = metres
    return found


def _places(records: list[Record], faults: Gathered) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for record in records:
        lon = record.number("lon", faults, least=-180)
        lat = record.number("lat", faults, least=-90)
        if (lon is not None and lon > 180) or (lat is not None and lat > 90):
            faults.add(record.at("lon"), "经纬度超出范围", "longitude or latitude out of range")
        if lon is not None and lat is not None:
            found[record["id"]] = (float(lon), float(lat))
    return found
