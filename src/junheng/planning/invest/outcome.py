"""A found plan written down: actions with reasons, totals, prices in words, what binds;
all numbers exact."""

from fractions import Fraction
from math import floor, isqrt

from junheng.planning.frozen import FORMAT, Json, number, problem_hash
from junheng.planning.invest.cones import Limit, limits
from junheng.planning.invest.county import FULL, WAN, County
from junheng.planning.invest.modes import Found
from junheng.planning.invest.polish import Plan
from junheng.planning.invest.reasons import binding, priced, reason
from junheng.planning.invest.screen import Screen, unreachable
from junheng.planning.invest.search import spread
from junheng.planning.invest.timing import Schedule

_OPTIMAL = Fraction(1, 10**6)
_DIGITS = 10**6


def write_outcome(problem: Json, county: County, screened: Screen, found: Found, *, is_stopped: bool) -> Json:
    """The outcome, without floats, every list in a fixed order."""
    outcome: Json = {
        "format": FORMAT,
        "kind": "invest",
        "problem_hash": problem_hash(problem),
        "mode": problem["mode"],
        "unreachable": unreachable(county, screened),
    }
    if found.schedule is None:
        return outcome | _without_plan(found)
    plan, dated = found.schedule.plan, found.schedule
    complies = [row for row in range(len(county.rows)) if _complies(plan, row)]
    objective: Json = {"cost_yuan": number(dated.cost_yuan), "stages": len(complies)}
    bound, gap = _bounds(found, dated.cost_yuan, len(complies))
    prices = priced(county, found.prices)
    outcome |= {
        "status": _status(found, gap, is_stopped),
        "objective": objective,
        "bound": bound,
        "gap": f"{float(gap):.9f}",
        "actions": _actions(plan, dated),
        "moves": _moves(county, dated),
        "exempt": [{**_key(county, row), "indicator": key} for row in complies for key in _under(plan, row)],
        "complies": [_key(county, row) for row in complies],
        "prices": prices,
        "binding": binding(county, prices),
        "spending": {str(year): number(money) for year, money in dated.spending.items()},
        "cv": [_variation(plan, limit) for limit in limits(county)],
    }
    if found.pareto:
        outcome["pareto"] = [
            {
                "cost_yuan": number(row["cost_yuan"]),
                "stages": row["stages"],
                "bound_yuan": floor(row["bound_yuan"]),
            }
            for row in found.pareto
        ]
    return outcome


def _without_plan(found: Found) -> Json:
    why = found.infeasible
    outcome: Json = {
        "status": "infeasible",
        "objective": {},
        "bound": {},
        "gap": "0",
        "reasons": [{"zh": row.zh, "en": row.en} for row in (why.reasons if why else [])],
    }
    if why and why.smallest_cv:
        outcome["smallest_cv"] = why.smallest_cv
    return outcome


def _key(county: County, row: int) -> Json:
    entry = county.rows[row]
    return {"school_id": county.schools[entry.school]["id"], "stage": entry.stage}


def _under(plan: Plan, row: int) -> list[str]:
    return [one["id"] for one in plan.county.indicators if plan.lacks(row, one["id"])[FULL]]


def _complies(plan: Plan, row: int) -> bool:
    county = plan.county
    lacks = [plan.lacks(row, one["id"]) for one in county.indicators]
    return (
        not any(lost for _, lost in lacks) and sum(under for under, _ in lacks) <= len(lacks) - county.needed
    )


def _bounds(found: Found, cost: Fraction, stages: int) -> tuple[Json, Fraction]:
    """The stated bounds, rounded to the safe side, and the gap to the nearest."""
    if found.counts_stages:
        most = max(stages, floor(found.bound + 1e-6))
        least = most if found.tree is None else max(stages, floor(found.tree + 1e-6))
        return {"stages": most, "solver_stages": least}, Fraction(min(most, least) - stages, max(stages, 1))
    proven = min(_down(found.bound * WAN), cost)
    tree = proven if found.tree is None else min(_down(found.tree * WAN), cost)
    gap = (cost - max(proven, tree)) / max(cost, Fraction(1))
    return {"cost_yuan": number(proven), "solver_cost_yuan": number(tree)}, gap


def _down(yuan: float) -> Fraction:
    """Cut to millionths."""
    return Fraction(floor(yuan * _DIGITS), _DIGITS)


def _status(found: Found, gap: Fraction, is_stopped: bool) -> str:
    if gap <= _OPTIMAL:
        return "optimal"
    if found.is_cut:
        return "interrupted" if is_stopped else "time_limit"
    return "within_gap"


def _actions(plan: Plan, dated: Schedule) -> list[Json]:
    county, found = plan.county, []
    for row in dated.purchases:
        offer = county.offers[row.offer]
        entry = county.rows[row.at] if offer.stage else None
        school = county.schools[entry.school if entry else row.at]
        units = Fraction(row.steps, offer.steps)
        cost = units * sum((offer.money(row.year, year) for year in county.years), Fraction(0))
        told = reason(plan, row.at, row.offer)
        action: Json = {"school_id": school["id"]} | ({"stage": offer.stage} if offer.stage else {})
        action |= {
            "year": row.year,
            "measure": offer.id,
            "quantity": number(units),
            "cost_yuan": number(cost),
        }
        found.append(action | {"zh": told.zh, "en": told.en})
    return sorted(
        found, key=lambda row: (row["school_id"], row.get("stage", ""), row["measure"], row["year"])
    )


def _moves(county: County, dated: Schedule) -> list[Json]:
    found = [
        {
            "transfer": county.offers[row.offer].id,
            "from": county.schools[county.rows[row.giver].school]["id"],
            "to": county.schools[county.rows[row.taker].school]["id"],
            "year": row.year,
            "persons": row.persons,
            "cost_yuan": number(
                row.persons
                * sum((county.offers[row.offer].money(row.year, year) for year in county.years), Fraction(0))
            ),
        }
        for row in dated.shifts
    ]
    return sorted(found, key=lambda row: (row["transfer"], row["year"], row["from"], row["to"]))


def _variation(plan: Plan, limit: Limit) -> Json:
    nothing = Plan(plan.county, plan.steps * 0, plan.given * 0, plan.exempt, plan.comply)
    return {
        "stage": limit.stage,
        "indicator": limit.indicator,
        "before": _root(*spread(nothing, limit)),
        "after": _root(*spread(plan, limit)),
        "limit": number(limit.theta),
    }


def _root(square: Fraction, mean: Fraction) -> str:
    """√(square/mean² - 1) with six digits, cut."""
    if not mean:
        return "0"
    found = isqrt(floor((square / mean**2 - 1) * _DIGITS**2))
    return f"{found // _DIGITS}.{found % _DIGITS:06d}"
