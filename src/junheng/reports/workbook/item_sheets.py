"""Sheets of tables.xlsx about declared items: every test, and every school that misses one."""

from xlsxwriter import Workbook

from junheng.reports.chapters.items import PART_NAMES
from junheng.reports.chapters.wording import verdict_word
from junheng.reports.facts import Facts
from junheng.reports.item_facts import has_items, item_rows, miss_rows
from junheng.reports.workbook.formats import Formats
from junheng.reports.workbook.sheets import ALL_DECIMALS, Column, Value, colour_states, write_sheet

_WORDS = {"达标": "met", "未达标": "not_met", "无法判定": "cannot_tell"}


def item_sheets(book: Workbook, formats: Formats, facts: Facts) -> None:
    """条款 and 条款未达到的学校; nothing for a finding without tests."""
    if not has_items(facts):
        return
    rows: list[list[Value]] = [
        [row.key, PART_NAMES.get(row.part, row.part), row.name, row.test, row.value, row.line,
         verdict_word(row.verdict) if row.verdict else "", row.shortfall, row.unit, row.reason]
        for row in item_rows(facts)
    ]  # fmt: skip
    columns = [
        Column("编号", 6), Column("部分", 12), Column("条款", 24), Column("检验", 32), Column("数值", 11),
        Column("要求", 11), Column("结论", 9), Column("缺口合计", 11, ALL_DECIMALS), Column("单位", 6), Column("说明", 50),
    ]  # fmt: skip
    sheet = write_sheet(book, formats, "条款", columns, rows, freeze_columns=3)
    colour_states(sheet, formats, (1, 6), (max(len(rows), 1), 6), _WORDS)
    _misses(book, formats, facts)


def _misses(book: Workbook, formats: Formats, facts: Facts) -> None:
    rows: list[list[Value]] = [
        [row.key, row.name, row.school_id, row.school, row.stage, verdict_word(row.verdict), row.value, row.line,
         row.shortfall, row.unit, row.relaxed, row.reason]
        for row in miss_rows(facts)
    ]  # fmt: skip
    if not rows:
        return
    columns = [
        Column("编号", 6), Column("条款", 20), Column("学校标识码", 12), Column("学校", 24), Column("学段", 6),
        Column("结论", 9), Column("数值", 12, ALL_DECIMALS), Column("界限", 9, ALL_DECIMALS),
        Column("缺口", 11, ALL_DECIMALS), Column("单位", 6), Column("放宽口径", 9), Column("说明", 44),
    ]  # fmt: skip
    sheet = write_sheet(book, formats, "条款未达到的学校", columns, rows, freeze_columns=4)
    colour_states(sheet, formats, (1, 5), (len(rows), 5), _WORDS)
