from fractions import Fraction

import pytest

from junheng.verification.differences import Tally, first_difference
from junheng.verification.telling import WORDS, Printed, Told, reason


def _where(told: Told, found: object) -> str | None:
    difference = first_difference(told, found, "f", Tally())
    return None if difference is None else difference.where


@pytest.mark.parametrize(
    ("told", "found", "agrees"),
    [
        (3, 3, True),
        (3, 3.0, False),
        (1, True, False),
        (None, 0, False),
        (None, None, True),
        ("met", "met", True),
        (Printed(Fraction(1, 3)), 1 / 3, True),
        (Printed(Fraction(2)), 2, True),
        (Printed(Fraction(1)), 1 + 0.9e-9, True),
        (Printed(Fraction(1)), 1 + 1.1e-9, False),
        (Printed(Fraction(0)), 1e-300, False),
        (Printed(Fraction(0), Fraction(1)), 1e-10, True),
        (Printed(Fraction(1)), None, False),
        (Printed(Fraction(1)), True, False),
        (Printed(Fraction(1)), float("nan"), False),
        (Printed(Fraction(1)), float("inf"), False),
        (WORDS, "缺数据", True),
        (WORDS, "", False),
        (WORDS, None, False),
    ],
)
def test_leaves(told: Told, found: object, agrees: bool) -> None:
    assert (_where(told, found) is None) is agrees


@pytest.mark.parametrize(
    ("found", "where"),
    [
        ({"a": 1, "b": [1, 2]}, None),
        ({"a": 2, "b": [1, 2]}, "f / a"),
        ({"b": [1, 2]}, "f / a"),
        ({"a": 1, "b": [1]}, "f / b / 2"),
        ({"a": 1, "b": [1, 2, 3]}, "f / b / 3"),
        ({"a": 1, "b": "12"}, "f / b"),
        ({"a": 1, "b": [1, 2], "c": 0}, "f / c"),
        ([], "f"),
    ],
)
def test_the_first_difference_is_named(found: object, where: str | None) -> None:
    assert _where({"a": 1, "b": [1, 2]}, found) == where


def test_rows_are_named_by_what_identifies_them() -> None:
    told: Told = [{"school_id": "S1", "stage": "primary", "met": 5}]
    assert _where(told, [{"school_id": "S1", "stage": "primary", "met": 6}]) == "f / S1 primary / met"


def test_both_languages_show_both_answers() -> None:
    difference = first_difference({"v": Printed(Fraction(1, 4))}, {"v": 0.5}, "f", Tally())
    assert difference is not None
    for text in (difference.text().zh, difference.text().en):
        assert "0.5" in text
        assert "0.25" in text


def test_what_was_compared_is_counted() -> None:
    tally = Tally()
    told: Told = {"code": 1, "reasons": [reason("no_pupils")]}
    found = {"code": 1, "reasons": [{"code": "no_pupils", "zh": "无", "en": "none"}]}
    assert first_difference(told, found, "f", tally) is None
    assert tally.figures == 4
