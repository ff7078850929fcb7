"""Money of each year in yuan, from the problem file: year by year, or one sum for all years."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from junheng.basics import Text
from junheng.planning.frozen import number
from junheng.planning.gathered import Gathered
from junheng.planning.invest.reading.amounts import amount, whole_number, yuan_per
from junheng.planning.invest.reading.problem_file import Asked

_WORDS = {"yes": 1, "no": 0, "是": 1, "否": 0}


def read_budgets(asked: Asked, measures: Sequence[Mapping[str, Any]], faults: Gathered) -> dict[str, Any]:
    """``budgets`` and ``carry_over`` of the frozen problem; without budgets nothing limits the money.

    ``total`` is one sum for all years, spent whenever it is needed: it is stated as money of the first year that may
    be carried over. A sum that buys not one unit of the cheapest measure is refused: it is mostly 元 for 万元.
    """
    given = asked.budgets
    if given is None:
        if asked.mode.get("kind") == "most_within":
            fix = Text("请写 budgets，或改用 all_by", "state budgets, or use all_by")
            zh, en = "most_within 要有预算", "most_within needs budgets"
            faults.add(asked.file.where("mode"), zh, en, fix)
        return {"carry_over": 1}
    unit = yuan_per(str(given.get("unit", "")))
    if not unit:
        fix = Text("请写 unit: 元 或 unit: 万元", "write unit: 元 or unit: 万元")
        faults.add(
            asked.file.where("budgets"), "预算没有写明元或万元", "the unit of the budgets is not stated", fix
        )
        return {}
    money = _money(asked, given, unit, faults)
    carry = 1 if "total" in given else _carry_over(asked, given, faults)
    if money is None or carry is None:
        return {}
    _check_cheapest(asked, sum(money.values(), Fraction(0)), measures, faults)
    return {"budgets": {year: number(sum_) for year, sum_ in money.items()}, "carry_over": carry}


def _money(asked: Asked, given: Mapping[str, Any], unit: int, faults: Gathered) -> dict[str, Fraction] | None:
    before = len(faults.found)
    stated = {key: value for key, value in given.items() if key not in ("unit", "carry_over")}
    sums = {key: amount(str(value)) for key, value in stated.items()}
    for key, value in sums.items():
        where = asked.file.where("budgets", key)
        if value is None or value < 0:
            fix = Text("请填 0 或正数", "0 or more")
            faults.add(where, f"预算“{stated[key]}”不是 0 或正数", f"{stated[key]!r} is no sum of money", fix)
        if key != "total" and whole_number(key) not in asked.years:
            fix = Text(
                "请写规划年份、total、unit、carry_over", "use years of the plan, total, unit, carry_over"
            )
            faults.add(where, f"{key} 不是规划年份", f"{key} is no year of the plan", fix)
    missing = [] if "total" in sums else [year for year in asked.years if str(year) not in sums]
    if "total" in sums and len(sums) > 1:
        fix = Text("总额和分年只写一种", "state the total or the years, not both")
        faults.add(
            asked.file.where("budgets"), "既有总额又有分年预算", "both a total and yearly budgets", fix
        )
    for year in missing:
        fix = Text("请补上；这一年没有钱写 0", "add it; 0 if there is no money that year")
        faults.add(asked.file.where("budgets"), f"没有 {year} 年的预算", f"no budget for {year}", fix)
    if len(faults.found) > before:
        return None
    known = {key: value * unit for key, value in sums.items() if value is not None}
    if "total" in known:
        years = dict.fromkeys(map(str, asked.years), Fraction(0))
        return years | {str(asked.years[0]): known["total"]}
    return {str(year): known[str(year)] for year in asked.years}


def _carry_over(asked: Asked, given: Mapping[str, Any], faults: Gathered) -> int | None:
    found = _WORDS.get(str(given.get("carry_over", "")))
    if found is None:
        fix = Text("写 carry_over: yes（结转）或 no", "write carry_over: yes (kept) or no")
        zh, en = "没有写明当年未用完的钱能否结转", "it is not stated whether unspent money is kept"
        faults.add(asked.file.where("budgets"), zh, en, fix)
    return found


def _check_cheapest(
    asked: Asked, total: Fraction, measures: Sequence[Mapping[str, Any]], faults: Gathered
) -> None:
    """The cheapest unit, bought in the last year: once, and its running cost of that one year."""
    costs = {m["id"]: Fraction(m["cost_yuan"]) + Fraction(m["yearly_yuan"]) for m in measures}
    if not costs or total >= min(costs.values()):
        return
    name = min(costs, key=lambda key: (costs[key], key))
    zh = f"预算合计 {number(total)} 元，买不起最便宜的一项（{name}，{number(costs[name])} 元）"
    en = f"the budgets come to {number(total)} yuan, less than the cheapest unit ({name}, {number(costs[name])} yuan)"
    fix = Text("请核对金额和单位（元、万元）", "check the sums and their unit")
    faults.add(asked.file.where("budgets"), zh, en, fix)
