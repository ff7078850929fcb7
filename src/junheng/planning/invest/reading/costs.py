"""The bureau's unit costs in yuan, each inside the range that the bureau itself holds plausible."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.basics import STAGE_NAMES, Text, heading_key, nearest
from junheng.planning.frozen import number
from junheng.planning.gathered import Gathered
from junheng.planning.invest.reading.amounts import amount
from junheng.planning.invest.reading.lines import Lines
from junheng.planning.invest.reading.records import Record, read_records

_MONEY = {"cost": "一次性单价", "yearly": "每年单价", "low": "低值", "high": "高值"}


def read_costs(
    path: Path,
    lines: Lines,
    possible: Mapping[str, dict[str, Any]],
    leave_out: frozenset[str],
    faults: Gathered,
) -> list[dict[str, Any]]:
    """The measures of the frozen problem that ``path`` prices, in the order of ``possible``.

    Every indicator of every stage must have one, but for ``leave_out``.
    """
    before = len(faults.found)
    records = read_records(path, "costs", faults)
    priced: dict[str, dict[str, Any]] = {}
    told: dict[str, str] = {}
    for record in records:
        key = _measure(record, possible, faults)
        if key is None:
            continue
        if key in told:
            fix = Text("请只留一行", "leave one row")
            zh, en = (
                f"措施 {key} 写了两次（另见 {told[key]}）",
                f"measure {key} is listed twice (see {told[key]})",
            )
            faults.add(record.at("measure"), zh, en, fix)
        told[key] = record.at("measure")
        _check_unit(record, possible[key], faults)
        price = _price(record, possible[key], faults)
        if price is not None:
            priced[key] = {**possible[key], **price}
    if records or len(faults.found) == before:
        _check_cover(path, lines, [possible[key] for key in told], leave_out, faults)
    return [priced[key] for key in possible if key in priced]


def _measure(record: Record, possible: Mapping[str, Any], faults: Gathered) -> str | None:
    given = record["measure"]
    words = {heading_key(word): key for key, row in possible.items() for word in (row["zh"], row["en"])}
    found = given if given in possible else words.get(heading_key(given))
    if found is None and given:
        near = nearest(given, possible)
        zh = f"最接近的是 {near}" if near else "请照抄表样中的编号"
        en = f"the nearest is {near}" if near else "copy the id from the template"
        faults.add(record.at("measure"), f"没有措施 {given}", f"there is no measure {given}", Text(zh, en))
    return found


def _check_unit(record: Record, measure: Mapping[str, Any], faults: Gathered) -> None:
    given = record["unit"]
    if given and heading_key(given) not in map(heading_key, (measure["unit"], measure["unit_en"])):
        unit = measure["unit"]
        zh = f"{measure['id']} 按“{unit}”计，表中写的是“{given}”"
        en = f"{measure['id']} is counted in {measure['unit_en']}, the table says {given!r}"
        fix = Text(f"请把单价换算成每{unit}", f"state the cost per {measure['unit_en']}")
        faults.add(record.at("unit"), zh, en, fix)


def _price(record: Record, measure: Mapping[str, Any], faults: Gathered) -> dict[str, Any] | None:
    """Costs in yuan; None where one cannot be told. A blank yearly cost means none, but not of a new post."""
    money: dict[str, Fraction | None] = {
        name: _money(record, name, faults) for name in _MONEY if record[name] or _is_needed(name, measure)
    }
    if None in money.values() or not record.yuan:
        return None
    known = {name: value * record.yuan for name, value in money.items() if value is not None}
    first = known["cost"] + known.get("yearly", Fraction(0))
    if not _is_plausible(record, first, known["low"], known["high"], faults):
        return None
    return {
        "cost_yuan": number(known["cost"]),
        "yearly_yuan": number(known.get("yearly", Fraction(0))),
        "low_yuan": number(known["low"]),
        "high_yuan": number(known["high"]),
        "source": record["source"],
    }


def _is_needed(name: str, measure: Mapping[str, Any]) -> bool:
    return name != "yearly" or bool(measure["kind"] == "hire")


def _money(record: Record, name: str, faults: Gathered) -> Fraction | None:
    text = record[name]
    found = amount(text)
    if not text:
        fix = Text("请填写；确实没有支出填 0", "fill it in; 0 where there is no cost")
        faults.add(record.at(name), f"“{_MONEY[name]}”没有填", f"{name} is blank", fix)
    elif found is None:
        fix = Text("只填数字，单位写在标题里", "type the number alone, its unit is in the heading")
        faults.add(record.at(name), f"“{text}”不是数", f"{text!r} is not a number", fix)
    elif found < 0:
        fix = Text("请改正", "mend it")
        faults.add(record.at(name), f"“{_MONEY[name]}”是负数：{text}", f"{name} is negative: {text}", fix)
        return None
    return found


def _is_plausible(record: Record, first: Fraction, low: Fraction, high: Fraction, faults: Gathered) -> bool:
    """Whether the first year's cost is above zero and inside the bureau's own range."""
    name = record["measure"]
    if first <= 0:
        fix = Text("请填写真实单价；不用的措施删去整行", "state the real cost, or delete the row")
        faults.add(record.at("cost"), f"{name} 不花钱，单价须大于 0", f"{name} costs nothing", fix)
    elif low > high:
        zh, en = (
            f"低值 {number(low)} 元高于高值 {number(high)} 元",
            f"low {number(low)} exceeds high {number(high)}",
        )
        faults.add(record.at("low"), zh, en, Text("请改正区间", "mend the range"))
    elif not low <= first <= high:
        zh = f"{name} 首年 {number(first)} 元，不在本表的合理区间 {number(low)}～{number(high)} 元之内"
        en = f"{name} costs {number(first)} yuan in its first year, outside the table's range {number(low)}-{number(high)}"
        fix = Text("请核对单价、区间和元、万元", "check cost, range, and yuan against 10,000 yuan")
        faults.add(record.at("cost"), zh, en, fix)
    else:
        return True
    return False


def _check_cover(
    path: Path, lines: Lines, listed: list[dict[str, Any]], leave_out: frozenset[str], faults: Gathered
) -> None:
    for row in lines.indicators:
        for stage in row["lines"]:
            serves = [m for m in listed if row["id"] in m["gives"] and m.get("stage", stage) == stage]
            if serves or row["id"] in leave_out:
                continue
            name = STAGE_NAMES[stage]
            zh = f"没有任何有单价的措施能提高{name.zh}的 {row['id']} {row['zh']}"
            en = f"no measure with a cost raises {row['id']} ({row['en']}) of {name.en} stages"
            fix = Text(
                f"请在单价表补一行，或在问题文件写 leave_out: [{row['id']}]",
                f"add a row of costs, or write leave_out: [{row['id']}] in the problem",
            )
            faults.add(path.name, zh, en, fix)
