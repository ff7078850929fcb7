"""Reading an intake: the roll of new children, and the plan of classes where the file has one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.class_formation.intake.check import check_children
from junheng.class_formation.intake.child import Child, read_children
from junheng.class_formation.intake.faults import Fault, FaultGroup, group_faults, refuse_faults
from junheng.class_formation.intake.headings import (
    empty_roll,
    ignored,
    no_roll,
    plan_headings,
    roll_headings,
)
from junheng.data import read_sheets
from junheng.data.books import Headed, listed


@dataclass(frozen=True, slots=True)
class Intake:
    """What a file holds. ``groups``: school, grade, classes, teams as a spec's problem lists them ([] if no plan).

    ``ignored``: headings and sheets that were not read, to be shown; ``faults``: everything to be mended.
    """

    children: tuple[Child, ...]
    groups: tuple[dict[str, Any], ...]
    mark_unit: str
    ignored: tuple[str, ...]
    faults: tuple[Fault, ...]

    def fault_groups(self) -> list[FaultGroup]:
        """The faults by cause."""
        return group_faults(self.faults)

    def require_clean(self) -> None:
        """UserError telling every cause; nothing when the roll is clean."""
        refuse_faults(self.faults)


def read_intake(
    path: Path, *, school: str = "", grade: str = "", mark_unit: str = "0.5", marks: Sequence[str] = ()
) -> Intake:
    """The intake in ``path`` (.xlsx, .xls, .ods, .csv): every sheet that has a roll's headings, and 编班计划.

    ``school`` and ``grade`` stand for columns the roll lacks; ``mark_unit``: what marks are multiples of;
    ``marks``: subjects the dictionary does not know. UserError: unreadable file, no roll in it, doubled headings;
    all else that is wrong is in ``faults``.
    """
    unit = _unit(mark_unit)
    faults: list[Fault] = []
    children: list[Child] = []
    groups: list[dict[str, Any]] = []
    unread: list[str] = []
    has_roll = False
    for grid in (grid for grid in read_sheets(path) if not grid.is_empty()):
        if headed := roll_headings(grid, marks):
            has_roll = True
            children += read_children(headed, school, grade, unit, faults)
            unread += ignored(headed)
        elif headed := plan_headings(grid):
            groups += _plan_lines(headed, faults)
        else:
            unread.append(grid.where)
    if not children:
        raise empty_roll(path.name) if has_roll else no_roll(path.name)
    classes = {(g["school"], g["grade"]): g["classes"] for g in groups}
    faults += check_children(children, classes)
    return Intake(tuple(children), tuple(groups), mark_unit, tuple(dict.fromkeys(unread)), tuple(faults))


def _plan_lines(headed: Headed, faults: list[Fault]) -> Iterator[dict[str, Any]]:
    """The groups that a sheet 编班计划 lists."""
    for row in headed.records():
        classes = row.cell("classes")
        if not row.cells:
            continue
        if not classes.isdigit() or int(classes) < 1:
            faults.append(Fault("not_a_number", str(row.at("classes")), classes))
            continue
        faults += [Fault("blank", str(row.at(name))) for name in ("school", "grade") if not row.cell(name)]
        yield {
            "school": row.cell("school"),
            "grade": row.cell("grade"),
            "classes": int(classes),
            "teams": listed(row.cell("teams")),
        }


def _unit(text: str) -> Fraction:
    try:
        unit = Fraction(text)
    except (ValueError, ZeroDivisionError):
        unit = Fraction(0)
    if unit <= 0:
        raise UserError(
            Text(f"记分单位应为正数：{text}", f"The unit of marks must be a positive number: {text}"),
            where="mark_unit",
            fix=Text("例如 0.5 或 1", "for example 0.5 or 1"),
        )
    return unit


def subjects(children: Iterable[Child]) -> list[str]:
    """Every mark that some child has, in order of first appearance."""
    return list(dict.fromkeys(name for child in children for name in child.marks))
