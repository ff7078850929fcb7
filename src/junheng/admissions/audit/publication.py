"""What may be published about few children: small cells hidden, and what would reveal them."""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from junheng.admissions.complaint import validated

_FILE = Path(__file__).with_name("publication.yaml")
Counts = Sequence[Sequence[int]]
Shown = list[list[int | None]]


class PublicationRule(BaseModel):
    """Counts above 0 and below ``smallest_cell`` are hidden; rows are safe in groups of ``k_anonymity`` or more."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["junheng/publication/1"]
    source: dict[str, str | None]
    smallest_cell: Annotated[int, Field(ge=1)]
    k_anonymity: Annotated[int, Field(ge=1)]


@cache
def default_publication() -> PublicationRule:
    """The shipped thresholds."""
    return read_publication(_FILE)


def read_publication(path: Path) -> PublicationRule:
    """The thresholds in a YAML file. Raises UserError naming the key at fault."""
    return validated(PublicationRule, yaml.safe_load(path.read_text(encoding="utf-8")), path.name)


def hide_small(table: Counts, smallest: int, whole_rows: Collection[int] = ()) -> Shown:
    """``table`` of counts with None for small ones, and for as many others as would give these away.

    The sums of rows and columns are taken to be known. In no row or column a single cell is hidden, and hidden cells
    add up to ``smallest`` at least, unless the whole line is hidden. Hidden besides is always the smallest cell
    left, zeros last (a zero beside one hidden cell hides nothing). A table of one row knows its total only.
    ``whole_rows`` are hidden to begin with. What several lines together give away (linear programming) is not looked at.
    """
    hidden = [
        [row in whole_rows or 0 < count < smallest for count in counts] for row, counts in enumerate(table)
    ]
    changed = True
    while changed:
        changed = False
        for line in _lines(table):
            cells = [(row, column) for row, column in line if hidden[row][column]]
            if not cells or _is_enough(table, cells, smallest):
                continue
            others = [cell for cell in line if cell not in cells]
            if others:
                row, column = min(others, key=lambda cell: _cost(table, cell))
                hidden[row][column] = changed = True
    return [
        [None if hidden[row][column] else count for column, count in enumerate(counts)]
        for row, counts in enumerate(table)
    ]


def _lines(table: Counts) -> Iterator[list[tuple[int, int]]]:
    """The cells of every row and, where there are several rows, of every column."""
    width = len(table[0]) if table else 0
    for row in range(len(table)):
        yield [(row, column) for column in range(width)]
    for column in range(width if len(table) > 1 else 0):
        yield [(row, column) for row in range(len(table))]


def _is_enough(table: Counts, cells: Sequence[tuple[int, int]], smallest: int) -> bool:
    return len(cells) > 1 and sum(table[row][column] for row, column in cells) >= smallest


def _cost(table: Counts, cell: tuple[int, int]) -> tuple[bool, int, int, int]:
    count = table[cell[0]][cell[1]]
    return count == 0, count, *cell
