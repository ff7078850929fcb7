"""The declared rules of cells: what is a number, what is missing, what is neither."""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.data.reading.numbers import (
    MISSING_WORDS,
    is_missing,
    parse_boolean,
    parse_date,
    parse_number,
    parse_year,
)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("860", "", "860"),
        ("８６０", "", "860"),
        ("1,234.5", "", "1234.5"),
        ("１,２３４．５", "", "1234.5"),
        ("12，345", "", "12345"),
        (" 7 ", "", "7"),
        ("-3", "", "-3"),
        ("1.98e6", "", "1980000"),
        ("198万元", "yuan", "1980000"),
        ("198.5 万", "yuan", "1985000"),
        ("0.3亿元", "yuan", "30000000"),
        ("5200㎡", "m2", "5200"),
        ("5200 平方米", "m2", "5200"),
        ("3亩", "m2", "2000"),
        ("45人", "persons", "45"),
        ("24间", "rooms", "24"),
        ("12%", "ratio", "0.12"),
    ],
)
def test_numbers(text: str, unit: str, value: str) -> None:
    assert parse_number(text, unit) == Fraction(value)


@pytest.mark.parametrize(
    "text",
    ["约860", "860左右", "12,34", "1,2345", "三", "1 2 3 x", "5200万元", "1.2.3", "１－２", "0x10", "1_000"],
)
def test_not_numbers(text: str) -> None:
    assert parse_number(text, "m2") is None


def test_a_unit_in_the_cell_wins_over_the_heading() -> None:
    wan = Fraction(10_000)
    assert parse_number("3.2", "yuan", wan) == 32_000
    assert parse_number("3.2元", "yuan", wan) == Fraction("3.2")
    assert parse_number("3.2万元", "yuan", wan) == 32_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "　",
        "-",
        "－",
        "--",
        "—",
        "——",
        "/",
        "无",
        " 无 ",
        "N/A",
        "n/a",
        "NA",
        "null",
        "None",
        "未填",
    ],
)
def test_missing(text: str) -> None:
    assert is_missing(text)


@pytest.mark.parametrize("text", ["0", "０", "无锡", "否", "0.0"])
def test_not_missing(text: str) -> None:
    assert not is_missing(text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_double_reads_back(value: float) -> None:
    assert float(parse_number(repr(value)) or 0) == value


@given(st.integers(0, 10**12))
def test_thousands_separators_change_nothing(value: int) -> None:
    assert parse_number(f"{value:,}") == value


@given(st.text())
def test_any_text_is_a_number_or_not_but_never_an_accident(text: str) -> None:
    found = parse_number(text, "yuan")
    assert found is None or isinstance(found, Fraction)
    assert not (is_missing(text) and found is not None)


@pytest.mark.parametrize("text", ["是", "TRUE", "√", "1", "Y", "有"])
def test_yes(text: str) -> None:
    assert parse_boolean(text) is True


@pytest.mark.parametrize("text", ["否", "false", "×", "0", "n"])
def test_no(text: str) -> None:
    assert parse_boolean(text) is False


def test_neither_yes_nor_no() -> None:
    assert parse_boolean("也许") is None


@pytest.mark.parametrize(
    "text", ["2024-06-30", "2024/6/30", "2024.6.30", "2024年6月30日", "20240630", "2024-06-30 00:00:00"]
)
def test_days(text: str) -> None:
    assert parse_date(text) == date(2024, 6, 30)


@pytest.mark.parametrize("text", ["2024-02-30", "2024-06", "30/6/2024", "45473", "去年"])
def test_not_days(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize("text", ["2024", "2024年", "2024-2025学年", "２０２４"])
def test_years(text: str) -> None:
    assert parse_year(text) == 2024


def test_not_a_year() -> None:
    assert parse_year("今年") is None
    assert parse_year("24") is None


def test_the_manual_names_every_word_for_missing() -> None:
    manual = (Path(__file__).resolve().parents[3] / "docs" / "method" / "input.md").read_text(
        encoding="utf-8"
    )
    named = {word.casefold() for word in re.findall(r"`([^`]+)`", manual)}
    assert set(MISSING_WORDS) - {""} <= named
