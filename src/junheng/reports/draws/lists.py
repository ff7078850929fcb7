"""录取名单 and 公示表: the full list for the sealed copy, the masked list for the wall."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from junheng.reports.draws.wording import REASONS, REHEARSAL_NOTICE
from junheng.reports.workbook.formats import Formats, make_formats
from junheng.reports.workbook.sheets import Column, Value, write_sheet

FULL_CODE = "完整编号"
SHORT = 12  # characters of a pupil's code that are printed: enough to find the own row
_PLAIN = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
_NOTHING: Mapping[str, str] = {}
Names = Mapping[str, Mapping[str, str]]


def write_public_admissions(
    path: Path,
    spec: Mapping[str, Any],
    results: Sequence[Mapping[str, Any]],
    names: Names,
    numbers: Mapping[str, str],
    mask: Callable[[str], str],
) -> None:
    """公示表: one sheet a school, names masked, ordered by wish and number.

    ``names`` maps a pupil's code to the identity given at registration, ``numbers`` to the number shown.
    """
    columns = [Column("序号", 6, 0), Column("报名编号", 16), Column("姓名", 12), Column("抽签号码", 16)]
    columns += [Column("录取志愿", 10), Column("录取方式", 16)]

    def cells(row: Mapping[str, Any]) -> list[Value]:
        masked = mask(names.get(row["pid"], _NOTHING).get("name", ""))
        return [row["pid"][:SHORT], masked, numbers.get(row["pid"], ""), *_how(row)]

    _write_by_school(path, spec, results, columns, cells)


def write_sealed_admissions(
    path: Path,
    spec: Mapping[str, Any],
    results: Sequence[Mapping[str, Any]],
    names: Names,
    numbers: Mapping[str, str],
) -> None:
    """录取名单: with full names and identity numbers, for the sealed copy only."""
    columns = [Column("序号", 6, 0), Column("报名编号", 16), Column("姓名", 12), Column("证件号码", 22)]
    columns += [
        Column("抽签号码", 16),
        Column("录取志愿", 10),
        Column("录取方式", 16),
        Column(FULL_CODE, 68),
    ]

    def cells(row: Mapping[str, Any]) -> list[Value]:
        known = names.get(row["pid"], _NOTHING)
        head: list[Value] = [row["pid"][:SHORT], known.get("name", ""), known.get("id_number", "")]
        return [*head, numbers.get(row["pid"], ""), *_how(row), row["pid"]]

    _write_by_school(path, spec, results, columns, cells)


def _how(row: Mapping[str, Any]) -> list[Value]:
    choice = int(row["choice"])
    return [f"第 {choice} 志愿" if choice else "—", REASONS[str(row["reason"])]]


def _write_by_school(
    path: Path,
    spec: Mapping[str, Any],
    results: Sequence[Mapping[str, Any]],
    columns: list[Column],
    cells: Callable[[Mapping[str, Any]], list[Value]],
) -> None:
    names = {school["id"]: f"{school['name']} {school['id']}" for school in spec["problem"]["schools"]}
    book = Workbook(str(path), _PLAIN)
    formats = make_formats(book)
    by_school: dict[str, list[Mapping[str, Any]]] = {identifier: [] for identifier in names}
    by_school[""] = []
    for row in results:
        by_school[row["school"]].append(row)
    for identifier, rows in by_school.items():
        title = names.get(identifier, "未录取")
        written = [[place, *cells(row)] for place, row in enumerate(sorted(rows, key=_wish_order), start=1)]
        sheet = write_sheet(book, formats, sheet_name(title, book), columns, written)
        _finish(sheet, spec, columns, len(written))
    book.close()


def _wish_order(row: Mapping[str, Any]) -> tuple[int, str]:
    return int(row["choice"]) or 999, str(row["pid"])


def write_class_lists(
    path: Path,
    spec: Mapping[str, Any],
    results: Sequence[Mapping[str, Any]],
    names: Names,
    *,
    mask: Callable[[str], str] | None,
) -> None:
    """分班名单: one sheet a school and grade, by class. ``mask`` None writes the sealed list with full names."""
    columns = [Column("班级", 8, 0), Column("序号", 6, 0), Column("编号", 16), Column("姓名", 12)]
    if mask is None:
        columns += [Column("证件号码", 22), Column(FULL_CODE, 68)]
    book = Workbook(str(path), _PLAIN)
    formats = make_formats(book)
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in results:
        groups.setdefault((row["school"], row["grade"]), []).append(row)
    for (school, grade), rows in sorted(groups.items()):
        written = list(_class_rows(rows, names, mask))
        sheet = write_sheet(book, formats, sheet_name(f"{school} {grade}", book), columns, written)
        _finish(sheet, spec, columns, len(written))
    if not groups:
        _empty(book, formats)
    book.close()


def _class_rows(
    rows: Sequence[Mapping[str, Any]], names: Names, mask: Callable[[str], str] | None
) -> list[list[Value]]:
    written: list[list[Value]] = []
    place, last = 0, 0
    for row in sorted(rows, key=lambda item: (item["class"], item["pid"])):
        place = place + 1 if row["class"] == last else 1
        last = row["class"]
        known = names.get(row["pid"], _NOTHING)
        name = known.get("name", "")
        head: list[Value] = [row["class"], place, row["pid"][:SHORT]]
        if mask is None:
            written.append([*head, name, known.get("id_number", ""), row["pid"]])
        else:
            written.append([*head, mask(name)])
    return written


def _empty(book: Workbook, formats: Formats) -> None:
    write_sheet(book, formats, "无", [Column("没有学生", 20)], [])


def _finish(sheet: Any, spec: Mapping[str, Any], columns: Sequence[Column], rows: int) -> None:
    """Leave the long codes off the paper; a rehearsal says so on every printed page and beside the table."""
    printed = sum(column.head != FULL_CODE for column in columns)
    sheet.print_area(0, 0, max(rows, 1), printed - 1)
    if spec["purpose"] == "rehearsal":
        sheet.set_header(f"&C&A　{REHEARSAL_NOTICE}")
        sheet.set_tab_color("#B00000")
        red = {"width": 320, "height": 40, "font": {"color": "#B00000", "bold": True}}
        sheet.insert_textbox(1, len(columns) + 1, REHEARSAL_NOTICE, red)


_FORBIDDEN = "[]:*?/\\'"
_LONGEST_SHEET = 31


def sheet_name(title: str, book: Workbook) -> str:
    """A legal and unused sheet name: Excel forbids some characters and more than 31 of any."""
    plain = "".join("_" if character in _FORBIDDEN else character for character in title).strip() or "表"
    name, count = plain[:_LONGEST_SHEET], 1
    used = {sheet.get_name().lower() for sheet in book.worksheets()}
    while name.lower() in used:
        count += 1
        name = f"{plain[: _LONGEST_SHEET - 5]} {count}"
    return name
