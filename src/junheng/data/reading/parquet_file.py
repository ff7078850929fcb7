"""Reading Parquet with canonical (or Chinese) column names: types are cast, never guessed at."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from junheng.basics import Text
from junheng.data.arrays import arrow_value
from junheng.data.dictionary import ColumnSpec, TableSpec
from junheng.data.reading.convert import arrow_type, convert
from junheng.data.reading.faults import unknown_column
from junheng.data.reading.grid import Grid, column_letter
from junheng.data.reading.guards import check_parquet_rows, refuse
from junheng.data.reading.headings import Match, match_headings
from junheng.data.reading.part import Part, require_columns
from junheng.data.tables import ROW_COLUMN, SOURCE_COLUMN, Source, SourceColumn


def read_parquet_table(path: Path, name: str) -> pa.Table:
    """The whole file as an Arrow table. Raises UserError when it is truncated, damaged or no Parquet."""
    try:
        check_parquet_rows(pq.read_metadata(path).num_rows, path.stat().st_size, name)
        found = pq.read_table(path, partitioning=None)
        found.validate(full=True)  # a text that is no UTF-8 would fail much later
        return found
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        raise refuse(
            Text("Parquet 文件不完整或已损坏", "the Parquet file is truncated or damaged"),
            name,
            Text("请重新导出或重新传送", "export it or transfer it again"),
        ) from error


def read_parquet(path: Path, name: str, table: TableSpec, year: int | None) -> Part:
    """One Parquet file as rows of ``table``. It has no raw texts: its values are typed already."""
    stored = read_parquet_table(path, name)
    matches, unknown = match_headings(table.name, stored.column_names, name)
    require_columns(table, stored.column_names, matches, unknown, name)
    grid = Grid(name, "", [])
    strangers = tuple(
        unknown_column(table.name, stored.column_names[index], grid, 0, index)
        for index in unknown
        if stored.column_names[index] not in (SOURCE_COLUMN, ROW_COLUMN)
    )
    data = {match.column.name: _cast(stored.column(match.index), match, name) for match in matches}
    sources = {match.column.name: (_source(match),) for match in matches}
    rows = np.arange(1, stored.num_rows + 1, dtype=np.int32)
    return Part(table, data, {}, rows, Source(table.name, name, "", sources), year, strangers)


def _source(match: Match) -> SourceColumn:
    return SourceColumn(match.heading, column_letter(match.index), match.unit or match.column.unit)


def _cast(column: pa.ChunkedArray, match: Match, name: str) -> pa.Array:
    """Cast to the dictionary's type; texts of enums and Chinese words go through the declared rules."""
    target = arrow_type(match.column)
    array = column.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.nulls(0, column.type)
    if pa.types.is_dictionary(array.type):
        array = array.cast(array.type.value_type)
    if _is_text(array.type):
        array = array.cast(pa.string())
        array = pc.if_else(
            pc.equal(array, arrow_value("", pa.string())), arrow_value(None, pa.string()), array
        )
    if array.type == target and match.factor == 1 and _is_canonical(array, match.column):
        return array
    try:
        if match.factor == 1 and not _is_text(array.type) and match.column.type != "enum":
            return pc.cast(array, target)
    except pa.ArrowException as error:
        raise _wrong_type(match, array.type, name) from error
    converted = convert(match.column, _cells(array), match.factor)
    if converted.faults:
        raise _wrong_type(match, array.type, name, converted.faults[0].text)
    return converted.array


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _is_canonical(array: pa.Array, column: ColumnSpec) -> bool:
    if column.type == "enum":
        return bool(set(pc.unique(array).to_pylist()) <= {*column.values, None})
    if not pa.types.is_floating(array.type):
        return True
    return not pc.any(pc.invert(pc.is_finite(array))).as_py()


def _cells(array: pa.Array) -> list[object]:
    if pa.types.is_integer(array.type):
        array = pc.cast(array, pa.float64(), safe=False)
    return ["" if cell is None else cell for cell in array.to_pylist()]


def _wrong_type(match: Match, kind: pa.DataType, name: str, value: str = "") -> Exception:
    shown = f"“{value}”" if value else ""
    return refuse(
        Text(
            f"列“{match.heading}”的类型 {kind} {shown}不能作为{match.column.heading.zh}",
            f"column {match.heading!r} of type {kind} {value!r} cannot be {match.column.heading.en}",
        ),
        name,
        Text("请按数据字典的类型重新导出", "export it with the types of the data dictionary"),
    )
