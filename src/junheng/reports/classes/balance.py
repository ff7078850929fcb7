"""均衡情况: how even the classes are, grade by grade and class by class, beside the published yardstick."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from junheng.class_formation import Certificate, GroupMetrics
from junheng.reports.classes.facts import ClassFacts
from junheng.reports.workbook.formats import Formats, make_formats
from junheng.reports.workbook.sheets import Column, Value, colour_states, write_sheet

_PLAIN = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
_RED = "#B00000"
_WORDS = {"符合（常见水平）": "met", "符合": "met", "超出": "below", "没有成绩": "cannot_tell"}


def write_balance(path: Path, facts: ClassFacts) -> None:
    """Write the workbook: no child is named. Raises OSError when the place cannot be written."""
    book = Workbook(str(path), _PLAIN)
    formats = make_formats(book, facts.owner)
    _grades(book, formats, facts.certificate)
    _classes(book, formats, facts)
    _marks(book, formats, facts.certificate)
    _violations(book, formats, facts)
    if facts.is_trial:
        for sheet in book.worksheets():
            sheet.set_tab_color(_RED)
    try:
        book.close()
    except FileCreateError as error:
        # XlsxWriter wraps the system's error; the caller knows how to tell that one.
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error


def anchor_word(certificate: Certificate, group: GroupMetrics) -> str:
    """How a grade stands beside the yardstick, in one word of the tables."""
    if group.gap is None:
        return "没有成绩"
    if not certificate.is_within(group):
        return "超出"
    return "符合（常见水平）" if certificate.is_usual(group) else "符合"


def anchor_words(certificate: Certificate) -> str:
    """The yardstick and where it comes from."""
    anchor = certificate.anchor
    return (
        f"比照：{anchor.place.zh}（{anchor.source['document']}，{anchor.source['article']}）。"
        f"平均分最大差不超过 {_plain(anchor.most)} 分，常见小于 {_plain(anchor.usual)} 分。国家没有统一数值，比照不是判定。"
    )


def _grades(book: Workbook, formats: Formats, certificate: Certificate) -> None:
    """各年级: widest gap first."""
    rows: list[list[Value]] = []
    for group in certificate.groups:
        held, total = group.held, next(iter(group.marks), None)
        widest = max((m for m in group.marks if m.gap is not None), key=lambda m: m.gap or 0, default=None)
        rows.append([
            group.school, group.grade, len(held.heads), sum(held.heads), _range(held.heads), _range(held.load),
            _range(held.boys), _range(held.girls), _range(held.specials),
            None if total is None else _number(total.gap), _number(group.gap), widest.name if widest else "",
            anchor_word(certificate, group), group.sex_chi2, group.feeder_chi2, len(group.violations),
        ])  # fmt: skip
    heads = ("班数", "人数", "班额差", "班额差（含减员）", "男生差", "女生差", "特殊需要差")
    columns = [
        Column("学校", 20), Column("年级", 8), *(Column(head, 7, 0) for head in heads),
        Column("首项平均分差", 9, 3), Column("最大平均分差", 9, 3), Column("最大差的科目", 9), Column("比照", 16),
        Column("性别 χ²/自由度", 9, 3), Column("来源学校 χ²/自由度", 9, 3), Column("未满足的约束", 8, 0),
    ]  # fmt: skip
    notes = [
        anchor_words(certificate),
        "χ²/自由度：约 1 为纯随机，接近 0 为按均衡编排。about 1 by pure chance, near 0 when evened out.",
    ]
    sheet = write_sheet(book, formats, "各年级均衡", columns, rows, freeze_columns=2, notes=notes)
    colour_states(sheet, formats, (1, 12), (max(len(rows), 1), 12), _WORDS)


def _classes(book: Workbook, formats: Formats, facts: ClassFacts) -> None:
    """各班: counts and means of every class, then the spread of the grade."""
    names = list(dict.fromkeys(mark.name for group in facts.certificate.groups for mark in group.marks))
    teams = {(g["school"], g["grade"]): list(g.get("teams") or ()) for g in facts.groups}
    by_grade = {(group.school, group.grade): group for group in facts.certificate.groups}
    rows: list[list[Value]] = []
    for group in (by_grade[g["school"], g["grade"]] for g in facts.groups):
        held, marks = group.held, {mark.name: mark for mark in group.marks}
        drawn = teams[group.school, group.grade]
        for place, size in enumerate(held.heads):
            means = [_number(marks[name].means[place]) if name in marks else None for name in names]
            counts = (size, held.boys[place], held.girls[place], held.specials[place])
            team = drawn[place] if drawn else ""
            rows.append([group.school, group.grade, f"{place + 1} 班", *counts, *means, team])
        spreads = [_range(counts) for counts in (held.heads, held.boys, held.girls, held.specials)]
        gaps = [_number(marks[name].gap) if name in marks else None for name in names]
        rows.append([group.school, group.grade, "最大差", *spreads, *gaps, ""])
    columns = [
        Column("学校", 24), Column("年级", 9), Column("班级", 9), Column("人数", 7, 0), Column("男", 7, 0),
        Column("女", 7, 0), Column("特殊需要", 7, 0), *(Column(f"{name}\n平均分", 11, 3) for name in names),
        Column("教师组（抽签）", 20),
    ]  # fmt: skip
    sheet = write_sheet(book, formats, "各班", columns, rows, freeze_columns=3)
    bold = book.add_format({"bold": True, "bg_color": "#E9EEF4"})
    rule = {"type": "formula", "criteria": '=$C2="最大差"', "format": bold}
    sheet.conditional_format(1, 0, max(len(rows), 1), len(columns) - 1, rule)


def _marks(book: Workbook, formats: Formats, certificate: Certificate) -> None:
    """各科: the gap beside pure chance and beside the arithmetic floor."""
    rows: list[list[Value]] = [
        [
            group.school, group.grade, mark.name, _number(mark.gap), mark.expected_gap, _number(mark.floor),
            mark.deviation, mark.deviation_gap, mark.eta_squared, mark.missing,
        ]
        for group in certificate.groups
        for mark in group.marks
    ]  # fmt: skip
    columns = [
        Column("学校", 24), Column("年级", 9), Column("科目", 12), Column("平均分最大差", 10, 3),
        Column("纯随机时的期望差", 11, 3), Column("可能的最小差（大于 0）", 12, 4), Column("全年级标准差", 10, 2),
        Column("标准差的最大差", 10, 3), Column("班间方差占比 η²", 11, 6), Column("缺考人数", 8, 0),
    ]  # fmt: skip
    write_sheet(book, formats, "各科", columns, rows, freeze_columns=3)


def _violations(book: Workbook, formats: Formats, facts: ClassFacts) -> None:
    """未满足的约束: written only where there are any, which never happens in a layout of our own making."""
    kinds = {"together": "应同班而分开", "apart": "应分开而同班"}
    rows: list[list[Value]] = [
        [group.school, group.grade, kinds[violation.kind], len(violation.pids)]
        for group in facts.certificate.groups
        for violation in group.violations
    ]
    if rows:
        columns = [Column("学校", 24), Column("年级", 9), Column("约束", 18), Column("人数", 8, 0)]
        write_sheet(book, formats, "未满足的约束", columns, rows)


def _range(counts: Sequence[int]) -> int:
    return max(counts) - min(counts)


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _plain(value: Fraction) -> str:
    return f"{float(value):g}"
