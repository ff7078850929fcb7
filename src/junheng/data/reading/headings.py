"""From the headings of a sheet to the columns of the dictionary, with the unit a heading states.

A heading is compared by ``heading_key`` with the canonical name, the Chinese and English names and the aliases;
a unit in brackets at its end ("（万元）") is taken off and gives the factor to the dictionary's unit.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from junheng.basics import UNITS, Text, UserError, find_unit, heading_key, is_unit, nearest, normalise
from junheng.data.dictionary import ColumnSpec, TableSpec, load_dictionary

HEADING_SEARCH_ROWS = 10  # title lines above the headings are passed over, but never more than this

_UNIT_AT_END = re.compile(r"^(.*\S)\s*[(\[]\s*((?:计量)?(?:单位)?:?[^()\[\]]{1,8})[)\]]\s*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Match:
    """A column of the sheet (0-based ``index``) that is a column of the dictionary."""

    index: int
    column: ColumnSpec
    heading: str
    unit: str
    factor: Fraction


@cache
def column_index(table: str) -> Mapping[str, ColumnSpec]:
    """Every known heading of ``table`` by its key."""
    found: dict[str, ColumnSpec] = {}
    for column in load_dictionary().tables[table].columns.values():
        for word in (column.name, column.heading.zh, column.heading.en, *column.aliases):
            found.setdefault(heading_key(word), column)
    return found


@cache
def table_index() -> Mapping[str, TableSpec]:
    """Every known sheet or file name by its key."""
    found: dict[str, TableSpec] = {}
    for table in load_dictionary().tables.values():
        for word in (table.name, table.sheet.zh, *table.aliases):
            found.setdefault(heading_key(word), table)
    return found


def split_unit(heading: str) -> tuple[str, str]:
    """The heading without a unit in brackets at its end, and that unit ("" when there is none).

    >>> split_unit("教学仪器设备资产值（万元）")
    ('教学仪器设备资产值', '万元')
    """
    match = _UNIT_AT_END.match(normalise(heading))
    if match and is_unit(match[2]):
        return match[1], match[2]
    return heading, ""


def unit_factor(column: ColumnSpec, unit: str, where: str) -> Fraction:
    """What a figure in ``unit`` is multiplied by to be in the column's unit. Raises UserError if it cannot be."""
    if not unit:
        return Fraction(1)
    target = UNITS.get(column.unit)
    found = find_unit(unit, target.base) if target else None
    if found is None or target is None:
        name = target.name if target else Text("无单位", "no unit")
        raise UserError(
            Text(
                f"“{column.heading.zh}”的单位“{unit}”不能换算为{name.zh}",
                f"the unit {unit!r} of {column.heading.en!r} cannot be converted to {name.en}",
            ),
            where=where,
            fix=Text(f"请改用{name.zh}或可换算的单位", f"use {name.en} or a unit that converts to it"),
        )
    return found.factor / target.factor


def find_column(table: str, heading: str) -> tuple[ColumnSpec, str] | None:
    """The dictionary column a heading means and the unit it states; None when it is unknown."""
    index = column_index(table)
    column = index.get(heading_key(heading))
    bare, unit = split_unit(heading)
    if column is None:
        column = index.get(heading_key(bare))
    return None if column is None else (column, unit)


def match_headings(table: str, headings: Sequence[str], where: str) -> tuple[list[Match], list[int]]:
    """The matches of a heading row, and the positions of headings nobody knows (blank ones left out).

    Raises UserError when two headings mean the same column.
    """
    matches: dict[str, Match] = {}
    unknown: list[int] = []
    for index, heading in enumerate(headings):
        found = find_column(table, heading) if heading.strip() else None
        if found is None:
            unknown += [index] if heading.strip() else []
            continue
        column, unit = found
        if column.name in matches:
            raise _doubled(column, matches[column.name].heading, heading, where)
        matches[column.name] = Match(index, column, heading, unit, unit_factor(column, unit, where))
    return list(matches.values()), unknown


def find_heading_row(table: str, rows: Sequence[Sequence[object]]) -> int | None:
    """The first of the first rows in which a key column and one more heading (or the only one) are known."""
    key = set(load_dictionary().tables[table].key)
    for number, row in enumerate(rows[:HEADING_SEARCH_ROWS]):
        words = [cell for cell in row if isinstance(cell, str) and cell.strip()]
        found = [match[0].name for match in (find_column(table, word) for word in words) if match]
        if key & set(found) and len(found) >= min(2, len(words)):
            return number
    return None


def nearest_heading(table: str, heading: str) -> str:
    """The Chinese name of the column whose known headings are most like ``heading``; "" when none is near."""
    index = column_index(table)
    found = nearest(heading_key(split_unit(heading)[0]), index)
    return "" if found is None else index[found].heading.zh


def find_table(name: str) -> TableSpec | None:
    """The table that a sheet or file name means: its own name, or the name beside a year ("stage_2024")."""
    index = table_index()
    bare = re.sub(r"(?<!\d)(?:19|20)\d{2}(?!\d)(学年度?|年)?", "", name)
    return index.get(heading_key(name)) or index.get(heading_key(bare))


def join_headings(rows: Sequence[Sequence[str]]) -> list[str]:
    """One path per column from several heading rows ("专任教师/#按学历分/本科"); repeated parts are said once."""
    paths = []
    for parts in zip(*rows, strict=True):
        path: list[str] = []
        for part in parts:
            if part.strip() and (not path or path[-1] != part.strip()):
                path.append(part.strip())
        paths.append("/".join(path))
    return paths


def missing_columns(table: TableSpec, found: Iterable[str]) -> list[ColumnSpec]:
    """The columns without which the table cannot be read (its year may come from elsewhere)."""
    have = {*found, "year"}
    return [column for column in table.columns.values() if column.required and column.name not in have]


def _doubled(column: ColumnSpec, first: str, second: str, where: str) -> UserError:
    name = column.heading
    return UserError(
        Text(
            f"两列都是“{name.zh}”：“{first}”和“{second}”",
            f"two columns both mean {name.en!r}: {first!r} and {second!r}",
        ),
        where=where,
        why=Text("无法判断应采用哪一列", "there is no telling which one counts"),
        fix=Text("请删除或改名其中一列", "delete or rename one of them"),
    )
