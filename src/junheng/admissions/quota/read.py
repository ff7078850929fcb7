"""Reading the quota workbook: headings and rows; every fault with file, sheet, row, column."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.admissions.quota.cells import Place, is_missing, value_of
from junheng.admissions.quota.columns import SERIES, sheets
from junheng.admissions.quota.grid import open_grids
from junheng.admissions.quota.problem import Junior, Pupil, QuotaInput, Senior
from junheng.admissions.quota.read_checks import require_coherent
from junheng.basics import Text, UserError, heading_key, nearest
from junheng.data import Grid
from junheng.data.books import SEARCHED_ROWS, Form, Heading, text_of, without_brackets

_NUMBERED = re.compile(r"(.*?)([1-9]\d?)")


@dataclass(frozen=True, slots=True)
class _Found:
    """A sheet with its headings: column name → 0-based places (several for a series); headings not understood."""

    sheet: Form
    grid: Grid
    heading_row: int
    places: Mapping[str, tuple[int, ...]]
    unused: tuple[str, ...]


def read_quota_input(path: Path) -> QuotaInput:
    """The input in a workbook or folder of CSV. Raises UserError, placed at the cell, for whatever is amiss."""
    grids, files = open_grids(path)
    found = {sheet.table: _find(sheet, grids, path.name) for sheet in sheets()}
    seniors, juniors, pupils = (_rows(found[name]) for name in ("senior", "junior", "pupil"))
    if not seniors or not juniors:
        empty = found["junior" if seniors else "senior"]
        raise UserError(
            Text("表中没有数据", "the sheet has no rows"),
            where=empty.grid.where if empty else path.name,
            fix=Text("请填写后再运行", "fill it in"),
        )
    given = QuotaInput(
        _year(seniors),
        tuple(_senior(values, where) for values, where in seniors),
        tuple(_junior(values, where) for values, where in juniors),
        tuple(_pupil(values, where) for values, where in pupils),
        tuple(files),
        tuple(f"{sheet.grid.title}：{word}" for sheet in found.values() if sheet for word in sheet.unused),
    )
    require_coherent(given)
    return given


def _find(sheet: Form, grids: Sequence[Grid], name: str) -> _Found | None:
    """The grid of a sheet with its headings; None where an optional sheet is absent."""
    grid = next((grid for grid in grids if heading_key(grid.title) in sheet.spellings()), None)
    if grid is None:
        if sheet.is_required:
            there = "、".join(grid.title for grid in grids)
            raise UserError(
                Text(
                    f"缺少工作表“{sheet.title.zh}”", f"the sheet {sheet.title.zh} ({sheet.table}) is missing"
                ),
                where=name,
                why=Text(f"现有：{there}", f"there are: {there}"),
                fix=Text(
                    "请用 junheng quota --template 生成的样表", "use the workbook of junheng quota --template"
                ),
            )
        return None
    return _headings(sheet, grid)


def _headings(sheet: Form, grid: Grid) -> _Found:
    best: tuple[int, int, dict[str, tuple[int, ...]]] = (-1, 0, {})
    for row, cells in enumerate(grid.rows[:SEARCHED_ROWS]):
        places = _match(sheet, [without_brackets(text_of(cell)) for cell in cells], grid, row)
        if len(places) > best[0]:
            best = (len(places), row, places)
    _, row, places = best
    lacking = [
        column for column in sheet.headings.values() if column.is_required and column.name not in places
    ]
    if lacking:
        seen = [text_of(cell) for cell in (grid.rows[row] if grid.rows else ())]
        near = nearest(lacking[0].title.zh, [word for word in seen if word])
        raise UserError(
            Text(
                f"“{sheet.title.zh}”缺少列：{'、'.join(column.title.zh for column in lacking)}",
                f"{sheet.table} lacks: {', '.join(column.title.en for column in lacking)}",
            ),
            where=f"{grid.where} 第{row + 1}行 row {row + 1}",
            why=Text(f"最接近的标题是“{near}”", f"the nearest heading is {near!r}") if near else None,
            fix=Text("请保留样表的标题", "keep the headings of the template"),
        )
    known = {place for found in places.values() for place in found}
    words = [text_of(cell) for place, cell in enumerate(grid.rows[row]) if place not in known]
    unused = tuple(word for word in words if word)
    return _Found(sheet, grid, row, {**places, **_used_series(sheet, grid, row, places)}, unused)


def _used_series(
    sheet: Form, grid: Grid, heading_row: int, places: Mapping[str, tuple[int, ...]]
) -> dict[str, tuple[int, ...]]:
    """Of a series (志愿1, 志愿2 …) only the columns in which anything stands: the template has some to spare."""
    rows = grid.rows[heading_row + 1 :]
    broken = {place for row, place in grid.broken if row > heading_row}
    return {
        column.name: tuple(
            place
            for place in places.get(column.name, ())
            if place in broken
            or any(place < len(row) and not is_missing(text_of(row[place])) for row in rows)
        )
        for column in sheet.headings.values()
        if column.kind in SERIES
    }


def _match(sheet: Form, words: Sequence[str], grid: Grid, row: int) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for column in sheet.headings.values():
        places = [place for place, word in enumerate(words) if _means(column, word)]
        if len(places) > 1 and column.kind not in SERIES:
            raise Place(grid, row, places[1], column.title.zh).refuse(
                f"标题“{column.title.zh}”出现两次", f"the heading {column.title.en} appears twice"
            )
        if places:
            found[column.name] = tuple(sorted(places, key=lambda place: _number(words[place])))
    return found


def _means(column: Heading, word: str) -> bool:
    if column.kind in SERIES:
        match = _NUMBERED.fullmatch(heading_key(word))
        word = match[1] if match else word
    return bool(word) and heading_key(word) in column.spellings()


def _number(word: str) -> int:
    match = _NUMBERED.fullmatch(heading_key(word))
    return int(match[2]) if match else 0


def _rows(found: _Found | None) -> list[tuple[dict[str, Any], str]]:
    """Typed values of every row that holds anything, with the row's place."""
    return [] if found is None else list(_typed(found))


def _typed(found: _Found) -> Iterator[tuple[dict[str, Any], str]]:
    used = {place for places in found.places.values() for place in places}
    broken = {row for row, place in found.grid.broken if place in used}
    for number in range(found.heading_row + 1, len(found.grid.rows)):
        cells = found.grid.rows[number]
        is_blank = all(is_missing(text_of(cells[place])) for place in used if place < len(cells))
        if is_blank and number not in broken:
            continue
        where = f"{found.grid.where} 第{number + 1}行 row {number + 1}"
        yield (
            {column.name: _value(found, column, number, cells) for column in found.sheet.headings.values()},
            where,
        )


def _value(found: _Found, column: Heading, number: int, cells: Sequence[object]) -> object:
    values = []
    for place in found.places.get(column.name, ()):
        at = Place(found.grid, number, place, column.title.zh)
        at.require_sound()
        value = value_of(column, cells[place] if place < len(cells) else None, at)
        if value is None and column.is_required and column.kind not in SERIES:
            raise at.refuse(
                f"“{column.title.zh}”没有填", f"{column.title.en} is blank", Text("请补填", "fill it in")
            )
        values.append(value)
    if column.kind in SERIES:
        return tuple(values)
    return values[0] if values else None


def _year(rows: Sequence[tuple[dict[str, Any], str]]) -> int:
    first = int(rows[0][0]["year"])
    for values, where in rows:
        if values["year"] != first or not 2000 <= first <= 2100:
            raise UserError(
                Text(f"年份不一致或不合理：{values['year']}", f"years differ or are odd: {values['year']}"),
                where=where,
                fix=Text("一个工作簿只放一年", "one year a workbook"),
            )
    return first


def _present(values: Mapping[str, Any], skip: tuple[str, ...] = ()) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None and name not in skip}


def _senior(values: Mapping[str, Any], where: str) -> Senior:
    return Senior(**_present(values, ("year",)), where=where)


def _junior(values: Mapping[str, Any], where: str) -> Junior:
    given = {"district": "", "graduates": None, **_present(values)}
    return Junior(**given, where=where)


def _pupil(values: Mapping[str, Any], where: str) -> Pupil:
    wishes = tuple(wish for wish in values["wishes"] if wish is not None)
    return Pupil(
        values["id"],
        values["junior"],
        values["score"],
        values["years"],
        _ties(values["ties"], where),
        wishes,
        where,
    )


def _ties(marks: Sequence[Fraction | None], where: str) -> tuple[Fraction, ...]:
    if any(mark is None for mark in marks):
        raise UserError(
            Text("同分比较有空格", "a mark that parts equal scores is blank"),
            where=where,
            why=Text("缺失不能当作 0 分", "absent is not 0 marks"),
            fix=Text("请补填，或整列删去", "fill it in, or leave the column out"),
        )
    return tuple(mark for mark in marks if mark is not None)
