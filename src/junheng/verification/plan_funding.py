"""The operating funds of a plan (``funding.json``) worked out again: facts, groups, rules, dues, sums, by other code."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.basics import Text
from junheng.verification.money_due import COMPULSORY, UnknownError, total_of
from junheng.verification.money_rules import rule_differences
from junheng.verification.plan_groups import group_differences

FUNDING = "funding.json"
FORMAT = "junheng/plan-funding/1"
Json = Mapping[str, Any]
GROUPS = ("boarders", "bilingual_pupils", "inclusive_pupils", "home_taught_pupils")
_SHORT = dict(zip(GROUPS, ("boarders", "bilingual", "inclusive", "home_taught"), strict=True))
_SCHOOL = ("name", "county_code", "kind", "ownership", "urban_rural_code")


def verify_plan_funding(folder: Path) -> tuple[Text, ...]:
    """What is wrong with the funds of the plan in ``folder``; () where all agrees, or there are none."""
    path = folder / FUNDING
    if not path.is_file():
        return ()
    try:
        found = json.loads(path.read_text("utf-8"))
        if found["format"] != FORMAT:
            raise ValueError(found["format"])
        return tuple(_differences(folder, found))
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, ZeroDivisionError):
        return (Text("公用经费部分残缺或写法有误", "the funds are absent in part, or malformed"),)


def _differences(folder: Path, found: Json) -> Iterator[Text]:
    yield from rule_differences({"counties": found["rules"]})
    days = {county["on"] for county in found["rules"].values()}
    if days != {f"{found['budget_year']}-01-01"}:
        yield Text("规则不是预算年度首日的", "the rules are not those of the first day of the budget year")
    problem, outcome = (
        json.loads((folder / name).read_text("utf-8")) for name in ("problem.json", "plan.json")
    )
    yield from group_differences(problem, outcome, found)
    today, planned = folder / "planned" / "today", folder / "planned" / str(found["years"][1])
    if today.is_dir():
        yield from _facts(found, "before", today, {})
    filled = {(row["school_id"], row["stage"], row["column"]): row["value"] for row in found["filled"]}
    yield from _facts(found, "after", planned, filled)
    for school in found["schools"]:
        yield from _school(school, found["rules"])
    yield from _sums(found)


def _facts(found: Json, side: str, state: Path, filled: Mapping[tuple[str, str, str], int]) -> Iterator[Text]:
    """The frozen facts of a side against the state's own tables; blanks as filled in."""
    schools = {row["school_id"]: row for row in _table(state / "school.csv")}
    stages: dict[str, list[Json]] = {}
    for row in _table(state / "stage.csv"):
        if row["stage"] in COMPULSORY:
            own: dict[str, Any] = {"stage": row["stage"], "pupils": _whole(row.get("pupils"))}
            for name in GROUPS:
                value = _whole(row.get(name))
                key = (row["school_id"], row["stage"], name)
                own[name] = filled.get(key) if value is None else value
            stages.setdefault(row["school_id"], []).append(own)
    stated = {one["school_id"]: one[side] for one in found["schools"] if one[side] is not None}
    if set(stated) != set(stages) & set(schools):
        yield Text("公用经费所列学校与规划状态不同", "the funds list other schools than the planned state")
        return
    for key, facts in stated.items():
        mine = {name: schools[key].get(name) or None for name in _SCHOOL}
        if {name: facts[name] for name in _SCHOOL} != mine or _order(facts["stages"]) != _order(stages[key]):
            when = Text("现在", "now") if side == "before" else Text("方案后", "after")
            yield Text(
                f"{facts['name']}{when.zh}的学生数与各表不同",
                f"{facts['name']}, {when.en}: not the counts of the tables",
            )


def _order(stages: Sequence[Json]) -> list[Json]:
    return sorted(stages, key=lambda stage: str(stage["stage"]))


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _whole(text: str | None) -> int | None:
    return int(text) if text else None


def _school(school: Json, rules: Mapping[str, Json]) -> Iterator[Text]:
    totals = []
    for side in ("before", "after"):
        facts, due = school[side], school[f"due_{side}"]
        if (facts is None) is not (due is None):
            yield _wrong(school, side)
            return
        own = None if facts is None else _due(facts, rules[facts["county_code"]])
        totals.append(Fraction(0) if facts is None else own and own[0])
        if due is not None and not _agrees(due, own):
            yield _wrong(school, side)
    same = school["before"] == school["after"]
    known = totals[0] is not None and totals[1] is not None
    change = Fraction(0) if same else totals[1] - totals[0] if known else None  # type: ignore[operator] # both are known
    stated = school["change_yuan"]
    if school["unchanged"] is not same or (None if stated is None else Fraction(stated)) != change:
        yield Text(f"{school['name']}的变化不对", f"{school['name']}: not its change")


def _wrong(school: Json, side: str) -> Text:
    when = Text("现在", "now") if side == "before" else Text("方案后", "after")
    return Text(
        f"{school['name']}{when.zh}的应拨公用经费不对", f"{school['name']}, {when.en}: not what is due"
    )


def _due(facts: Json, book: Json) -> tuple[Fraction, dict[str, Fraction]] | None:
    """What is due, and by kind of addend; None where it cannot be told."""
    code = facts["urban_rural_code"]
    school = {
        **{name: facts[name] for name in ("kind", "ownership", "heated_area_m2")},
        "rural": None if not code else str(code).startswith("2"),
        "stages": [
            {"stage": one["stage"], "pupils": one["pupils"], **{_SHORT[name]: one[name] for name in GROUPS}}
            for one in facts["stages"]
        ],
    }
    try:
        total, _, amounts = total_of(school, book)
    except UnknownError:
        return None
    slots: dict[str, Fraction] = {}
    for (slot, _), (quantity, rate) in amounts.items():
        slots[slot] = slots.get(slot, Fraction(0)) + (quantity or Fraction(0)) * rate
    return total, slots


def _agrees(due: Json, own: tuple[Fraction, dict[str, Fraction]] | None) -> bool:
    if own is None or due["total_yuan"] is None:
        return own is None and due["total_yuan"] is None and bool(due["reasons"])
    slots: dict[str, Fraction] = {}
    for addend in due["addends"]:
        yuan = Fraction(addend["yuan"])
        if Fraction(addend["quantity"]) * Fraction(addend["rate"]) != yuan:
            return False
        slots[addend["slot"]] = slots.get(addend["slot"], Fraction(0)) + yuan
    return Fraction(due["total_yuan"]) == own[0] and slots == own[1]


def _sums(found: Json) -> Iterator[Text]:
    """The sums over the schools that change and can be told."""
    sums = found["sums"]
    changed = [one for one in found["schools"] if one["before"] != one["after"]]
    told = [one for one in changed if one["change_yuan"] is not None]
    right = [sums["changed"], sums["told"]] == [len(changed), len(told)]
    change = sum((Fraction(one["change_yuan"]) for one in told), Fraction(0))
    right &= Fraction(sums["change_yuan"]) == change
    for side in ("before", "after"):
        addends = [a for one in told for a in (one[f"due_{side}"] or {"addends": ()})["addends"]]
        slots: dict[str, Fraction] = {}
        for addend in addends:
            slots[addend["slot"]] = slots.get(addend["slot"], Fraction(0)) + Fraction(addend["yuan"])
        right &= {key: Fraction(value) for key, value in sums[side]["slots"].items()} == slots
        right &= Fraction(sums[side]["total_yuan"]) == sum(slots.values(), Fraction(0))
    if not right:
        yield Text("公用经费的合计不对", "the sums of the funds are not right")
