"""A sheet as a mapping file sees it: heading paths, the rows below them, and which rows are taken."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from junheng.basics import Text, UserError, heading_key, nearest, value_key
from junheng.data.reading.cells import cell_text
from junheng.data.reading.grid import Grid, column_letter, column_number, is_blank
from junheng.data.reading.heading_block import heading_paths
from junheng.data.reading.headings import split_unit
from junheng.data.reading.mapping import Condition, SourceRule
from junheng.data.reading.numbers import is_missing
from junheng.data.reading.part import RowNumbers, columns_of


@dataclass(frozen=True, slots=True)
class Sheet:
    """A grid with its headings resolved: column ``i`` has ``paths[i]`` and ``columns[i]``; ``numbers`` are its rows."""

    grid: Grid
    paths: Sequence[str]
    columns: Sequence[Sequence[object]]
    numbers: RowNumbers

    def find(self, heading: str) -> int | None:
        """The 0-based column with this heading. Raises UserError when two columns have it; None when none has."""
        key = heading_key(heading)
        found = [index for index, path in enumerate(self.paths) if heading_key(path) == key]
        if not found:
            found = [
                index for index, path in enumerate(self.paths) if heading_key(split_unit(path)[0]) == key
            ]
        if len(found) > 1:
            letters = ", ".join(map(column_letter, found))
            raise UserError(
                Text(
                    f"标题“{heading}”出现在多列：{letters}",
                    f"heading {heading!r} stands on several columns: {letters}",
                ),
                where=self.grid.where,
                fix=Text("请在映射文件中改用 letter", "use letter in the mapping file"),
            )
        return found[0] if found else None


def open_sheet(grid: Grid, source: SourceRule) -> Sheet:
    """The sheet below the heading rows of ``source``; blank rows have fallen out."""
    first, last = source.header_rows[0], source.header_rows[-1]
    if len(grid.rows) < last:
        raise UserError(
            Text(
                f"只有 {len(grid.rows)} 行，没有第 {last} 行标题",
                f"only {len(grid.rows)} rows, no heading row {last}",
            ),
            where=grid.where,
            fix=Text("请检查 header_rows", "check header_rows"),
        )
    paths = heading_paths(grid, first - 1, last - 1)
    kept = [index for index in range(last, len(grid.rows)) if not all(map(is_blank, grid.rows[index]))]
    columns = columns_of([grid.rows[index] for index in kept], len(paths))
    return Sheet(grid, paths, columns, np.array(kept, np.int32) + 1)


def chosen_rows(sheet: Sheet, conditions: Sequence[Condition]) -> npt.NDArray[np.bool_]:
    """Which rows meet all ``conditions``."""
    chosen = np.ones(len(sheet.numbers), bool)
    for condition in conditions:
        cells = [
            cell_text(cell) for cell in sheet.columns[find_place(sheet, condition.heading, condition.letter)]
        ]
        if condition.present is not None:
            chosen &= np.array([is_missing(cell) != condition.present for cell in cells], bool)
        else:
            words = {value_key(word) for word in condition.among or condition.not_among or ()}
            among = np.array([value_key(cell) in words for cell in cells], bool)
            chosen &= among if condition.among is not None else ~among
    return chosen


def find_place(sheet: Sheet, heading: str | None, letter: str | None) -> int:
    """The 0-based column of a heading or letter. Raises UserError when the sheet has none."""
    index = column_number(letter) if letter is not None else sheet.find(heading or "")
    if index is None or index >= len(sheet.columns):
        raise no_column(sheet, heading or letter or "")
    return index


def no_column(sheet: Sheet, heading: str) -> UserError:
    """The error of a column that the mapping asks for and the sheet lacks."""
    near = nearest(heading, sheet.paths)
    hint = Text(f"；最接近的是“{near}”", f"; the nearest is {near!r}") if near else Text("", "")
    return UserError(
        Text(
            f"表中没有映射文件要求的列“{heading}”{hint.zh}",
            f"the sheet has no column {heading!r} as the mapping asks{hint.en}",
        ),
        where=sheet.grid.where,
        fix=Text(
            "请检查映射文件的标题和 header_rows", "check the headings and header_rows of the mapping file"
        ),
    )
