"""Arrays laid out by hand are those that Arrow's own converters give, null for null."""

import math
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.data import array_of, arrow_array, arrow_value, numpy_of

KINDS: dict[str, tuple[pa.DataType, st.SearchStrategy[Any]]] = {
    "text": (pa.string(), st.text(max_size=5)),
    "flag": (pa.bool_(), st.booleans()),
    "int32": (pa.int32(), st.integers(-(2**31), 2**31 - 1)),
    "int64": (pa.int64(), st.integers(-(2**63), 2**63 - 1)),
    "double": (pa.float64(), st.floats(allow_nan=False)),
    "day": (pa.date32(), st.dates()),
}


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=examples(60), deadline=None)
def test_values_and_nulls_arrive(kind: str, data: st.DataObject) -> None:
    arrow, cells = KINDS[kind]
    values = data.draw(st.lists(st.none() | cells, max_size=40))
    found = arrow_array(values, arrow)
    found.validate(full=True)
    assert found.type == arrow
    assert found.to_pylist() == values
    assert found.equals(pa.array(values, arrow))


@given(
    st.lists(st.none() | st.floats(allow_nan=False) | st.just(math.nan), max_size=40),
    st.integers(0, 40),
    st.booleans(),
)
@settings(max_examples=examples(60), deadline=None)
def test_numpy_sees_null_as_nan(values: list[float | None], start: int, chunked: bool) -> None:
    array = pa.array(values, pa.float64()).slice(start)
    found = numpy_of(pa.chunked_array([array, array]) if chunked else array)
    expected = [math.nan if value is None else value for value in values[start:]] * (2 if chunked else 1)
    np.testing.assert_array_equal(found, np.array(expected, np.float64))


@given(st.lists(st.none() | st.booleans(), max_size=40), st.integers(0, 40))
@settings(max_examples=examples(60), deadline=None)
def test_numpy_sees_an_unknown_flag_as_false(values: list[bool | None], start: int) -> None:
    found = numpy_of(pa.array(values, pa.bool_()).slice(start))
    assert found.dtype == np.bool_
    assert found.tolist() == [bool(value) for value in values[start:]]


def test_whole_numbers_stay_whole_unless_one_is_absent() -> None:
    assert numpy_of(pa.array([1, 2], pa.int64())).dtype == np.int64
    assert numpy_of(pa.array([1, None], pa.int64())).dtype == np.float64
    assert numpy_of(pa.chunked_array([], pa.int32())).tolist() == []


def test_a_mask_says_what_is_known() -> None:
    found = array_of(np.array([1.5, math.nan, 2.5]), np.array([True, False, True]))
    assert found.to_pylist() == [1.5, None, 2.5]


def test_a_single_value() -> None:
    assert arrow_value("甲", pa.string()).as_py() == "甲"
    assert arrow_value(None, pa.int64()).as_py() is None
    assert arrow_value(date(2024, 2, 29), pa.date32()).as_py() == date(2024, 2, 29)
