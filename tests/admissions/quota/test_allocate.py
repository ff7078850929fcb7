"""The whole of an allocation: sums, the second arithmetic, no effect of row order."""

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.admissions.quota.made_problem import (
    LOT,
    YEAR,
    any_input,
    any_rules,
    document,
    junior,
    problem,
    rules,
    seats_of,
    senior,
    table,
)
from tests.effort import examples

from junheng.admissions import QuotaInput, QuotaLot, QuotaRules, allocate_quota, check_allocation
from junheng.admissions.quota.lot import numbers_lot
from junheng.basics import UserError


@given(any_input(), any_rules())
@settings(max_examples=examples(120), deadline=None)
def test_everything_adds_up_and_the_second_arithmetic_agrees(given_: QuotaInput, rules_: QuotaRules) -> None:
    found = allocate_quota(given_, rules_, LOT)
    for quota in found.quotas:
        assert sum(row.seats for row in found.seats if row.senior == quota.senior) == quota.seats
    for filled in found.tables:
        assert [sum(row) for row in filled.seats] == [row.seats for row in filled.task.rows]
        for place in range(len(filled.task.units)):
            assert abs(filled.task.column(place) - filled.column_seats(place)) < 1
        if filled.task.fill == "controlled":
            for exact, seats in zip(filled.task.exact, filled.seats, strict=True):
                assert all(abs(share - count) < 1 for share, count in zip(exact, seats, strict=True))
    assert check_allocation(document(found)) == []


@given(any_input(), any_rules(), st.integers(0, 10**6))
@settings(max_examples=examples(50), deadline=None)
def test_the_order_of_rows_does_not_matter(given_: QuotaInput, rules_: QuotaRules, shuffle: int) -> None:
    seniors, juniors = list(given_.seniors), list(given_.juniors)
    random.Random(shuffle).shuffle(seniors)
    random.Random(shuffle + 1).shuffle(juniors)
    moved = replace(given_, seniors=tuple(seniors), juniors=tuple(juniors))
    first = document(allocate_quota(given_, rules_, LOT))
    assert seats_of(first) == seats_of(document(allocate_quota(moved, rules_, LOT)))


@given(any_input(), any_rules(), st.integers(0, 10**6))
@settings(max_examples=examples(40), deadline=None)
def test_numbers_drawn_by_hand_do_as_well(given_: QuotaInput, rules_: QuotaRules, shuffle: int) -> None:
    """A number for every school, pack, district and seat: all adds up, and the second arithmetic agrees."""
    ids = [row.id for row in given_.juniors]
    ids += [*{row.pack for row in given_.juniors if row.pack}, *{row.district for row in given_.juniors}]
    ids += [f"{row.id}#{seat}" for row in given_.seniors for seat in range(1, (row.plan or 0) + 1)]
    order = list(range(1, len(ids) + 1))
    random.Random(shuffle).shuffle(order)
    drawn = numbers_lot([(id_, str(number), id_) for id_, number in zip(ids, order, strict=True)])
    found = allocate_quota(given_, rules_, drawn)
    assert sum(row.seats for row in found.seats) == sum(quota.seats for quota in found.quotas)
    assert check_allocation(document(found)) == []


@pytest.mark.parametrize(
    ("plan", "share", "rounding", "seats"),
    [
        (301, "50%", "down", 150),
        (301, "50%", "up", 151),
        (301, "50%", "half_up", 151),
        (301, "0.499", "half_up", 150),
    ],
)
def test_the_quota_is_share_times_plan_made_whole_as_declared(
    plan: int, share: str, rounding: str, seats: int
) -> None:
    given_ = QuotaInput(YEAR, (replace(senior(1, 0), quota=None, plan=plan),), (junior(1, 10),))
    (quota,) = allocate_quota(given_, rules(share, rounding), LOT).quotas
    assert quota.exact == Fraction(share.rstrip("%")) * plan / (100 if share.endswith("%") else 1)
    assert quota.seats == seats


def test_a_share_of_its_own_goes_before_the_rules() -> None:
    given_ = QuotaInput(
        YEAR, (replace(senior(1, 0), quota=None, plan=100, share=Fraction(7, 10)),), (junior(1, 9),)
    )
    assert table(allocate_quota(given_, rules("50%"), LOT)) == [[70]]


def test_the_share_of_the_year_is_the_one_in_force() -> None:
    steps = [
        {"in_force_from": f"{year}-09-01", "value": value} for year, value in ((2026, "50%"), (2027, "60%"))
    ]
    stepped = rules().model_copy(
        update={"share": rules(share="50%").share.model_validate({"rounding": "down", "versions": steps})}
    )
    given_ = QuotaInput(2027, (replace(senior(1, 0), quota=None, plan=100),), (junior(1, 9),))
    assert table(allocate_quota(given_, stepped, LOT)) == [[60]]
    assert table(allocate_quota(replace(given_, year=2026), stepped, LOT)) == [[50]]
    with pytest.raises(UserError, match="没有现行"):
        allocate_quota(replace(given_, year=2025), stepped, LOT)


def test_without_a_plan_nothing_can_be_shared_out() -> None:
    given_ = QuotaInput(
        YEAR, (replace(senior(1, 0), quota=None, where="book [高中计划] row 2"),), (junior(1, 9),)
    )
    with pytest.raises(UserError, match="没有招生计划数") as refused:
        allocate_quota(given_, rules(), LOT)
    assert refused.value.where == "book [高中计划] row 2"


def test_no_graduates_at_all_is_refused() -> None:
    with pytest.raises(UserError, match="没有毕业生"):
        allocate_quota(problem([5], [0, 0]), rules(), LOT)


def test_a_blank_the_rules_need_is_refused_never_zero() -> None:
    given_ = replace(problem([5], [4, 6]), juniors=(junior(1, 4), junior(2, 6, is_rural=None)))
    assert table(allocate_quota(given_, rules(), LOT)) == [[2, 3]]
    with pytest.raises(UserError, match="是否农村初中"):
        allocate_quota(given_, rules(rural={"coefficient": "1.2"}), LOT)
    with pytest.raises(UserError, match="报考人数"):
        allocate_quota(given_, rules(basis="examinees"), LOT)


def test_seats_stay_inside_the_districts_a_school_serves() -> None:
    juniors = (junior(1, 10), junior(2, 10, district="乙县"), junior(3, 20, district="乙县"))
    given_ = QuotaInput(YEAR, (senior(1, 8), senior(2, 6, districts=("乙县",))), juniors)
    found = allocate_quota(given_, rules(), LOT)
    assert table(found) == [[2, 2, 4], [0, 2, 4]]
    assert {(row.senior, row.id) for row in found.seats} == {
        ("S001", "J001"), ("S001", "J002"), ("S001", "J003"), ("S002", "J002"), ("S002", "J003"),
    }  # fmt: skip


@given(st.integers(1, 200), st.lists(st.integers(1, 200), min_size=2, max_size=8), st.integers(1, 30))
@settings(max_examples=examples(60), deadline=None)
def test_a_rural_coefficient_never_costs_a_rural_school(
    seats: int, graduates: list[int], tenths: int
) -> None:
    """Exact shares of rural schools do not fall when the coefficient rises, so their total falls by less than one each."""
    juniors = tuple(junior(n, count, is_rural=n % 2 == 0) for n, count in enumerate(graduates, 1))
    given_ = QuotaInput(YEAR, (senior(1, seats),), juniors)
    plain = allocate_quota(given_, rules(), LOT).tables[0].task
    tilted = allocate_quota(given_, rules(rural={"coefficient": f"{10 + tenths}/10"}), LOT).tables[0].task
    for place, row in enumerate(juniors):
        change = tilted.column(place) - plain.column(place)
        assert change >= 0 if row.is_rural else change <= 0


def test_a_coefficient_of_its_own_is_a_factor() -> None:
    juniors = (junior(1, 300, coefficient=Fraction(800)), junior(2, 300, coefficient=Fraction(400)))
    assert table(allocate_quota(QuotaInput(YEAR, (senior(1, 9),), juniors), rules(), QuotaLot())) == [[6, 3]]
