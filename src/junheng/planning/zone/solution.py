"""Solving a zoning problem: arrays, search, the outcome by names; then the check judges."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from junheng.planning.frozen import Json
from junheng.planning.zone.check import check
from junheng.planning.zone.check_scene import Scene

if TYPE_CHECKING:
    from junheng.planning.solver import Step


def solve(
    problem: Json,
    *,
    gap: float = 1e-4,
    seconds: float = 60.0,
    watch: "Callable[[Step], None] | None" = None,
    stop: threading.Event | None = None,
) -> Json:
    """The outcome: every block's zone, who moves, the bound and prices; where limits clash the least beyond them, and why.

    Raises RuntimeError where the outcome would not pass the check: a fault of the program.
    """
    from junheng.planning.zone.bound_short import lacking
    from junheng.planning.zone.model import layout_of
    from junheng.planning.zone.outcome import clash_of, outcome_of, plan_of, price_rows
    from junheng.planning.zone.search import search
    from junheng.planning.zone.search_clock import ZoneClock

    clock, scene = ZoneClock(gap, seconds, watch, stop, least=0.1), Scene(problem)
    layout, clashing = layout_of(problem), lacking(scene)
    found = search(layout, clock, gap, max((row.pupils for row in clashing), default=0))
    plan = plan_of(scene, layout, found.plan)
    ended = "interrupted" if clock.is_stopped else "time_limit"
    if "short" in plan.objective() or scene.clashes:
        outcome = clash_of(problem, plan, clashing, found.tree_short + _lost(scene), ended)
    else:
        outcome = outcome_of(problem, plan, price_rows(layout, found.prices), found.tree, gap, ended)
    if wrong := check(problem, outcome):
        raise RuntimeError("the outcome fails its own check: " + "; ".join(line.en for line in wrong[:5]))
    return outcome


def _lost(scene: Scene) -> int:
    """Pupils of blocks that no zone can take."""
    return sum(scene.pupils[name] for name, zones in scene.open.items() if not zones)
