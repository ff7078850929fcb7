"""Parts put together: whole tables with every dictionary column, years filled in, keys tested."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from junheng.basics import Text, UserError
from junheng.data.arrays import array_of, arrow_value, numpy_of
from junheng.data.dictionary import TableSpec, load_dictionary
from junheng.data.reading.convert import arrow_type
from junheng.data.reading.distinct import keep_first
from junheng.data.reading.integrity import (
    check_keys,
    check_stages_have_schools,
    check_tables_present,
    check_years,
)
from junheng.data.reading.part import Part
from junheng.data.reading.refusals import Refusals
from junheng.data.same import Same
from junheng.data.tables import ROW_COLUMN, SOURCE_COLUMN, InputFile, Problem, Snapshot, Source

_FEW, _REMEMBERED = 40, 4_000  # rows of a small part; small parts


def assemble(
    parts: Sequence[Part], inputs: Sequence[InputFile], problems: Sequence[Problem], *, is_part: bool = False
) -> Snapshot:
    """The snapshot of all parts. Raises UserError on missing years, doubled keys, stages without a school.

    ``is_part``: tables that others hang on may be absent, and schools the stages are of.
    """
    if not is_part:
        check_tables_present({part.table.name for part in parts}, inputs)
    parts = [_with_year(part) for part in parts]
    sources = tuple(part.source for part in parts)
    tables: dict[str, pa.Table] = {}
    raw: dict[str, pa.Table] = {}
    for spec in load_dictionary().tables.values():
        mine = [(number, part) for number, part in enumerate(parts) if part.table.name == spec.name]
        if not mine:
            continue
        table, texts = _joined(spec, mine)
        if any(part.distinct for _, part in mine):
            table, texts = keep_first(spec, table, texts, sources)
        tables[spec.name] = table
        if texts.num_columns:
            raw[spec.name] = texts
    _check(tables, sources, is_part)
    found = [*problems, *(problem for part in parts for problem in _placed(part))]
    return Snapshot(tables, sources, _counted(inputs, tables, sources), tuple(found), raw)


def _check(tables: Mapping[str, pa.Table], sources: Sequence[Source], is_part: bool) -> None:
    refusals = Refusals()
    for name, table in tables.items():
        spec = load_dictionary().tables[name]
        with refusals.gather():
            check_years(spec, table, sources)
        with refusals.gather():
            check_keys(spec, table, sources)
    if not is_part:
        with refusals.gather():
            check_stages_have_schools(tables, sources)
    refusals.settle()


def _with_year(part: Part) -> Part:
    """Blank years filled with the part's own year; a year nobody states is refused."""
    stated = part.data.get("year")
    if stated is not None and not stated.null_count:
        return part
    if stated is None:
        stated = pa.nulls(len(part.rows), pa.int32())
    if stated.null_count:
        if part.year is None:
            missing = np.flatnonzero(numpy_of(stated.is_null()))
            raise _no_year(part, int(part.rows[missing[0]]), len(missing))
        stated = pc.fill_null(stated, arrow_value(part.year, pa.int32()))
    return replace(part, data={**part.data, "year": stated})


def _no_year(part: Part, row: int, count: int) -> UserError:
    return UserError(
        Text(f"{count} 行没有年份", f"{count} rows have no year"),
        where=f"{part.where} 第 {row} 行 row {row}",
        why=Text("不知道数据属于哪一年，标准也随之不同", "which year's standard applies depends on it"),
        fix=Text(
            "请填写“年份”列，或在说明页、文件夹名、文件名中写明年份（如 2024.xlsx）",
            "fill the year column, or state the year in the notes sheet, folder or file name (such as 2024.xlsx)",
        ),
    )


def _joined(spec: TableSpec, parts: Sequence[tuple[int, Part]]) -> tuple[pa.Table, pa.Table]:
    """The rows of a table's parts; of one small part remembered, as what was read of a return's texts is."""
    number, first = parts[0]
    if len(parts) == 1 and len(first.rows) <= _FEW:
        return _joined_few(number, Same(first))
    return _join(spec, parts)


@lru_cache(maxsize=_REMEMBERED)
def _joined_few(number: int, part: Same[Part]) -> tuple[pa.Table, pa.Table]:
    return _join(part.it.table, [(number, part.it)])


def _join(spec: TableSpec, parts: Iterable[tuple[int, Part]]) -> tuple[pa.Table, pa.Table]:
    tables, texts = [], []
    for number, part in parts:
        rows = len(part.rows)
        columns = {
            column.name: part.data.get(column.name, pa.nulls(rows, arrow_type(column)))
            for column in spec.columns.values()
        }
        columns[SOURCE_COLUMN] = array_of(np.full(rows, number, np.int32))
        columns[ROW_COLUMN] = array_of(part.rows)
        tables.append(pa.table(columns))
        # A column of nulls keeps the rows of a part without texts aligned; it is dropped below.
        texts.append(pa.table({**part.raw, SOURCE_COLUMN: pa.nulls(rows, pa.string())}))
    joined = pa.concat_tables(texts, promote_options="default")
    return pa.concat_tables(tables).combine_chunks(), joined.drop_columns([SOURCE_COLUMN]).combine_chunks()


def _placed(part: Part) -> list[Problem]:
    """The problems of a part, with the year, school and stage of their row."""
    if not part.problems:
        return []
    position = {int(row): index for index, row in enumerate(part.rows)}
    return [_at_row(part, problem, position.get(problem.row)) for problem in part.problems]


def _at_row(part: Part, problem: Problem, index: int | None) -> Problem:
    if index is None or not problem.column:
        return problem
    found = {
        name: part.data[name][index].as_py() for name in ("year", "school_id", "stage") if name in part.data
    }
    return replace(
        problem,
        year=found.get("year") or 0,
        school_id=found.get("school_id") or "",
        stage=found.get("stage") or "",
    )


def _counted(
    inputs: Sequence[InputFile], tables: Mapping[str, pa.Table], sources: Sequence[Source]
) -> tuple[InputFile, ...]:
    """The input files with their data rows counted by table."""
    rows: dict[str, dict[str, int]] = {}
    for name, table in tables.items():
        counts = np.bincount(numpy_of(table.column(SOURCE_COLUMN)), minlength=len(sources))
        for source, count in zip(sources, counts, strict=True):
            if source.table == name:
                mine = rows.setdefault(source.file, {})
                mine[name] = mine.get(name, 0) + int(count)
    return tuple(replace(file, rows=rows.get(file.name, {})) for file in inputs)
