"""Promises, packs of small schools, two levels, direct seats in groups, and seats dealt by lot."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.admissions.quota.made_problem import LOT, YEAR, document, junior, problem, rules, senior, table
from tests.effort import examples

from junheng.admissions import QuotaInput, QuotaLot, allocate_quota, check_allocation
from junheng.admissions.quota.lot import numbers_lot
from junheng.admissions.quota.problem import Senior
from junheng.admissions.quota.shares import lifted
from junheng.basics import UserError

ONE_EACH = {"seats": 1, "of": "total"}
TWO_LEVELS = {
    "levels": 2,
    "districts": {"totals": "largest_remainder", "cells": "separate"},
    "schools": {"totals": "largest_remainder", "cells": "deal"},
}


def test_the_promise_lifts_the_small_and_lowers_the_rest() -> None:
    """Shares 9.3, 0.3, 0.2, 0.2 of 10: three schools are lifted to one, the large one keeps the other seven."""
    given_ = problem([10], [93, 3, 2, 2])
    assert table(allocate_quota(given_, rules(), QuotaLot())) == [[10, 0, 0, 0]]
    assert table(allocate_quota(given_, rules(minimum=ONE_EACH), QuotaLot())) == [[7, 1, 1, 1]]


def test_the_promise_may_be_for_rural_schools_only() -> None:
    juniors = (junior(1, 93), junior(2, 3, is_rural=True), junior(3, 2), junior(4, 2, is_rural=True))
    given_ = QuotaInput(YEAR, (senior(1, 10),), juniors)
    found = table(allocate_quota(given_, rules(minimum={**ONE_EACH, "schools": "rural"}), QuotaLot()))
    assert found == [[8, 1, 0, 1]]


def test_a_school_without_graduates_is_promised_nothing() -> None:
    assert table(allocate_quota(problem([3], [9, 1, 0]), rules(minimum=ONE_EACH), QuotaLot())) == [[2, 1, 0]]


def test_a_promise_that_cannot_be_kept_is_refused_by_name() -> None:
    with pytest.raises(UserError, match="不够 4 所学校每所至少 1 个"):
        allocate_quota(problem([3], [93, 3, 2, 2]), rules(minimum=ONE_EACH), LOT)


def test_each_senior_school_may_have_to_give_one() -> None:
    each = {
        "minimum": {"seats": 1, "of": "each"},
        "schools": {"totals": "largest_remainder", "cells": "separate"},
    }
    found = table(allocate_quota(problem([10, 5], [93, 3, 2, 2]), rules(**each), QuotaLot()))
    assert found == [[7, 1, 1, 1], [2, 1, 1, 1]]


@given(st.lists(st.integers(1, 500), min_size=1, max_size=9), st.integers(1, 3), st.integers(0, 60))
@settings(max_examples=examples(80), deadline=None)
def test_lifted_shares_keep_sum_promise_and_proportion(weights: list[int], least: int, more: int) -> None:
    seats = least * len(weights) + more
    shares = tuple(Fraction(seats * weight, sum(weights)) for weight in weights)
    found = lifted(shares, range(len(weights)), least, "here")
    assert sum(found) == seats
    assert min(found) >= least
    above = [(share, weight) for share, weight in zip(found, weights, strict=True) if share > least]
    assert len({share / weight for share, weight in above}) <= 1
    assert all(share <= old or share == least for share, old in zip(found, shares, strict=True))


@given(
    st.lists(st.integers(1, 300), min_size=2, max_size=8),
    st.lists(st.integers(0, 60), min_size=1, max_size=4),
    st.sampled_from(["controlled", "deal", "floor_then_deal"]),
    st.sampled_from(["largest_remainder", "lot"]),
)
@settings(max_examples=examples(60), deadline=None)
def test_the_promise_holds_in_every_table(
    graduates: list[int], seats: list[int], cells: str, totals: str
) -> None:
    """Every school has its one seat in total, rows stay exact, and the second arithmetic agrees."""
    seats = [*seats, len(graduates)]  # enough in all for one each
    rules_ = rules(minimum=ONE_EACH, schools={"totals": totals, "cells": cells})
    found = allocate_quota(problem(seats, graduates), rules_, LOT)
    assert [sum(row) for row in table(found)] == seats
    assert min(sum(column) for column in zip(*table(found), strict=True)) >= 1
    assert check_allocation(document(found)) == []


def test_packed_schools_share_seats_by_largest_remainder_inside() -> None:
    """Shares 4.65, 4.45 and 0.31, 0.30, 0.29: alone the small ones get nothing, together (0.9) one seat."""
    small = [junior(n, count, pack="山区组") for n, count in ((3, 31), (4, 30), (5, 29))]
    given_ = QuotaInput(YEAR, (senior(1, 10),), (junior(1, 465), junior(2, 445), *small))
    assert table(allocate_quota(given_, rules(), QuotaLot())) == [[5, 4, 1, 0, 0]]
    alone = replace(given_, juniors=tuple(replace(row, pack="") for row in given_.juniors))
    assert table(allocate_quota(alone, rules(), QuotaLot())) == [[5, 5, 0, 0, 0]]


def test_an_open_pack_keeps_its_seats_together() -> None:
    small = [junior(n, count, pack="山区组", is_rural=True) for n, count in ((2, 45), (3, 45), (4, 45))]
    given_ = QuotaInput(YEAR, (senior(1, 10),), (junior(1, 365), *small))
    found = allocate_quota(given_, rules(packs={"inside": "open"}), QuotaLot())
    assert [(row.kind, row.id, row.seats, row.is_rural) for row in found.seats] == [
        ("school", "J001", 7, False),
        ("pack", "山区组", 3, True),
    ]


def test_a_pack_may_not_lie_in_two_districts() -> None:
    juniors = (junior(1, 9, pack="组"), junior(2, 9, pack="组", district="乙县", where="row 3"))
    with pytest.raises(UserError, match="跨了区县") as refused:
        allocate_quota(QuotaInput(YEAR, (senior(1, 4),), juniors), rules(), LOT)
    assert refused.value.where == "row 3"


def _city() -> QuotaInput:
    juniors = [junior(n, 100, district="甲区") for n in (1, 2, 3)] + [
        junior(n, 100, district="乙县") for n in (4, 5)
    ]
    seniors = (
        senior(1, 15, level="city"),
        senior(2, 10, level="city"),
        senior(3, 6, level="district", districts=("乙县",)),
    )
    return QuotaInput(YEAR, seniors, tuple(juniors))


def test_two_levels_go_through_the_districts() -> None:
    """15 and 10 seats go to the districts 9 : 6 and 6 : 4; there 15 and 10 are packed and dealt, 5 to each school."""
    found = allocate_quota(_city(), rules(**TWO_LEVELS), LOT)
    names = [filled.task.id for filled in found.tables]
    assert names == ["districts:S001", "districts:S002", "city:甲区", "city:乙县", "schools"]
    assert [filled.seats for filled in found.tables[:2]] == [((9, 6),), ((6, 4),)]
    seats = table(found)
    assert [sum(row[:3]) for row in seats] == [9, 6, 0]
    assert [row[place] + other[place] for row, other in [seats[:2]] for place in range(5)] == [5] * 5
    assert seats[2] == [0, 0, 0, 3, 3]


def test_two_levels_need_to_know_whose_every_school_is() -> None:
    blank = replace(_city(), seniors=(replace(_city().seniors[0], level=None, where="row 2"),))
    with pytest.raises(UserError, match="没有填层级") as refused:
        allocate_quota(blank, rules(**TWO_LEVELS), LOT)
    assert refused.value.where == "row 2"


def test_dealt_seats_follow_the_numbers_drawn() -> None:
    """Two seats of each school for two schools of two places: drawn order S2, S1, S1, S2, places by code."""
    way = {"schools": {"totals": "largest_remainder", "cells": "deal"}}
    drawn = numbers_lot(
        [("S002#1", "1", "a"), ("S001#1", "2", "b"), ("S001#2", "3", "c"), ("S002#2", "4", "d")]
    )
    assert table(allocate_quota(problem([2, 2], [7, 7]), rules(**way), drawn)) == [[1, 1], [1, 1]]
    swapped = numbers_lot(
        [("S002#1", "1", "a"), ("S002#2", "2", "b"), ("S001#2", "3", "c"), ("S001#1", "4", "d")]
    )
    assert table(allocate_quota(problem([2, 2], [7, 7]), rules(**way), swapped)) == [[0, 2], [2, 0]]


def test_whole_parts_first_then_the_lot() -> None:
    """Harbin's way: shares 2½, 2½ / 1½, 1½: the whole parts stand, only one seat of each senior school is drawn."""
    way = {"schools": {"totals": "largest_remainder", "cells": "floor_then_deal"}}
    drawn = numbers_lot([("S002#1", "1", "a"), ("S001#1", "2", "b")])
    assert table(allocate_quota(problem([5, 3], [7, 7]), rules(**way), drawn)) == [[2, 3], [2, 1]]
    with pytest.raises(UserError, match="缺少 2 个抽签号码"):
        allocate_quota(problem([5, 3], [7, 7]), rules(**way), numbers_lot([("X", "1", "a")]))


def _group() -> QuotaInput:
    juniors = (
        junior(1, 100, examinees=95, group="一中集团", is_rural=True),
        junior(2, 100, examinees=60, group="一中集团", is_below_average=False),
        junior(3, 100, examinees=200, is_rural=True),
    )
    return QuotaInput(YEAR, (senior(1, 30, group="一中集团"),), juniors)


def test_direct_seats_at_thirty_to_one() -> None:
    """95 examinees of the rural member give 3 seats at 30 : 1, rounded down; 27 are left for all in proportion."""
    direct = {"examinees_per_seat": 30, "rounding": "down", "members": "rural"}
    found = allocate_quota(_group(), rules(direct=direct), QuotaLot())
    assert [(row.junior, row.exact, row.seats) for row in found.direct] == [("J001", Fraction(95, 30), 3)]
    assert [(row.direct, row.general) for row in found.seats] == [(3, 9), (0, 9), (0, 9)]
    assert (found.quotas[0].direct, found.quotas[0].general) == (3, 27)


def test_direct_seats_may_not_exceed_the_quota_nor_have_two_givers() -> None:
    direct = {"examinees_per_seat": 2, "rounding": "up", "members": "rural"}
    with pytest.raises(UserError, match="多于"):
        allocate_quota(_group(), rules(direct=direct), LOT)
    two = replace(_group(), seniors=(*_group().seniors, Senior("S009", "高中9", quota=5, group="一中集团")))
    with pytest.raises(UserError, match="有两所高中"):
        allocate_quota(two, rules(direct=direct), LOT)


def test_direct_seats_nobody_could_use_are_refused() -> None:
    packed = replace(_group(), juniors=tuple(replace(row, pack="组") for row in _group().juniors))
    direct = {"examinees_per_seat": 30, "rounding": "down", "members": "rural"}
    with pytest.raises(UserError, match="共同竞争的合并组"):
        allocate_quota(packed, rules(direct=direct, packs={"inside": "open"}), LOT)
    found = allocate_quota(packed, rules(direct=direct), LOT)
    assert [row.direct for row in found.seats] == [3, 0, 0]
    assert check_allocation(document(found)) == []


def test_a_blank_of_a_group_member_is_refused() -> None:
    members = {"examinees_per_seat": 30, "rounding": "down", "members": "rural_or_below_average"}
    unknown = replace(_group(), juniors=(replace(_group().juniors[1], is_below_average=None),))
    with pytest.raises(UserError, match="是否低于平均"):
        allocate_quota(unknown, rules(direct=members), LOT)
