"""A sheet or text file as read: rows of cells, before anything is known of headings."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import PurePath
from typing import Any

_RUN, _LONG = 3, 5  # cells from which a run is written as a range, a list by its ends
_CELL = re.compile(r"([A-Z]+)(\d+)")

Cell = Any  # str, float, int, bool, date, datetime, time or timedelta; "" or None when blank
Merged = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Grid:
    """``rows[i]`` is row i + 1 of ``sheet`` in ``file`` (a name relative to the input).

    ``broken`` maps (row, column), 0-based, to the kind of fault of a cell whose value is not to be trusted;
    ``merged`` are merged areas (first corner, last corner), None where the format does not tell.
    """

    file: str
    sheet: str
    rows: Sequence[Sequence[Cell]]
    broken: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: Sequence[Merged] | None = None

    @property
    def where(self) -> str:
        """File and sheet, as a message names them."""
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file

    @property
    def title(self) -> str:
        """The name by which it is recognised: that of the sheet, or of the file without its extension."""
        return self.sheet or PurePath(self.file).stem

    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return all(is_blank(cell) for row in self.rows for cell in row)


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing, or only white space."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def column_letter(index: int) -> str:
    """Excel's name of the 0-based column ``index``.

    >>> column_letter(0), column_letter(25), column_letter(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def short_cells(cells: str) -> str:
    """A list of cells as people write it: a run in one row as a range, a long list by its first and last.

    >>> short_cells("F2+D2"), short_cells("G9+H9+I9"), short_cells("B2+D2+F2+H2+J2")
    ('F2+D2', 'G9:I9', 'B2…J2（5 格 cells）')
    """
    found = cells.split("+")
    if len(found) < _RUN:
        return cells
    first, last = found[0], found[-1]
    split = [_CELL.fullmatch(cell) for cell in found]
    places = [(column_number(match[1]), match[2]) for match in split if match]
    if len(places) == len(found) and all(
        after == (before[0] + 1, before[1]) for before, after in pairwise(places)
    ):
        return f"{first}:{last}"
    return cells if len(found) < _LONG else f"{first}…{last}（{len(found)} 格 cells）"


def column_number(letters: str) -> int:
    """The 0-based column of Excel's name; the inverse of ``column_letter``.

    >>> column_number("AA")
    26
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
