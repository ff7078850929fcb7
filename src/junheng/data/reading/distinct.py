"""Rows that repeat one thing (a school on each of its stage rows) reduced to one, if they agree."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from junheng.basics import Text, UserError
from junheng.data.arrays import array_of
from junheng.data.dictionary import TableSpec
from junheng.data.reading.integrity import doubled_rows, places
from junheng.data.reading.row_codes import row_codes
from junheng.data.tables import ROW_COLUMN, SOURCE_COLUMN, Source


def keep_first(
    spec: TableSpec, table: pa.Table, raw: pa.Table, sources: Sequence[Source]
) -> tuple[pa.Table, pa.Table]:
    """The first row of every key, of ``table`` and of ``raw`` alike.

    Raises UserError when two rows of one key differ: there is no telling which is right.
    """
    key = ["year", *spec.key]
    if not len(doubled_rows(table, key)):
        return table, raw
    compared = [name for name in table.column_names if name not in (SOURCE_COLUMN, ROW_COLUMN)]
    at = np.sort(np.unique(row_codes(table, compared), return_index=True)[1])
    first = array_of(at)
    doubled = doubled_rows(table.take(first), key)
    if len(doubled):
        raise _differing(spec, table, np.sort(at[doubled]), sources)
    return table.take(first), raw.take(first) if raw.num_columns else raw


def _differing(
    spec: TableSpec,
    table: pa.Table,
    rows: np.ndarray[tuple[int], np.dtype[np.int64]],
    sources: Sequence[Source],
) -> UserError:
    one, other = (table.slice(int(row), 1).to_pylist()[0] for row in rows[:2])
    columns = [column.heading for column in spec.columns.values() if one[column.name] != other[column.name]]
    return UserError(
        Text(
            f"“{spec.sheet.zh}”的同一对象在不同行填得不一样：{'、'.join(name.zh for name in columns)}",
            f"{spec.sheet.en}: rows about the same thing differ in {', '.join(name.en for name in columns)}",
        ),
        where=places(table, rows, sources),
        why=Text("无法判断应采用哪一行", "there is no telling which counts"),
        fix=Text("请使这些行一致", "make the rows agree"),
    )
