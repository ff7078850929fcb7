"""Where something stands in an officer's file, as every message names it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: ``row`` from 1 (0: the whole sheet), ``column`` Excel's letter or ""."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""

    @property
    def whole_sheet(self) -> "Place":
        """The sheet it stands in."""
        return Place(self.file, self.sheet)

    def __str__(self) -> str:
        sheet = f" [{self.sheet}]" if self.sheet else ""
        cell = f" {self.column}{self.row}" if self.column else f" 第 {self.row} 行 row {self.row}"
        return f"{self.file}{sheet}" + (cell if self.row else "")
