"""One list as read: column by column, every row with its place in the workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.data.books import Place


@dataclass(frozen=True, slots=True)
class Roll:
    """One list: ``cells[column][i]`` is the cleaned text ("" when blank) of sheet row ``rows[i]``."""

    table: str
    where: str
    rows: Sequence[int]
    cells: Mapping[str, Sequence[str]]
    letters: Mapping[str, str]

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> Sequence[str]:
        """The texts of a column; blanks where the sheet has none such."""
        return self.cells.get(name) or [""] * len(self.rows)

    def at(self, index: int, column: str = "") -> str:
        """The cell of a row as messages name it, or the row."""
        return str(Place(self.where, "", self.rows[index], self.letters.get(column, "")))

    def part(self, indices: Sequence[int]) -> "Roll":
        """These rows alone, in this order."""
        cells = {name: [texts[i] for i in indices] for name, texts in self.cells.items()}
        return Roll(self.table, self.where, [self.rows[i] for i in indices], cells, self.letters)
