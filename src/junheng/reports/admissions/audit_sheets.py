"""审计 and 规则比较: what the rule did to the children, and what other rules would have done."""

from xlsxwriter import Workbook

from junheng.admissions import Audit, Comparison, audit_tables
from junheng.reports.draws.lists import sheet_name
from junheng.reports.workbook.formats import Formats
from junheng.reports.workbook.sheets import Column, Value, write_sheet

_TOP = 3  # wishes that count as near the top of a list
DECLARED = "declared"


def write_audit(book: Workbook, formats: Formats, audit: Audit) -> None:
    """审计: wishes and counts beside the rule's name; one sheet for each group of children."""
    wishes, counts, *groups = audit_tables(audit, is_public=False)
    rows: list[list[Value]] = [
        ["各志愿录取", name, count, float(share) if share else None] for name, count, share in wishes.rows
    ]
    rows += [["审计数", *row] for row in counts.rows]
    columns = [
        Column("类别", 12),
        Column("项目", 62),
        Column("人数", 12, 0),
        Column("占填报志愿人数 %", 14, 2),
    ]
    notes = [f"{wishes.title.zh}  {wishes.title.en}", f"{wishes.note.zh} {wishes.note.en}"]
    write_sheet(book, formats, "审计", columns, rows, notes=notes)
    for group, table in zip(audit.groups, groups, strict=True):
        heads = [Column("组", 22), *(Column(f"{head.zh}\n{head.en}", 11, 0) for head in table.headings[1:])]
        write_sheet(
            book, formats, sheet_name(f"按{group.name}", book), heads, [list(row) for row in table.rows], freeze_columns=1,
            notes=[f"{table.title.zh}  {table.title.en}"],
        )  # fmt: skip


def write_comparison(book: Workbook, formats: Formats, comparison: Comparison) -> None:
    """规则比较: the same applications and numbers under other rules; never one figure alone."""
    rows: list[list[Value]] = [
        [
            "本规则" if name == DECLARED else name,
            f"{audit.mechanism.zh}\n{audit.mechanism.en}",
            *figures(audit),
        ]
        for name, audit in comparison.audits.items()
    ]
    columns = [
        Column("规则", 16), Column("机制", 40), Column("第一志愿录取", 10, 0), Column("第一志愿 %", 9, 2),
        Column(f"前{_TOP}志愿录取", 10, 0), Column("统筹安排", 8, 0), Column("未录取", 8, 0), Column("有正当嫉妒", 9, 0),
        Column("类别被越过", 9, 0), Column("空着而有人要的学位", 10, 0), Column("超计划", 8, 0),
        Column("投档次数", 9, 0),
    ]  # fmt: skip
    notes = [f"{text.zh}。{text.en}." for text in comparison.assumes]
    write_sheet(book, formats, "规则比较", columns, rows, freeze_columns=1, notes=notes)


def figures(audit: Audit) -> list[Value]:
    """The figures by which rules are compared, all of them or none; the rate cut off after two decimals."""
    first, rate = sum(audit.by_choice[:1]), audit.first_choice_rate
    return [
        first, None if rate is None else int(rate * 10_000) / 100, sum(audit.by_choice[:_TOP]), audit.leftover,
        audit.unplaced, audit.envious, audit.outranked, audit.wasted_seats, audit.over_plan, audit.proposals,
    ]  # fmt: skip
