"""Identity and student numbers: the check, slips, and that no slip passes it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import is_identity_number
from junheng.enrolment.numbers import (
    completed,
    is_one_wrong,
    is_sound,
    is_student_number,
    is_swapped,
    one_slip_away,
    packed,
)

NUMBERS = st.text("0123456789", min_size=17, max_size=17).map(completed)


def test_the_published_example_of_the_standard() -> None:
    """GB 11643's own example ends in X."""
    assert completed("11010519491231002") == "11010519491231002X"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("G11010519491231002X", True),
        ("G110105194912310021", False),
        ("J" + completed("11010520150908001"), True),
        ("J" + completed("11010520151308001"), False),  # no thirteenth month
        ("L110105201509081234", True),
        ("L110105201513081234", False),
        ("X110105201509081234", False),
        ("11010519491231002X", False),
    ],
)
def test_student_numbers(number: str, expected: bool) -> None:
    assert is_student_number(number) is expected


@given(NUMBERS)
@settings(max_examples=examples(20), deadline=None)
def test_no_number_one_slip_from_a_sound_one_is_sound(number: str) -> None:
    codes = np.array([packed(number)])
    assert is_sound(codes).all()
    near, origin = one_slip_away(codes)
    assert not is_sound(near).any()
    assert set(origin.tolist()) == {0}


@given(NUMBERS, st.integers(0, 16), st.integers(1, 9))
@settings(max_examples=examples(30), deadline=None)
def test_slips_are_found_again(number: str, place: int, step: int) -> None:
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert is_one_wrong(number, wrong)
    assert not is_identity_number(wrong)
    assert packed(number) in one_slip_away(np.array([packed(wrong)]))[0]
    if place < 16 and number[place] != number[place + 1]:
        swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        assert is_swapped(number, swapped)
        assert packed(number) in one_slip_away(np.array([packed(swapped)]))[0]


def test_what_has_not_the_shape_has_no_code() -> None:
    assert [packed(text) for text in ("", "1234", "1101051949123100XX")] == [-1, -1, -1]
    assert not is_sound(np.array([-1])).any()
