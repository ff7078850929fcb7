"""The result as a workbook: rates, schools, rows, gaps with totals, what cannot be told, the standard itself."""

from collections.abc import Iterator

from junheng.judgement import VERDICT_NAMES, Verdict
from junheng.judgement.school_standards import (
    WHOLE,
    RowResult,
    SchoolRate,
    SchoolStandardReport,
    SchoolVerdict,
)
from junheng.reports.school_standards import words
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import Column, Value
from junheng.standards import CERTAINTY_NAMES
from junheng.standards.school_standards import Row

_TRUNCATED = "无法判定的不算零：达标率写成下限–上限；百分比截断到一位小数。Undecided schools make the rate an interval; shares are cut off."

_MARKS = {Verdict.MET: "√", Verdict.NOT_MET: "×", Verdict.CANNOT_TELL: "？", None: "—"}


def school_standard_book(report: SchoolStandardReport) -> bytes:
    """The workbook of ``report``; weak schools come first in every list."""
    sheets = [
        _rates(report), _schools(report), _gaps(report), _totals(report), _rows(report), _open(report),
        _standard(report), _faults(report),
    ]  # fmt: skip
    return plain_book(sheets, f"{report.county.zh}{report.year}年{report.standard.head.name.zh}")


def _word(verdict: Verdict | None) -> str:
    return "不适用" if verdict is None else VERDICT_NAMES[verdict].zh


def _mark(verdict: Verdict | None) -> str:
    return _MARKS[verdict]


def _rates(report: SchoolStandardReport) -> Sheet:
    columns = [
        Column("范围", 22), Column("分类", 10), Column("类别", 18), Column("学校", 8, 0), Column("达标", 8, 0),
        Column("无法判定", 10, 0), Column("未达标", 8, 0), Column("达标率（%）", 14),
    ]  # fmt: skip
    rows = [_rate_row(rate, report) for rate in report.rates if rate.whole or rate.by == WHOLE]
    allowed = report.standard.version.max_misses
    rule = f"学校达标：{len(report.standard.rows)}项中未达到的不超过{allowed}项；分组达标：该组各项都达到（分组另有规定的除外）。"
    return Sheet("达标率", columns, rows, [rule, _TRUNCATED], freeze=1)


def _rate_row(rate: SchoolRate, report: SchoolStandardReport) -> list[Value]:
    groups = {group.id: group.name.zh for group in report.standard.groups}
    of = words.WHOLE.zh if rate.of == WHOLE else groups[rate.of]
    by = {"all": "全县", "kind": "办学类型", "area": "城乡"}[rate.by]
    key = {"all": "", "kind": words.kind_name(rate.key).zh, "area": ""}[rate.by]
    if rate.by == "area":
        key = words.area_name(rate.key).zh
    missed = rate.whole - rate.met - rate.unknown
    return [of, by, key, rate.whole, rate.met, rate.unknown, missed, words.rate_words(rate)]


def _schools(report: SchoolStandardReport) -> Sheet:
    standard = report.standard
    columns = [
        Column("学校", 26), Column("学校标识码", 12), Column("类型", 11), Column("城乡", 7), Column("薄弱", 6),
        Column("判定", 9), Column("未达到项数", 8, 0), Column("无法判定项数", 8, 0),
        *(Column(group.name.zh, 9) for group in standard.groups), *(Column(row.name.zh, 9) for row in standard.rows),
    ]  # fmt: skip
    rows: list[list[Value]] = [
        [
            *_identity(one), _word(one.verdict), one.misses, one.unknown,
            *(_mark(one.groups[group.id]) for group in standard.groups), *(_mark(row.verdict) for row in one.rows),
        ]
        for one in report.schools
    ]  # fmt: skip
    notes = [
        "√ 达标，× 未达标，？ 无法判定，— 不适用；薄弱学校排在前面。√ met, × not met, ？ not told; weak schools first."
    ]
    return Sheet("逐校判定", columns, rows, notes, freeze=1)


def _identity(one: SchoolVerdict) -> list[Value]:
    school = one.school
    area, kind = words.area_of_code(school.urban_rural_code).zh, words.kind_name(school.kind).zh
    return [school.name, school.school_id, kind, area, "是" if school.is_weak else ""]


def _each(report: SchoolStandardReport, *verdicts: Verdict) -> Iterator[tuple[SchoolVerdict, Row, RowResult]]:
    """Every row of every school with one of ``verdicts``, in the order of the list."""
    for one in report.schools:
        for row, result in zip(report.standard.rows, one.rows, strict=True):
            if result.verdict in verdicts:
                yield one, row, result


def _gaps(report: SchoolStandardReport) -> Sheet:
    columns = [
        Column("学校", 26), Column("学校标识码", 13), Column("类型", 12), Column("城乡", 8), Column("薄弱", 7),
        Column("项目", 22), Column("现状", 12), Column("标准", 12), Column("单位", 14), Column("差额", 18),
    ]  # fmt: skip
    rows: list[list[Value]] = [
        [*_identity(one), row.name.zh, words.present(result), words.asked(result), row.unit.zh,
         words.gap(result, row).zh]
        for one, row, result in _each(report, Verdict.NOT_MET)
    ]  # fmt: skip
    notes = [
        "现状低于标准的截断、高于标准的进位，差额进位：显示的数不会看起来刚好达到。Figures are never rounded onto the line."
    ]
    return Sheet("逐校差额", columns, rows, notes, freeze=1)


def _totals(report: SchoolStandardReport) -> Sheet:
    columns = [
        Column("项目", 26), Column("适用学校", 10, 0), Column("未达到学校", 10, 0), Column("无法判定", 10, 0),
        Column("全县合计差额", 18), Column("单位", 12),
    ]  # fmt: skip
    rows: list[list[Value]] = [
        [row.name.zh, total.concerned, total.schools, total.unknown, words.number(total.lacks, up=True),
         row.quantity.zh]
        for row, total in zip(report.standard.rows, report.totals, strict=True)
    ]  # fmt: skip
    return Sheet(
        "全县合计",
        columns,
        rows,
        ["无法判定的学校不在合计内。Schools that cannot be told are not in the sums."],
    )


def _rows(report: SchoolStandardReport) -> Sheet:
    columns = [
        Column("学校", 26), Column("项目", 22), Column("分子", 14), Column("分母", 12), Column("现状", 12),
        Column("标准", 12), Column("单位", 14), Column("判定", 10), Column("所据单元格", 44),
    ]  # fmt: skip
    told = (Verdict.MET, Verdict.NOT_MET, Verdict.CANNOT_TELL)
    rows: list[list[Value]] = [
        [
            one.school.name, row.name.zh, words.number(result.numerator), words.number(result.denominator),
            words.present(result), words.asked(result), row.unit.zh, _word(result.verdict), _cells(one, row),
        ]
        for one, row, result in _each(report, *told)
    ]  # fmt: skip
    return Sheet("逐项", columns, rows, freeze=2)


def _cells(one: SchoolVerdict, row: Row) -> str:
    """The cells of numerator and denominator, by the names the row's texts contain."""
    text = f"{row.numerator} {row.denominator}"
    names = [name for name in one.school.facts if name in text.replace("(", " ").replace(")", " ").split()]
    return "；".join(cell for name in names for cell in one.school.facts[name].cells)


def _open(report: SchoolStandardReport) -> Sheet:
    columns = [
        Column("学校", 26),
        Column("学校标识码", 13),
        Column("项目", 22),
        Column("原因", 30),
        Column("应填的位置", 50),
    ]
    rows: list[list[Value]] = []
    for one, row, result in _each(report, Verdict.CANNOT_TELL):
        lacking = "、".join(words.fact_name(name, report.standard) for name in result.missing)
        why = result.reason.zh if result.reason is not None else f"缺{lacking}"
        cells = [cell for name in result.missing for cell in one.school.facts[name].cells]
        rows.append([one.school.name, one.school.school_id, row.name.zh, why, "；".join(cells)])
    return Sheet("无法判定", columns, rows, freeze=1)


def _standard(report: SchoolStandardReport) -> Sheet:
    columns = [
        Column("项目", 24), Column("分组", 14), Column("怎样算", 36), Column("适用学校", 34), Column("标准", 40),
        Column("单位", 14), Column("依据", 34), Column("把握", 12),
    ]  # fmt: skip
    groups = {group.id: group.name.zh for group in report.standard.groups}
    rows: list[list[Value]] = []
    for row in report.standard.rows:
        cited = report.standard.cited(row)
        for line in row.lines:
            rows.append(
                [
                    row.name.zh, groups[row.group], words.quotient_words(row),
                    "其余学校" if line.schools == "TRUE" else line.schools, words.line_words(line), row.unit.zh,
                    f"{cited.document} {cited.article}", CERTAINTY_NAMES[cited.certainty].zh,
                ]
            )  # fmt: skip
    head = report.standard.head
    notes = [text for text in (head.note.zh if head.note else "", head.note.en if head.note else "") if text]
    if head.is_made_up:
        notes.insert(0, "虚构的标准，只作样例，不能用于评估。A made-up standard: an example only.")
    notes += [f"地方覆盖 overlay {words.change_words(change)}" for change in report.standard.changes]
    return Sheet("标准", columns, rows, notes, freeze=1)


def _faults(report: SchoolStandardReport) -> Sheet:
    columns = [Column("位置", 30), Column("问题", 46), Column("怎么办", 36)]
    rows: list[list[Value]] = [[str(one.place), one.what.zh, one.fix.zh] for one in report.faults]
    return Sheet("数据问题", columns, rows)
