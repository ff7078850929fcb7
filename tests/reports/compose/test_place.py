from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.reports.compose.place import Absent, look_up

RESULT: dict[str, Any] = {
    "rates": [{"item": "a", "met": 3, "share": "3/8"}, {"item": "b", "met": 5, "share": None}],
    "findings": [
        {"state": "closed", "days": 2},
        {"state": "open", "days": 7},
        {"state": "closed", "days": 0.1},
    ],
    "budgets": {"2025": 100, "2026": "50.5"},
    "empty": [],
    "flag": True,
    "day": "2017-12-20",
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("rates[item=a].met", Fraction(3)),
        ("rates[item=a].share", Fraction(3, 8)),
        ("rates.1.met", Fraction(5)),
        ("findings.#", Fraction(3)),
        ("findings[state=closed].#", Fraction(2)),
        ("findings[state=late].#", Fraction(0)),
        ("findings[state=closed].+days", Fraction(21, 10)),
        ("budgets.+", Fraction(301, 2)),
        ("empty.+days", Fraction(0)),
        ("flag", True),
        ("day", "2017-12-20"),
    ],
)
def test_a_value_is_found(path: str, value: object) -> None:
    assert look_up(RESULT, path) == value


@pytest.mark.parametrize(
    "path",
    ["nothing", "rates[item=b].share", "rates[item=c].met", "rates.9.met", "rates", "day.#", "rates.+share",
     "findings[state=closed].days"],
)  # fmt: skip
def test_absent_is_not_zero(path: str) -> None:
    with pytest.raises(Absent):
        look_up(RESULT, path)


@settings(max_examples=examples(60))
@given(st.lists(st.tuples(st.sampled_from("xyz"), st.integers(-(10**9), 10**9))))
def test_sums_and_counts_are_those_of_a_loop(rows: list[tuple[str, int]]) -> None:
    content = {"rows": [{"kind": kind, "value": value} for kind, value in rows]}
    assert look_up(content, "rows[kind=x].#") == sum(kind == "x" for kind, _ in rows)
    assert look_up(content, "rows[kind=x].+value") == sum(value for kind, value in rows if kind == "x")
