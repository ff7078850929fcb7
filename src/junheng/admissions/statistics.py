"""The counts published with a result: children by wish in each stage, placed, unplaced, over the plan."""

from typing import Any

import numpy as np

from junheng.admissions.assignment import Assignment
from junheng.admissions.market import Market


def statistics(market: Market, assignment: Assignment) -> dict[str, Any]:
    """Whole numbers of children, re-countable from the published leaves alone.

    ``stages[].choices[i]``: children admitted in that stage at the school they listed in place i + 1 of their list; as
    long as the longest list of the roll. ``over_plan``: children above the plan, summed over schools.
    """
    weight = market.size
    longest = int(np.diff(market.start).max(initial=0))
    by_wish = assignment.application >= 0
    placed = assignment.school >= 0
    over = np.maximum(assignment.taken(market) - market.seats.plan, 0)
    return {
        "children": int(weight.sum()),
        "units": len(market.units),
        "placed": int(weight[placed].sum()),
        "unplaced": int(weight[~placed].sum()),
        "without_choice": int(weight[np.diff(market.start) == 0].sum()),
        "by_leftover": int(weight[placed & ~by_wish].sum()),
        "over_plan": int(over.sum()),
        "stages": [
            {"id": stage.id, "choices": _by_choice(assignment, weight, index, longest)}
            for index, stage in enumerate(market.problem.stages)
        ],
    }


def _by_choice(assignment: Assignment, weight: Any, stage: int, longest: int) -> list[int]:
    here = (assignment.stage == stage) & (assignment.application >= 0)
    counts = np.bincount(assignment.choice[here], weight[here], longest)
    return [int(count) for count in counts]
