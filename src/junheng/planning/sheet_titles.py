"""Which table a sheet is, by its title; unknown sheets and absent tables are told, never guessed."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from junheng.basics import heading_key, nearest
from junheng.data import Grid
from junheng.planning.gathered import Gathered

Tables = Mapping[str, Mapping[str, Any]]  # sheet name → what a library YAML says of it (see sheet_records)


def tables_of(library: Mapping[str, Any]) -> Tables:
    """The tables of a library of columns; what has no "columns" are the words of cells."""
    return {name: table for name, table in library.items() if "columns" in table}


def sheet_name(title: str, tables: Tables) -> str | None:
    """The table a sheet's title names or begins with: 学校, 学校（2024）, schools; None where it names none."""
    key = heading_key(title)
    names = {
        heading_key(word): name
        for name, table in reversed([*tables.items()])
        for word in (name, *filter(None, [table.get("en")]), *table.get("files", ()))
    }
    begun = max((word for word in names if key.startswith(word)), key=len, default=None)
    return None if begun is None else names[begun]


def tell_unknown(
    others: Sequence[Grid], tables: Tables, found: Collection[str], faults: Gathered, *, passes_others: bool
) -> None:
    """Sheets that are no table: each of them, or (``passes_others``) those that may be one that was not found."""
    absent = [name for name in tables if name not in found]
    for grid in others:
        title = heading_key(grid.title)
        if not passes_others:
            near = nearest(grid.title, tables) or "、".join(tables)
            faults.add(grid.where, f"不认识的表；应为 {near}", f"unknown sheet; expected {near}")
        elif near_one := next(
            (name for name in absent if heading_key(name) in title), nearest(title, absent)
        ):
            faults.add(
                grid.where,
                f"不认识的工作表；是否为“{near_one}”？改名后再读，与规划无关的表请移到别的文件",
                f"unknown sheet; is it {near_one}? rename it, or keep sheets of other matters in another file",
            )


def tell_absent(
    others: Sequence[Grid], tables: Tables, found: Collection[str], faults: Gathered, paths: Sequence[Path]
) -> None:
    """Needed sheets that no file holds, with what is there instead."""
    for name in (name for name, table in tables.items() if "needed" in table and name not in found):
        there = "、".join([*found, *(grid.title for grid in others)]) or "无 none"
        faults.add(
            "、".join(path.name for path in paths),
            f"缺少工作表“{name}”（现有：{there}）",
            f"the sheet {name} is missing (there are: {there})",
        )
