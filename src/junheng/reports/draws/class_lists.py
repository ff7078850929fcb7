"""分班名单: by school, grade and class, with full names for the sealed copy, masked for the wall."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from junheng.reports.draws.lists import (
    BELOW,
    FULL_CODE,
    NOTHING,
    PLAIN,
    SHORT,
    Names,
    finish_list,
    notes_of,
    sheet_name,
)
from junheng.reports.workbook.formats import Formats, make_formats
from junheng.reports.workbook.sheets import Column, Value, write_sheet


def write_class_lists(
    path: Path,
    spec: Mapping[str, Any],
    results: Sequence[Mapping[str, Any]],
    names: Names,
    *,
    mask: Callable[[str], str] | None,
    root: str = "",
) -> None:
    """分班名单: one sheet a school and grade, by class. ``mask`` None writes the sealed list with full names.

    ``root``: the fingerprint of the results, printed below each list.
    """
    columns = [Column("班级", 8, 0), Column("序号", 6, 0), Column("编号", 16), Column("姓名", 12)]
    if mask is None:
        columns += [Column("证件号码", 22), Column(FULL_CODE, 68)]
    book = Workbook(str(path), PLAIN)
    formats = make_formats(book)
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in results:
        groups.setdefault((row["school"], row["grade"]), []).append(row)
    for (school, grade), rows in sorted(groups.items()):
        written = list(_class_rows(rows, names, mask))
        notes = notes_of(spec, root)
        sheet = write_sheet(
            book, formats, sheet_name(f"{school} {grade}", book), columns, written, notes=notes
        )
        finish_list(sheet, spec, columns, len(written) + BELOW * len(notes))
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
        known = names.get(row["pid"], NOTHING)
        name = known.get("name", "")
        head: list[Value] = [row["class"], place, row["pid"][:SHORT]]
        if mask is None:
            written.append([*head, name, known.get("id_number", ""), row["pid"]])
        else:
            written.append([*head, mask(name)])
    return written


def _empty(book: Workbook, formats: Formats) -> None:
    write_sheet(book, formats, "无", [Column("没有学生", 20)], [])
