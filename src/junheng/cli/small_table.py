"""Small tables that officers type: found by their headings, every refusal names its row."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from junheng.basics import UserError, heading_key
from junheng.data import Grid, column_letter, read_sheets

HEADING_SEARCH_ROWS = 10  # title lines above the headings are passed over, but never more than this

Refuse = Callable[[str, str, str], UserError]  # where, Chinese, English


@dataclass(frozen=True, slots=True)
class TableRow:
    """One filled row: texts by column, and where it stands."""

    cells: Mapping[str, str]
    where: str


def read_small_table(
    path: Path,
    headings: Mapping[str, Sequence[str]],
    refuse: Refuse,
    *,
    optional: Collection[str] = (),
) -> list[TableRow]:
    """The rows below ``headings`` (column → ways to write it) on the first sheet that has them.

    Every cell must be filled but those of ``optional`` columns, which may also be absent (""). Rows that begin with
    # are remarks. Raises what ``refuse`` makes: absent headings, a blank or broken cell, no row; and UserError as
    ``read_sheets`` does for a file that cannot be read.
    """
    needed = [name for name in headings if name not in optional]
    fewest = needed
    for grid in read_sheets(path):
        for top, row in enumerate(grid.rows[:HEADING_SEARCH_ROWS]):
            columns = _columns(row, headings)
            missing = [name for name in needed if name not in columns]
            if not missing:
                return _filled(grid, top + 1, columns, needed, headings, refuse)
            fewest = min(fewest, missing, key=len)
    heads = "、".join(headings[name][0] for name in fewest)
    raise refuse(path.name, f"没有找到这些列：{heads}", f"these columns were not found: {heads}")


def _filled(
    grid: Grid,
    first: int,
    columns: Mapping[str, int],
    needed: Sequence[str],
    headings: Mapping[str, Sequence[str]],
    refuse: Refuse,
) -> list[TableRow]:
    for row, column in sorted(grid.broken):
        if row >= first and column in columns.values():
            place = f"{grid.where} {column_letter(column)}{row + 1}"
            raise refuse(place, "公式没有算出，或有错误值", "a formula without a value, or an error")
    found = list(_rows(grid.where, grid.rows, first, columns))
    if not found:
        raise refuse(grid.file, "表是空的", "the table is empty")
    for line in found:
        _require_filled(line, needed, headings, refuse)
    return found


def _columns(row: Sequence[Any], headings: Mapping[str, Sequence[str]]) -> dict[str, int]:
    keys = [heading_key(_text(cell)) for cell in row]
    found = {}
    for column, names in headings.items():
        wanted = set(map(heading_key, names))
        place = next((i for i, key in enumerate(keys) if key in wanted), None)
        if place is not None:
            found[column] = place
    return found


def _rows(
    file: str, rows: Sequence[Sequence[Any]], first: int, columns: Mapping[str, int]
) -> Iterator[TableRow]:
    for number, row in enumerate(rows[first:], first + 1):
        cells = {name: _text(row[i]) if i < len(row) else "" for name, i in columns.items()}
        if any(cells.values()) and not (row and _text(row[0]).startswith("#")):
            yield TableRow(cells, f"{file} 第 {number} 行 row {number}")


def _require_filled(
    row: TableRow, needed: Sequence[str], headings: Mapping[str, Sequence[str]], refuse: Refuse
) -> None:
    blank = next((headings[name][0] for name in needed if not row.cells[name]), None)
    if blank is not None:
        raise refuse(row.where, f"“{blank}”没有填", f"{blank} is blank")


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()[: len("2027-01-01")]
    return "" if cell is None else str(cell).strip()
