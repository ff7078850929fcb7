"""Rows have one number exactly when they agree in every column asked for."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.data.reading import row_codes as module
from junheng.data.reading.integrity import doubled_rows
from junheng.data.reading.row_codes import row_codes

Row = tuple[int | None, str | None, bool | None]
ROWS = st.lists(
    st.tuples(st.none() | st.integers(0, 2), st.none() | st.sampled_from("ab"), st.none() | st.booleans()),
    max_size=12,
)


def _table(rows: list[Row]) -> pa.Table:
    kinds = (pa.int32(), pa.string(), pa.bool_())
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    return pa.table(
        {name: pa.array(list(cells), kind) for name, cells, kind in zip("xyz", columns, kinds, strict=True)}
    )


@pytest.mark.parametrize("room", [module._ROOM, 4])
@given(rows=ROWS)
@settings(max_examples=examples(100), deadline=None)
def test_equal_rows_and_no_others_share_a_number(room: int, rows: list[Row]) -> None:
    before, module._ROOM = module._ROOM, room
    try:
        codes = row_codes(_table(rows), ["x", "y", "z"]).tolist()
    finally:
        module._ROOM = before
    assert len(codes) == len(rows)
    assert len(set(codes)) == len(set(rows)) == len(set(zip(codes, rows, strict=True)))


@given(rows=ROWS)
@settings(max_examples=examples(100), deadline=None)
def test_doubled_rows_are_those_whose_whole_key_comes_again(rows: list[Row]) -> None:
    keys = [row[:2] for row in rows]
    whole = [key for key in keys if None not in key]
    repeated = [key for key in dict.fromkeys(whole) if whole.count(key) > 1]
    expected = [place for key in repeated for place, other in enumerate(keys) if other == key]
    assert doubled_rows(_table(rows), ["x", "y"]).tolist() == expected
