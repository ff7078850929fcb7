"""Overlaps, holes, lapses of a zone table; plain counting over every house number agrees."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.admissions.zones.rows import DAY, community, road, table
from tests.effort import examples

from junheng.admissions import ZoneRow, check_zone_table
from junheng.data.books import Place


def kinds(*rows: ZoneRow) -> list[str]:
    return [fault.kind for fault in check_zone_table(table(*rows))]


def test_a_sound_table_has_no_fault() -> None:
    sides = [road("A", "北街", 1, 99, side="odd"), road("B", "北街", 2, 98, side="even")]
    assert kinds(*sides, road("C", "北街", 100, None), community("D", "甲村")) == []


def test_overlaps_name_rows_and_number() -> None:
    first = road("A", "北街", 1, 21, side="odd", place=Place("z.xlsx", "片区表", 3))
    second = road("B", "北街", 20, 40, place=Place("z.xlsx", "片区表", 9))
    found = check_zone_table(table(first, second))
    assert [fault.kind for fault in found if fault.kind == "overlap"] == ["overlap"]
    assert "北街 21 号" in found[0].what.zh
    assert found[0].where == "z.xlsx [片区表] 第 3 行 row 3; z.xlsx [片区表] 第 9 行 row 9"


def test_sides_towns_units_and_dates_keep_rows_apart() -> None:
    assert kinds(road("A", "北街", 1, 9, side="odd"), road("B", "北街", 2, 8, side="even")) == []
    assert kinds(road("A", "北街", 1, 9, town="甲镇"), road("B", "北街", 1, 9, town="乙镇")) == []
    assert kinds(road("A", "北街", 1, 9), road("B", "北街", 1, 9, units=("lane",))) == []
    until = road("A", "北街", 1, 9, valid_to=date(2027, 8, 31))
    assert kinds(until, road("B", "北街", 1, 9, valid_from=date(2027, 9, 1))) == []
    assert kinds(until, road("B", "北街", 1, 9, valid_from=date(2027, 8, 31))) == ["overlap"]


def test_one_community_in_two_zones_overlaps() -> None:
    assert kinds(community("A", "甲村"), community("B", "甲村")) == ["overlap"]


def test_holes_are_told_by_side() -> None:
    found = check_zone_table(
        table(road("A", "北街", 1, 21, side="odd"), road("A", "北街", 31, 41, side="odd"))
    )
    assert [fault.kind for fault in found] == ["hole"]
    assert "北街 23–29 单号" in found[0].what.zh


def test_a_zone_that_lapses_is_told() -> None:
    assert kinds(community("A", "甲村", valid_to=date(2027, 8, 31))) == ["lapse"]


def test_rows_of_a_zone_must_name_the_same_schools() -> None:
    assert kinds(road("A", "北街", 1, 9, schools=("S1",)), road("A", "南街", 1, 9, schools=("S2",))) == [
        "schools_differ"
    ]


_ROWS = st.lists(
    st.tuples(
        st.sampled_from("AB"),
        st.one_of(st.none(), st.integers(1, 24)),
        st.integers(0, 12),
        st.booleans(),
        st.sampled_from(["odd", "even", "all"]),
    ),
    min_size=1,
    max_size=5,
)


@given(_ROWS)
@settings(max_examples=examples(120))
def test_overlaps_and_holes_agree_with_counting_every_number(
    given_rows: list[tuple[str, int | None, int, bool, str]],
) -> None:
    rows = [
        road(zone, "北街", first, None if is_open else (first or 1) + length, side=side)
        for zone, first, length, is_open, side in given_rows
    ]
    found = check_zone_table(table(*rows))
    holders = {number: {row.zone for row in rows if row.has_number(number)} for number in range(1, 60)}
    assert any(len(zones) > 1 for zones in holders.values()) == any(f.kind == "overlap" for f in found)
    assert _has_hole(rows) == any(f.kind == "hole" for f in found)


def _has_hole(rows: list[ZoneRow]) -> bool:
    """A number between two covered ones of its side that nobody covers."""
    for odd in (0, 1):
        covered = [any(row.has_number(n) for row in rows) for n in range(1, 60) if n % 2 == odd]
        if True in covered:
            first, last = covered.index(True), len(covered) - 1 - covered[::-1].index(True)
            if False in covered[first:last]:
                return True
    return False


def test_days_before_a_zone_begins_do_not_count() -> None:
    late = road("A", "北街", 31, 41, side="odd", valid_from=date(2028, 1, 1))
    found = check_zone_table(table(road("A", "北街", 1, 21, side="odd"), late))
    assert [fault.kind for fault in found] == ["hole"]
    assert "2028-01-01" in found[0].what.zh
    assert date(2028, 1, 1) > DAY
