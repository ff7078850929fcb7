"""From a frozen problem to a frozen outcome, scenario by scenario;
what does not pass the check is never returned."""

import threading
from collections.abc import Callable

from junheng.basics import Text, UserError
from junheng.planning.clock import Clock
from junheng.planning.frozen import Json
from junheng.planning.site.case import Case, case_of
from junheng.planning.site.check_schools import check
from junheng.planning.site.outcome import impossible, lacking_json, outcome_of, plan_json
from junheng.planning.site.reasons import contradictions, least_lacking, no_seats
from junheng.planning.site.search import search
from junheng.planning.site.stress import under_others
from junheng.planning.site.unavoidable import unavoidable
from junheng.planning.step import Step


def solve(
    problem: Json,
    *,
    gap: float = 1e-4,
    seconds: float = 60.0,
    watch: Callable[[Step], None] | None = None,
    stop: threading.Event | None = None,
) -> Json:
    """The outcome of a county's siting problem (docs/method/plan_site.md).

    ``gap``: relative distance to the bound at which to be content; ``seconds``: for all scenarios together; on ``stop``
    or when the time is up the best plans found with their gaps. Raises UserError where none was found in time, and
    RuntimeError, naming what is broken, where the independent check finds a fault: of the program, not of the user.
    """
    outcome = _solved(problem, Clock(gap, seconds, watch, stop))
    faults = check(problem, outcome)
    if faults:
        raise RuntimeError("\n".join(map(str, faults[:20])))
    return outcome


def _solved(problem: Json, clock: Clock) -> Json:
    reasons = contradictions(problem)
    if reasons:
        return impossible(problem, reasons)
    order = sorted(problem["scenarios"], key=lambda name: (name != problem["lead"], name))
    plans, cases, cuts = {}, {}, []
    for left, name in zip(range(len(order), 0, -1), order, strict=True):
        cases[name] = case = case_of(problem, name)
        short = unavoidable(case)
        plans[name], why = _planned(case, short, clock.part(1 / left))
        cuts += short
        reasons += why
    cuts.sort(key=lambda cut: (problem["scenarios"].index(cut["scenario"]), cut["year"], cut["blocks"]))
    ordered = [plans[name] for name in problem["scenarios"]]
    stress = under_others(ordered, {name: cases[name] for name in problem["scenarios"]})
    return outcome_of(problem, ordered, cuts, reasons) | {"stress": stress}


def _planned(case: Case, cuts: list[Json], clock: Clock) -> tuple[Json, list[Json]]:
    """The plan of a scenario, and why it is not what was asked."""
    if case.may_lack or not cuts:
        found = search(case, clock)
        if found is not None:
            return plan_json(case, found, cuts, clock.gap, clock.is_stopped), []
    plan, lacking = least_lacking(case, Clock(clock.gap, clock.seconds, None, clock.stop))
    if plan is None:
        raise _none_in_time(case.scenario)
    return lacking_json(case, plan, cuts), no_seats(case, cuts, lacking, Clock(clock.gap, clock.seconds / 2))


def _none_in_time(scenario: str) -> UserError:
    return UserError(
        Text("时限内没有找到任何方案", "no plan was found in the time there was"),
        where=scenario,
        why=Text("没有方案不等于不可行，不能下结论", "this does not show that there is none"),
        fix=Text("请放宽时限（--seconds）或放宽要求", "allow more time (--seconds), or ask for less"),
    )
