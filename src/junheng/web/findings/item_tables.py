"""Items as plain rows, for Excel and CSV: every test of the county, and every school beside every item."""

from collections.abc import Sequence

from junheng.basics import STAGE_NAMES, Text
from junheng.reports.workbook import ALL_DECIMALS, Column, Sheet, Value
from junheng.web.findings import queries
from junheng.web.findings.heat import WORDS
from junheng.web.findings.items import parts_of
from junheng.web.findings.models import Finding
from junheng.web.findings.school_items import TableRow, columns_of, table_of
from junheng.web.findings.tables import Row, number, source_of, text, w
from junheng.web.front.words import half


def item_sheets(finding: Finding) -> list[Sheet]:
    """All items, and the table of schools of every stage; none for a finding made before items were judged."""
    if not any(part.items for part in parts_of(finding)):
        return []
    stages = [stage for stage, _ in queries.stages_of(finding)]
    return [items_sheet(finding), *(school_items_sheet(finding, stage) for stage in stages)]


def items_sheet(finding: Finding) -> Sheet:
    """One row a test."""
    columns = [
        text("部分", "Part", 12), text("条款", "Item", 7), text("名称", "Name", 26), text("结论", "Verdict", 10),
        text("检验", "Test", 30), text("学段", "Stage", 8), text("检验结论", "Of the test", 12),
        text("数值", "Value", 16), text("界限", "Limit", 18), text("缺口", "Short", 14), text("理由", "Reason", 50),
        text("放宽口径", "Relaxations", 20), text("佐证", "Evidence", 40),
    ]  # fmt: skip
    rows: list[Row] = []
    for part in parts_of(finding):
        for item in part.items:
            used = "、".join(f"{one.key} {one.times}" for one in item.relaxed if one.times)
            papers = "；".join(
                f"{one.scope_id} {half(one.rated)} {one.dated_on}–{one.expires_on} {half(one.words)}"
                for one in item.attested
            )
            for test in item.tests:
                words = half(WORDS[test.verdict]) if test.verdict else _half(test.role)
                rows.append([
                    half(part.part.name), item.key, half(item.name), half(WORDS[item.verdict]),
                    half(test.name), _half(test.stage), words, half(test.value), half(test.limit),
                    _half(test.lacks), _half(test.reason), used or None, papers or None,
                ])  # fmt: skip
    return Sheet(w("条款", "Items"), columns, rows, [source_of(finding)], 2)


def _half(words: Text | None) -> str | None:
    return half(words) if words else None


def school_items_sheet(finding: Finding, stage: str, rows: Sequence[TableRow] | None = None) -> Sheet:
    """The schools of a stage by items: verdict, what is lacking in units, and the relaxations used."""
    names = columns_of(finding)
    columns = [
        text("学校标识码", "School code", 13),
        text("学校", "School", 26),
        number("未达标项", "Missed", 8),
    ]
    for key, _ in names:
        columns += [
            Column(f"{key} " + w("结论", "verdict"), 10),
            Column(f"{key} " + w("尚缺", "short"), 9, ALL_DECIMALS),
        ]
        columns += [Column(f"{key} " + w("说明", "in words"), 26)]
    told = [_row(row) for row in (table_of(finding, stage) if rows is None else rows)]
    notes = [f"{key} {name}" for key, name in names]
    empty = w(
        "空白表示该条款不检验这所学校，或没有数据。", "Blank: the item does not ask the school, or no data."
    )
    title = w(f"{STAGE_NAMES[_known(stage)].zh}条款", f"Items {STAGE_NAMES[_known(stage)].en}")
    return Sheet(title, columns, told, [*notes, empty, source_of(finding)], 2)


def _known(stage: str) -> str:
    return next(one for one in STAGE_NAMES if one == stage)


def _row(row: TableRow) -> Row:
    found: list[Value] = [row.school_id, row.name, row.missed]
    for cell in row.cells:
        if cell is None:
            found += [None, None, None]
        else:
            lacks = cell.lacks if cell.verdict == "not_met" else None
            found += [half(WORDS[cell.verdict]), lacks, cell.said]
    return found
