"""A sheet whose headings are known: which column is which, and its rows as records with their places."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from junheng.basics import heading_key
from junheng.data.books.cell import text_of
from junheng.data.books.place import Place
from junheng.data.reading.grid import Cell, Grid, column_letter, is_blank

SEARCHED_ROWS = 10  # title lines above the headings are passed over, but never more than this
REMARK = "#"  # a row whose first filled cell begins with it is a remark or the example
_BRACKETS = re.compile(r"[（(\[][^）)\]]*[）)\]]")


@dataclass(frozen=True, slots=True)
class Record:
    """One row. ``cells``: what is filled in, cleaned, by column; ``letters``: the sheet's columns.

    ``broken``: columns whose cell is an error or a formula never calculated; they count as blank.
    """

    place: Place
    cells: Mapping[str, str]
    letters: Mapping[str, str]
    broken: tuple[str, ...] = ()

    def cell(self, column: str) -> str:
        """What is filled in, "" when blank."""
        return self.cells.get(column, "")

    def at(self, column: str = "") -> Place:
        """The place of a cell; of the row where no column, or none that the sheet has, is named."""
        return Place(self.place.file, self.place.sheet, self.place.row, self.letters.get(column, ""))


@dataclass(frozen=True, slots=True)
class Headed:
    """A sheet and the row of its headings (0-based ``top``). ``columns``: the 0-based place of each known column.

    ``doubled``: further headings that mean a column already found, by their place.
    """

    grid: Grid
    top: int
    columns: Mapping[str, int]
    doubled: Mapping[int, str] = field(default_factory=dict)

    @property
    def letters(self) -> dict[str, str]:
        """Excel's letter of each known column."""
        return {name: column_letter(at) for name, at in self.columns.items()}

    def place(self, column: int | None = None) -> Place:
        """The row of the headings, or the heading in the 0-based ``column``."""
        letter = "" if column is None else column_letter(column)
        return Place(self.grid.file, self.grid.sheet, self.top + 1, letter)

    def heading(self, column: str) -> str:
        """The heading of a known column as it stands."""
        return text_of(self.grid.rows[self.top][self.columns[column]])

    def lacking(self, needed: Collection[str]) -> list[str]:
        """Those of ``needed`` that have no column, in their order."""
        return [name for name in needed if name not in self.columns]

    def unknown(self) -> list[str]:
        """The headings that mean no column, as they stand."""
        known = {*self.columns.values(), *self.doubled}
        row = self.grid.rows[self.top] if self.grid.rows else ()
        return [text for at, cell in enumerate(row) if at not in known and (text := text_of(cell))]

    def records(self, text_of: Callable[[Cell], str] = text_of) -> Iterator[Record]:
        """Every row below the headings in which anything stands, remarks left out; ``text_of``: cells as texts."""
        letters, broken = self.letters, self.grid.broken
        for number in range(self.top + 1, len(self.grid.rows)):
            row = self.grid.rows[number]
            bad = tuple(name for name, at in self.columns.items() if (number, at) in broken) if broken else ()
            first = text_of(next((cell for cell in row if not is_blank(cell)), None))
            if (first or bad) and not first.startswith(REMARK):
                cells = {
                    name: text
                    for name, at in self.columns.items()
                    if at < len(row) and (text := text_of(row[at]))
                }
                yield Record(Place(self.grid.file, self.grid.sheet, number + 1), cells, letters, bad)

    def typed(self, record: Record, column: str) -> Cell:
        """The cell of a record as it was read, before it became text."""
        row, at = self.grid.rows[record.place.row - 1], self.columns[column]
        return row[at] if at < len(row) else None


def without_brackets(text: str) -> str:
    """A heading or title without the remarks in its brackets.

    >>> without_brackets("在校生数（人）")
    '在校生数'
    """
    return _BRACKETS.sub("", text)


def find_headings(
    grid: Grid, index: Mapping[str, str], needed: Collection[str], *, passes_brackets: bool = False
) -> Headed:
    """The first row that has all columns ``needed``, else the one that knows most.

    ``index``: column by ``heading_key`` of what means it; ``passes_brackets``: 在校生数（人） is read as 在校生数.
    """
    best = Headed(grid, 0, {})
    for number, row in enumerate(grid.rows[:SEARCHED_ROWS]):
        columns: dict[str, int] = {}
        doubled: dict[int, str] = {}
        for at, cell in enumerate(row):
            text = text_of(cell)
            name = index.get(heading_key(without_brackets(text) if passes_brackets else text))
            if name in columns:
                doubled[at] = name
            elif name is not None:
                columns[name] = at
        found = Headed(grid, number, columns, doubled)
        if not found.lacking(needed):
            return found
        best = max(best, found, key=lambda one: len(one.columns))
    return best


def find_sheet(grids: Iterable[Grid], index: Mapping[str, str], needed: Collection[str]) -> Headed:
    """The first sheet that has all columns ``needed``, else the one that lacks fewest; both as ``find_headings``."""
    best: Headed | None = None
    for grid in grids:
        found = find_headings(grid, index, needed)
        if not found.lacking(needed):
            return found
        if best is None or len(found.lacking(needed)) < len(best.lacking(needed)):
            best = found
    return best or Headed(Grid("", "", ()), 0, {})
