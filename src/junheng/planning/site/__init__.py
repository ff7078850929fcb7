"""Where schools should be 校址: keep, expand, close or open over the years;
and the models of the literature by name.

``problem["model"]``: ``schools`` is the county's question, any other name one of ``site.classical``. What reads and
solves is loaded when it is called: who only checks an outcome never meets the solver.
"""

import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.basics import Text

if TYPE_CHECKING:
    from junheng.planning.map_layers import MapLayers
    from junheng.planning.step import Step
    from junheng.planning.tables import Table

Json = dict[str, Any]


def _home(model: object, module: str, name: str) -> Any:
    """The verb ``name`` of the county's question, or of the classical models."""
    if model == "schools":
        return getattr(import_module(f"{__name__}.{module}"), name)
    return getattr(import_module(f"{__name__}.classical"), name)


def read_problem(path: Path) -> Json:
    """The frozen problem of a YAML file and its tables. Raises UserError with every fault found."""
    from junheng.planning.site.reading.model_name import model_of

    found: Json = _home(model_of(path), "problem", "read_problem")(path)
    return found


def solve(
    problem: Json,
    *,
    gap: float = 1e-4,
    seconds: float = 60.0,
    watch: "Callable[[Step], None] | None" = None,
    stop: threading.Event | None = None,
) -> Json:
    """The outcome, already checked; on ``stop`` or when the time is up the best plan found, with its gap."""
    run = _home(problem["model"], "solution", "solve")
    found: Json = run(problem, gap=gap, seconds=seconds, watch=watch, stop=stop)
    return found


def check(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """What is wrong with an outcome, computed by another mind; () when it is right."""
    found: tuple[Text, ...] = _home(problem.get("model"), "check_schools", "check")(problem, outcome)
    return found


def tables(problem: Json, outcome: Json) -> "tuple[Table, ...]":
    """Everything an officer wants to see."""
    found: tuple[Table, ...] = _home(problem["model"], "telling_tables", "tables")(problem, outcome)
    return found


def summary(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """The plan, its proof, what is chosen in every scenario, who lacks a seat and why, in a few sentences."""
    found: tuple[Text, ...] = _home(problem["model"], "telling", "summary")(problem, outcome)
    return found


def maps(problem: Json, outcome: Json) -> "tuple[MapLayers, ...]":
    """Today and the plan as layers of a map; none where places are not known or a model has none."""
    if problem["model"] != "schools":
        return ()
    from junheng.planning.site.map_view import maps as layers

    return layers(problem, outcome)


def walking(problem: Json, outcome: Json, is_planned: bool) -> list[Json]:
    """Who goes how far in the planned state; nothing where a model does not say."""
    if problem["model"] != "schools":
        return []
    from junheng.planning.site.ways_told import walking as rows

    return rows(problem, outcome, is_planned)


__all__ = ["check", "maps", "read_problem", "solve", "summary", "tables", "walking"]
