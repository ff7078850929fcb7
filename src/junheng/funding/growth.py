"""Year-on-year tests of a county's spending: 两个只增不减 and 三个增长, each met, not met, or cannot tell.

Growth is compared by cross-multiplication: a₁/a₀ > r₁/r₀ ⟺ a₁·r₀ > r₁·a₀ for positive a₀, r₀. Nothing is rounded.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from junheng.funding.exact import Json, exact

Years = Mapping[int, Mapping[str, Any]]  # year → column → exact yuan as text, or None


def year_tests(years: Years, year: int, rules: Json) -> list[Json]:
    """Every year test in force: its pairs of years up to ``year``, and the three-valued AND over them."""
    tests = [rule for slot, rule in sorted(rules["rules"].items()) if rule["role"] == "year_test"]
    return [_test(rule, years, year) for rule in tests]


def _test(rule: Json, years: Years, year: int) -> Json:
    values = rule["values"]
    pairs = [_pair(values, years, later) for later in range(year - int(values["years"]) + 1, year + 1)]
    verdicts = [pair["verdict"] for pair in pairs]
    return {"rule": rule["id"], "verdict": both(verdicts), "pairs": pairs}


def both(verdicts: Sequence[str]) -> str:
    """The AND of verdicts: not_met beats cannot_tell beats met.

    >>> both(["met", "cannot_tell"]), both(["not_met", "cannot_tell"]), both(["met"])
    ('cannot_tell', 'not_met', 'met')
    """
    return next((word for word in ("not_met", "cannot_tell") if word in verdicts), "met")


def _pair(values: Json, years: Years, later: int) -> Json:
    columns = [values["column"], *filter(None, [values.get("faster_than")])]
    told = {column: [years.get(year, {}).get(column) for year in (later - 1, later)] for column in columns}
    missing = [
        {"year": later - 1 + place, "column": column}
        for column, pair in told.items()
        for place, value in enumerate(pair)
        if value is None
    ]
    row: Json = {"years": [later - 1, later], "values": told, "missing": missing}
    return {**row, "verdict": "cannot_tell" if missing else _verdict(values, told)}


def _verdict(values: Json, told: Mapping[str, Sequence[Any]]) -> str:
    before, after = (exact(value) for value in told[values["column"]])
    if "faster_than" in values:
        other_before, other_after = (exact(value) for value in told[values["faster_than"]])
        if before <= 0 or other_before <= 0:
            return "cannot_tell"
        left, right = after * other_before, other_after * before
    else:
        left, right = after, before
    return "met" if _holds(left, right, values["comparison"]) else "not_met"


def _holds(left: Fraction, right: Fraction, comparison: str) -> bool:
    return left > right if comparison == "大于" else left >= right
