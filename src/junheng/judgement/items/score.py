"""An item that adds up others: so many points for each that is met, against a pass mark."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from junheng.basics import Text
from junheng.judgement.items.lines import keeps
from junheng.judgement.items.words import figure_text
from junheng.judgement.results import ItemResult, ItemTestResult, Reason
from junheng.judgement.verdict import Verdict
from junheng.standards import Item, ItemTest

FULL, WEIGHTS = "full", "weights"
_UNIT = Text("分", "points")


def score_test(item: Item, test: ItemTest, items: Mapping[str, ItemResult]) -> ItemTestResult:
    """The points of the items named: met if the pass mark is reached whatever the undecided come to."""
    points = points_of(item, test)
    low = sum((points[key] for key in test.score if _is(items, key, Verdict.MET)), Fraction(0))
    open_ones = [key for key in test.score if _is(items, key, Verdict.CANNOT_TELL)]
    high = low + sum((points[key] for key in open_ones), Fraction(0))
    limit = item.limits[test.limit]
    line = limit.value if isinstance(limit.value, Decimal) else Decimal(0)
    could = Verdict.CANNOT_TELL if keeps(limit, high, line) else Verdict.NOT_MET
    verdict = Verdict.MET if keeps(limit, low, line) else could
    why = None if verdict is Verdict.MET else _reason(verdict, low, high, line, len(open_ones))
    value = None if open_ones else float(low)
    lacks = Fraction(line) - low if verdict is Verdict.NOT_MET else Fraction(0)
    short = None if verdict is Verdict.CANNOT_TELL else float(lacks)
    full = float(sum(points.values(), Fraction(0)))
    return ItemTestResult(
        "score",
        test.limit,
        None,
        test.role,
        verdict,
        value,
        float(low),
        full,
        line,
        "不低于",
        short,
        _UNIT,
        why,
    )


def _is(items: Mapping[str, ItemResult], key: str, verdict: Verdict) -> bool:
    return key in items and items[key].verdict is verdict


def points_of(item: Item, test: ItemTest) -> dict[str, Fraction]:
    """The points of each item: equal, unless the standard weighs them."""
    given = item.limits.get(WEIGHTS)
    weights = given.value if given is not None and isinstance(given.value, Mapping) else {}
    shares = {key: Fraction(weights.get(key, Decimal(0) if weights else Decimal(1))) for key in test.score}
    full, whole = item.limits[FULL].value, sum(shares.values(), Fraction(0))
    total = Fraction(full) if isinstance(full, Decimal) else Fraction(0)
    return {key: total * share / whole if whole else Fraction(0) for key, share in shares.items()}


def _reason(verdict: Verdict, low: Fraction, high: Fraction, line: Decimal, open_ones: int) -> Reason:
    least, most = (figure_text(found, None, _UNIT) for found in (low, high))
    if verdict is Verdict.NOT_MET:
        return Reason(
            "below:score", Text(f"最多 {most.zh}，要求 {line} 分", f"at most {most.en}, asked {line}")
        )
    return Reason(
        f"score_open:{open_ones}",
        Text(
            f"{open_ones} 项尚无法判定，得分在 {least.zh}与 {most.zh}之间，要求 {line} 分",
            f"{open_ones} items cannot be told: between {least.en} and {most.en}, asked {line}",
        ),
    )
