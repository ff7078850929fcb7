"""Cells of a plan in workbook and document: absent stays blank, numbers with their digits."""

import unicodedata
from fractions import Fraction

from junheng.basics import Text
from junheng.planning import Cell, Column

_NARROWEST, _WIDEST = 8, 44  # characters
_BUTTON = 3  # room for the button of the filter beside a heading
_FULL_WIDTH = "WFA"


def is_number(column: Column) -> bool:
    """Whether a column holds numbers: it has a unit, or shows digits."""
    return bool(column.unit or column.digits)


def heading(column: Column) -> str:
    """The Chinese heading with its unit."""
    return f"{column.heading.zh}（{column.unit}）" if column.unit else column.heading.zh


def shown(cell: Cell, column: Column) -> str:
    """A cell as words of a document; numbers with thousands separated."""
    if cell is None:
        return ""
    if isinstance(cell, Text):
        return cell.zh
    if isinstance(cell, str):
        return cell
    return f"{_rounded(Fraction(cell), column.digits)}" if is_number(column) else str(cell)


def value(cell: Cell, column: Column) -> str | int | float | None:
    """A cell as a spreadsheet keeps it: a number where the column has numbers; a year is one, too."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, Text):
        return cell.zh
    if is_number(column):
        return float(cell)
    return cell if isinstance(cell, int) else str(cell)


def width(column: Column, cells: list[str]) -> float:
    """Characters that show most cells without wrapping; the heading of a number may take two lines, to save paper."""
    longest = max((_wide(text) for text in cells), default=0)
    head = _wide(heading(column))
    wanted = -(-head // 2) + _BUTTON if is_number(column) else head + 2
    return float(min(_WIDEST, max(_NARROWEST, longest + 2, wanted)))


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in _FULL_WIDTH else 1 for sign in text)


def _rounded(number: Fraction, digits: int) -> str:
    """Half away from zero, as people round, thousands separated."""
    scaled = abs(number) * 10**digits
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    text = f"{whole // 10**digits:,}" + (f".{whole % 10**digits:0{digits}d}" if digits else "")
    return f"-{text}" if number < 0 and whole else text
