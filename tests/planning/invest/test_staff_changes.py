"""Hiring, training and moving: one person is one person, and the columns of education add up."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.planning.invest.staff_changes import above_columns, having, join, lacking, leave, train

R1, R2, R3 = (
    "teachers_above_required_education_per_100",
    "backbone_teachers_per_100",
    "pe_and_arts_teachers_per_100",
)
PRIMARY = above_columns(["doctor", "master", "bachelor", "associate", "pupils"])
JUNIOR = above_columns(["doctor", "master", "bachelor"])
EDUCATION = ("doctor", "master", "bachelor", "associate", "secondary_or_below")
Row = dict[str, Any]


def row(**changes: Any) -> Row:
    plain = {
        "full_time": 20,
        "doctor": 0,
        "master": 1,
        "bachelor": 10,
        "associate": 6,
        "secondary_or_below": 3,
    }
    return {**plain, "backbone": 4, "pe": 1, "music": 1, "art": 0, "arts": 0, "certified": 20} | changes


def test_above_requirement_by_stage() -> None:
    assert PRIMARY == ("doctor", "master", "bachelor", "associate")
    assert JUNIOR == ("doctor", "master", "bachelor")
    assert having(row(), R1, PRIMARY) == 17
    assert having(row(), R1, JUNIOR) == 11
    assert lacking(row(), R1, JUNIOR) == 9


def test_hiring_one_person_of_three_kinds() -> None:
    found = row()
    join(found, [R1, R2, R3], 2, PRIMARY)
    assert found == row(full_time=22, bachelor=12, backbone=6, pe=3, certified=None)


def test_hiring_below_requirement() -> None:
    """A PE teacher without the education above requirement: the highest column that is not above it."""
    found = row()
    join(found, [R3], 1, PRIMARY)
    assert found == row(full_time=21, secondary_or_below=4, pe=2, certified=None)
    found = row()
    join(found, [R3], 1, JUNIOR)
    assert found == row(full_time=21, associate=7, pe=2, certified=None)


def test_training_adds_nobody() -> None:
    found = row()
    train(found, R1, 7, JUNIOR)  # six associates, then one of the others
    assert found == row(bachelor=17, associate=0, secondary_or_below=2)
    train(found, R2, 3, JUNIOR)
    assert found["backbone"] == 7
    assert found["full_time"] == 20


def test_leaving_takes_the_next_column() -> None:
    found = row(pe=0)
    leave(found, [R1, R3], 1, PRIMARY)
    assert found == row(full_time=19, bachelor=9, pe=0, music=0, certified=None)


def test_nobody_leaves_who_is_not_there() -> None:
    with pytest.raises(ValueError, match="2 persons too few"):
        leave(row(), [R3], 5, PRIMARY)


def test_absent_stays_absent() -> None:
    found = row(secondary_or_below=None)
    join(found, [R2], 1, PRIMARY)
    assert found["secondary_or_below"] is None
    assert having(row(backbone=None), R2, PRIMARY) is None
    assert lacking(row(full_time=None), R2, PRIMARY) is None


@settings(max_examples=examples(60))
@given(
    st.lists(st.tuples(st.sets(st.sampled_from([R1, R2, R3])), st.integers(1, 9)), max_size=6),
    st.sampled_from([PRIMARY, JUNIOR]),
)
def test_education_always_adds_up(hires: list[tuple[set[str], int]], above: tuple[str, ...]) -> None:
    found = row()
    for kinds, persons in hires:
        join(found, kinds, persons, above)
    assert sum(found[column] for column in EDUCATION) == found["full_time"]
    for kind in (R1, R2, R3):
        gained = sum(persons for kinds, persons in hires if kind in kinds)
        assert having(found, kind, above) == (having(row(), kind, above) or 0) + gained
    for kinds, persons in reversed(hires):
        leave(found, kinds, persons, above)
    assert {column: found[column] for column in ("full_time", "backbone", "pe")} == {
        "full_time": 20,
        "backbone": 4,
        "pe": 1,
    }
    assert sum(found[column] for column in EDUCATION) == 20
