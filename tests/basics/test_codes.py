"""Codes: well formed or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.basics import (
    identity_check_character,
    is_identity_number,
    is_region_code,
    is_rural,
    is_school_code,
    urban_town_rural,
)


@pytest.mark.parametrize("code", ["2115000001", "3115000001", "3444123456", "5111000009"])
def test_good_school_codes(code: str) -> None:
    assert is_school_code(code)


@pytest.mark.parametrize(
    "code", ["", "211500001", "21150000011", "9915000001", "2199000001", "21150000a1", "２１15000001"]
)
def test_bad_school_codes(code: str) -> None:
    assert not is_school_code(code)


@pytest.mark.parametrize(
    ("code", "good"),
    [("150102", True), ("150102001", True), ("150102001003", True), ("990102", False), ("1501", False)],
)
def test_region_codes(code: str, good: bool) -> None:
    assert is_region_code(code) is good
    assert not is_region_code("1501020011")  # ten digits are a school's


def test_urban_rural_classes() -> None:
    assert is_rural("220") is True
    assert is_rural("121") is False
    assert is_rural("999") is None
    names = [found.zh for code in ("111", "123", "210") if (found := urban_town_rural(code))]
    assert names == ["城区", "镇区", "乡村"]
    assert urban_town_rural("") is None


def test_identity_numbers_of_the_standard() -> None:
    """GB 11643's own examples."""
    assert is_identity_number("11010519491231002X")
    assert is_identity_number("440524188001010014")
    assert not is_identity_number("440524188001010015")
    assert not is_identity_number("11010519491231002x")


@given(st.from_regex(r"[0-9]{17}", fullmatch=True), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(first_17: str, place: int, change: int) -> None:
    good = first_17 + identity_check_character(first_17)
    assert is_identity_number(good)
    wrong = str((int(good[place]) + change) % 10)
    assert not is_identity_number(good[:place] + wrong + good[place + 1 :])
