"""Reading application forms: every row of every sheet becomes a child or a fault, none is lost."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from junheng.admissions.applications.faults import Fault
from junheng.admissions.applications.form import Child, Key, clean, column_words
from junheng.admissions.applications.vocabulary import Column, find_column
from junheng.admissions.sheets import read_sheets, workbook_files
from junheng.basics import Text, UserError
from junheng.data import Grid, column_letter
from junheng.data.books import REMARK, SEARCHED_ROWS, Place, has_lost_digits

OTHER_SHEETS = {
    "填表说明",
    "说明",
    "学校",
    "名额池",
    "可选值",
}  # sheets of our own workbooks that hold no applications
_WITHOUT_WHICH_NO_FORM = {"name", "id_number"}


@dataclass(frozen=True, slots=True)
class Applications:
    """All applications of one or more workbooks. ``rows``: filled rows below the headings, remarks left out.

    ``len(children)`` equals ``rows``. ``faults`` are those of reading; the rule's checks come after.
    """

    children: tuple[Child, ...]
    faults: tuple[Fault, ...]
    files: tuple[str, ...]
    rows: int


def read_applications(path: Path | Sequence[Path]) -> Applications:
    """The applications in a workbook, a folder of workbooks, or several of these.

    Raises UserError for a file that is no readable workbook, for two files of one name, for a heading that comes twice,
    and when no sheet has the form's headings.
    """
    paths = [path] if isinstance(path, Path) else list(path)
    files = [file for given in paths for file in workbook_files(given)]
    _require_distinct(files)
    children: list[Child] = []
    faults: list[Fault] = []
    forms = 0
    for file in files:
        for sheet in read_sheets(file):
            found = _read_sheet(sheet)
            forms += found is not None
            children += found[0] if found else []
            faults += found[1] if found else _unread(sheet)
    if not forms:
        raise _no_form([file.name for file in files])
    return Applications(tuple(children), tuple(faults), tuple(file.name for file in files), len(children))


def _read_sheet(sheet: Grid) -> tuple[list[Child], list[Fault]] | None:
    top = _heading_row(sheet)
    if top is None:
        return None
    known, unknown = _headings(sheet, top)
    faults = [
        Fault("heading_unknown", Place(sheet.file, sheet.sheet, top + 1, column_letter(index)), text)
        for index, text in unknown.items()
    ]
    children = []
    for number in range(top + 1, len(sheet.rows)):
        cells = sheet.rows[number]
        first = next((str(cell) for cell in cells if _is_filled(cell)), "")
        broken = [column for row, column in sheet.broken if row == number]
        if (first or broken) and not first.lstrip().startswith(REMARK):
            child = _child(sheet, number, known, unknown)
            children.append(child)
            faults += _cell_faults(sheet, number, known, child, broken)
    return children, faults


def _heading_row(sheet: Grid) -> int | None:
    for number, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        found = {match[0].name for cell in row if isinstance(cell, str) and (match := find_column(cell))}
        if found >= _WITHOUT_WHICH_NO_FORM:
            return number
    return None


def _headings(sheet: Grid, top: int) -> tuple[dict[int, tuple[Column, int]], dict[int, str]]:
    """Known columns and unknown headings of the heading row, by place."""
    known: dict[int, tuple[Column, int]] = {}
    unknown: dict[int, str] = {}
    for index, cell in enumerate(sheet.rows[top]):
        text = str(cell).strip() if _is_filled(cell) else ""
        found = find_column(text) if text else None
        if found is None:
            unknown |= {index: text} if text else {}
            continue
        if found in known.values():
            place = Place(sheet.file, sheet.sheet, top + 1, column_letter(index))
            raise _doubled(column_words((found[0].name, found[1])), place)
        known[index] = found
    return known, unknown


def _child(sheet: Grid, number: int, known: dict[int, tuple[Column, int]], unknown: dict[int, str]) -> Child:
    row = sheet.rows[number]
    cells: dict[Key, str] = {}
    for index, (column, wish) in known.items():
        text = clean(column.name, column.kind, row[index] if index < len(row) else None)
        if text:
            cells[column.name, wish] = text
    extra = {
        text: clean("", "", row[index])
        for index, text in unknown.items()
        if index < len(row) and _is_filled(row[index])
    }
    letters = {(column.name, wish): column_letter(index) for index, (column, wish) in known.items()}
    return Child(Place(sheet.file, sheet.sheet, number + 1), cells, letters, extra)


def _cell_faults(
    sheet: Grid, number: int, known: dict[int, tuple[Column, int]], child: Child, broken: Iterable[int]
) -> Iterator[Fault]:
    for index in sorted(broken):
        place = Place(sheet.file, sheet.sheet, number + 1, column_letter(index))
        name = column_words((known[index][0].name, known[index][1])) if index in known else place.column
        yield Fault("cell_broken", place, expected=name, children=(child.number,))
    row: Sequence[Any] = sheet.rows[number]
    for index, (column, wish) in known.items():
        if column.kind == "number" and index < len(row) and has_lost_digits(row[index]):
            key = (column.name, wish)
            yield Fault("digits_lost", child.at(*key), child.cell(*key), column_words(key))


def _is_filled(cell: object) -> bool:
    return cell is not None and bool(str(cell).strip())


def _unread(sheet: Grid) -> list[Fault]:
    filled = any(_is_filled(cell) for row in sheet.rows for cell in row)
    if not filled or sheet.sheet.strip() in OTHER_SHEETS:
        return []
    return [Fault("rows_unread", Place(sheet.file, sheet.sheet), sheet.sheet)]


def _require_distinct(files: Sequence[Path]) -> None:
    names = [file.name for file in files]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise UserError(
            Text(f"两个文件同名：{twice}", f"two files have the name {twice}"),
            why=Text("错误的位置将无法分辨", "faults could not be told apart"),
            fix=Text("请改名后再读", "rename one of them"),
        )


def _doubled(name: str, place: Place) -> UserError:
    return UserError(
        Text(f"两列都是“{name}”", f"two columns both mean {name}"),
        where=str(place),
        why=Text("无法判断应采用哪一列", "there is no telling which one counts"),
        fix=Text("请删除或改名其中一列", "delete or rename one of them"),
    )


def _no_form(names: Sequence[str]) -> UserError:
    return UserError(
        Text("没有找到申请表", "no application form found"),
        where="、".join(names),
        why=Text("标题行至少要有“姓名”和“证件号码”", "the heading row needs at least 姓名 and 证件号码"),
        fix=Text("请使用申请表模板", "use the template of the application form"),
    )
