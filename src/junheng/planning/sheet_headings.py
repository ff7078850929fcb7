"""Which column a heading is: what a library YAML says of a sheet, and what its row of headings lacks."""

from collections.abc import Mapping
from typing import Any

from junheng.basics import heading_key, nearest
from junheng.data import Grid
from junheng.data.books import Headed, find_headings
from junheng.planning.gathered import Gathered

Table = Mapping[str, Any]  # what a library YAML says of a sheet (see sheet_records)


def required(table: Table, *marks: str) -> dict[str, str]:
    """Column → heading of those that must be there (or that bear one of ``marks``)."""
    marks = marks or ("needed", "needed_heading")
    return {c["name"]: c["zh"] for c in table["columns"] if any(mark in c for mark in marks)}


def headed(grid: Grid, table: Table, renamed: Mapping[str, str], faults: Gathered) -> Headed:
    """The first row that has all headings, else the one that knows most; a renamed column goes by its own alone."""
    index = {heading_key(w): c["name"] for c in table["columns"] for w in _words_of(c)}
    for ours, theirs in renamed.items():
        column = index.get(heading_key(ours))
        if column is None:
            faults.add(grid.where, f"columns 里没有列“{ours}”", f"there is no column {ours!r} to rename")
            continue
        index = {word: name for word, name in index.items() if name != column}
        index[heading_key(theirs)] = column
    return find_headings(grid, index, required(table), passes_brackets="remarks_in_brackets" in table)


def _words_of(column: Mapping[str, Any]) -> tuple[str, ...]:
    return (column["zh"], column["name"], *column.get("aliases", ()))


def tell_lacking(best: Headed, table: Table, faults: Gathered) -> None:
    """Which headings the row lacks that knows most of them, and what there comes nearest to the first of them."""
    headings = required(table)
    lacking = [headings[name] for name in best.lacking(headings)]
    near = nearest(lacking[0], best.unknown())
    hint = (f"；最接近的标题是“{near}”", f"; the nearest heading is {near!r}") if near else ("", "")
    told, asked = "、".join(lacking), "、".join(headings.values())
    faults.add(
        str(best.place()) if best.columns else best.grid.where,
        f"缺少列 {told}；至少要有 {asked}{hint[0]}",
        f"columns are missing: {told}; at least {asked}{hint[1]}",
    )
