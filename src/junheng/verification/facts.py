"""Every school-stage's numerators, denominators and values, exactly, from the cells as reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from junheng.basics import STAGES, Text
from junheng.standards import Standard
from junheng.verification.cells import Cells, Year, empty, number, text_of
from junheng.verification.counting import not_counted
from junheng.verification.meaning import condition_of, number_of
from junheng.verification.sharing import Share, shared_out, shares
from junheng.verification.syntax import Node

_ORDER = {str(stage): place for place, stage in enumerate(STAGES)}


@dataclass(frozen=True, slots=True)
class Extra:
    """A relaxation: where ``when`` holds, ``add`` joins the numerator."""

    id: str
    when: Node
    add: Node


@dataclass(frozen=True, slots=True)
class Formula:
    """One indicator of the standard, read and ready: expressions by stage, scale, and what may be added.

    ``unit`` is the numerator's; ``shared`` are the columns that the standard splits between stages.
    """

    key: str
    scale: Fraction
    whole: bool
    unit: Text
    numerator: Mapping[str, Node]
    denominator: Mapping[str, Node]
    extras: Sequence[Extra]
    shared: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fact:
    """One indicator of one school-stage. None: cannot be told."""

    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | None
    relaxed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SchoolStage:
    """One row of the evaluation. ``left_out`` is the reason code where the row is not counted.

    ``members`` are the schools whose rows were merged into it, itself first.
    """

    school_id: str
    stage: str
    county: str
    members: tuple[str, ...]
    cells: Cells
    pupils: Fraction | None
    left_out: str | None
    share: Share
    facts: Mapping[str, Fact]

    @property
    def judged(self) -> bool:
        """Whether a verdict is due: counted, and not known to be without pupils."""
        return self.left_out is None and self.pupils != 0


def school_stages(year: Year, standard: Standard, formulas: Sequence[Formula]) -> list[SchoolStage]:
    """All rows of ``year`` (already merged), by county, stage, school; those not counted among them."""
    found = []
    for school in year.schools.values():
        parts = shares(school, year, standard.split)
        found += [_school_stage(school, s, year, standard, formulas, part) for s, part in parts.items()]
    return sorted(found, key=lambda row: (row.county, _ORDER[row.stage], row.school_id))


def _school_stage(
    school: Cells, stage: str, year: Year, standard: Standard, formulas: Sequence[Formula], share: Share
) -> SchoolStage:
    school_id = text_of(school, "school_id")
    key = (school_id, stage)
    reported = year.stages[key]
    premises = year.premises.get(school_id, empty("premises"))
    finance = year.finance.get(school_id, empty("finance"))
    cells: Cells = {**school, **shared_out(premises, share, standard.split)}
    cells |= shared_out(finance, share, standard.split)
    cells |= {**year.teachers.get(key, empty("teacher_count")), **reported}
    return SchoolStage(
        school_id=school_id,
        stage=stage,
        county=str(school.get("county_code") or ""),
        members=year.members.get(school_id, (school_id,)),
        cells=cells,
        pupils=number(reported, "pupils"),
        left_out=not_counted(school, reported, standard),
        share=share,
        facts={formula.key: fact(formula, stage, cells) for formula in formulas},
    )


def fact(formula: Formula, stage: str, cells: Cells) -> Fact:
    """The value of one indicator on one row: scale × (numerator + what may be added) / denominator."""
    numerator = _number(formula.numerator.get(stage), cells)
    denominator = _number(formula.denominator.get(stage), cells)
    relaxed = []
    for extra in formula.extras:
        more = number_of(extra.add, cells)
        if more and condition_of(extra.when, cells) is True:
            relaxed.append(extra.id)
            numerator = None if numerator is None else numerator + more
    value = None
    if numerator is not None and denominator:
        value = formula.scale * numerator / denominator
    return Fact(numerator, denominator, value, tuple(relaxed))


def _number(tree: Node | None, cells: Cells) -> Fraction | None:
    """None too where the indicator is not defined for the stage."""
    return None if tree is None else number_of(tree, cells)
