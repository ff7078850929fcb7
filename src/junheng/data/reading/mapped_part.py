"""One sheet and one source of a mapping file: headings resolved, rows chosen, columns converted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from junheng.basics import Text, UserError
from junheng.data.arrays import array_of, arrow_value
from junheng.data.dictionary import ColumnSpec, load_dictionary
from junheng.data.reading.cells import Converted, cell_text
from junheng.data.reading.convert import arrow_type, convert
from junheng.data.reading.faults import unmapped_columns
from junheng.data.reading.grid import Grid, column_letter
from junheng.data.reading.headings import split_unit, unit_factor
from junheng.data.reading.mapped_sheet import Sheet, chosen_rows, find_place, no_column, open_sheet
from junheng.data.reading.mapping import ColumnRule, SourceRule, TableRule
from junheng.data.reading.note_rows import without_totals
from junheng.data.reading.part import Part, cell_problems
from junheng.data.reading.sums import add_up
from junheng.data.tables import Problem, Source, SourceColumn


def mapped_parts(grid: Grid, source: SourceRule, year: int | None) -> list[Part]:
    """The parts that one sheet feeds by ``source``."""
    sheet = open_sheet(grid, source)
    chosen = chosen_rows(sheet, source.where)
    return [
        _part(sheet, source, rule, chosen & chosen_rows(sheet, rule.where), year) for rule in source.tables
    ]


def unread_columns(grid: Grid, sources: Sequence[SourceRule], parts: Sequence[Part]) -> Problem | None:
    """One problem that lists the columns of a sheet which the mapping leaves alone; None when it reads all."""
    sheet = open_sheet(grid, sources[0])
    read = {column.letter for part in parts for columns in part.source.columns.values() for column in columns}
    read |= {
        column_letter(find_place(sheet, condition.heading, condition.letter))
        for source in sources
        for condition in (*source.where, *(found for rule in source.tables for found in rule.where))
    }
    left = [path for index, path in enumerate(sheet.paths) if path and column_letter(index) not in read]
    return unmapped_columns(left, grid, sources[0].header_rows[-1]) if left else None


def _part(
    sheet: Sheet, source: SourceRule, rule: TableRule, chosen: npt.NDArray[np.bool_], year: int | None
) -> Part:
    spec = load_dictionary().tables[rule.table]
    rules = dict(rule.columns)
    if "year" not in rules and source.year is not None:
        rules["year"] = source.year
    taken = Sheet(
        sheet.grid,
        sheet.paths,
        [[cell for cell, take in zip(column, chosen, strict=True) if take] for column in sheet.columns]
        if not chosen.all()
        else sheet.columns,
        sheet.numbers[chosen],
    )
    data: dict[str, pa.Array] = {}
    raw: dict[str, pa.Array] = {}
    sources: dict[str, tuple[SourceColumn, ...]] = {}
    problems = []
    for name, column_rule in rules.items():
        found = _column(taken, spec.columns[name], column_rule)
        if found is None:
            continue
        data[name], sources[name] = found.array, found.columns
        if found.raw is not None:
            raw[name] = found.raw
        for index, converted in found.read.items():
            problems += cell_problems(taken.grid, spec, {name: converted}, {name: index}, taken.numbers)
    place = Source(rule.table, sheet.grid.file, sheet.grid.sheet, sources)
    part = Part(spec, data, raw, taken.numbers, place, year, tuple(problems), rule.distinct)
    return without_totals(part, sheet.grid)


@dataclass(frozen=True, slots=True)
class _Found:
    """A finished column: ``read`` are the sheet columns it was read from, ``raw`` is None for a constant."""

    array: pa.Array
    raw: pa.Array | None
    columns: tuple[SourceColumn, ...]
    read: Mapping[int, Converted]


def _column(sheet: Sheet, column: ColumnSpec, rule: ColumnRule) -> _Found | None:
    if rule.constant is not None:
        converted = convert(column, [rule.constant], _factor(sheet, column, rule, ""), rule.values)
        if converted.faults:
            raise _wrong_constant(column, rule.constant, sheet.grid.where)
        return _Found(_repeated(converted.array, len(sheet.numbers)), None, (), {})
    places = _places(sheet, rule)
    if not places:
        return None
    sources = tuple(_source_column(sheet, column, rule, index) for index in places)
    if rule.join is not None:
        cells = [
            rule.separator.join(map(cell_text, row))
            for row in zip(*(sheet.columns[i] for i in places), strict=True)
        ]
        read = {places[0]: convert(column, cells, Fraction(1), rule.values)}
    else:
        cells_of = {index: _first(sheet.columns[index], rule.first) for index in places}
        read = {
            index: convert(column, cells, _factor(sheet, column, rule, sheet.paths[index]), rule.values)
            for index, cells in cells_of.items()
        }
    array, raw = add_up(column, list(read.values()))
    if rule.offset:
        array = pc.add(array, arrow_value(rule.offset, arrow_type(column)))
    return _Found(array, raw, sources, read)


def _first(cells: Sequence[object], length: int | None) -> Sequence[object]:
    return cells if length is None else [cell_text(cell)[:length] for cell in cells]


def _places(sheet: Sheet, rule: ColumnRule) -> list[int]:
    """The 0-based columns a rule reads; empty only when it is optional and the sheet lacks them."""
    wanted = rule.sum or rule.join or ((rule.heading,) if rule.heading is not None else ())
    if rule.letter is not None:
        return [find_place(sheet, None, rule.letter)]
    places: list[int] = []
    for heading in wanted:
        index = sheet.find(heading)
        found = [index] if index is not None else _like(sheet, heading) if rule.sum else []
        if not found and not rule.optional:
            raise no_column(sheet, heading)
        places += found
    if len(places) != len(set(places)):
        raise UserError(
            Text(
                f"映射文件把同一列加了两次：{', '.join(wanted)}",
                f"the mapping adds a column twice: {', '.join(wanted)}",
            ),
            where=sheet.grid.where,
            fix=Text("请检查 sum 一项", "check the key sum"),
        )
    return places


def _like(sheet: Sheet, pattern: str) -> list[int]:
    return [index for index, path in enumerate(sheet.paths) if fnmatchcase(path, pattern)]


def _factor(sheet: Sheet, column: ColumnSpec, rule: ColumnRule, path: str) -> Fraction:
    if column.type not in ("integer", "number"):
        return Fraction(1)
    return unit_factor(column, rule.unit or split_unit(path)[1], sheet.grid.where)


def _source_column(sheet: Sheet, column: ColumnSpec, rule: ColumnRule, index: int) -> SourceColumn:
    unit = rule.unit or split_unit(sheet.paths[index])[1] or column.unit
    return SourceColumn(sheet.paths[index], column_letter(index), unit)


def _repeated(array: pa.Array, times: int) -> pa.Array:
    return array.take(array_of(np.zeros(times, np.int64)))


def _wrong_constant(column: ColumnSpec, constant: str, where: str) -> UserError:
    return UserError(
        Text(
            f"映射文件的常量“{constant}”不能作为{column.heading.zh}",
            f"the mapping's constant {constant!r} cannot be {column.heading.en}",
        ),
        where=where,
        fix=Text("请按数据字典改正", "correct it as the data dictionary says"),
    )
