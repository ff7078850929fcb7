"""For planning: what a planned state of schools is due, from its rows alone."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from junheng.funding.entitlement import entitlement
from junheng.funding.exact import Json, exact, spelled
from junheng.funding.library import rules_for
from junheng.funding.reading.school_rows import school_facts, stage_facts

Row = Mapping[str, Any]


def planned_entitlement(
    schools: Iterable[Row],
    stages: Iterable[Row],
    *,
    budget_year: int,
    premises: Iterable[Row] = (),
    overlays: Sequence[Path] = (),
) -> dict[str, Json]:
    """What each school of a state is due in ``budget_year``, by school id.

    ``schools``, ``stages``, ``premises``: rows of one school year with the dictionary's column names (as
    ``planning.state_rows`` gives them). The answer is that of ``entitlement``: addends, ``total_yuan`` (exact text;
    None while anything is unknown) and reasons. Raises UserError for a rule that cannot be read.
    """
    rooms = {row["school_id"]: row for row in premises}
    taught: dict[str, list[Json]] = {}
    for row in stages:
        taught.setdefault(row["school_id"], []).append(stage_facts(row))
    rules: dict[str, Json] = {}
    found = {}
    for row in schools:
        code = row["county_code"]
        if code not in rules:
            rules[code] = rules_for(code, date(budget_year, 1, 1), overlays).as_json()
        school = school_facts(row, taught.get(row["school_id"], []), rooms=rooms.get(row["school_id"]))
        found[row["school_id"]] = entitlement(school, rules[code])
    return found


def repair_yuan(area_m2: str, region: str, on: date) -> str | None:
    """Repair money for ``area_m2`` at the unit price of the day and region, in whole fen or finer; None without a rule.

    >>> repair_yuan("1000", "150102", date(2024, 5, 1)), repair_yuan("1000", "410101", date(2023, 5, 1))
    ('1200000', '800000')
    """
    rules = rules_for(region, on)
    rule = rules.get("repair")
    price = None if rule is None else rule.number(rules.tier)
    return None if price is None else spelled(price * exact(area_m2))
