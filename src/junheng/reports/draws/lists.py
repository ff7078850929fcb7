"""录取名单 and 公示表: the full list for the sealed copy, the masked list for the wall."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from junheng.reports.draws.corrections import change_words
from junheng.reports.draws.wording import REASONS, REHEARSAL_NOTICE
from junheng.reports.workbook.formats import make_formats
from junheng.reports.workbook.sheets import Column, Value, write_sheet

FULL_CODE = "完整编号"
ROOT_LABEL = "结果指纹"
BELOW = 2  # rows that a note below a table takes: a blank one and its own
SHORT = 12  # characters of a pupil's code that are printed: enough to find the own row
PLAIN = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
NOTHING: Mapping[str, str] = {"name": "—"}  # of a child whose identity was destroyed since
_UNPLACED = "未录取"
Names = Mapping[str, Mapping[str, str]]


def write_public_admissions(
    path: Path,
    spec: Mapping[str, Any],
    results: Sequence[Mapping[str, Any]],
    names: Names,
    numbers: Mapping[str, str],
    mask: Callable[[str], str],
    first: Sequence[Mapping[str, Any]] = (),
    root: str = "",
) -> None:
    """公示表: one sheet a school, names masked, ordered by wish and code.

    ``results``: those now valid, ``root``: their fingerprint, printed below each list; ``first``: those of the draw
    itself, where corrections came after. ``names`` maps a pupil's code to the identity given at registration,
    ``numbers`` to the number shown.
    """
    columns = [
        Column("序号", 6, 0),
        Column("报名编号", 16),
        Column("姓名", 12),
        Column(_number_head(spec), 16),
    ]
    columns += [Column("录取志愿", 10), Column("录取方式", 16)]

    def cells(row: Mapping[str, Any]) -> list[Value]:
        masked = mask(names.get(row["pid"], NOTHING).get("name", ""))
        return [row["pid"][:SHORT], masked, numbers.get(row["pid"], ""), *_how(row)]

    _write_by_school(path, spec, results, columns, cells, first, notes_of(spec, root))


def write_sealed_admissions(
    path: Path,
    spec: Mapping[str, Any],
    results: Sequence[Mapping[str, Any]],
    names: Names,
    numbers: Mapping[str, str],
    first: Sequence[Mapping[str, Any]] = (),
    root: str = "",
) -> None:
    """录取名单: with full names and identity numbers, for the sealed copy only. Arguments as for the public list."""
    columns = [Column("序号", 6, 0), Column("报名编号", 16), Column("姓名", 12), Column("证件号码", 22)]
    columns += [Column(_number_head(spec), 16), Column("录取志愿", 10), Column("录取方式", 16)]
    columns.append(Column(FULL_CODE, 68))

    def cells(row: Mapping[str, Any]) -> list[Value]:
        known = names.get(row["pid"], NOTHING)
        head: list[Value] = [row["pid"][:SHORT], known.get("name", ""), known.get("id_number", "")]
        return [*head, numbers.get(row["pid"], ""), *_how(row), row["pid"]]

    _write_by_school(path, spec, results, columns, cells, first, notes_of(spec, root))


def notes_of(spec: Mapping[str, Any], root: str) -> tuple[str, ...]:
    """The line below a list that ties it to its draw and result; none without ``root``."""
    return (f"抽签编号 {spec['draw_id']}　{ROOT_LABEL} {root}",) if root else ()


def _number_head(spec: Mapping[str, Any]) -> str:
    return "抽签号码" if spec["problem"]["ranking"]["method"] == "hmac" else "抽签名次"


def _how(row: Mapping[str, Any]) -> list[Value]:
    choice = int(row["choice"])
    return [f"第 {choice} 志愿" if choice else "—", REASONS[str(row["reason"])]]


def _write_by_school(
    path: Path,
    spec: Mapping[str, Any],
    results: Sequence[Mapping[str, Any]],
    columns: list[Column],
    cells: Callable[[Mapping[str, Any]], list[Value]],
    first: Sequence[Mapping[str, Any]],
    notes: Sequence[str],
) -> None:
    """A sheet a school, one of the unplaced, and, after corrections, one of those struck off."""
    names = {school["id"]: f"{school['name']} {school['id']}" for school in spec["problem"]["schools"]}
    before, valid = {row["pid"]: row for row in first}, {row["pid"]: row for row in results}
    sheets: dict[str, list[Mapping[str, Any]]] = {title: [] for title in (*names.values(), _UNPLACED)}
    for row in results:
        sheets[names.get(row["school"], _UNPLACED)].append(row)
    if struck := [row for pid, row in before.items() if pid not in valid]:
        sheets["核减"] = struck

    def line(place: int, row: Mapping[str, Any]) -> list[Value]:
        changed = [change_words(valid.get(row["pid"]), before[row["pid"]], names)] if before else []
        return [place, *cells(row), *changed]

    book = Workbook(str(path), PLAIN)
    formats = make_formats(book)
    columns = [*columns, Column("更正", 30)] if before else columns
    for title, rows in sheets.items():
        written = [line(place, row) for place, row in enumerate(sorted(rows, key=_wish_order), start=1)]
        sheet = write_sheet(book, formats, sheet_name(title, book), columns, written, notes=notes)
        finish_list(sheet, spec, columns, len(written) + BELOW * len(notes))
    book.close()


def _wish_order(row: Mapping[str, Any]) -> tuple[int, str]:
    return int(row["choice"]) or 999, str(row["pid"])


def finish_list(sheet: Any, spec: Mapping[str, Any], columns: Sequence[Column], rows: int) -> None:
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
    plain = plain_title(title)
    name, count = plain[:_LONGEST_SHEET], 1
    used = {sheet.get_name().lower() for sheet in book.worksheets()}
    while name.lower() in used:
        count += 1
        name = f"{plain[: _LONGEST_SHEET - 5]} {count}"
    return name


def plain_title(title: str) -> str:
    """``title`` with the characters that no sheet's name may have replaced."""
    return "".join("_" if character in _FORBIDDEN else character for character in title).strip() or "表"
