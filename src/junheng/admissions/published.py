"""The certificate and the leaves as published: whole numbers, text and lists, in the roll's order."""

from typing import Any

from junheng.admissions.assignment import NONE, Assignment
from junheng.admissions.certificate import CLOSED, Certificate, Cutoffs
from junheng.admissions.market import Market
from junheng.admissions.order import Order

Cutoff = str | dict[str, Any]
REPLAY = "replay"  # the rule has no cut-off that proves it: only the full re-run does


def published_schools(order: Order, proof: Certificate) -> list[dict[str, Any]]:
    """Every school with its plan, seats taken, pools and cut-offs (result ``schools`` of docs/method/draws.md)."""
    market = order.market
    starts = market.seats.pool_start.tolist()
    found: list[dict[str, Any]] = []
    left = proof.leftovers
    for index, school in enumerate(market.problem.schools):
        pools = range(starts[index], starts[index + 1])
        taken = sum(int(proof.pools.taken[pool]) for pool in pools) + int(left.taken[index])
        over = max(0, taken - school.plan)
        entry: dict[str, Any] = {"id": school.id, "plan": school.plan, "taken": taken, "over_plan": over}
        entry["pools"] = [_pool(order, proof, pool) for pool in pools]
        entry["leftover"] = {**_counts(left, index), "cutoff": _leftover_cutoff(order, left, index)}
        found.append(entry)
    return found


def _pool(order: Order, proof: Certificate, pool: int) -> dict[str, Any]:
    counts = _counts(proof.pools, pool)
    return {"id": order.market.pool_ids[pool], **counts, "cutoff": _pool_cutoff(order, proof, pool)}


def _counts(cutoffs: Cutoffs, place: int) -> dict[str, int]:
    return {"capacity": int(cutoffs.capacity[place]), "taken": int(cutoffs.taken[place])}


def _state(cutoffs: Cutoffs, place: int) -> str | None:
    if cutoffs.taken[place] < cutoffs.capacity[place]:
        return "open"
    return "closed" if cutoffs.limit[place] == CLOSED else None


def _pool_cutoff(order: Order, proof: Certificate, pool: int) -> Cutoff:
    state = REPLAY if order.market.problem.is_by_rounds else _state(proof.pools, pool)
    if state is not None:
        return state
    unit, school = int(proof.pools.worst[pool]), int(order.market.seats.pool_school[pool])
    band, klass = _band_and_class(order.market, unit, school)
    return {"band": band, "class": klass, "ticket": order.ticket_text(unit, school)}


def _band_and_class(market: Market, unit: int, school: int) -> tuple[int, int]:
    """Band and class code of a unit at a school it listed; wishes of other stages do not count."""
    first, last = int(market.start[unit]), int(market.start[unit + 1])
    stage_of = market.seats.stage
    inside = [a for a in range(first, last) if stage_of[market.school[a]] == stage_of[school]]
    place = [int(market.school[a]) for a in inside].index(school)
    return place // market.problem.band_width, market.codes[int(market.klass[inside[place]])]


def _leftover_cutoff(order: Order, cutoffs: Cutoffs, school: int) -> Cutoff:
    state = _state(cutoffs, school)
    if state is not None:
        return state
    return {"ticket": order.ticket_text(int(cutoffs.worst[school]), None)}


def leaves(market: Market, assignment: Assignment) -> list[dict[str, Any]]:
    """One result leaf for each child, in the order of the roll."""
    names = (*(stage.id for stage in market.problem.stages), "leftover")
    schools, pools = market.school_ids, market.pool_ids
    units = market.row_unit
    columns = zip(
        market.pids,
        units.tolist(),
        assignment.school[units].tolist(),
        assignment.stage[units].tolist(),
        assignment.choice[units].tolist(),
        assignment.pool[units].tolist(),
        (market.start[units] < market.start[units + 1]).tolist(),
        strict=True,
    )
    return [
        {
            "pid": pid,
            "unit": market.units[unit],
            "school": schools[school] if school != NONE else "",
            "stage": names[stage] if stage != NONE else "",
            "choice": choice + 1 if choice != NONE else _place_listed(market, unit, school),
            "pool": pools[pool] if pool != NONE else "",
            "reason": _reason(choice, school, wished),
        }
        for pid, unit, school, stage, choice, pool, wished in columns
    ]


def _place_listed(market: Market, unit: int, school: int) -> int:
    """At which place, from 1, a unit listed the school it got as a leftover; 0 where it did not."""
    listed = market.school[market.start[unit] : market.start[unit + 1]].tolist()
    return int(listed.index(school)) + 1 if school in listed else 0


def _reason(choice: int, school: int, wished: bool) -> str:
    if choice != NONE:
        return "choice"
    if school != NONE:
        return "leftover"
    return "no_seat" if wished else "no_choice"
