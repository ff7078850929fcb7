"""A county's schools against their standard: every school, the rates, and the plan's totals."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from junheng.basics import Text
from junheng.data import InputFile, Snapshot
from junheng.data.books import Fault
from junheng.judgement.school_standards.compiled import read_rows
from junheng.judgement.school_standards.facts import County
from junheng.judgement.school_standards.figures import NO_FIGURES, Figures
from junheng.judgement.school_standards.judge import SchoolVerdict, judge_school
from junheng.judgement.sizes.count import area_of
from junheng.judgement.verdict import Verdict
from junheng.standards.school_standards import SchoolStandard

WHOLE = "all"
_AREAS = ("urban", "town", "rural", "unknown")


@dataclass(frozen=True, slots=True)
class SchoolRate:
    """``met`` of ``whole`` schools, ``unknown`` of them not told.

    ``of``: "all" or a group; ``by``: "all", "kind" or "area"; ``key``: which kind or area. Schools that no row
    concerns are not in ``whole``.
    """

    of: str
    by: str
    key: str
    met: int
    unknown: int
    whole: int

    @property
    def span(self) -> tuple[Fraction, Fraction] | None:
        """Least and greatest share, the unknown being none or all met; None without schools."""
        if not self.whole:
            return None
        return Fraction(self.met, self.whole), Fraction(self.met + self.unknown, self.whole)


@dataclass(frozen=True, slots=True)
class RowTotal:
    """What the county's schools lack together in one row, in its quantity; ``schools`` of them do."""

    row: str
    schools: int
    unknown: int
    concerned: int
    lacks: Fraction


@dataclass(frozen=True, slots=True)
class SchoolStandardReport:
    """Everything one judgement comes to. ``schools``: weak ones first, then those that fall short."""

    standard: SchoolStandard
    county: Text
    year: int
    on: date
    inputs: tuple[InputFile, ...]
    figures: Figures
    schools: tuple[SchoolVerdict, ...]
    rates: tuple[SchoolRate, ...]
    totals: tuple[RowTotal, ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong in the book of further figures."""
        return self.figures.faults

    def rate(self, of: str = WHOLE) -> SchoolRate:
        """The county's rate over all rows, or over a group."""
        return next(one for one in self.rates if one.of == of and one.by == WHOLE)


def judge_county(county: County, standard: SchoolStandard, figures: Figures) -> list[SchoolVerdict]:
    """Every school of ``county``: weak ones first, then by how much falls short, then in the input's order."""
    rows = read_rows(standard)
    names = tuple(dict.fromkeys(name for row in rows for name in row.names))
    found = [judge_school(school, standard, rows) for school in county.schools(names, figures)]
    return sorted(found, key=lambda one: (not one.school.is_weak, _order(one.verdict)))


def school_standard_report(
    snapshot: Snapshot, standard: SchoolStandard, county: County, *, year: int, code: str, name: str, on: date,
    figures: Figures = NO_FIGURES,
) -> SchoolStandardReport:  # fmt: skip
    """Judge the schools of ``county`` and count them. Raises UserError for an expression that does not fit."""
    schools = judge_county(county, standard, figures)
    return SchoolStandardReport(
        standard, Text(name, code), year, on, snapshot.inputs, figures, tuple(schools),
        tuple(rates(schools, standard)), tuple(totals(schools, standard)),
    )  # fmt: skip


def _order(verdict: Verdict | None) -> int:
    ranks = {Verdict.NOT_MET: 0, Verdict.CANNOT_TELL: 1, Verdict.MET: 2}
    return len(ranks) if verdict is None else ranks[verdict]


def rates(schools: Sequence[SchoolVerdict], standard: SchoolStandard) -> Iterator[SchoolRate]:
    """Over all rows and over each group: of all schools, by kind and by area."""
    kinds = list(dict.fromkeys(one.school.kind for one in schools))
    for of in (WHOLE, *(group.id for group in standard.groups)):
        yield _rate(of, WHOLE, "", schools)
        for kind in sorted(kinds):
            yield _rate(of, "kind", kind, [one for one in schools if one.school.kind == kind])
        for area in _AREAS:
            mine = [one for one in schools if area_of(one.school.urban_rural_code) == area]
            if mine:
                yield _rate(of, "area", area, mine)


def _rate(of: str, by: str, key: str, schools: Iterable[SchoolVerdict]) -> SchoolRate:
    told = [one.verdict if of == WHOLE else one.groups[of] for one in schools]
    whole = [verdict for verdict in told if verdict is not None]
    met, unknown = whole.count(Verdict.MET), whole.count(Verdict.CANNOT_TELL)
    return SchoolRate(of, by, key, met, unknown, len(whole))


def totals(schools: Sequence[SchoolVerdict], standard: SchoolStandard) -> Iterator[RowTotal]:
    """Row by row what all schools lack."""
    for number, row in enumerate(standard.rows):
        found = [one.rows[number] for one in schools if one.rows[number].verdict is not None]
        short = [one.lacks for one in found if one.verdict is Verdict.NOT_MET and one.lacks is not None]
        unknown = sum(one.verdict is Verdict.CANNOT_TELL for one in found)
        yield RowTotal(row.id, len(short), unknown, len(found), sum(short, Fraction(0)))
