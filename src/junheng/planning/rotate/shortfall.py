"""When the numbers cannot be reached: by how many persons, on which rows, and why."""

from collections import Counter
from fractions import Fraction
from typing import Any

from junheng.basics import Text
from junheng.planning.frozen import exact, number
from junheng.planning.rotate.check_bound import Priced
from junheng.planning.rotate.check_people import Roster
from junheng.planning.rotate.model import Flows, elastic_model
from junheng.planning.rotate.outcome import no_plan, shell
from junheng.planning.rotate.people import People
from junheng.planning.rotate.prices import floored, prices_of
from junheng.planning.rotate.reasons import BLOCKED, row_text

Json = dict[str, Any]
_HALF = 0.5  # of a person: below it a slack is noise


def nobody_eligible(people: People) -> Json:
    """The shares have no denominator."""
    rule = people.problem["rule"]
    served = [exact(person["years"]) for person in people.problem["persons"] if "years" in person]
    excused = sum("exempt" in person for person in people.problem["persons"])
    longest = number(max(served)) if served else None
    told = Text(
        f"没有人符合交流条件（在本校满 {rule['years_at_school']} 年且无不交流原因）：比例没有分母。"
        f"名册 {len(people.by_id)} 人，有不交流原因 {excused} 人"
        + (f"，在本校最长 {longest} 年" if longest is not None else "，年限全部未填"),
        f"nobody is eligible ({rule['years_at_school']} years at the school and not excused): the shares have no denominator. "
        f"{len(people.by_id)} listed, {excused} excused"
        + (f", longest at a school {longest} years" if longest is not None else ", no years given"),
    )
    reason = {"row": "no_eligible", "zh": told.zh, "en": told.en}
    empty: Json = {"reasons": [reason], "objective": {}, "bound": {}, "gap": "unknown", "prices": {}}
    return shell(people, "infeasible") | empty


def explain_shortfall(people: People, seconds: float) -> Json:
    """The least shortfall in persons, proven by prices, and the obstacles by number of persons."""
    flows = elastic_model(people)
    relaxed = flows.block.solve(relaxed=True, seconds=seconds)
    found = flows.block.solve(gap=0, seconds=seconds)
    if not found.is_found or not relaxed.is_found:
        return no_plan(people, "limit")
    short = {
        row: round(found.values[place]) for row, place in flows.slacks.items() if found.values[place] > _HALF
    }
    prices = _capped(flows, prices_of(flows, relaxed), people)
    bound = floored(Priced(Roster(people.problem), prices, is_shortfall=True).bound())
    reasons = [_reason(people, row, persons) for row, persons in sorted(short.items())] + _obstacles(people)
    total = sum(short.values())
    proof = (
        {"bound": {"short": number(bound)}, "prices": prices}
        if 0 < bound <= total
        else {"bound": {}, "prices": {}}
    )
    return shell(people, "infeasible") | {
        "reasons": reasons,
        "objective": {"short": total},
        "gap": "unknown",
        **proof,
    }


def _capped(flows: Flows, prices: dict[str, Any], people: People) -> dict[str, Any]:
    """No price above what a person's shortfall costs; the excess is a double's noise."""
    share = exact(people.problem["rule"]["backbone_of_moved"])
    most = {row: Fraction(1, share.denominator) if row == "backbone" else Fraction(1) for row in flows.slacks}
    return {
        row: number(min(exact(price), most[row])) if row in most else price for row, price in prices.items()
    }


def _reason(people: People, row: str, persons: int) -> Json:
    what = row_text(people.problem, row)
    zh = f"{what.zh}：最少还差 {persons} 人"
    return {"row": row, "short": persons, "zh": zh, "en": f"{what.en}: short of at least {persons} persons"}


def _obstacles(people: People) -> list[Json]:
    found = Counter(people.blocked.values())
    return [
        {
            "row": f"blocked:{why}",
            "persons": found[why],
            "zh": f"{found[why]} 人：{text.zh}",
            "en": f"{found[why]} persons: {text.en}",
        }
        for why, text in BLOCKED.items()
        if found[why]
    ]
