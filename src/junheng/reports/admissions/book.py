"""录取名单: the workbook of an admission trial, from what it is to the comparison of rules."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from junheng.reports.admissions.audit_sheets import write_audit, write_comparison
from junheng.reports.admissions.facts import TrialFacts
from junheng.reports.admissions.zone_sheets import write_zones
from junheng.reports.draws.wording import REASONS, cutoff_words
from junheng.reports.workbook.formats import Formats, make_formats
from junheng.reports.workbook.sheets import Column, Value, write_sheet

_PLAIN = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
OWNERSHIP = {"public": "公办", "private": "民办"}
_RED, _LAST_WISH = "#B00000", 999
_UNNAMED: Mapping[str, str] = {}


def write_admission_book(path: Path, facts: TrialFacts) -> None:
    """Write the workbook. It names children: for the officers, never public. Raises OSError."""
    book = Workbook(str(path), _PLAIN)
    formats = make_formats(book, f"{facts.title}（试算——不是正式结果）")
    _about(book, formats, facts)
    _schools(book, formats, facts)
    _admitted(book, formats, facts)
    _unplaced(book, formats, facts)
    write_audit(book, formats, facts.audit)
    if facts.comparison is not None:
        write_comparison(book, formats, facts.comparison)
    if facts.zones is not None:
        write_zones(book, formats, facts.zones, facts)
    for sheet in book.worksheets():
        sheet.set_tab_color(_RED)
    try:
        book.close()
    except FileCreateError as error:
        # XlsxWriter wraps the system's error; the caller knows how to tell that one.
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error


def _about(book: Workbook, formats: Formats, facts: TrialFacts) -> None:
    """说明: that this is a trial, of what, under which rule, and how to repeat it."""
    columns = [Column("项目", 18), Column("内容", 96)]
    sheet = write_sheet(book, formats, "说明", columns, [list(line) for line in facts.lines])
    red = book.add_format(
        {
            "font_name": "宋体",
            "font_size": 12,
            "bold": True,
            "font_color": _RED,
            "text_wrap": True,
            "border": 1,
        }
    )
    for column, text in enumerate(facts.lines[0]):
        sheet.write_string(1, column, text, red)
    sheet.set_row(1, 36)


def _schools(book: Workbook, formats: Formats, facts: TrialFacts) -> None:
    """各校录取: one row a pool, the school's own figures on its first row."""
    declared = {school["id"]: school for school in facts.problem["schools"]}
    listed = [school for wishes in facts.wishes.values() for school in wishes]
    first = [wishes[0] for wishes in facts.wishes.values() if wishes]
    rows: list[list[Value]] = []
    for school in facts.result["schools"]:
        known = declared[school["id"]]
        head: list[Value] = [
            school["id"], known["name"], OWNERSHIP[known["ownership"]], school["plan"],
            first.count(school["id"]), listed.count(school["id"]), school["taken"],
            max(0, school["plan"] - school["taken"]), school["over_plan"],
        ]  # fmt: skip
        for place, pool in enumerate(school["pools"]):
            line = cutoff_words(pool["cutoff"], digits=int(facts.problem["digits"]))
            rows.append([*(head if place == 0 else [None] * len(head)), pool["id"], pool["taken"], line])
        left = school["leftover"]
        if left["taken"]:
            line = cutoff_words(left["cutoff"], digits=int(facts.problem["digits"]))
            rows.append([*([None] * len(head)), "统筹安排", left["taken"], line])
    columns = [
        Column("学校代码", 10), Column("学校", 24), Column("性质", 7), Column("招生计划", 8, 0),
        Column("第一志愿填报", 9, 0), Column("填报人数", 8, 0), Column("录取", 8, 0), Column("空余", 7, 0),
        Column("超计划（双胞胎）", 9, 0), Column("名额池", 12), Column("本池录取", 8, 0), Column("录取线（最后一名）", 46),
    ]  # fmt: skip
    write_sheet(book, formats, "各校录取", columns, rows, freeze_columns=2)


def _admitted(book: Workbook, formats: Formats, facts: TrialFacts) -> None:
    """录取名单: by school in the spec's order, then by wish and place."""
    order = {school["id"]: place for place, school in enumerate(facts.problem["schools"])}
    names = {school["id"]: school["name"] for school in facts.problem["schools"]}
    placed = [leaf for leaf in facts.leaves if leaf["school"]]
    placed.sort(key=lambda leaf: (order[leaf["school"]], *_rank(leaf, facts)))
    rows: list[list[Value]] = []
    number, last = 0, ""
    for leaf in placed:
        number = number + 1 if leaf["school"] == last else 1
        last = leaf["school"]
        how = f"第 {leaf['choice']} 志愿" if leaf["choice"] else "—"
        rows.append([
            names[leaf["school"]], leaf["school"], number, *_child(leaf["pid"], facts), how, leaf["pool"] or "—",
            REASONS[leaf["reason"]],
        ])  # fmt: skip
    columns = [
        Column("录取学校", 24), Column("学校代码", 10), Column("序号", 6, 0), *_CHILD, Column("志愿", 10),
        Column("名额池", 12), Column("录取方式", 14),
    ]  # fmt: skip
    write_sheet(book, formats, "录取名单", columns, rows, freeze_columns=4)


def _unplaced(book: Workbook, formats: Formats, facts: TrialFacts) -> None:
    """未录取: who is without a seat, what was listed, and why."""
    names = {school["id"]: school["name"] for school in facts.problem["schools"]}
    left = sorted(
        (leaf for leaf in facts.leaves if not leaf["school"]), key=lambda leaf: facts.places[leaf["pid"]]
    )
    rows: list[list[Value]] = [
        [
            number, *_child(leaf["pid"], facts), "、".join(names[school] for school in facts.wishes[leaf["pid"]]),
            REASONS[leaf["reason"]],
        ]
        for number, leaf in enumerate(left, 1)
    ]  # fmt: skip
    columns = [Column("序号", 6, 0), *_CHILD, Column("所填志愿", 50), Column("原因", 20)]
    notes = () if rows else ("没有未录取的学生",)
    write_sheet(book, formats, "未录取", columns, rows, freeze_columns=2, notes=notes)


_CHILD = (Column("姓名", 14), Column("证件号码", 22), Column("号码", 15), Column("抽签次序", 9, 0))


def _child(pid: str, facts: TrialFacts) -> list[Value]:
    known = facts.names.get(pid, _UNNAMED)
    return [known.get("name", ""), known.get("id_number", ""), facts.numbers.get(pid, ""), facts.places[pid]]


def _rank(leaf: Mapping[str, Any], facts: TrialFacts) -> tuple[int, int, str]:
    return int(leaf["choice"]) or _LAST_WISH, facts.places[leaf["pid"]], str(leaf["pid"])
