"""One child's application as typed, with the place of every cell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from junheng.admissions.applications.vocabulary import heading
from junheng.data.books import Place, parse_day, text_of

_HAN_GAP = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")

Key = tuple[str, int]  # column and number of the wish (0: not numbered)


@dataclass(frozen=True, slots=True)
class Child:
    """One row of the form. ``cells``: what is filled in, cleaned; blank cells are absent, never "".

    ``letters``: Excel's column of each column the sheet has. ``extra``: contents of columns nobody knows, by heading.
    """

    place: Place
    cells: Mapping[Key, str]
    letters: Mapping[Key, str]
    extra: Mapping[str, str] = field(default_factory=dict)

    def cell(self, column: str, number: int = 0) -> str:
        """What is filled in, "" when blank."""
        return self.cells.get((column, number), "")

    def numbered(self, column: str) -> dict[int, str]:
        """The filled cells of a numbered column by number, ascending."""
        return {number: self.cells[name, number] for name, number in sorted(self.cells) if name == column}

    def at(self, column: str, number: int = 0) -> Place:
        """The place of a cell; of the row where the sheet has no such column."""
        letter = self.letters.get((column, number), "")
        return Place(self.place.file, self.place.sheet, self.place.row, letter)

    @property
    def district(self) -> str:
        """The district of the application: its cell, or the name of the file."""
        return self.cell("district") or self.place.file.rsplit(".", 1)[0]

    @property
    def family(self) -> str:
        """The twins number, apart by district; "" for a single child."""
        number = self.cell("family")
        return f"{self.district}/{number}" if number else ""

    @property
    def birth_date(self) -> date | None:
        """The date of birth; None when blank or unreadable."""
        return parse_day(self.cell("birth_date"))

    @property
    def number(self) -> str:
        """The document number."""
        return self.cell("id_number")


def clean(column: str, kind: str, cell: object) -> str:
    """A cell as text in its one cleaned form; "" when blank.

    Whole numbers lose their point, dates become ISO 8601, numbers of documents lose spaces and are upper case, a
    Chinese name typed with spaces to look wider loses them.
    """
    text = text_of(cell)
    if kind == "number":
        return re.sub(r"[\s-]", "", text).upper()
    if kind == "name":
        return _HAN_GAP.sub("", text)
    if kind == "date":
        found = parse_day(text)
        return found.isoformat() if found else text
    return text


def column_words(key: Key) -> str:
    """The Chinese heading of a cell's column."""
    return heading(*key)
