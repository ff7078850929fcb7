"""Covariates as whole numbers: each standardised within one group to integers of at most 4095.

Exact (docs/method/class_formation.md §3): multiplying marks by a positive number or shifting them changes no score.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd, isqrt

from junheng.class_formation.group import Group, Row
from junheng.class_formation.plan import Covariate, Plan
from junheng.class_formation.refusals import refused

LARGEST = 4095
_DEVIATIONS = 4  # as many standard deviations stand for LARGEST, unless somebody lies further out
_SQUARE_STEP = LARGEST + 1  # squares are brought back to at most LARGEST

Values = list[int | None]


@dataclass(frozen=True, slots=True)
class Scale:
    """How a column was standardised: x = 4095·(n·v - total)/reach, rounded half away from zero; reach = g·M."""

    n: int
    total: int
    reach: int

    def score(self, value: int | None) -> int:
        """The score of one value; a missing one stands at the mean. Values the scale never saw are cut at 4095."""
        if value is None or not self.reach:
            return 0
        deviation = self.n * value - self.total
        size = min((2 * LARGEST * abs(deviation) + self.reach) // (2 * self.reach), LARGEST)
        return size if deviation >= 0 else -size

    def scores(self, values: Values) -> list[int]:
        """The scores of a column; each different value is worked out once."""
        found = {value: self.score(value) for value in set(values)}
        return [found[value] for value in values]


def scale_of(values: Values) -> Scale:
    """The scale of a column; reach 0 when all present values are equal (every score is then 0)."""
    counts = Counter(values)
    counts.pop(None, 0)
    n = sum(counts.values())
    total = sum(value * count for value, count in counts.items() if value is not None)
    deviations = {n * value - total: count for value, count in counts.items() if value is not None}
    divisor = gcd(*deviations)
    if not divisor:
        return Scale(n, total, 0)
    squares = sum(count * (d // divisor) ** 2 for d, count in deviations.items())
    spread = isqrt(_DEVIATIONS**2 * squares // n)
    return Scale(n, total, divisor * max(spread, max(map(abs, deviations)) // divisor))


def squared(score: int) -> int:
    """The value whose scale makes a squared covariate: a score's square, rounded to 0…4095."""
    return (score * score + _SQUARE_STEP // 2) // _SQUARE_STEP


@dataclass(frozen=True, slots=True)
class Column:
    """One covariate of one group; ``square`` is set for squared scores, ``feeder`` for one feeder's indicator."""

    covariate: Covariate
    scale: Scale
    square: Scale | None = None
    feeder: str = ""

    def values(self, rows: Sequence[Row]) -> Values:
        """What some rows have in this column, None where missing."""
        return values_of(self.covariate, rows, self.feeder)

    def scores(self, values: Values) -> list[int]:
        """The standard scores of values as ``values`` gives them."""
        if self.square is None:
            return self.scale.scores(values)
        return self.square.scores(_squares(self.scale, values))


def _squares(scale: Scale, values: Values) -> Values:
    found = {value: None if value is None else squared(scale.score(value)) for value in set(values)}
    return [found[value] for value in values]


def values_of(covariate: Covariate, rows: Sequence[Row], feeder: str = "") -> Values:
    """What each row has in a covariate; None where it is missing (never 0)."""
    if covariate.source in ("mark", "squared"):
        return mark_sums(rows, covariate.of)
    if covariate.source == "special":
        return [row["special"] for row in rows]
    if covariate.source == "flag":
        flags = [row["flags"].get(covariate.flag) for row in rows]
        return [flag if isinstance(flag, int) else None for flag in flags]
    return [int(row["feeder"] == feeder) if row["feeder"] else None for row in rows]


def mark_sums(rows: Sequence[Row], names: Sequence[str]) -> Values:
    """The sum of some marks of each row; None if any of them is missing."""
    columns = [[row["marks"].get(name) for row in rows] for name in names]
    if len(columns) == 1:
        return columns[0]
    return [None if None in marks else sum(marks) for marks in zip(*columns, strict=True)]


def spread_out(plan: Plan, group: Group) -> list[tuple[Covariate, str]]:
    """The columns of a group in the order of the rules: each covariate, a feeder covariate once per feeder."""
    found: list[tuple[Covariate, str]] = []
    for covariate in plan.covariates:
        names = largest_feeders(group, covariate.top) if covariate.source == "feeder" else [""]
        found += [(covariate, name) for name in names]
    return found


def largest_feeders(group: Group, top: int) -> list[str]:
    """The ``top`` feeders with most children; equal numbers by text (code points)."""
    counts = Counter(row["feeder"] for row in group.rows if row["feeder"])
    return sorted(counts, key=lambda name: (-counts[name], name))[:top]


def _column(covariate: Covariate, values: Values, feeder: str, group: Group) -> Column:
    scale = scale_of(values)
    if not scale.n:
        raise refused(
            f"平衡项“{covariate.name}”没有任何学生有数据",
            f"no child has a value for the covariate {covariate.name!r}",
            group.name,
        )
    square = scale_of(_squares(scale, values)) if covariate.source == "squared" else None
    return Column(covariate, scale, square, feeder)


@dataclass(frozen=True, slots=True)
class Scored:
    """A group and what does not depend on the draw: columns, X of each child (row) and of each unit."""

    group: Group
    columns: tuple[Column, ...]
    children: tuple[list[int], ...]
    units: tuple[list[int], ...]

    @property
    def weights(self) -> list[int]:
        """The weight of each column."""
        return [column.covariate.weight for column in self.columns]

    def objective(self, position: Sequence[int]) -> int:
        """Σ_f w_f Σ_c S_cf² of any layout; ``position``: a class of each child, under any names."""
        total = 0
        for f, weight in enumerate(self.weights):
            sums = dict.fromkeys(position, 0)
            for scores, p in zip(self.children, position, strict=True):
                sums[p] += scores[f]
            total += weight * sum(s * s for s in sums.values())
        return total


def scored(plan: Plan, group: Group) -> Scored:
    """``group`` with the scores of its children in every column. UserError: nobody has a value in one."""
    columns, by_column = [], []
    for covariate, feeder in spread_out(plan, group):
        values = values_of(covariate, group.rows, feeder)
        columns.append(_column(covariate, values, feeder, group))
        by_column.append(columns[-1].scores(values))
    children = tuple(map(list, zip(*by_column, strict=True))) if columns else tuple([] for _ in group.rows)
    units = tuple(_summed([children[m] for m in unit.members]) for unit in group.units)
    return Scored(group, tuple(columns), children, units)


def _summed(members: Sequence[list[int]]) -> list[int]:
    return members[0] if len(members) == 1 else [sum(parts) for parts in zip(*members, strict=True)]
