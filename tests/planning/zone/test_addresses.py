"""Door numbers: read as bureaus write them, joined by zone, gaps and double claims found on each side."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.planning.zone.addresses import address_faults, address_list, claims, readable


def _block(key: str, numbers: str, street: str = "一路", community: str = "一居") -> dict[str, object]:
    return {"id": key, "addresses": [{"street": street, "numbers": numbers, "community": community}]}


def _claimed(numbers: str) -> list[tuple[str, int, int, int | None]]:
    return [(c.street[1], c.side, c.low, c.high) for c in claims(_block("A", numbers))]


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ("1-9", [("", 1, 1, 9), ("", 0, 2, 8)]),
        ("1-99单", [("", 1, 1, 99)]),
        ("单号1至99号", [("", 1, 1, 99)]),
        ("2—100（双号）", [("", 0, 2, 100)]),
        ("5", [("", 1, 5, 5)]),
        ("3、7号，12", [("", 1, 3, 3), ("", 1, 7, 7), ("", 0, 12, 12)]),
        ("201以上单", [("", 1, 201, None)]),
        ("201号以上", [("", 1, 201, None), ("", 0, 202, None)]),
        ("12弄", [("弄", 0, 12, 12)]),
        ("全部", [("", 1, 1, None), ("", 0, 2, None)]),
        ("", [("", 1, 1, None), ("", 0, 2, None)]),
    ],
)
def test_numbers_as_bureaus_write_them(numbers: str, found: list[tuple[str, int, int, int | None]]) -> None:
    assert readable(numbers)
    assert _claimed(numbers) == found


@pytest.mark.parametrize(
    "numbers", ["从头到尾", "99-1", "单1-9双", "1-9-12", "甲", "12号501", "1 502", "第1号第3号"]
)
def test_what_is_not_understood(numbers: str) -> None:
    assert not readable(numbers)


def test_a_number_claimed_twice_on_one_side() -> None:
    found = address_faults([_block("A", "1-99单"), _block("B", "51-149单"), _block("C", "2-98双")])
    assert found == [
        {"fault": "double", "street": "一路", "side": "odd", "low": 51, "high": 99, "blocks": ["A", "B"]}
    ]


def test_odd_and_even_sides_do_not_clash() -> None:
    assert address_faults([_block("A", "1-99单"), _block("B", "2-100双")]) == []


def test_a_gap_between_two_claims_is_found_on_its_side_only() -> None:
    found = address_faults([_block("A", "1-99"), _block("B", "111-200单"), _block("C", "100-200双")])
    assert found == [
        {"fault": "gap", "street": "一路", "side": "odd", "low": 101, "high": 109, "blocks": ["A", "B"]}
    ]


def test_a_side_nobody_claims_and_a_block_without_addresses() -> None:
    found = address_faults([_block("A", "1-99单"), {"id": "B", "addresses": []}])
    assert found == [
        {"fault": "none", "blocks": ["B"]},
        {"fault": "side", "street": "一路", "side": "even", "blocks": ["A"]},
    ]


def test_a_wide_claim_clashes_with_all_inside_it() -> None:
    doubles = address_faults([_block("A", "1-999单"), _block("B", "11-21单"), _block("C", "31-41单")])
    assert [(r["low"], r["high"], r["blocks"]) for r in doubles if r["fault"] == "double"] == [
        (11, 21, ["A", "B"]),
        (31, 41, ["A", "C"]),
    ]


def test_two_whole_streets_of_one_name_clash_without_end() -> None:
    found = address_faults([_block("A", "全部"), _block("B", "全部")])
    assert [(row["side"], row["low"], "high" in row) for row in found] == [
        ("even", 2, False),
        ("odd", 1, False),
    ]


def test_the_list_joins_neighbouring_ranges_of_a_zone() -> None:
    blocks = [
        _block("A", "1-200"),
        _block("B", "201-400"),
        _block("C", "401-499单"),
        _block("D", "全部", "二路"),
    ]
    zones = {"A": "Z", "B": "Z", "C": "Y", "D": "Z"}
    assert address_list(blocks, zones) == [
        {"zone": "Y", "street": "一路", "numbers": "单号401-499", "community": "一居"},
        {"zone": "Z", "street": "一路", "numbers": "1-400", "community": "一居"},
        {"zone": "Z", "street": "二路", "numbers": "全部", "community": "一居"},
    ]


def test_communities_stay_apart_and_blocks_without_zone_are_left_out() -> None:
    blocks = [_block("A", "1-9"), _block("B", "10-20", community="二居"), _block("C", "21-30")]
    assert [row["community"] for row in address_list(blocks, {"A": "Z", "B": "Z"})] == ["一居", "二居"]


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 20)), min_size=1, max_size=6))
@settings(max_examples=examples(60), deadline=None)
def test_doubles_and_gaps_agree_with_counting_every_door(ranges: list[tuple[int, int]]) -> None:
    blocks = [_block(f"B{at}", f"{low}-{low + more}") for at, (low, more) in enumerate(ranges)]
    holders = {
        n: [f"B{at}" for at, (low, more) in enumerate(ranges) if low <= n <= low + more] for n in range(90)
    }
    found = address_faults(blocks)
    doubles = {n for row in found if row["fault"] == "double" for n in range(row["low"], row["high"] + 1, 2)}
    assert doubles == {n for n, who in holders.items() if len(who) > 1}
    gaps = {n for row in found if row["fault"] == "gap" for n in range(row["low"], row["high"] + 1, 2)}
    for side in (0, 1):
        claimed = [n for n, who in holders.items() if who and n % 2 == side]
        if claimed:
            between = {n for n in range(min(claimed), max(claimed)) if n % 2 == side and not holders[n]}
            assert {n for n in gaps if n % 2 == side} == between
    assert all(set(row["blocks"]) <= {b for who in holders.values() for b in who} for row in found)
