"""History and births: pupils by school, year and grade; children by zone and year. A blank is not 0."""

from collections.abc import Iterable, Mapping

from junheng.planning.forecast.reading.places import Zones
from junheng.planning.forecast.reading.settings import word
from junheng.planning.frozen import Json, number
from junheng.planning.gathered import Gathered
from junheng.planning.sheet_records import Record

Unit = tuple[str, str]
_GRADES = tuple(str(grade) for grade in range(1, 13))


def read_history(
    records: Iterable[Record], stages: Mapping[str, list[int]], units: Mapping[Unit, Json], faults: Gathered
) -> tuple[list[Json], list[Json]]:
    """Rows {"school","stage","year","grades"} or {"…","total"}; and the school-years that are not known, with why.

    A blank cell makes its school-year unknown. A grade without a row in a year with other rows is a grade the school
    does not teach (its pupils are 0), unless it has a row the year before and the year after: then it was forgotten.
    """
    cells: dict[tuple[str, str, int], dict[str, int]] = {}
    blank: set[tuple[str, str, int]] = set()
    unknown: dict[str, str] = {}
    for record in records:
        grade = _grade(record, faults)
        stage = _stage(record, grade, stages, faults)
        year = record.count("year", faults)
        if not stage or year is None:
            continue
        key = (record["school"], stage, year)
        if key[:2] not in units:
            unknown.setdefault(f"{key[0]} {stage}", record.at("school"))
            continue
        pupils = record.count("pupils", faults)
        if pupils is None:
            blank.add(key)
            continue
        if grade in cells.setdefault(key, {}):
            faults.add(record.at(), "同一年、学校、年级有两行", "two rows of one year, school and grade")
        cells[key][grade] = pupils
    for name, where in unknown.items():
        faults.add(
            where,
            f"学校表没有 {name}（停办的学校也要列，写停办年）",
            f"the sheet 学校 lacks {name}; closed schools belong there, too, with 停办年",
        )
    why = dict.fromkeys(_forgotten(cells), "hole") | dict.fromkeys(blank, "blank")
    rows = [_row(key, cells[key], stages, faults) for key in sorted(cells) if key not in why]
    return rows, [{"school": s, "stage": t, "year": y, "why": why[s, t, y]} for s, t, y in sorted(why)]


def _forgotten(cells: Mapping[tuple[str, str, int], Mapping[str, int]]) -> list[tuple[str, str, int]]:
    """School-years that lack a grade which the year before and the year after have."""
    found = []
    for (school, stage, year), grades in cells.items():
        sides = [cells.get((school, stage, at), {}) for at in (year - 1, year + 1)]
        if "" not in grades and any(grade and grade not in grades for grade in {*sides[0]} & {*sides[1]}):
            found.append((school, stage, year))
    return found


def _grade(record: Record, faults: Gathered) -> str:
    grade = word(_GRADES, record["grade"]) if record["grade"] else ""
    if record["grade"] and not grade:
        faults.add(record.at("grade"), f"“{record['grade']}”不是年级", f"{record['grade']!r} is no grade")
    return grade


def _stage(record: Record, grade: str, stages: Mapping[str, list[int]], faults: Gathered) -> str:
    told = word(stages, record["stage"]) if record["stage"] else ""
    by_grade = next((s for s, grades in stages.items() if grade and int(grade) in grades), "")
    if told and by_grade and told != by_grade:
        faults.add(record.at("stage"), "学段与年级不符", "stage and grade do not agree")
    if not told and not by_grade:
        faults.add(record.at(), "没有学段或年级", "neither stage nor grade")
    return told or by_grade


def _row(
    key: tuple[str, str, int], cells: dict[str, int], stages: Mapping[str, list[int]], faults: Gathered
) -> Json:
    row: Json = {"school": key[0], "stage": key[1], "year": key[2]}
    if "" not in cells:
        return row | {"grades": {str(grade): cells.get(str(grade), 0) for grade in stages[key[1]]}}
    if len(cells) > 1:
        where = f"{key[0]} {key[2]}"
        faults.add(where, "既有合计又有分年级", "a total beside grades")
    return row | {"total": cells[""]}


def read_births(records: Iterable[Record], zones: Zones, served: set[str], faults: Gathered) -> list[Json]:
    """Rows {"zone","year","births"}; a blank is left out."""
    return _by_zone(records, "births", "births", zones, served, faults)


def read_migrants(records: Iterable[Record], zones: Zones, served: set[str], faults: Gathered) -> list[Json]:
    """Rows {"zone","year","pupils"}: 随迁 children among the entrants of a year."""
    return _by_zone(records, "pupils", "pupils", zones, served, faults)


def _by_zone(
    records: Iterable[Record], column: str, key: str, zones: Zones, served: set[str], faults: Gathered
) -> list[Json]:
    found: dict[tuple[str, int], int] = {}
    lone: set[str] = set()
    for record in records:
        zone, year = zones.of(record, faults), record.count("year", faults)
        value = record.count(column, faults)
        if year is None or value is None:
            continue
        if zone and zone not in served | lone:
            lone.add(zone)
            faults.add(
                record.at("zone" if record["zone"] else "zone_name"),
                f"片区 {zone} 没有学校：编号写错，或把它的孩子记到他们就读的片区",
                f"zone {zone} has no school: its code is wrong, or its children belong to the zone whose schools they attend",
            )
        if (zone, year) in found:
            faults.add(record.at(), "同一片区、年份有两行", "two rows of one zone and year")
        found[zone, year] = value
    return [{"zone": zone, "year": year, key: found[zone, year]} for zone, year in sorted(found)]


def read_given(
    records: Iterable[Record], stages: Iterable[str], units: Mapping[Unit, Json], faults: Gathered
) -> list[Json]:
    """Another body's forecast: rows {"school","stage","year","mid", low?, high?}; a blank is left out."""
    found: dict[tuple[str, str, int], Json] = {}
    kinds = tuple(stages)
    for record in records:
        year = record.count("year", faults)
        mid = record.number("mid", faults)
        key = (record["school"], word(kinds, record["stage"]), year or 0)
        if key[:2] not in units:
            faults.add(record.at("school"), f"学校表没有 {key[0]}", f"the sheet 学校 lacks {key[0]}")
        elif year is not None and mid is not None:
            if key in found:
                faults.add(
                    record.at(), "同一学校、学段、年份有两行", "two rows of one school, stage and year"
                )
            found[key] = {"school": key[0], "stage": key[1], "year": year, "mid": number(mid)}
            for side in ("low", "high"):
                if (value := record.number(side, faults)) is not None:
                    found[key][side] = number(value)
    return [found[key] for key in sorted(found)]
