"""Pupils of every year: from a table, by growth, or unchanged; a school without any is told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

from junheng.basics import STAGE_NAMES, Text
from junheng.indicators import Parameters
from junheng.planning.frozen import number
from junheng.planning.gathered import Gathered
from junheng.planning.invest.reading.amounts import whole_number
from junheng.planning.invest.reading.base import Base
from junheng.planning.invest.reading.records import Record, read_records
from junheng.planning.state_rows import Rows, StageKey

_LARGEST = 20_000  # pupils of a school-stage, as the data dictionary has it


@dataclass(frozen=True, slots=True)
class Forecast:
    """``pupils[year][school_id, stage]``. ``how`` is what the frozen problem says of its origin."""

    pupils: Mapping[int, Mapping[StageKey, int]]
    how: Mapping[str, Any]


def read_forecast(
    asked: "Path | str | Mapping[str, Fraction]",
    base: Base,
    years: Sequence[int],
    parameters: Parameters,
    where: str,
    faults: Gathered,
) -> Forecast:
    """The forecast of ``years``; the last of them must be there for every school-stage the standard looks at."""
    if isinstance(asked, Path):
        found = _from_table(asked, base, years, faults)
        _check_whole(asked.name, found, base.rows, years[-1], parameters, faults)
        return Forecast(found, {"kind": "table"})
    rates = asked if isinstance(asked, Mapping) else {}
    if rates:
        _check_rates(rates, base.rows, parameters, where, faults)
    pupils = {year: dict(_grown(base.rows, rates, year - base.year)) for year in years}
    how: dict[str, Any] = {"kind": "growth" if rates else "same"}
    return Forecast(pupils, how | ({"rates": {s: number(r) for s, r in rates.items()}} if rates else {}))


def _grown(base: Rows, rates: Mapping[str, Fraction], years: int) -> Iterator[tuple[StageKey, int]]:
    """Pupils after ``years`` of growth, to the nearest whole one; unknown ones stay unknown."""
    for row in base["stage"]:
        if row.get("pupils") is not None:
            factor = (1 + rates.get(row["stage"], Fraction(0))) ** years
            yield (row["school_id"], row["stage"]), floor(row["pupils"] * factor + Fraction(1, 2))


def _check_rates(
    rates: Mapping[str, Fraction], base: Rows, parameters: Parameters, where: str, faults: Gathered
) -> None:
    for stage in dict.fromkeys(key[1] for key in needed_rows(base, parameters)):
        if stage not in rates:
            name = STAGE_NAMES[stage]
            fix = Text(f"请补 {stage}；不变写 0%", f"add {stage}; 0% if unchanged")
            zh, en = f"没有{name.zh}的增长率", f"no growth is stated for {name.en}"
            faults.add(where, zh, en, fix)


def _from_table(
    path: Path, base: Base, years: Sequence[int], faults: Gathered
) -> dict[int, dict[StageKey, int]]:
    known = {(row["school_id"], row["stage"]) for row in base.rows["stage"]}
    schools = {school for school, _ in known}
    found: dict[int, dict[StageKey, int]] = {year: {} for year in years}
    for record in read_records(path, "forecast", faults):
        year, pupils = whole_number(record["year"]), whole_number(record["pupils"])
        key = (record["school_id"], record["stage"])
        if key[0] in base.elsewhere or not _is_known(record, key, known, schools, faults):
            continue
        if year is None or pupils is None or not 0 <= pupils <= _LARGEST:
            bad = "year" if year is None else "pupils"
            fix = Text("请填整数", "type a whole number")
            text = record[bad]
            faults.add(
                record.at(bad), f"“{text}”不是年份或人数", f"{text!r} is no year or number of pupils", fix
            )
        elif year in found and key in found[year]:
            fix = Text("请只留一行", "leave one row")
            zh, en = f"{key[0]} {key[1]} {year} 年写了两次", f"{key[0]} {key[1]} {year} is listed twice"
            faults.add(record.at(), zh, en, fix)
        elif year in found:  # other years of a longer forecast are simply not asked for
            found[year][key] = pupils
    return found


def _is_known(
    record: Record, key: StageKey, known: set[StageKey], schools: set[str], faults: Gathered
) -> bool:
    if key in known or not all(key):  # a blank cell has been told
        return key in known
    if key[0] not in schools:
        fix = Text(
            "请核对代码；新建学校先在数据中加一行", "check the code; add a new school to the input first"
        )
        zh, en = f"数据中没有学校 {key[0]}", f"the input has no school {key[0]}"
        faults.add(record.at("school_id"), zh, en, fix)
    else:
        fix = Text(
            "请核对学段；新设学段先在数据中加一行", "check the stage; add a new one to the input first"
        )
        zh, en = f"学校 {key[0]} 没有这个学段：{key[1]}", f"school {key[0]} has no {key[1]} stage"
        faults.add(record.at("stage"), zh, en, fix)
    return False


def _check_whole(
    name: str,
    found: Mapping[int, Mapping[StageKey, int]],
    base: Rows,
    target: int,
    parameters: Parameters,
    faults: Gathered,
) -> None:
    names = {row["school_id"]: row.get("name") or row["school_id"] for row in base["school"]}
    for school, stage in needed_rows(base, parameters):
        if (school, stage) not in found[target]:
            words = STAGE_NAMES[stage]
            zh = f"{names[school]}（{school}）{words.zh}没有 {target} 年的预测学生数"
            en = f"{school} {words.en}: no pupils are forecast for {target}"
            faults.add(name, zh, en, Text("请补一行；停办填 0", "add a row; 0 if it closes"))


def needed_rows(base: Rows, parameters: Parameters) -> list[StageKey]:
    """The school-stages that can count, or weigh in a split, under ``parameters``; teaching points of any size too."""
    counted = {
        row["school_id"]
        for row in base["school"]
        if row.get("kind") not in parameters.exclude_kinds
        and row.get("run_by") not in parameters.exclude_run_by
        and (parameters.count_private or row.get("ownership") != "private")
    }
    rows = [(row["school_id"], row["stage"]) for row in base["stage"] if row["school_id"] in counted]
    judged = {school for school, stage in rows if stage in parameters.stages}
    return [key for key in rows if key[0] in judged]
