"""What is to be scored, frozen: the index system, and the rows of the book as they were read."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from junheng.standards.scoring import IndexSystem

FORMAT = "junheng-score-problem-1"
TABLES = ("listed", "scores", "vetoes", "appeals", "sign_off", "targets")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; ``where`` tells file, sheet and row, ``cells`` what is filled in, canonical text."""

    where: str
    cells: dict[str, str]

    def cell(self, column: str) -> str:
        """What is filled in, "" when blank."""
        return self.cells.get(column, "")

    def day(self, column: str) -> date | None:
        """A day, None when blank."""
        text = self.cell(column)
        return date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class Problem:
    """The whole of it. ``on``: the day for which targets are looked at."""

    system: IndexSystem
    on: date
    listed: Sequence[Row]
    scores: Sequence[Row]
    vetoes: Sequence[Row]
    appeals: Sequence[Row]
    sign_off: Sequence[Row]
    targets: Sequence[Row]

    def subjects(self) -> list[str]:
        """Codes of all that are listed or scored, in the order of the book."""
        rows = (*self.listed, *self.scores)
        return list(dict.fromkeys(row.cell("subject") for row in rows if row.cell("subject")))

    def name_of(self, subject: str) -> str:
        """The subject's name, or its code where the book gives none."""
        named = (
            row.cell("name")
            for row in (*self.listed, *self.scores, *self.targets)
            if row.cell("subject") == subject
        )
        return next((name for name in named if name), subject)

    def as_json(self) -> Json:
        """The problem as its file holds it."""
        rows = {table: [asdict(row) for row in getattr(self, table)] for table in TABLES}
        return {"format": FORMAT, "on": self.on.isoformat(), "system": self.system.as_json(), "rows": rows}
