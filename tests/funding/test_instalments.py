"""Instalments and sums received: arrears and days, against a reckoning day by day."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.funding.instalments import early, settle

END = date(2024, 12, 31)


def _row(kind: str, yuan: str | None, on: str | None) -> dict[str, Any]:
    return {"kind": kind, "yuan": yuan, "on": on, "at": f"{kind} {on}"}


def test_late_in_part() -> None:
    rows = [_row("due", "245000", "2024-03-31"), _row("due", "245000", "2024-09-30")]
    rows += [_row("received", "245000", "2024-05-10"), _row("received", "200000", "2024-12-20")]
    found = settle(rows, "604270", END)
    assert [one["days_late"] for one in found["instalments"]] == [40, 92]
    assert found["instalments"][0]["settled_on"] == "2024-05-10"
    assert (found["arrears_yuan"], found["days_late"], found["against_rule_yuan"]) == ("45000", 92, "-159270")


@pytest.mark.parametrize(("day", "late"), [("2024-03-31", 0), ("2024-04-01", 1), ("2024-03-01", 0)])
def test_on_the_day_is_not_late(day: str, late: int) -> None:
    rows = [_row("due", "100", "2024-03-31"), _row("received", "100", day)]
    assert settle(rows, None, END)["days_late"] == late


def test_what_is_not_yet_due_is_not_in_arrears() -> None:
    rows = [
        _row("due", "100", "2024-03-31"),
        _row("due", "100", "2025-03-31"),
        _row("received", "60", "2024-03-01"),
    ]
    assert settle(rows, None, END)["arrears_yuan"] == "40"
    assert settle(rows, None, date(2024, 3, 30))["arrears_yuan"] == "0"


def test_a_sum_without_a_day_is_there_but_nobody_knows_since_when() -> None:
    found = settle([_row("due", "100", "2024-03-31"), _row("received", "100", None)], None, END)
    assert (found["arrears_yuan"], found["days_late"]) == ("0", None)


@pytest.mark.parametrize(
    "broken",
    [
        _row("received", None, "2024-03-31"),
        _row("due", "5", None),
        {**_row("due", "5", "2024-01-01"), "kind": None},
    ],
)
def test_a_faulty_row_makes_all_of_it_unknown(broken: dict[str, Any]) -> None:
    found = settle([_row("due", "100", "2024-03-31"), broken], "100", END)
    assert found["received_yuan"] is found["arrears_yuan"] is found["days_late"] is None


def test_nothing_recorded_is_not_nothing_received() -> None:
    found = settle([], "100", END)
    assert found["received_yuan"] is found["arrears_yuan"] is found["against_rule_yuan"] is None


def test_early_sums_are_named_and_advances_are_not() -> None:
    """Document 3: 190.59 million advanced for the year to come."""
    due = [_row("due", "190590000", "2018-03-31"), _row("due", "15050000", "2018-09-30")]
    came = _row("received", "190590000", "2017-11-30")
    assert early([*due, came]) == [came]
    assert early([*due, {**came, "kind": "advance"}]) == []
    over = _row("received", "300000000", "2018-10-01")
    assert early([*due, over]) == []  # more than all of it, but not before it was due


_DAYS = st.integers(0, 120).map(lambda days: date(2024, 1, 1) + timedelta(days))
_SUMS = st.lists(st.tuples(_DAYS, st.integers(1, 9)), max_size=5)


@settings(max_examples=examples(60))
@given(_SUMS, _SUMS, _DAYS)
def test_settling_agrees_with_a_reckoning_day_by_day(
    due: list[tuple[date, int]], got: list[tuple[date, int]], on: date
) -> None:
    rows = [_row("due", str(yuan), day.isoformat()) for day, yuan in due]
    rows += [_row("received", str(yuan), day.isoformat()) for day, yuan in got]
    found = settle(rows, None, on)
    worst, day = 0, date(2024, 1, 1)
    open_since: dict[date, int] = {}
    while day <= on:  # a day with arrears on an instalment makes it one day later
        came = sum(yuan for one, yuan in got if one <= day)
        for since in {one for one, _ in due if one <= day}:
            if sum(yuan for one, yuan in due if one <= since) > came:
                open_since[since] = (day - since).days + (day < on)
        day += timedelta(1)
    worst = max(open_since.values(), default=0)
    owed = max(0, sum(y for d, y in due if d <= on) - sum(y for d, y in got if d <= on))
    assert found["arrears_yuan"] == (str(owed) if due else None)
    assert found["days_late"] == (worst if due else None)
    assert sum(Fraction(one["yuan"]) for one in found["instalments"]) == sum(yuan for _, yuan in due)
