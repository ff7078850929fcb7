"""How unequal schools are, exactly: the between-school coefficient of variation in fractions.

Pupil-weighted, population form, around the ratio of totals (policy.md §1.3). With x = X/P this is
CV² = ΣP·Σ(X²/P) / (ΣX)² - 1, a fraction; a limit θ is met when CV² ≤ θ², so no root is ever taken to decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from junheng.standards import VariationRule

_DIGITS = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean, variance and squared CV of one indicator in one stage; ``squared`` is None where mean is 0."""

    mean: Fraction
    variance: Fraction
    squared: Fraction | None
    squared_unweighted: Fraction | None

    @property
    def sd(self) -> Decimal:
        """Standard deviation, to 60 digits."""
        return root(self.variance)

    @property
    def cv(self) -> Decimal | None:
        """Pupil-weighted CV, to 60 digits."""
        return None if self.squared is None else root(self.squared)

    @property
    def cv_unweighted(self) -> Decimal | None:
        """CV with every school weighing the same, to 60 digits: shown, never the rule."""
        return None if self.squared_unweighted is None else root(self.squared_unweighted)


def root(square: Fraction) -> Decimal:
    """Square root to 60 digits."""
    return _DIGITS.sqrt(_DIGITS.divide(Decimal(square.numerator), Decimal(square.denominator)))


def spread(numerators: Sequence[Fraction], denominators: Sequence[Fraction], scale: Fraction) -> Spread:
    """The spread of scale·X/P over schools; every P must be positive. Raises ValueError for no school."""
    total = sum(denominators, Fraction(0))
    if not total:
        raise ValueError("no pupils, no spread")
    whole = sum(numerators, Fraction(0))
    squares = sum((x * x / p for x, p in zip(numerators, denominators, strict=True)), Fraction(0))
    mean = scale * whole / total
    variance = scale * scale * squares / total - mean * mean
    values = [scale * x / p for x, p in zip(numerators, denominators, strict=True)]
    return Spread(
        mean=mean,
        variance=variance,
        squared=variance / (mean * mean) if mean else None,
        squared_unweighted=_unweighted(values, 0),
    )


def _unweighted(values: Sequence[Fraction], ddof: int) -> Fraction | None:
    mean = sum(values, Fraction(0)) / len(values)
    if not mean or len(values) <= ddof:
        return None
    variance = sum(((value - mean) ** 2 for value in values), Fraction(0)) / (len(values) - ddof)
    return variance / (mean * mean)


def within(squared: Fraction, limit: Decimal, rule: VariationRule) -> bool:
    """Whether √``squared`` stands to ``limit`` as the standard's word and rounding demand."""
    if rule.compare_decimals is not None:
        return holds(rule.comparison, rounded(Fraction(root(squared)), rule.compare_decimals), limit)
    return holds(rule.comparison, squared, Fraction(limit) ** 2)


def rounded(value: Fraction, decimals: int) -> Fraction:
    """``value`` to so many decimals, halves away from zero, as a spreadsheet shows it."""
    steps = abs(value) * 10**decimals
    whole = steps.numerator // steps.denominator
    whole += steps - whole >= Fraction(1, 2)
    return Fraction(whole if value >= 0 else -whole, 10**decimals)


def holds(word: str, value: Fraction, line: Decimal | Fraction) -> bool:
    """``value`` 不低于 / 大于 / 不超过 / 小于 ``line``: the first and third include the line itself."""
    exact = Fraction(line)
    return {
        "不低于": value >= exact,
        "大于": value > exact,
        "不超过": value <= exact,
        "小于": value < exact,
    }[word]
