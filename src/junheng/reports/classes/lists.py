"""分班名单: a sheet a grade, a page a class; masked for the wall, in full for the sealed copy."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from junheng.reports.classes.facts import ClassFacts
from junheng.reports.draws.lists import SHORT, sheet_name
from junheng.reports.workbook.formats import Formats, make_formats
from junheng.reports.workbook.sheets import Column, Value, write_sheet

_PLAIN = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
SEXES = {0: "", 1: "男", 2: "女"}
_RED = "#B00000"
_UNNAMED: Mapping[str, str] = {}
Mask = Callable[[str], str]


def write_lists(path: Path, facts: ClassFacts, mask: Mask | None) -> None:
    """Write the lists. ``mask`` hides names for the public list; None writes the sealed one. Raises OSError."""
    book = Workbook(str(path), _PLAIN)
    formats = make_formats(book, facts.owner)
    _overview(book, formats, facts)
    for group in facts.groups:
        _grade(book, formats, facts, group, mask)
    if facts.is_trial:
        for sheet in book.worksheets():
            sheet.set_tab_color(_RED)
    try:
        book.close()
    except FileCreateError as error:
        # XlsxWriter wraps the system's error; the caller knows how to tell that one.
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error


def _overview(book: Workbook, formats: Formats, facts: ClassFacts) -> None:
    """汇总: a row for each class."""
    rows: list[list[Value]] = []
    for group in facts.groups:
        teams = list(group.get("teams") or ())
        for number, members in enumerate(facts.members[group["school"], group["grade"]], 1):
            sexes = [member["sex"] for member in members]
            team = teams[number - 1] if teams else ""
            rows.append([
                group["school"], group["grade"], number, len(members), sexes.count(1), sexes.count(2),
                sexes.count(0), team,
            ])  # fmt: skip
    columns = [
        Column("学校", 26), Column("年级", 10), Column("班级", 8, 0), Column("人数", 8, 0), Column("男", 8, 0),
        Column("女", 8, 0), Column("性别未填", 8, 0), Column("教师组（抽签）", 24),
    ]  # fmt: skip
    write_sheet(book, formats, "汇总", columns, rows, freeze_columns=3)


def _grade(
    book: Workbook, formats: Formats, facts: ClassFacts, group: Mapping[str, Any], mask: Mask | None
) -> None:
    rows: list[list[Value]] = []
    breaks: list[int] = []
    for number, members in enumerate(facts.members[group["school"], group["grade"]], 1):
        for place, member in enumerate(members, 1):
            rows.append([number, place, *_child(facts, member, mask)])
        breaks.append(len(rows) + 1)  # below the class's last row, the heading counted
    columns = [Column("班级", 7, 0), Column("序号", 7, 0), *_columns(facts, mask)]
    title = sheet_name(f"{group['school']} {group['grade']}", book)
    sheet = write_sheet(book, formats, title, columns, rows, freeze_columns=2)
    sheet.set_portrait()
    sheet.set_header(f"&L{facts.owner.replace('&', '&&')}&R&A")  # centred, the two would run into each other
    sheet.set_h_pagebreaks(breaks[:-1])


def _columns(facts: ClassFacts, mask: Mask | None) -> list[Column]:
    columns = [Column("姓名", 16), Column("性别", 7)]
    if mask is None:
        columns += [Column("证件号码", 22), Column("毕业学校", 22)]
    if not facts.is_trial:
        columns.append(Column("编号", 16))
    return [*columns, Column("备注", 16)]


def _child(facts: ClassFacts, row: Mapping[str, Any], mask: Mask | None) -> Sequence[Value]:
    pid = row["pid"]
    known = facts.names.get(pid, _UNNAMED)
    name, note = known.get("name", ""), facts.notes.get(pid, "")
    found: list[Value] = [name if mask is None else mask(name), SEXES[row["sex"]]]
    if mask is None:
        found += [known.get("id_number", ""), row["feeder"]]
    if not facts.is_trial:
        # The code of a child who came later is made from a published seed: numbers could be tried out on it.
        found.append("" if note.startswith(LATE) else pid[:SHORT])
    return [*found, note]


LATE = "插班"
