"""One sheet or file as rows of one canonical table: typed columns, raw texts, places, problems."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import zip_longest

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from junheng.basics import Text, UserError, heading_key
from junheng.data.dictionary import TableSpec
from junheng.data.reading.cells import Converted, Fault
from junheng.data.reading.convert import convert
from junheng.data.reading.faults import cell_problem, unknown_column
from junheng.data.reading.grid import Grid, column_letter, is_blank
from junheng.data.reading.headings import Match, match_headings, missing_columns, nearest_heading
from junheng.data.tables import Problem, Source, SourceColumn

EXAMPLE_MARK = "#"  # a row whose first cell begins with it is a remark or an example, never data

RowNumbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of ``table``. ``data`` and ``raw`` hold arrays by column name, as long as ``rows`` (1-based).

    ``year`` is what a blank year means here (from folder, file name or notes sheet); None when nothing says.
    """

    table: TableSpec
    data: Mapping[str, pa.Array]
    raw: Mapping[str, pa.Array]
    rows: RowNumbers
    source: Source
    year: int | None = None
    problems: tuple[Problem, ...] = field(default=())
    distinct: bool = False

    @property
    def where(self) -> str:
        """File and sheet, as a message names them."""
        return f"{self.source.file} [{self.source.sheet}]" if self.source.sheet else self.source.file


@dataclass(frozen=True, slots=True)
class Block:
    """A sheet below its headings: ``columns[i]`` are the cells under ``headings[i]``, ``numbers`` their 1-based rows.

    Blank rows and remarks have fallen out. There may be more columns than headings. ``codes`` holds the columns of
    codes that were typed already.
    """

    grid: Grid
    heading_row: int
    headings: Sequence[str]
    columns: Sequence[Sequence[object]]
    numbers: RowNumbers
    codes: dict[int, Converted] = field(default_factory=dict)


def read_block(grid: Grid, heading_row: int) -> Block:
    """The block below the 0-based ``heading_row``. Raises UserError when a text row is longer than its headings."""
    headings = ["" if cell is None else str(cell) for cell in grid.rows[heading_row]]
    kept = [index for index in range(heading_row + 1, len(grid.rows)) if _is_data(grid.rows[index])]
    if not grid.sheet:
        _check_widths(grid, kept, len(headings))
    columns = columns_of([grid.rows[index] for index in kept], len(headings))
    return Block(grid, heading_row, headings, columns, np.array(kept, np.int32) + 1)


def _is_data(row: Sequence[object]) -> bool:
    first = row[0] if row else ""
    if first == "" or first is None:
        first = next((cell for cell in row if cell != "" and cell is not None), "")
    if not isinstance(first, str):
        return True
    return not first.lstrip().startswith(EXAMPLE_MARK) and not all(map(is_blank, row))


def _check_widths(grid: Grid, kept: Sequence[int], width: int) -> None:
    """A text row with more cells than headings has a stray separator: its figures stand in wrong columns."""
    for index in kept:
        if len(grid.rows[index]) > width and not all(map(is_blank, grid.rows[index][width:])):
            raise UserError(
                Text(
                    "一行的格数比标题多，数据可能错位",
                    "a row has more cells than there are headings: figures may be shifted",
                ),
                where=f"{grid.where} 第 {index + 1} 行 row {index + 1}",
                fix=Text(
                    "请把含逗号的文字放进双引号", "put text that contains the separator in double quotes"
                ),
            )


def columns_of(rows: Sequence[Sequence[object]], width: int) -> list[tuple[object, ...]]:
    """The columns of ``rows``, at least ``width`` of them, short rows filled with blanks."""
    even = len(set(map(len, rows))) <= 1
    columns = list(zip(*rows, strict=True) if even else zip_longest(*rows, fillvalue=""))
    return columns + [("",) * len(rows)] * (width - len(columns))


def read_part(block: Block, table: TableSpec, year: int | None, known: Set[str] = frozenset()) -> Part:
    """Read a sheet whose headings are the dictionary's own. Raises UserError when key columns are missing.

    Headings of ``known`` (by ``heading_key``) belong to other tables and are not reported as unknown.
    """
    grid, headings, columns, numbers = block.grid, block.headings, block.columns, block.numbers
    matches, unknown = match_headings(table.name, headings, grid.where)
    require_columns(table, headings, matches, unknown, grid.where)
    found = {match.column.name: _converted(block, match) for match in matches}
    places = {match.column.name: match.index for match in matches}
    strangers = [
        unknown_column(table.name, _heading(headings, index), grid, block.heading_row + 1, index)
        for index in [*unknown, *_nameless(headings, columns)]
        if heading_key(_heading(headings, index)) not in known
    ]
    problems = [*strangers, *cell_problems(grid, table, found, places, numbers)]
    return Part(
        table,
        {name: column.array for name, column in found.items()},
        {name: column.raw for name, column in found.items()},
        numbers,
        Source(
            table.name, grid.file, grid.sheet, {match.column.name: (_source(match),) for match in matches}
        ),
        year,
        tuple(problems),
    )


def _converted(block: Block, match: Match) -> Converted:
    """A column typed; codes, which the tables side by side in a wide sheet share, once for all of them."""
    if match.column.type != "code":
        return convert(match.column, block.columns[match.index], match.factor)
    if match.index not in block.codes:
        block.codes[match.index] = convert(match.column, block.columns[match.index], match.factor)
    return block.codes[match.index]


def _heading(headings: Sequence[str], index: int) -> str:
    return headings[index] if index < len(headings) else ""


def _nameless(headings: Sequence[str], columns: Sequence[Sequence[object]]) -> list[int]:
    """Columns that hold something but have no heading."""
    return [
        index
        for index, column in enumerate(columns)
        if not _heading(headings, index).strip() and not all(map(is_blank, column))
    ]


def cell_problems(
    grid: Grid,
    table: TableSpec,
    found: Mapping[str, Converted],
    places: Mapping[str, int],
    numbers: RowNumbers,
) -> list[Problem]:
    """The problems of the cells of ``places`` (column name → 0-based column): odd texts and broken formulas."""
    problems = []
    position = {int(number): index for index, number in enumerate(numbers)} if grid.broken else {}
    for name, column in found.items():
        if name not in places:
            continue
        letter = column_letter(places[name])
        faults = [*column.faults, *_broken(grid, places[name], position)]
        for fault in faults:
            place = int(numbers[fault.index]), letter
            problem = cell_problem(fault.kind, table.name, table.columns[name], grid, place, fault.text)
            problems.append(problem)
    return problems


def _broken(grid: Grid, column: int, position: Mapping[int, int]) -> list[Fault]:
    return [
        Fault(position[row + 1], kind, "")
        for (row, at), kind in grid.broken.items()
        if at == column and row + 1 in position
    ]


def _source(match: Match) -> SourceColumn:
    return SourceColumn(match.heading, column_letter(match.index), match.unit or match.column.unit)


def require_columns(
    table: TableSpec, headings: Sequence[str], matches: Sequence[Match], unknown: Sequence[int], where: str
) -> None:
    """Refuse a table that lacks a required column, pointing at the heading most like it."""
    missing = missing_columns(table, (match.column.name for match in matches))
    if not missing:
        return
    names = Text(
        "、".join(column.heading.zh for column in missing), ", ".join(column.heading.en for column in missing)
    )
    wanted = {column.heading.zh for column in missing}
    near = [headings[index] for index in unknown if nearest_heading(table.name, headings[index]) in wanted]
    hint = (
        Text(f"；表中最接近的标题是“{near[0]}”", f"; the nearest heading is {near[0]!r}")
        if near
        else Text("", "")
    )
    raise UserError(
        Text(
            f"“{table.sheet.zh}”缺少必需的列：{names.zh}{hint.zh}",
            f"{table.sheet.en} lacks the required columns: {names.en}{hint.en}",
        ),
        where=where,
        why=Text("没有这些列就无法确定每行属于哪所学校", "without them no row can be told apart"),
        fix=Text(
            "请按模板补上标题（junheng template）", "add the headings as in the template (junheng template)"
        ),
    )
