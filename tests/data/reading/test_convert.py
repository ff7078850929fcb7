"""Whole columns at once and odd cells one by one give what reading every cell alone would give."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.data import load_dictionary
from junheng.data.reading.cells import cell_text
from junheng.data.reading.convert import convert
from junheng.data.reading.numbers import is_missing, parse_number
from junheng.data.reading.sums import add_up

PUPILS = load_dictionary().column("stage", "pupils")
AREA = load_dictionary().column("premises", "teaching_area_m2")
VALUE = load_dictionary().column("premises", "equipment_value_yuan")
GRADE = load_dictionary().column("class", "grade")
KIND = load_dictionary().column("school", "kind")
CODE = load_dictionary().column("school", "school_id")
COUNTED = load_dictionary().column("school", "is_counted")
DAY = load_dictionary().column("county", "basic_recognised_on")
YEAR = load_dictionary().column("stage", "year")

CELLS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(0, 10**6).map(float),
    st.sampled_from(
        ["", "-", "无", "１２", "1,200", "3万元", "x", "0", "-7", "+5", ".5", "5.", "1e3", "约5", "007"]
    ),
)


@given(st.lists(CELLS, max_size=20), st.sampled_from([1, 10_000, Fraction(2000, 3)]))
def test_a_column_is_its_cells(cells: list[Any], factor: Fraction) -> None:
    found = convert(VALUE, cells, Fraction(factor))
    for index, cell in enumerate(cells):
        text = cell_text(cell)
        exact = (
            Fraction(repr(cell)) * factor
            if isinstance(cell, float)
            else parse_number(text, "yuan", Fraction(factor))
        )
        faulty = any(fault.index == index for fault in found.faults)
        try:
            expected = None if is_missing(text) or exact is None else float(exact)
        except OverflowError:
            expected = None
        assert found.array[index].as_py() == expected
        assert faulty == (expected is None and not is_missing(text))


@given(st.lists(CELLS.map(cell_text), max_size=20))
def test_text_files_and_workbooks_agree(texts: list[str]) -> None:
    odd = [*texts, 0.0]  # one number in the column, and it takes the way of workbooks
    assert convert(AREA, texts).array.to_pylist() == convert(AREA, odd).array.to_pylist()[:-1]


def test_zero_is_zero_and_blank_is_missing() -> None:
    assert convert(PUPILS, [0.0, "", None, "0", "　", "无"]).array.to_pylist() == [
        0,
        None,
        None,
        0,
        None,
        None,
    ]


def test_not_a_finite_number_is_a_fault() -> None:
    found = convert(AREA, [float("nan"), float("inf"), 1.0, ""])
    assert found.array.to_pylist() == [None, None, 1.0, None]
    assert [(fault.index, fault.kind) for fault in found.faults] == [(0, "out_of_range"), (1, "out_of_range")]
    assert convert(PUPILS, [float("nan")]).array.to_pylist() == [None]


@pytest.mark.parametrize(
    ("cell", "value"), [("一年级", 1), ("初一", 7), ("7年级", 7), (8.0, 8), ("高三", 12), ("１", 1)]
)
def test_words_for_grades(cell: object, value: int) -> None:
    assert convert(GRADE, [cell]).array.to_pylist() == [value]


def test_a_sign_is_not_lost_in_a_word() -> None:
    assert convert(GRADE, ["-1", "－１"]).array.to_pylist() == [-1, -1]
    assert convert(KIND, ["-211"]).faults[0].kind == "unknown_value"


@pytest.mark.parametrize(
    ("cell", "value"),
    [("小学", "primary"), ("311", "junior"), (312.0, "nine_year"), (" 完全 中学", "complete_secondary")],
)
def test_words_for_kinds(cell: object, value: str) -> None:
    assert convert(KIND, [cell]).array.to_pylist() == [value]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (2115000001.0, "2115000001"),
        ("２１１５０００００１", "2115000001"),
        ("'2115000001", "2115000001"),
        ("2115000001.0", "2115000001"),
        (" Albion Heights ", "Albion Heights"),
        ("007", "007"),
        (150102001003.0, "150102001003"),
    ],
)
def test_codes(cell: object, code: str) -> None:
    assert convert(CODE, [cell]).array.to_pylist() == [code]


@pytest.mark.parametrize("cell", ["2.115E+09", "2e+9", 1.5010200100312345e17])
def test_codes_that_lost_digits(cell: object) -> None:
    found = convert(CODE, [cell])
    assert found.array.to_pylist() == [None]
    assert found.faults[0].kind == "code_damaged"


def test_yes_no_days_and_years() -> None:
    assert convert(COUNTED, [True, "否", 1.0, "", "？"]).array.to_pylist() == [True, False, True, None, None]
    day = date(2016, 12, 1)
    midnight = datetime.fromisoformat("2016-12-01")
    assert convert(DAY, [day, midnight, "2016年12月1日", 20161201.0]).array.to_pylist() == [day] * 4
    assert convert(YEAR, [2024.0, "2024-2025学年", "", "今年"]).array.to_pylist() == [2024, 2024, None, None]


@given(
    st.lists(st.tuples(st.none() | st.floats(0, 1e6), st.none() | st.floats(0, 1e6)), min_size=1, max_size=9)
)
def test_sums_are_exact_and_never_half(pairs: list[tuple[float | None, float | None]]) -> None:
    parts = [convert(AREA, ["" if pair[side] is None else pair[side] for pair in pairs]) for side in (0, 1)]
    total, raw = add_up(AREA, parts)
    for index, (one, other) in enumerate(pairs):
        expected = (
            None if one is None or other is None else float(Fraction(repr(one)) + Fraction(repr(other)))
        )
        assert total[index].as_py() == expected
        assert " + " in raw[index].as_py()
