"""Which column a heading is: the row of headings of a sheet, and what it lacks."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from junheng.basics import heading_key, nearest
from junheng.data import Grid
from junheng.planning.cell_values import cell_text
from junheng.planning.gathered import Gathered

_SEARCHED_ROWS = 10  # title lines above the headings are passed over
_BRACKETS, _NOTHING = re.compile(r"[（(][^）)]*[）)]"), re.compile(r"(?!)")
Table = Mapping[str, Any]  # what a library YAML says of a sheet (see sheet_records)


def required(table: Table, *marks: str) -> dict[str, str]:
    """Column → heading of those that must be there (or that bear one of ``marks``)."""
    marks = marks or ("needed", "needed_heading")
    return {c["name"]: c["zh"] for c in table["columns"] if any(mark in c for mark in marks)}


def keys_of(row: Sequence[object], table: Table) -> list[str]:
    """The cells of a row in the form in which headings are compared."""
    remark = _BRACKETS if "remarks_in_brackets" in table else _NOTHING
    return [heading_key(remark.sub("", cell_text(cell))) for cell in row]


def heading_row(grid: Grid, table: Table, index: Mapping[str, str]) -> tuple[int, dict[str, int]]:
    """The first row that has all headings, else the one that knows most of them; the place of each column."""
    best: tuple[int, dict[str, int]] = (0, {})
    for number, row in enumerate(grid.rows[:_SEARCHED_ROWS]):
        keys = keys_of(row, table)
        places = {index[key]: at for at, key in reversed(list(enumerate(keys))) if key in index}
        if set(required(table)) <= set(places):
            return number, places
        best = max(best, (number, places), key=lambda one: len(one[1]))
    return best


def index_of(grid: Grid, table: Table, renamed: Mapping[str, str], faults: Gathered) -> dict[str, str]:
    """Heading → column; a renamed column goes by the table's own heading alone."""
    index = {heading_key(w): c["name"] for c in table["columns"] for w in _words_of(c)}
    for ours, theirs in renamed.items():
        column = index.get(heading_key(ours))
        if column is None:
            faults.add(grid.where, f"columns 里没有列“{ours}”", f"there is no column {ours!r} to rename")
            continue
        index = {word: name for word, name in index.items() if name != column}
        index[heading_key(theirs)] = column
    return index


def _words_of(column: Mapping[str, Any]) -> tuple[str, ...]:
    return (column["zh"], column["name"], *column.get("aliases", ()))


def tell_lacking(
    grid: Grid, best: tuple[int, Mapping[str, int]], headings: Mapping[str, str], faults: Gathered
) -> None:
    """Which headings the row lacks that knows most of them, and what there comes nearest to the first of them."""
    number, places = best
    lacking = [zh for name, zh in headings.items() if name not in places]
    seen = [cell_text(cell) for at, cell in enumerate(grid.rows[number]) if at not in places.values()]
    near = nearest(lacking[0], [word for word in seen if word])
    hint = (f"；最接近的标题是“{near}”", f"; the nearest heading is {near!r}") if near else ("", "")
    told, asked = "、".join(lacking), "、".join(headings.values())
    faults.add(
        f"{grid.where} 第 {number + 1} 行" if places else grid.where,
        f"缺少列 {told}；至少要有 {asked}{hint[0]}",
        f"columns are missing: {told}; at least {asked}{hint[1]}",
    )
