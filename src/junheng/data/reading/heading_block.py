"""Several heading rows read as one path per column: 专任教师/#按学历分/本科.

A heading that covers several columns is a merged cell. Where the format tells which cells are merged, that is used;
otherwise (text files, some exports) a heading is taken to cover the blank cells to its right, as far as the
heading above it reaches.
"""

from collections.abc import Sequence

from junheng.data.reading.cells import cell_text
from junheng.data.reading.grid import Grid
from junheng.data.reading.headings import join_headings


def heading_paths(grid: Grid, first: int, last: int) -> list[str]:
    """One path per column from the 0-based rows ``first`` to ``last``."""
    width = max(len(row) for row in grid.rows[first : last + 1])
    block = [_padded(grid.rows[row], width) for row in range(first, last + 1)]
    merged = [area for area in grid.merged or () if first <= area[0][0] <= last]
    if merged:
        _fill_merged(block, merged, first)
    elif len(block) > 1:
        _fill_right(block)
    return join_headings(block)


def _padded(row: Sequence[object], width: int) -> list[str]:
    texts = [cell_text(cell) for cell in row]
    return texts + [""] * (width - len(texts))


def _fill_merged(
    block: list[list[str]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]], first: int
) -> None:
    for (top, left), (bottom, right) in merged:
        text = block[top - first][left] if left < len(block[top - first]) else ""
        for row in range(top - first, min(bottom - first, len(block) - 1) + 1):
            for column in range(left, min(right, len(block[row]) - 1) + 1):
                block[row][column] = text


def _fill_right(block: list[list[str]]) -> None:
    """Fill blanks rightwards in all rows but the last, never beyond the heading above."""
    for depth, row in enumerate(block[:-1]):
        for column in range(1, len(row)):
            below = any(lower[column].strip() for lower in block[depth + 1 :])
            above_same = all(upper[column] == upper[column - 1] for upper in block[:depth])
            if not row[column].strip() and below and above_same:
                row[column] = row[column - 1]
