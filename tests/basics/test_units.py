"""Units: found by their words, converted exactly."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.basics import UNITS, convert_exactly, find_unit, is_unit


@pytest.mark.parametrize(
    ("word", "base", "code"),
    [
        ("万元", "yuan", "wan_yuan"),
        ("单位：万元", "yuan", "wan_yuan"),
        ("万", "yuan", "wan_yuan"),
        ("㎡", "m2", "m2"),
        ("m²", "m2", "m2"),
        ("平方米", "m2", "m2"),
        ("亩", "m2", "mu"),
        ("FT2", "m2", "ft2"),
        ("个", "classes", "classes"),
        ("个", "rooms", "rooms"),
        ("％", "ratio", "percent"),
    ],
)
def test_a_word_names_a_unit(word: str, base: str, code: str) -> None:
    found = find_unit(word, base)
    assert found is not None
    assert found.code == code


def test_a_unit_of_another_kind_is_not_found() -> None:
    assert find_unit("万元", "m2") is None
    assert find_unit("斤", "m2") is None
    assert is_unit("万元")
    assert not is_unit("机构")


def test_known_factors() -> None:
    assert UNITS["mu"].factor * 3 == 2000
    assert UNITS["acre"].factor == Fraction("4046.8564224")
    assert UNITS["ft2"].factor == Fraction("0.09290304")
    assert UNITS["ft2"].factor * 43560 == UNITS["acre"].factor


@pytest.mark.parametrize("code", UNITS)
def test_every_unit_has_both_names_and_a_base(code: str) -> None:
    unit = UNITS[code]
    assert unit.name.zh
    assert unit.name.en
    assert UNITS[unit.base].factor == 1
    assert unit.factor > 0


def test_conversion_rounds_once() -> None:
    assert 4.35 * 100 != 435.0  # what a plain product would give
    assert convert_exactly(4.35, Fraction(100)) == 435.0


@given(st.decimals(min_value=0, max_value=10**7, places=4), st.sampled_from(["wan_yuan", "mu", "acre"]))
def test_conversion_is_the_nearest_double(value: object, code: str) -> None:
    number = float(str(value))
    exact = Fraction(repr(number)) * UNITS[code].factor
    assert convert_exactly(number, UNITS[code].factor) == exact.numerator / exact.denominator
