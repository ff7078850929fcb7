"""What every school of a planned state is due beside what it is due now, by the rules of one budget year."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from junheng.basics import Text, UserError
from junheng.funding import planned_entitlement, rules_for
from junheng.planning.entitled.asked import PAGE, FundingAsked
from junheng.planning.entitled.groups import GROUPS, Facts, fill_groups
from junheng.planning.frozen import Json, exact, number

FUNDING = "funding.json"  # its name in a plan's folder
FORMAT = "junheng/plan-funding/1"
_SCHOOL = ("name", "county_code", "kind", "ownership", "urban_rural_code")
_STAGES = ("primary", "junior")  # of compulsory education, as in the rules
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def funding_effect(
    before: Rows, after: Rows, years: tuple[int, int], asked: FundingAsked, moved: Sequence[Json] = ()
) -> Json:
    """Both sides of every school that a compulsory stage is taught in, and the sums over those that change.

    ``before``, ``after``: tables ``school``, ``stage``, ``premises`` of ``years``. Both are reckoned by the rules of one
    budget year, so that what changes is the plan's doing. A school whose pupils do not change has no change, told or
    not; one that cannot be told on either side is in no sum. Raises UserError for rules that cannot be read.
    """
    facts = _facts(before), _facts(after)
    filled = fill_groups(*facts, moved, asked.groups)
    budget_year = asked.budget_year or years[1] + 1
    dues = tuple(_due(side, budget_year, asked) for side in facts)
    schools = [
        _school(key, facts[0].get(key), facts[1].get(key), dues[0].get(key), dues[1].get(key))
        for key in sorted(facts[0] | facts[1])
    ]
    counties = sorted({one["county_code"] for side in facts for one in side.values()})
    rules = {code: rules_for(code, date(budget_year, 1, 1), asked.overlays).as_json() for code in counties}
    return {
        "format": FORMAT, "budget_year": budget_year, "years": list(years), "groups": asked.groups, "rules": rules,
        "moved": list(moved), "filled": filled, "schools": schools, "sums": _sums(schools),
    }  # fmt: skip


def _facts(rows: Rows) -> Facts:
    heated = {row["school_id"]: row.get("heated_area_m2") for row in rows.get("premises", ())}
    found: Facts = {}
    for row in rows["school"]:
        if row.get("county_code") is None:
            raise UserError(
                Text(f"学校 {row['school_id']} 没有县代码", f"school {row['school_id']} has no county code"),
                why=Text("不知道适用哪一地的经费规则", "whose rules of funding hold cannot be told"),
                fix=PAGE,
            )
        area = heated.get(row["school_id"])
        found[row["school_id"]] = {
            **{name: row.get(name) for name in _SCHOOL},
            "heated_area_m2": None if area is None else number(Fraction(repr(area)) if isinstance(area, float) else area),
            "stages": [],
        }  # fmt: skip
    for row in rows.get("stage", ()):
        if row["stage"] in _STAGES and row["school_id"] in found:
            counts = {name: row.get(name) for name in ("pupils", *GROUPS)}
            found[row["school_id"]]["stages"].append({"stage": row["stage"], **counts})
    return {key: facts for key, facts in found.items() if facts["stages"]}


def _due(facts: Facts, budget_year: int, asked: FundingAsked) -> dict[str, Json]:
    schools = [{"school_id": key, **one} for key, one in facts.items()]
    stages = [{"school_id": key, **stage} for key, one in facts.items() for stage in one["stages"]]
    areas = [{"school_id": key, "heated_area_m2": _area(one["heated_area_m2"])} for key, one in facts.items()]
    return planned_entitlement(
        schools, stages, budget_year=budget_year, premises=areas, overlays=asked.overlays
    )


def _area(told: int | str | None) -> Fraction | None:
    return None if told is None else exact(told)


def _school(key: str, before: Json | None, after: Json | None, now: Json | None, then: Json | None) -> Json:
    named = after or before or {}
    totals = [_total(now), _total(then)]
    change: Fraction | None = None
    if before == after:
        change = Fraction(0)
    elif totals[0] is not None and totals[1] is not None:
        change = totals[1] - totals[0]
    return {
        "school_id": key, "name": named.get("name") or key, "before": before, "after": after,
        "due_before": _told(now), "due_after": _told(then), "unchanged": before == after,
        "change_yuan": None if change is None else number(change),
    }  # fmt: skip


def _total(due: Json | None) -> Fraction | None:
    """A school that is not there is due nothing."""
    if due is None:
        return Fraction(0)
    return None if due["total_yuan"] is None else Fraction(due["total_yuan"])


def _told(due: Json | None) -> Json | None:
    if due is None:
        return None
    kept = ("slot", "stage", "rule", "quantity", "rate", "yuan")
    addends = [{name: addend[name] for name in kept} for addend in due["addends"]]
    return {"total_yuan": due["total_yuan"], "addends": addends, "reasons": due["reasons"]}


def _sums(schools: Iterable[Json]) -> Json:
    """Over the schools that change and can be told: both totals, the change, and each kind of addend."""
    changed = [one for one in schools if not one["unchanged"]]
    told = [one for one in changed if one["change_yuan"] is not None]
    sides: Json = {}
    for name in ("before", "after"):
        dues = [one[f"due_{name}"] for one in told if one[f"due_{name}"] is not None]
        slots: dict[str, Fraction] = {}
        for due in dues:
            for addend in due["addends"]:
                slots[addend["slot"]] = slots.get(addend["slot"], Fraction(0)) + Fraction(addend["yuan"])
        sides[name] = {
            "total_yuan": number(sum((Fraction(due["total_yuan"]) for due in dues), Fraction(0))),
            "slots": {slot: number(yuan) for slot, yuan in sorted(slots.items())},
        }
    change = exact(sides["after"]["total_yuan"]) - exact(sides["before"]["total_yuan"])
    return {"changed": len(changed), "told": len(told), **sides, "change_yuan": number(change)}
