"""Evidence of working together, and indicator values over years: a blank stays absent."""

from collections.abc import Iterable, Mapping

from junheng.planning.frozen import Json, number
from junheng.planning.gathered import Gathered
from junheng.planning.pair.settings import words
from junheng.planning.sheet_records import Record

COUNTS = ("teachers", "lessons", "visits")


def read_evidence(records: list[Record], register: Iterable[Json], faults: Gathered) -> list[Json]:
    """Rows {"year", "group", "school", teachers?, lessons?, visits?} sorted; a row for nobody's membership is a fault."""
    known = {(row["group"], row["school"]) for row in register}
    found: dict[tuple[int, str, str], Json] = {}
    for record in records:
        year = record.count("year", faults)
        key = (year or 0, record["group"], record["school"])
        if key[1:] not in known:
            faults.add(
                record.at("school"),
                f"集团表里 {key[1]} 没有学校 {key[2]}",
                f"the register has no school {key[2]} in {key[1]}",
            )
        if key in found:
            faults.add(record.at(), "同一学年、集团、学校有两行", "two rows of one year, group and school")
        counts = {name: record.count(name, faults) for name in COUNTS}
        found[key] = {"year": key[0], "group": key[1], "school": key[2]}
        found[key] |= {name: count for name, count in counts.items() if count is not None}
    return [found[key] for key in sorted(found)]


def read_values(
    records: list[Record], schools: Mapping[str, Json], indicators: Iterable[str], faults: Gathered
) -> list[Json]:
    """Rows {"year", "school", "stage", "indicator", "value"} of the asked indicators; others are left aside."""
    asked, found = set(indicators), {}
    for record in records:
        if record["indicator"] not in asked:
            continue
        stage = record.word("stage", words("primary", "junior"), faults)
        if record["school"] not in schools:
            faults.add(record.at("school"), f"学校表没有 {record['school']}", f"no school {record['school']}")
        year = record.count("year", faults)
        value = record.number("value", faults)
        key = (record["indicator"], stage, record["school"], year or 0)
        if key in found:
            faults.add(
                record.at(),
                "同一年份、学校、学段、指标有两行",
                "two rows of one year, school, stage, indicator",
            )
        if value is not None:
            found[key] = number(value)
    return [_value(key, found[key]) for key in sorted(found)]


def _value(key: tuple[str, str, str, int], value: int | str) -> Json:
    indicator, stage, school, year = key
    return {"indicator": indicator, "stage": stage, "school": school, "year": year, "value": value}


def join_values(tabled: list[Json], found: list[Json], where: str, faults: Gathered) -> list[Json]:
    """Values of the sheet and of findings together; one that stands in both and differs is a fault."""
    joined: dict[tuple[str, str, str, int], Json] = {}
    for row in (*found, *tabled):
        key = (row["indicator"], row["stage"], row["school"], row["year"])
        if key in joined and joined[key]["value"] != row["value"]:
            shown = " ".join(map(str, key))
            faults.add(where, f"{shown} 在表和评估结论中不同", f"{shown} differs between sheet and finding")
        joined[key] = row
    return [joined[key] for key in sorted(joined)]
