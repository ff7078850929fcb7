"""How much can be done: in the county in a year (posts, building), at one school (land, leavers)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.basics import Text, nearest
from junheng.planning.frozen import number
from junheng.planning.gathered import Gathered
from junheng.planning.invest.reading.amounts import amount, whole_number
from junheng.planning.invest.reading.records import Record, read_records
from junheng.planning.state_rows import StageKey

SchoolKey = tuple[str, str, str]  # school_id, stage ("" for the whole school), measure or transfer


@dataclass(frozen=True, slots=True)
class Limits:
    """``ceilings[measure][year]``; ``at_school`` holds quantities over all years; ``places`` where each was written."""

    ceilings: Mapping[str, Mapping[str, int | str]] = field(default_factory=dict)
    at_school: Mapping[SchoolKey, Fraction] = field(default_factory=dict)
    places: Mapping[SchoolKey, str] = field(default_factory=dict)


def read_limits(
    path: Path | None,
    goods: Mapping[str, Mapping[str, Any]],
    years: Sequence[int],
    stages: frozenset[StageKey],
    faults: Gathered,
    *,
    elsewhere: frozenset[str] = frozenset(),
) -> Limits:
    """The limits in ``path`` for ``goods`` (measures and transfers by id); ``stages``: the school-stages of the county; schools
    ``elsewhere`` are passed over.

    What is not listed has no limit. Two rows that say different things about one limit contradict each other.
    """
    if path is None:
        return Limits()
    ceilings = _ceilings(path, goods, years, faults)
    at_school: dict[SchoolKey, Fraction] = {}
    places: dict[SchoolKey, str] = {}
    for record in read_records(path, "limits", faults, is_needed=False):
        if record["school_id"] in elsewhere:
            continue
        key = _school_key(record, goods, stages, faults)
        most = _most(record, goods.get(record["measure"]), faults)
        if key is None or most is None:
            continue
        if key in at_school:
            _contradiction(record, places[key], at_school[key], most, faults)
        at_school.setdefault(key, most)
        places.setdefault(key, record.at("most"))
    return Limits(ceilings, at_school, places)


def _ceilings(
    path: Path, goods: Mapping[str, Mapping[str, Any]], years: Sequence[int], faults: Gathered
) -> dict[str, dict[str, int | str]]:
    found: dict[str, dict[str, int | str]] = {}
    places: dict[tuple[str, int], str] = {}
    for record in read_records(path, "ceilings", faults, is_needed=False):
        good = _good(record, goods, faults)
        year = whole_number(record["year"])
        most = _most(record, good, faults)
        if year not in years:
            told = "、".join(map(str, years))
            zh, en = f"{record['year']} 不是规划年份", f"{record['year']} is no year of the plan"
            faults.add(record.at("year"), zh, en, Text(f"规划年份：{told}", f"the years are {told}"))
        elif good is not None and good["kind"] == "move":
            fix = Text("请写入“学校上限”", "list it with the limits of schools")
            zh, en = (
                "调动没有全县上限，只有各校可调出的人数",
                "a transfer has no ceiling, only who may leave each school",
            )
            faults.add(record.at("measure"), zh, en, fix)
        elif good is not None and most is not None and year is not None:
            name = good["id"]
            if (name, year) in places:
                earlier = Fraction(found[name][str(year)])
                _contradiction(record, places[name, year], earlier, most, faults)
                continue
            places[name, year] = record.at("most")
            found.setdefault(name, {})[str(year)] = number(most)
    return found


def _good(
    record: Record, goods: Mapping[str, Mapping[str, Any]], faults: Gathered
) -> Mapping[str, Any] | None:
    name = record["measure"]
    if name and name not in goods:
        near = nearest(name, goods)
        zh = f"最接近的是 {near}" if near else "请照抄单价表中的编号"
        en = f"the nearest is {near}" if near else "copy the id from the table of costs"
        zh_what, en_what = f"单价表里没有措施 {name}", f"the table of costs has no measure {name}"
        faults.add(record.at("measure"), zh_what, en_what, Text(zh, en))
    return goods.get(name)


def _most(record: Record, good: Mapping[str, Any] | None, faults: Gathered) -> Fraction | None:
    text = record["most"]
    found = amount(text)
    if not text:
        return None  # told already
    if found is None or found < 0:
        fix = Text("请填 0 或正数；不限就删去整行", "0 or more; delete the row if there is no limit")
        faults.add(
            record.at("most"), f"上限“{text}”不是 0 或正数", f"the limit {text!r} is not 0 or more", fix
        )
        return None
    if good is not None and good["whole"] and found.denominator != 1:
        unit, fix = good["unit"], Text("请填整数", "type a whole number")
        faults.add(record.at("most"), f"{text}{unit}不是整数", f"{text} {good['unit_en']} is not whole", fix)
        return None
    return found


def _school_key(
    record: Record, goods: Mapping[str, Mapping[str, Any]], stages: frozenset[StageKey], faults: Gathered
) -> SchoolKey | None:
    good = _good(record, goods, faults)
    school, stage = record["school_id"], record["stage"]
    if school not in {known for known, _ in stages}:
        fix = Text("请核对代码", "check the code")
        zh, en = f"数据中没有学校 {school}", f"the input has no school {school}"
        faults.add(record.at("school_id"), zh, en, fix)
        return None
    if good is None:
        return None
    is_stage = "stage" in good
    if is_stage and ((school, stage) not in stages or stage != good["stage"]):
        zh = f"{good['id']} 是 {good['stage']} 的措施，这一行的学段是“{stage}”"
        en = f"{good['id']} is for {good['stage']}, this row is of {school} {stage!r}"
        faults.add(record.at("stage"), zh, en, Text("请改正学段或编号", "mend the stage or the measure"))
        return None
    return (school, stage if is_stage else "", good["id"])


def _contradiction(record: Record, other: str, earlier: Fraction, most: Fraction, faults: Gathered) -> None:
    if earlier == most:
        zh, en = f"同一上限写了两次（另见 {other}）", f"the limit is listed twice (see {other})"
    else:
        zh = f"上限互相矛盾：这里是 {number(most)}，{other} 是 {number(earlier)}"
        en = f"contradictory limits: {number(most)} here, {number(earlier)} at {other}"
    faults.add(record.at("most"), zh, en, Text("请只留一行", "leave one row"))
