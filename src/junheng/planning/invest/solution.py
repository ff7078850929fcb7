"""From a frozen problem to a frozen outcome: screen, solve, polish,
check. What does not pass the check is never returned."""

import threading
from collections.abc import Callable

from junheng.planning.clock import Clock
from junheng.planning.frozen import Json
from junheng.planning.invest.check import check
from junheng.planning.invest.county_read import read_county
from junheng.planning.invest.modes import run
from junheng.planning.invest.outcome import write_outcome
from junheng.planning.invest.screen import screen
from junheng.planning.solver import Step


def solve(
    problem: Json,
    *,
    gap: float = 1e-4,
    seconds: float = 60.0,
    watch: Callable[[Step], None] | None = None,
    stop: threading.Event | None = None,
) -> Json:
    """The outcome of an investment problem (docs/method/plan_invest.md); two runs give the same bytes.

    ``gap``: relative distance to the bound at which to be content; ``seconds``: time for the search, after which the best
    plan found is returned with its gap (a step of the solver under way is finished first); ``stop`` ends it likewise.
    Raises UserError where the problem cannot be planned or no plan was found in time; RuntimeError, naming what is
    broken, where the independent check finds a fault in the plan: a fault of the program, not of the user.
    """
    county = read_county(problem)
    screened = screen(county)
    found = run(county, screened, Clock(gap, seconds, watch, stop, least=1.0))
    outcome = write_outcome(problem, county, screened, found, is_stopped=stop is not None and stop.is_set())
    faults = check(problem, outcome)
    if faults:
        raise RuntimeError("\n".join(map(str, faults[:20])))
    return outcome
