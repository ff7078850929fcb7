"""The kinds of plans, each a package with the same door: read a problem, solve it, check it, tell it."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, Protocol, cast

from junheng.basics import Text, UserError, nearest

if TYPE_CHECKING:
    from junheng.planning.step import Step
    from junheng.planning.tables import Table

Json = dict[str, Any]
KINDS: Mapping[str, Text] = {
    "invest": Text("达标投入规划", "investment plan to the standard"),
    "rotate": Text("教师交流轮岗", "teacher rotation"),
    "staff": Text("编制与县管校聘", "staffing"),
    "itinerant": Text("走教与同步课堂", "itinerant teachers and shared lessons"),
    "pair": Text("集团化、结对与托管", "groups, twinning, trusteeship"),
    "forecast": Text("学位预测与预警", "seat forecast and warning"),
    "site": Text("学校布局", "school siting"),
    "zone": Text("学区划分", "attendance zones"),
    "merge": Text("学校撤并", "mergers and closures of schools"),
    "ledger": Text("项目台账", "ledger of projects"),
}


class Kind(Protocol):
    """One kind of plan: frozen problem → pure function → frozen outcome → independent check."""

    def read_problem(self, path: Path) -> Json:
        """The frozen problem that a YAML file and its tables state. Raises UserError, all problems at once."""

    def solve(
        self,
        problem: Json,
        *,
        gap: float = 1e-4,
        seconds: float = 60.0,
        watch: "Callable[[Step], None] | None" = None,
        stop: Event | None = None,
    ) -> Json:
        """The outcome, already checked; on ``stop`` or when the time is up the best plan found, with its gap."""

    def check(self, problem: Json, outcome: Json) -> tuple[Text, ...]:
        """What is wrong with an outcome, computed by another mind; nothing when it is right."""

    def tables(self, problem: Json, outcome: Json) -> "tuple[Table, ...]":
        """Everything an officer wants to see."""

    def summary(self, problem: Json, outcome: Json) -> tuple[Text, ...]:
        """The plan, its proof, what binds and what cannot be done, in a few sentences."""


def kind_of(name: str) -> Kind:
    """The kind ``name``. Raises UserError when there is none."""
    if name not in KINDS:
        near = nearest(name, KINDS) or "、".join(KINDS)
        raise UserError(
            Text(f"没有这种规划：{name}", f"there is no kind of plan called {name!r}"),
            where="kind",
            fix=Text(f"请用 {near}", f"use {near}"),
        )
    return cast("Kind", import_module(f"junheng.planning.{name}"))
