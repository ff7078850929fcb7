"""Small tables that officers type: found by their headings, every refusal names its row."""

import csv
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from junheng.basics import UserError, heading_key

HEADING_SEARCH_ROWS = 10  # title lines above the headings are passed over, but never more than this
_SUFFIXES = (".xlsx", ".csv")
_LARGEST_BYTES = 20 * 1024 * 1024

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
    # are remarks. Raises what ``refuse`` makes: unreadable file, absent headings, a blank cell, no row.
    """
    needed = [name for name in headings if name not in optional]
    for sheet, rows in _sheets(path, refuse):
        for top, row in enumerate(rows[:HEADING_SEARCH_ROWS]):
            columns = _columns(row, headings)
            if set(needed) <= set(columns):
                found = list(_rows(f"{path.name} [{sheet}]", rows, top + 1, columns))
                if not found:
                    raise refuse(path.name, "表是空的", "the table is empty")
                for line in found:
                    _require_filled(line, needed, headings, refuse)
                return found
    heads = "、".join(headings[name][0] for name in needed)
    raise refuse(path.name, f"没有找到这些列：{heads}", f"these columns were not found: {heads}")


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
        if any(cells.values()) and not _text(row[0]).startswith("#"):
            yield TableRow(cells, f"{file} 第 {number} 行 row {number}")


def _require_filled(
    row: TableRow, needed: Sequence[str], headings: Mapping[str, Sequence[str]], refuse: Refuse
) -> None:
    blank = next((headings[name][0] for name in needed if not row.cells[name]), None)
    if blank is not None:
        raise refuse(row.where, f"“{blank}”没有填", f"{blank} is blank")


def _sheets(path: Path, refuse: Refuse) -> list[tuple[str, list[list[Any]]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    if path.suffix.lower() not in _SUFFIXES:
        raise refuse(path.name, "应为 .xlsx 或 .csv", "it must be .xlsx or .csv")
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise refuse(path.name, "文件过大", "the file is too large")
        if path.suffix.lower() == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as stream:
                return [(path.stem, list(csv.reader(stream)))]
        book = CalamineWorkbook.from_path(str(path))
        return [
            (name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names
        ]
    except (CalamineError, OSError, UnicodeDecodeError, csv.Error) as error:
        raise refuse(
            path.name, "无法读取（CSV 须为 UTF-8）", "it cannot be read (a CSV must be UTF-8)"
        ) from error


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()[: len("2027-01-01")]
    return "" if cell is None else str(cell).strip()
