"""Controlled rounding of a two-way table: which cells go up so that all sums hold.

The fractional parts of the exact table are themselves a flow of value Σ(row needs) through a network with whole
capacities: row → cell (at most 1) → column (between floor and ceiling of its sum). A flow with whole capacities has a
whole solution (Bacharach 1966, "Matrix rounding problems"), so a table with every cell and column floor or ceiling and
every row exact always exists. It is found by augmenting paths; afterwards any column or cell can be asked to go up:
an alternating path through what is not yet decided either makes room or proves that it cannot.

Rows and columns are bits of Python integers, so that a search over a city's table takes microseconds.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor


def bits(mask: int) -> Iterator[int]:
    """The places of the ones in ``mask``, ascending.

    >>> list(bits(0b1010))
    [1, 3]
    """
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class Flow:
    """The state of a rounding: ``up_row[i]`` are the columns in which row i has gone up, ``up_column[j]`` the rows.

    ``parts[i][j]``: the fractional part of a cell, 0 ≤ part < 1; the parts of each row add up to a whole number.
    """

    def __init__(self, parts: Sequence[Sequence[Fraction]]) -> None:
        height, width = len(parts), len(parts[0]) if parts else 0
        self.free_row = [sum(1 << j for j in range(width) if row[j]) for row in parts]
        self.free_column = [sum(1 << i for i in range(height) if parts[i][j]) for j in range(width)]
        self.up_row, self.up_column = [0] * height, [0] * width
        sums = [sum((row[j] for row in parts), Fraction(0)) for j in range(width)]
        needs = [int(sum(row, Fraction(0))) for row in parts]
        self.least = [floor(total) for total in sums]
        self.fixed_columns = sum(1 << j for j in range(width) if sums[j] == self.least[j])
        self._fill(needs, self.least)
        self._fill(needs, [ceil(total) for total in sums])

    def copy(self) -> "Flow":
        """A state of its own, to come back to."""
        twin = object.__new__(Flow)
        twin.free_row, twin.free_column = self.free_row[:], self.free_column[:]
        twin.up_row, twin.up_column = self.up_row[:], self.up_column[:]
        twin.least, twin.fixed_columns = self.least, self.fixed_columns
        return twin

    def take_column(self, column: int) -> bool:
        """Decide ``column``: its total goes up if what is decided already leaves room. True when it is up."""
        up = self.up_column[column].bit_count() > self.least[column]
        if not up:
            path = self._column_path(column)
            up = path is not None
            self._flip(path or [])
        self.fixed_columns |= 1 << column
        return up

    def take_cell(self, row: int, column: int) -> bool:
        """Decide one cell, all column totals being decided: it goes up if the table can still be completed."""
        up = bool(self.up_row[row] >> column & 1)
        if not up:
            cycle = self._cycle(row, column)
            up = cycle is not None
            self._flip(cycle or [])
        self.free_row[row] &= ~(1 << column)
        self.free_column[column] &= ~(1 << row)
        return up

    def _flip(self, cells: Sequence[tuple[int, int]]) -> None:
        for row, column in cells:
            self.up_row[row] ^= 1 << column
            self.up_column[column] ^= 1 << row

    def _fill(self, needs: Sequence[int], most: Sequence[int]) -> None:
        """Augment until each row has its need or no column below ``most`` can be reached."""
        for row, need in enumerate(needs):
            while self.up_row[row].bit_count() < need:
                room = sum(1 << j for j, limit in enumerate(most) if self.up_column[j].bit_count() < limit)
                path = self._search([row], room)
                if path is None:
                    break
                self._flip(path)

    def _column_path(self, column: int) -> list[tuple[int, int]] | None:
        """Cells to flip so that ``column`` has one more and a column that is up, and undecided, one less."""
        givers = sum(
            1 << j
            for j, ups in enumerate(self.up_column)
            if ups.bit_count() > self.least[j] and not self.fixed_columns >> j & 1
        )
        rows = self.free_column[column] & ~self.up_column[column]
        path = self._search(list(bits(rows)), 0, givers=givers, banned=1 << column)
        return None if path is None else [(path[0][0], column), *path]

    def _search(
        self, starts: Sequence[int], room: int, *, givers: int = 0, banned: int = 0
    ) -> list[tuple[int, int]] | None:
        """A shortest alternating path from one of the rows ``starts``; None when there is none.

        With ``room`` the row gains a cell and the path ends in a column with room. With ``givers`` the row loses a
        cell (it has just gained one in a ``banned`` column) and the path ends in a column that may give one.
        """
        gains = not givers and bool(room)
        if not gains and not givers:
            return None
        came: dict[int, tuple[int, int] | None] = dict.fromkeys(starts)  # row ← (row before, column between)
        seen, queue = banned, list(starts)
        for row in queue:
            steps = self.free_row[row] & ~self.up_row[row] if gains else self.up_row[row] & self.free_row[row]
            for column in bits(steps & ~seen):
                seen |= 1 << column
                if (room | givers) >> column & 1:
                    return self._unwind(came, row, column)
                others = self.up_column[column] if gains else ~self.up_column[column]
                for other in bits(others & self.free_column[column]):
                    if other not in came:
                        came[other] = (row, column)
                        queue.append(other)
        return None

    @staticmethod
    def _unwind(came: dict[int, tuple[int, int] | None], row: int, column: int) -> list[tuple[int, int]]:
        path = [(row, column)]
        while (step := came[row]) is not None:
            before, between = step
            path += [(row, between), (before, between)]
            row = before
        return path[::-1]

    def _cycle(self, row: int, column: int) -> list[tuple[int, int]] | None:
        """Cells to flip so that (row, column) goes up and every row and column keeps its sum; None if impossible."""
        givers = self.up_row[row] & self.free_row[row]
        rows_left = list(bits(self.up_column[column] & self.free_column[column]))
        if not givers or not rows_left or not self.free_row[row] >> column & 1:
            return None
        came: dict[int, tuple[int, int] | None] = dict.fromkeys(rows_left)
        seen, queue = 1 << column, list(rows_left)
        for other in queue:  # ``other`` has lost a cell and must gain one
            for between in bits(self.free_row[other] & ~self.up_row[other] & ~seen):
                seen |= 1 << between
                if givers >> between & 1:
                    path = self._unwind(came, other, between)
                    return [(row, column), (path[0][0], column), *path, (row, between)]
                for further in bits(self.up_column[between] & self.free_column[between]):
                    if further not in came:
                        came[further] = (other, between)
                        queue.append(further)
        return None
