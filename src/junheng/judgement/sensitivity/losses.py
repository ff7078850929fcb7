"""How little a passing school-stage may lose, indicator by indicator, before it passes no longer.

With more indicators met than the rule needs, one may fall below its threshold and the school still passes as
long as it stays at the floor; with no spare one, the threshold itself is the line. An indicator that is the
exempt one already breaks the school at its floor. Whole units: the least whole loss that breaks it;
otherwise the room above the line, any loss beyond which breaks it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from junheng.indicators import Indicator
from junheng.judgement.compare import inclusive, is_strict, more_is_better
from junheng.judgement.results import IndicatorResult, SchoolResult
from junheng.judgement.verdict import Verdict
from junheng.standards import Comparison, Standard


@dataclass(frozen=True, slots=True)
class Loss:
    """The least loss of one indicator (units of its numerator) that breaks a school-stage.

    ``breaks_at`` says whether losing exactly ``amount`` breaks it (whole units) or only more than that.
    """

    school_id: str
    stage: str
    indicator: str
    amount: float
    breaks_at: bool
    against: str


ExactParts = Callable[[str, SchoolResult], "tuple[Fraction, Fraction] | None"]


def smallest_losses(
    schools: tuple[SchoolResult, ...],
    standard: Standard,
    indicators: Mapping[str, Indicator],
    exact: ExactParts,
) -> Iterator[Loss]:
    """For each passing school-stage and indicator the smallest loss that makes the school fail.

    ``exact(key, school)`` gives numerator and denominator as fractions; called where units come whole.
    """
    if standard.school_rule is None:
        return
    for school in schools:
        if school.verdict is not Verdict.MET:
            continue
        spare = school.met - standard.school_rule.min_met
        for rule in standard.indicators:
            result = school.indicators[rule.id]
            line, against = breaking_line(result, spare)
            if line is None or result.numerator is None or result.denominator is None:
                continue
            word = rule.comparison if against == "threshold" else inclusive(rule.comparison)
            parts = exact(rule.id, school) if indicators[rule.id].whole else None
            numerator, denominator = parts or (Fraction(result.numerator), Fraction(result.denominator))
            amount, breaks_at = smallest_loss(numerator, denominator, indicators[rule.id], word, line)
            yield Loss(school.school_id, school.stage, rule.id, float(amount), breaks_at, against)


def breaking_line(result: IndicatorResult, spare: int) -> tuple[Decimal | None, str]:
    """The line below which this indicator breaks a passing school with ``spare`` met indicators to lose."""
    if result.verdict is Verdict.MET and spare == 0:
        return result.threshold, "threshold"
    return result.floor, "floor"


def smallest_loss(
    numerator: Fraction, denominator: Fraction, indicator: Indicator, word: Comparison, line: Decimal
) -> tuple[Fraction, bool]:
    """The loss that breaks ``word`` against ``line``, and whether that very amount breaks it.

    Where less is better the loss is a gain in the numerator; the amount is positive all the same.
    """
    edge = Fraction(line) * denominator / Fraction(indicator.scale)
    room = numerator - edge if more_is_better(word) else edge - numerator
    if indicator.whole:
        return Fraction(ceil(room) if is_strict(word) else floor(room) + 1), True
    return room, is_strict(word)
