"""Forming the classes of a grade or a whole spec: order by lot, deal, improve, number the classes.

docs/method/class_formation.md in code; every engine gives the same layout.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.class_formation.board import board_of, check_bounds
from junheng.class_formation.deal import Deal
from junheng.class_formation.engines import Improve, find_engine
from junheng.class_formation.group import Group, Row, groups_from
from junheng.class_formation.lots import class_numbers, teams_of, unit_order, unit_tickets
from junheng.class_formation.plan import SNAKES, Plan
from junheng.class_formation.scores import Scored, scored
from junheng.class_formation.serpentine import serpentine
from junheng.class_formation.tolerance import check_layout
from junheng.draws import class_seed


@dataclass(frozen=True, slots=True)
class Layout:
    """One grade formed. ``classes[m]``: class number (1…k) of the m-th row of ``group`` (rows by pid)."""

    group: Group
    classes: tuple[int, ...]
    objective: int
    teams: tuple[str, ...]

    @property
    def sizes(self) -> list[int]:
        """Children of class 1, 2, …"""
        return [self.classes.count(number) for number in range(1, self.group.plan.classes + 1)]

    def public(self) -> dict[str, Any]:
        """What is published of the grade."""
        plan = self.group.plan
        return {
            "school": plan.school,
            "grade": plan.grade,
            "sizes": self.sizes,
            "objective": self.objective,
            "teams": list(self.teams),
        }


def form(
    plan: Plan, rows: Iterable[Row], seed: bytes, *, hash_name: str = "sha256", engine: str = "auto"
) -> list[Layout]:
    """The layouts of all groups of ``plan`` under the seed s of the draw. UserError where one cannot be formed."""
    groups = groups_from(plan, rows)
    improve = find_engine(engine, sum(len(group.rows) for group in groups))
    return [
        form_group(plan, scored(plan, group), class_seed(hash_name, seed, *_named(group)), hash_name, improve)
        for group in groups
    ]


def _named(group: Group) -> tuple[str, str]:
    return group.plan.school, group.plan.grade


def form_group(plan: Plan, found: Scored, seed: bytes, hash_name: str, improve: Improve) -> Layout:
    """One grade under its class seed."""
    group = found.group
    tickets = unit_tickets(hash_name, seed, group)
    order = unit_order(tickets)
    if group.plan.classes == 1:
        position = [0] * len(group.rows)
    elif plan.method in SNAKES:
        position = serpentine(plan, group, tickets, hash_name, seed)
    else:
        position = _by_units(plan, found, order, improve)
    check_bounds(found, position)
    numbers = class_numbers(hash_name, seed, group.plan.classes)
    layout = Layout(
        group=group,
        classes=tuple(numbers[p] for p in position),
        objective=found.objective(position),
        teams=tuple(teams_of(hash_name, seed, group.plan.teams)),
    )
    check_layout(plan, group, layout.classes)
    return layout


def _by_units(plan: Plan, found: Scored, order: Sequence[int], improve: Improve) -> list[int]:
    """Deal the units and, for swaps, improve; the position of each child."""
    dealt = Deal(found.group, order, stratified=plan.method != "random").run()
    if plan.method == "swaps" and found.columns:
        board = board_of(found, order, dealt)
        improve(board, plan.sweeps, polish=plan.polish)
        dealt = board.position
    return _children(found.group, order, dealt)


def _children(group: Group, order: Sequence[int], dealt: Sequence[int]) -> list[int]:
    """The position of each child, given that of each unit by index."""
    position = [0] * len(group.rows)
    for u, p in zip(order, dealt, strict=True):
        for m in group.units[u].members:
            position[m] = p
    return position


def classes_by_pid(layouts: Iterable[Layout]) -> Mapping[str, int]:
    """The class number of every child of some layouts."""
    return {
        row["pid"]: number
        for layout in layouts
        for row, number in zip(layout.group.rows, layout.classes, strict=True)
    }
