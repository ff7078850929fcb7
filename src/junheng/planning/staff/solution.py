"""The outcome of a staffing problem: arithmetic, placement, and their proof."""

import threading
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from junheng.planning.frozen import FORMAT, number, problem_hash
from junheng.planning.staff.check import check, price_bound
from junheng.planning.staff.openings import ROUNDS, Openings, openings
from junheng.planning.staff.quota import county_totals, school_quotas, staffing
from junheng.planning.staff.reasons import move_reason, price_words
from junheng.planning.staff.recruitment import county_recruitment, school_needs
from junheng.planning.staff.structure import confirmed_sums, pay, structure, training
from junheng.planning.staff.subjects import subject_cells, subject_totals
from junheng.planning.staff.untold import Untold

if TYPE_CHECKING:
    from junheng.planning.solver import Step
    from junheng.planning.staff.model import Placed

Json = dict[str, Any]


def solve(
    problem: Json,
    *,
    gap: float = 1e-4,
    seconds: float = 60.0,
    watch: "Callable[[Step], None] | None" = None,
    stop: threading.Event | None = None,
) -> Json:
    """The checked outcome of ``problem``; ``seconds`` bounds the placement.

    Raises RuntimeError, naming what is broken, where the plan does not pass ``check``: a fault of the program.
    """
    from junheng.planning.staff.model import place  # loads the solver

    untold = Untold()
    quotas = school_quotas(problem, untold)
    rows = staffing(problem, quotas, untold)
    cells = subject_cells(problem, untold)
    given = openings(problem, quotas, cells)
    placed = place(given, gap=gap, seconds=seconds, watch=watch, stop=stop)
    needs = school_needs(problem, untold)
    found = {
        "format": FORMAT,
        "kind": "staff",
        "problem_hash": problem_hash(problem),
        **_placement(problem, given, placed),
        "quotas": quotas,
        "staffing": rows,
        "totals": county_totals(problem, quotas, rows),
        "subjects": cells,
        "subject_totals": subject_totals(cells),
        "needs": needs,
        "recruitment": county_recruitment(problem, needs),
        "structure": structure(problem, untold),
        "training": training(problem, untold),
        "pay": pay(problem, untold),
        "sums": confirmed_sums(problem),
        "cannot_tell": untold.found,
    }
    broken = check(problem, found)
    if broken:
        raise RuntimeError("the plan does not pass its check: " + "; ".join(map(str, broken)))
    return found


def _placement(problem: Json, given: Openings, placed: "Placed") -> Json:
    """Moves, what stays open, the objective and its bounds."""
    filled = [0] * len(given.shortages)
    for _, to, persons in placed.moves:
        filled[to] += persons
    unmet: list[Json] = [
        {
            "school_id": cell.school_id,
            "stage": cell.stage,
            "subject": cell.subject,
            "persons": cell.persons - done,
        }
        for cell, done in zip(given.shortages, filled, strict=True)
        if cell.persons > done
    ]
    moves = _moves(problem, given, placed.moves)
    total = sum(cell.persons for cell in given.shortages)
    prices = [
        {"row": row, "value": number(value), **_said(problem, row)}
        for row, value in sorted(placed.prices.items())
    ]
    objective = {
        "unmet": sum(one["persons"] for one in unmet),
        "unmet_weak": sum(one["persons"] for one in unmet if one["school_id"] in given.weak),
        "moved": sum(one["persons"] for one in moves if one["round"] > 1),
        "county_placed": sum(one["persons"] for one in moves if one["round"] == ROUNDS[-1]),
    }
    bound = {"unmet": price_bound(problem, prices), "solver_unmet": total - placed.solver_filled}
    best = max(bound["unmet"], min(bound["solver_unmet"], objective["unmet"]))
    off = Fraction(objective["unmet"] - best, max(objective["unmet"], 1))
    return {
        "status": placed.status if placed.status != "optimal" or not off else "within_gap",
        "objective": objective,
        "bound": bound,
        "gap": str(number(off)),
        "prices": prices,
        "moves": moves,
        "unmet": unmet,
    }


def _said(problem: Json, row: str) -> Json:
    words = price_words(problem, row)
    return {"zh": words.zh, "en": words.en}


def _moves(problem: Json, given: Openings, moves: Sequence[tuple[int, int, int]]) -> list[Json]:
    found = []
    for at, to, persons in moves:
        giver, taker = given.surpluses[at], given.shortages[to]
        placing = given.round_of(giver.school_id, taker.school_id)
        reason = move_reason(problem, giver, taker, placing)
        found.append(
            {
                "round": placing,
                "from": giver.school_id,
                "from_stage": giver.stage,
                "from_subject": giver.subject,
                "to": taker.school_id,
                "stage": taker.stage,
                "subject": taker.subject,
                "persons": persons,
                "zh": reason.zh,
                "en": reason.en,
            }
        )
    return sorted(
        found,
        key=lambda one: (
            one["round"], one["from"], one["to"], one["from_stage"], one["from_subject"], one["stage"], one["subject"],
        ),
    )  # fmt: skip
