"""An explanation: a statement, the lines that argue it, the cells it rests on, and what lies below."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from junheng.basics import Text


@dataclass(frozen=True, slots=True)
class CellReference:
    """One cell of the input. ``value`` and ``raw`` are as shown: the value used, and the words as typed.

    ``cell`` is Excel's name ("F12"; "F12+G12" where several were added up), empty for what has none.
    """

    label: Text
    column: str
    value: str
    raw: str
    unit: str
    file: str
    sheet: str
    row: int | None
    cell: str
    note: Text | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any], label: Text, note: Text | None) -> "CellReference":
        """A row of the cells that a finding keeps, as it is shown."""
        return cls(
            label,
            f"{row['table']}.{row['column']}",
            row["text"] if row["text"] is not None else number_text(row["value"]),
            row["raw"] or "",
            row["unit"] or "",
            row["file"] or "",
            row["sheet"] or "",
            row["row"],
            row["cell"] or "",
            note,
        )


@dataclass(frozen=True, slots=True)
class Explanation:
    """A tree to be printed from the top: ``lines`` first, then ``cells``, then ``children``."""

    title: Text
    lines: tuple[Text, ...] = ()
    cells: tuple[CellReference, ...] = ()
    children: tuple["Explanation", ...] = ()

    def walk(self) -> Iterator["Explanation"]:
        """This node and all below it, depth first."""
        yield self
        for child in self.children:
            yield from child.walk()


def number_text(value: float | None) -> str:
    """A number for people: all digits that matter, no exponent for usual sizes, "—" when it cannot be told."""
    if value is None:
        return "—"
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}"
