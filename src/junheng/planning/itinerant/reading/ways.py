"""The ways between schools: by coordinates, by a given table of minutes, or along a road table."""

from fractions import Fraction
from math import ceil
from typing import Any

from junheng.planning.itinerant.reading.settings import Settings
from junheng.planning.itinerant.reading.words import Words
from junheng.planning.sheet_records import Record
from junheng.planning.travel import Road, by_road, great_circle

Json = dict[str, Any]


def ways(
    tables: dict[str, list[Record]], words: Words, settings: Settings, fixed: list[tuple[str, str]]
) -> tuple[Json, set[str]]:
    """The frozen ``travel`` of a problem, and the schools whose position is known.

    ``fixed``: pairs (own school, school of a fixed visit) that count however far they lie.
    """
    found, known = {"coordinates": _by_coordinates, "minutes": _by_minutes, "roads": _by_roads}[settings.way](
        tables, words, settings, fixed
    )
    wanted = {pair for one, other in fixed for pair in ((one, other), (other, one))}
    pairs = [
        {"from": one, "to": other, "value": value}
        for (one, other), value in sorted(found.items())
        if value <= settings.reach or (one, other) in wanted
    ]
    unit = "min" if settings.way == "minutes" else "m"
    zh, en = _words(settings)
    return {"unit": unit, "reach": int(settings.reach), "zh": zh, "en": en, "pairs": pairs}, known


def _words(settings: Settings) -> tuple[str, str]:
    return {
        "coordinates": (
            f"大圆距离 × {float(settings.detour):g}（未用道路数据）",
            f"great circle × {float(settings.detour):g} (no road data)",
        ),
        "minutes": ("所给路程表的分钟数", "minutes as given"),
        "roads": ("所给路网上的最短路", "shortest ways on the roads given"),
    }[settings.way]


def _by_coordinates(
    tables: dict[str, list[Record]], words: Words, settings: Settings, fixed: list[tuple[str, str]]
) -> tuple[dict[tuple[str, str], int], set[str]]:
    points = {}
    for row in tables["school"]:
        east, north = words.degrees(row, "lon"), words.degrees(row, "lat")
        if east is not None and north is not None:
            points[row["school"]] = (float(east), float(north))
    found = great_circle(points, float(settings.reach) / 1000, float(settings.detour))
    for one, other in fixed:
        if one in points and other in points and one != other:
            pair = {one: points[one], other: points[other]}
            found |= great_circle(pair, _FAR_KM, float(settings.detour))
    return found, set(points)


_FAR_KM = 1000.0  # farther than any county is wide: a visit that is fixed is counted wherever it leads


def _by_minutes(
    tables: dict[str, list[Record]], words: Words, settings: Settings, fixed: list[tuple[str, str]]
) -> tuple[dict[tuple[str, str], int], set[str]]:
    """Minutes as given, rounded up; the way back is as long where it is not given."""
    given: dict[tuple[str, str], Fraction] = {}
    _require_rows(tables["way"], "路程", "ways", words)
    for row in tables["way"]:
        one, other, minutes = words.school(row, "from"), words.school(row, "to"), words.number(row, "minutes")
        if one and other and minutes is not None:
            if (one, other) in given:
                words.faults.add(row.at(), "同一路程有两行", "a way is given twice")
            given[one, other] = minutes
        elif one and other:
            words.faults.add(row.at("minutes"), "没有填", "is blank")
    both = {(other, one): minutes for (one, other), minutes in given.items()} | given
    return {pair: ceil(minutes) for pair, minutes in both.items()}, {name for pair in both for name in pair}


def _require_rows(rows: list[Record], sheet: str, en: str, words: Words) -> None:
    """The problem file asks for ways by a sheet that is absent or empty: nobody would go anywhere."""
    if not rows:
        words.faults.add(
            f"distance.by、[{sheet}]",
            f"没有“{sheet}”工作表，或表中没有行",
            f"the sheet of {en} is absent or empty",
        )


def _by_roads(
    tables: dict[str, list[Record]], words: Words, settings: Settings, fixed: list[tuple[str, str]]
) -> tuple[dict[tuple[str, str], int], set[str]]:
    roads = []
    _require_rows(tables["road"], "路网", "roads", words)
    for row in tables["road"]:
        start, end, length = words.text(row, "from"), words.text(row, "to"), words.number(row, "km")
        if start and end and length is not None:
            roads.append(Road(start, end, float(1000 * length), words.yes(row, "one_way")))
        elif start and end:
            words.faults.add(row.at("km"), "没有填", "is blank")
    touched = {node for road in roads for node in (road.start, road.end)}
    nodes = {}
    for row in tables["school"]:
        node = row["node"]
        if node and node not in touched:
            words.faults.add(row.at("node"), f"路网中没有节点“{node}”", f"no road touches node {node!r}")
        elif node:
            nodes[row["school"]] = node
    found = by_road(roads, nodes, float(settings.reach))
    far = {name for pair in fixed for name in pair if name in nodes}
    if far:
        found |= by_road(roads, {name: nodes[name] for name in far}, 1000 * _FAR_KM)
    return found, set(nodes)
