"""The workbook of lists: sheets and headings known by their names, kept column by column with every row's place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from junheng.basics import heading_key, nearest, sha256_bytes
from junheng.data import Grid, hashed_sheets
from junheng.data.books import files_in
from junheng.enrolment.problems import Problems
from junheng.enrolment.roll import Roll
from junheng.enrolment.sheet_rows import SHEETS_FIX, columns, roll_of


@dataclass(frozen=True, slots=True)
class Book:
    """The lists of a workbook by table, its fingerprint, and what is wrong in it."""

    file: str
    sha256: str
    rolls: Mapping[str, Roll]
    problems: Problems


def read_book(path: Path, needed: Sequence[str]) -> Book:
    """The lists of a workbook (.xlsx, .xls, .ods) or of a folder of CSV files named after the sheets.

    Raises UserError for what cannot be read, and – grouped, each in its place – for absent sheets of ``needed``, a
    sheet twice, absent or doubled headings.
    """
    problems, rolls, titles, hashes = Problems(), {}, [], []
    for file in files_in(path, (".csv",)) if path.is_dir() else [path]:
        grids, sha256 = hashed_sheets(file)
        hashes.append(sha256)
        for grid in (grid for grid in grids if not grid.is_empty()):
            table = _table_of(grid.title)
            titles.append(grid.title)
            if table is None:
                _tell_unknown(grid, problems)
            elif table in rolls:
                words = columns()["sheets"][table]
                problems.add(
                    grid.where,
                    f"“{words['zh']}”有两张",
                    f"two sheets {words['en']}",
                    SHEETS_FIX,
                    blocks=True,
                )
            elif (roll := roll_of(grid, table, problems)) is not None:
                rolls[table] = roll
    _tell_absent(path, needed, rolls, titles, problems)
    problems.refuse_blocking(path.name)
    return Book(path.name, _joined(hashes), rolls, problems)


def _joined(hashes: Sequence[str]) -> str:
    """One fingerprint: of the file, or of the list of the files' fingerprints."""
    return hashes[0] if len(hashes) == 1 else sha256_bytes("\n".join(hashes).encode())


def _table_of(title: str) -> str | None:
    key = heading_key(title)
    for table, words in columns()["sheets"].items():
        if key in {heading_key(word) for word in (table, words["zh"], words["en"], *words["aliases"])}:
            return str(table)
    return None


def _tell_unknown(grid: Grid, problems: Problems) -> None:
    names = [words["zh"] for words in columns()["sheets"].values()]
    near = nearest(grid.title, names)
    hint = (f"；最接近“{near}”", f"; the nearest is {near}") if near else ("", "")
    problems.add(
        grid.where, f"不认识的工作表，没有读{hint[0]}", f"unknown sheet, not read{hint[1]}", SHEETS_FIX
    )


def _tell_absent(
    path: Path, needed: Sequence[str], rolls: Mapping[str, Roll], titles: Sequence[str], problems: Problems
) -> None:
    there = "、".join(titles) or "无 none"
    for table in needed:
        words = columns()["sheets"][table]
        if table not in rolls and not any(_table_of(title) == table for title in titles):
            problems.add(
                path.name,
                f"缺少工作表“{words['zh']}”（现有：{there}）",
                f"the sheet {words['en']} is missing (there are: {there})",
                SHEETS_FIX,
                blocks=True,
            )
