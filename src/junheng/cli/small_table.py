"""Small tables that officers type: found by their headings, every refusal names its row."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from junheng.basics import UserError, heading_key
from junheng.data import read_sheets
from junheng.data.books import Record, as_typed, find_sheet

Refuse = Callable[[str, str, str], UserError]  # where, Chinese, English


@dataclass(frozen=True, slots=True)
class TableRow:
    """One filled row: texts by column, and where it stands."""

    cells: Mapping[str, str]
    where: str


def read_small_table(
    path: Path,
    headings: Mapping[str, Sequence[str]],
    refuse: Refuse,
    *,
    optional: Collection[str] = (),
) -> list[TableRow]:
    """The rows below ``headings`` (column → ways to write it) on the first sheet that has them.

    Every cell must be filled but those of ``optional`` columns, which may also be absent (""). Rows that begin with
    # are remarks. Raises what ``refuse`` makes: absent headings, a blank or broken cell, no row; and UserError as
    ``read_sheets`` does for a file that cannot be read.
    """
    needed = [name for name in headings if name not in optional]
    index = {heading_key(word): name for name, words in headings.items() for word in words}
    headed = find_sheet(read_sheets(path), index, needed)
    if lacking := headed.lacking(needed):
        heads = "、".join(headings[name][0] for name in lacking)
        raise refuse(path.name, f"没有找到这些列：{heads}", f"these columns were not found: {heads}")
    rows = [row for row in headed.records(as_typed) if row.cells or row.broken]
    if not rows:
        raise refuse(path.name, "表是空的", "the table is empty")
    return [_filled(row, headed.columns, needed, headings, refuse) for row in rows]


def _filled(
    row: Record,
    columns: Collection[str],
    needed: Sequence[str],
    headings: Mapping[str, Sequence[str]],
    refuse: Refuse,
) -> TableRow:
    for name in row.broken:
        raise refuse(str(row.at(name)), "公式没有算出，或有错误值", "a formula without a value, or an error")
    for name in needed:
        if not row.cell(name):
            raise refuse(str(row.place), f"“{headings[name][0]}”没有填", f"{headings[name][0]} is blank")
    return TableRow({name: row.cell(name) for name in columns}, str(row.place))
