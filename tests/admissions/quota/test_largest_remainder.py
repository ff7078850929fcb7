"""Textbook cases of sharing whole seats, and what each method does with ties and with seats left over."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.admissions.quota.made_problem import LOT, one_row, problem, rules, table
from tests.effort import examples

from junheng.admissions import QuotaLot, allocate_quota
from junheng.admissions.quota.lot import numbers_lot, seed_lot
from junheng.basics import UserError

ROUND = {"totals": "rounding", "cells": "controlled", "correction": "remainder"}
BY_LOT = {"totals": "lot", "cells": "controlled"}
PARTIES = [47_000, 16_000, 15_800, 12_000, 6_100, 3_100]  # the usual example of the Hare quota, 10 seats


@pytest.mark.parametrize(
    ("seats", "graduates", "expected"),
    [
        (10, PARTIES, [5, 2, 1, 1, 1, 0]),
        (100, [1, 1, 2], [25, 25, 50]),
        (1, [3, 2, 2], [1, 0, 0]),
        (0, [3, 2], [0, 0]),
        (7, [0, 5, 2], [0, 5, 2]),
    ],
)
def test_textbook_cases(seats: int, graduates: list[int], expected: list[int]) -> None:
    assert one_row(seats, graduates, QuotaLot()) == expected


def test_the_alabama_paradox_is_there() -> None:
    """With one seat more the smallest school loses one: a property of the method, told in the annex, not mended."""
    assert one_row(10, [6, 6, 2], QuotaLot()) == [4, 4, 2]
    assert one_row(11, [6, 6, 2], QuotaLot()) == [5, 5, 1]


def test_bengbu_2015() -> None:
    """2,960 seats × (800 × 300) ÷ 7,668,543.4 = 92.6, rounded to 93 in the city's own published example."""
    share = Fraction(2960) * 800 * 300 / Fraction("7668543.4")
    rest = Fraction("7668543.4") - 800 * 300
    assert 92 < share < 93
    found = one_row(2960, [800 * 300 * 10, int(rest * 10)], QuotaLot(), schools=ROUND)
    assert found[0] == 93


def test_a_tie_needs_a_lot_only_where_it_matters() -> None:
    assert one_row(4, [5, 5], QuotaLot()) == [2, 2]
    with pytest.raises(UserError, match="需要抽签") as refused:
        one_row(3, [5, 5], QuotaLot())
    assert "初中1、初中2" in str(refused.value)
    assert refused.value.fix is not None
    assert "--seed" in refused.value.fix.zh


def test_ties_go_to_the_larger_school_first() -> None:
    """Shares 1/2 and 3/2: equal remainders, the larger school takes the odd seat; undeclared, it is by lot."""
    assert one_row(2, [3, 9], QuotaLot()) == [0, 2]
    with pytest.raises(UserError):
        one_row(2, [3, 9], QuotaLot(), ties=[])


def test_the_lot_parts_ties_as_drawn() -> None:
    numbers = [("J001", "7", "a"), ("J002", "3", "b")]
    assert one_row(3, [5, 5], numbers_lot(numbers)) == [1, 2]
    guids = [
        ("J001", "{0f8fad5b-d9cb-469f-a165-70867728950e}", "a"),
        ("J002", "7C9E6679-7425-40DE-944B-E07FC1F90AE7", "b"),
    ]
    assert one_row(3, [5, 5], numbers_lot(guids)) == [2, 1]


def test_by_lot_the_remainder_does_not_count() -> None:
    """4.9 and 0.1 seats: by lot the small school wins the odd seat when it is drawn first."""
    drawn = numbers_lot([("J001", "2", "a"), ("J002", "1", "b")])
    assert one_row(5, [49, 1], drawn, schools=BY_LOT) == [4, 1]
    assert one_row(5, [49, 1], drawn) == [5, 0]


def test_a_school_with_a_whole_share_draws_no_lot() -> None:
    """2, 1½ and 1½ seats: the first has its share, so only two numbers are needed."""
    drawn = numbers_lot([("J002", "2", "a"), ("J003", "1", "b")])
    assert one_row(5, [4, 3, 3], drawn, schools=BY_LOT) == [2, 1, 2]


@pytest.mark.parametrize(
    ("correction", "expected"),
    [("remainder", [3, 2, 2, 3]), ("most_graduates", [2, 3, 2, 3])],
)
def test_rounding_that_gives_too_many_is_corrected_as_declared(correction: str, expected: list[int]) -> None:
    """Shares 2.6, 2.5, 2.3, 2.6 of 10 round to 11: one of those rounded up gives one back."""
    way = {**ROUND, "correction": correction}
    graduates = [2601, 2500, 2300, 2599]
    assert one_row(10, graduates, QuotaLot(), schools=way) == expected


def test_rounding_that_gives_too_few_is_corrected_as_declared() -> None:
    """Shares 3.4, 3.4, 3.2 of 10 round to 9: by remainder the first, by size the largest takes one more."""
    assert one_row(10, [341, 339, 320], QuotaLot(), schools=ROUND) == [4, 3, 3]
    by_size = {**ROUND, "correction": "most_graduates"}
    assert one_row(10, [339, 341, 320], QuotaLot(), schools=by_size) == [3, 4, 3]
    by_lot = {**ROUND, "correction": "lot"}
    with pytest.raises(UserError, match="需要抽签"):
        one_row(10, [341, 339, 320], QuotaLot(), schools=by_lot)
    assert sorted(one_row(10, [341, 339, 320], LOT, schools=by_lot)) == [3, 3, 4]


@given(
    st.integers(0, 500),
    st.lists(st.integers(0, 600), min_size=1, max_size=12).filter(any),
    st.sampled_from([BY_LOT, ROUND, {**ROUND, "correction": "most_graduates"}, {**ROUND, "correction": "lot"},
                     {"totals": "largest_remainder", "cells": "separate"}]),
)  # fmt: skip
@settings(max_examples=examples(60), deadline=None)
def test_sums_and_quota_rule(seats: int, graduates: list[int], way: dict[str, str]) -> None:
    """Whatever the method: all seats are given, and each school has the floor or the ceiling of its exact share."""
    found = one_row(seats, graduates, schools=way)
    total = sum(graduates)
    assert sum(found) == seats
    for count, basis in zip(found, graduates, strict=True):
        assert abs(Fraction(seats * basis, total) - count) < 1


@given(st.integers(1, 300), st.lists(st.integers(1, 500), min_size=2, max_size=10))
@settings(max_examples=examples(60), deadline=None)
def test_more_graduates_never_fewer_seats(seats: int, graduates: list[int]) -> None:
    """Largest remainder within one table: the larger school has at least as many seats as the smaller."""
    found = one_row(seats, graduates)
    order = sorted(range(len(graduates)), key=lambda place: graduates[place])
    for less, more in pairwise(order):
        if graduates[less] < graduates[more]:
            assert found[less] <= found[more]


def test_the_lot_is_reproducible_and_a_fair_coin() -> None:
    """The same seed gives the same seats; over many seeds each of two equals wins about half the time."""
    given_ = problem([1], [50, 50])
    wins = 0
    for number in range(400):
        seed = seed_lot(f"{number:064x}")
        first = table(allocate_quota(given_, rules(), seed))
        wins += first[0][0]
        if number < 5:
            assert table(allocate_quota(given_, rules(), seed)) == first
    assert 160 < wins < 240  # 4 standard deviations
