"""What a plan shows: tables with bilingual headings, for workbook, report and screen alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from junheng.basics import Text

Cell = str | int | Fraction | Text | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the unit of its numbers ("" for text), and digits shown after the point."""

    heading: Text
    unit: str = ""
    digits: int = 0


def column(zh: str, en: str, unit: str = "", digits: int = 0) -> Column:
    """A column by its heading in both languages."""
    return Column(Text(zh, en), unit, digits)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings. ``name`` is short enough for a sheet; ``note`` says how to read it. None is an absent value."""

    name: Text
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    note: Text | None = None
