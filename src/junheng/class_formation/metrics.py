"""How even the classes of a grade are: ranges of class means, spreads, sexes, schools of origin.

Ranges of means are exact fractions; standard deviations and shares of variance are doubles, for reading only.
An η² below about 1e-5 or a negative ICC is the mark of balance by force, not of chance.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from junheng.class_formation.expected import arithmetic_floor, balance_bits, layout_bits, random_gap
from junheng.class_formation.group import Group, Row, groups_from
from junheng.class_formation.plan import Covariate, Plan
from junheng.class_formation.scores import values_of
from junheng.class_formation.tolerance import Held, held_by
from junheng.class_formation.violations import Violation, violations_of


@dataclass(frozen=True, slots=True)
class MarkBalance:
    """One mark (or sum of marks) over the classes, in marks. ``means``: None for a class without any mark.

    ``expected_gap``: of pure chance; ``floor``: the smallest gap above 0 that the grain of the marks allows.
    """

    name: str
    missing: int
    means: tuple[Fraction | None, ...]
    gap: Fraction | None
    deviation_gap: float | None
    deviation: float
    eta_squared: float | None
    icc: float | None
    expected_gap: float
    floor: Fraction


@dataclass(frozen=True, slots=True)
class GroupMetrics:
    """One grade. χ² are divided by their degrees of freedom: about 1 under pure chance, 0 when forced even."""

    school: str
    grade: str
    held: Held
    marks: tuple[MarkBalance, ...]
    sex_chi2: float | None
    feeder_chi2: float | None
    violations: tuple[Violation, ...]
    layout_bits: float
    balance_bits: float

    @property
    def gap(self) -> Fraction | None:
        """The widest gap of any mark."""
        return max((m.gap for m in self.marks if m.gap is not None), default=None)

    @property
    def has_perfect_layout(self) -> bool:
        """Whether, by counting, a layout with every mark equal exists with near certainty."""
        return self.layout_bits > self.balance_bits


def metrics(plan: Plan, rows: Iterable[Row], classes: Mapping[str, int]) -> list[GroupMetrics]:
    """The balance of any layout: ``classes`` gives the class number (1…k) of every pid."""
    return [
        group_metrics(plan, group, [classes[row["pid"]] for row in group.rows])
        for group in groups_from(plan, rows)
    ]


def group_metrics(plan: Plan, group: Group, classes: Sequence[int]) -> GroupMetrics:
    """The balance of one grade; ``classes[m]``: class number of the m-th row."""
    k = group.plan.classes
    unit = Fraction(plan.mark_unit)
    marks = tuple(_balance(c, group, classes, unit) for c in plan.covariates if c.source == "mark")
    size = len(group.rows) / k
    steps = [m.deviation / float(unit) for m in marks]
    return GroupMetrics(
        school=group.plan.school,
        grade=group.plan.grade,
        held=held_by(group, classes),
        marks=marks,
        sex_chi2=chi2_per_freedom([str(row["sex"]) if row["sex"] else "" for row in group.rows], classes, k),
        feeder_chi2=chi2_per_freedom([row["feeder"] for row in group.rows], classes, k),
        violations=tuple(violations_of(group, classes)),
        layout_bits=layout_bits(len(group.rows), k),
        balance_bits=balance_bits(k, size, steps),
    )


def chi2_per_freedom(kinds: Sequence[str], classes: Sequence[int], k: int) -> float | None:
    """Pearson's χ² of kind against class, per degree of freedom; unknown ("") left out. None: one kind or class."""
    pairs = [(kind, c) for kind, c in zip(kinds, classes, strict=True) if kind]
    names = sorted({kind for kind, _ in pairs})
    sizes = [sum(c == number for _, c in pairs) for number in range(1, k + 1)]
    if len(names) < 2 or k < 2 or 0 in sizes:
        return None
    total = 0.0
    for name in names:
        here = [c for kind, c in pairs if kind == name]
        for number, size in enumerate(sizes, 1):
            expected = len(here) * size / len(pairs)
            total += (here.count(number) - expected) ** 2 / expected
    return total / ((len(names) - 1) * (k - 1))


def _balance(covariate: Covariate, group: Group, classes: Sequence[int], unit: Fraction) -> MarkBalance:
    k = group.plan.classes
    values = values_of(covariate, group.rows)
    held = [
        [v for v, c in zip(values, classes, strict=True) if v is not None and c == number]
        for number in range(1, k + 1)
    ]
    means = tuple(Fraction(sum(found), len(found)) * unit if found else None for found in held)
    known = [mean for mean in means if mean is not None]
    deviations = [_deviation(found) * float(unit) for found in held if found]
    deviation = _deviation([v for found in held for v in found]) * float(unit)
    eta_squared, icc = _shares(held)
    return MarkBalance(
        name=covariate.name,
        missing=values.count(None),
        means=means,
        gap=max(known) - min(known) if known else None,
        deviation_gap=max(deviations) - min(deviations) if deviations else None,
        deviation=deviation,
        eta_squared=eta_squared,
        icc=icc,
        expected_gap=random_gap(deviation, k, len(values) / k),
        floor=arithmetic_floor(unit, [max(1, len(found)) for found in held]),
    )


def _deviation(values: Sequence[int]) -> float:
    """The standard deviation (population), from exact sums."""
    n = len(values)
    return sqrt(Fraction(n * sum(v * v for v in values) - sum(values) ** 2, n * n)) if n else 0.0


def _shares(held: Sequence[Sequence[int]]) -> tuple[float | None, float | None]:
    """η² = SSB/SST and ICC(1) = (MSB - MSW)/(MSB + (m₀-1)·MSW); None where undefined."""
    groups = [found for found in held if found]
    n, k = sum(map(len, groups)), len(groups)
    if k < 2 or n <= k:
        return None, None
    grand = Fraction(sum(map(sum, groups)), n)
    total = sum(v * v for found in groups for v in found) - n * grand**2
    between = sum(Fraction(sum(found) ** 2, len(found)) for found in groups) - n * grand**2
    if not total:
        return None, None
    msb, msw = between / (k - 1), (total - between) / (n - k)
    size = (n - Fraction(sum(len(found) ** 2 for found in groups), n)) / (k - 1)
    spread = msb + (size - 1) * msw
    return float(between / total), float((msb - msw) / spread) if spread else None
