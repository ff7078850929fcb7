"""The tables of the pages as plain rows, for Excel and CSV: the same figures, unrounded."""

from collections.abc import Iterable, Sequence

from junheng import __version__
from junheng.basics import STAGE_NAMES, Text
from junheng.reports.workbook import ALL_DECIMALS, Column, Sheet, Value
from junheng.web.findings import queries
from junheng.web.findings.heat import WORDS, HeatRow
from junheng.web.findings.models import Finding
from junheng.web.findings.parts import parts_in
from junheng.web.findings.reading import AREAS, units_of, verdict_of
from junheng.web.findings.school_page import StagePage
from junheng.web.front.words import half

Row = list[Value]


def w(zh: str, en: str) -> str:
    """A heading in the reader's language."""
    return half(Text(zh, en))


def text(zh: str, en: str, width: float = 12) -> Column:
    """A column of words."""
    return Column(w(zh, en), width)


def number(zh: str, en: str, width: float = 11) -> Column:
    """A column of numbers with every decimal they have."""
    return Column(w(zh, en), width, ALL_DECIMALS)


def source_of(finding: Finding) -> str:
    """Where the figures come from, with the hash by which the finding is known."""
    return w("来源：", "Source: ") + (
        f"{finding.county} {finding.year} {finding.standard}, manifest.json sha256 {finding.sha256}, "
        f"Junheng {__version__}"
    )


def _empty() -> str:
    return w("空白表示没有数据，不是 0。", "Blank means no data, never 0.")


def heat_sheet(finding: Finding, stage: str, rows: Sequence[HeatRow]) -> Sheet:
    """Schools by indicators: value, verdict and what is lacking."""
    names = queries.indicator_names(finding)
    keys = list(verdict_of(finding)["stages"][stage]["indicators"])
    columns = [
        text("学校标识码", "School code", 13), text("学校", "School", 26), text("城乡", "Area", 8),
        text("乡镇", "Town", 11), text("教育集团", "Group", 9), number("学生", "Pupils", 8),
        text("结论", "Verdict", 9), number("达标项", "Met", 7),
    ]  # fmt: skip
    for key in keys:
        columns += [Column(f"{key}", 9, ALL_DECIMALS), Column(f"{key} " + w("结论", "verdict"), 10)]
        columns += [Column(f"{key} " + w("尚缺", "short"), 9, ALL_DECIMALS)]
    told = [_heat_row(row, keys) for row in rows]
    units = units_of(finding)
    notes = [f"{key} {names.get(key, '')} ({half(units[key])})" if key in units else key for key in keys]
    return Sheet(f"{half(STAGE_NAMES[stage])}", columns, told, [*notes, _empty(), source_of(finding)], 2)


def _heat_row(row: HeatRow, keys: Sequence[str]) -> Row:
    area = half(AREAS[row.about.area]) if row.about.area else None
    found: Row = [row.school_id, row.name, area, row.about.town, row.about.group, row.pupils]
    found += [half(WORDS[row.verdict]), row.met]
    cells = {cell.key: cell for cell in row.cells}
    for key in keys:
        cell = cells.get(key)
        found += [cell.value, half(WORDS[cell.state]), cell.lacks] if cell else [None, None, None]
    return found


def overview_sheets(finding: Finding, heats: Iterable[tuple[str, Sequence[HeatRow]]]) -> list[Sheet]:
    """The overview: reasons, coefficients, shortfalls, years, areas and groups of all stages, and the schools."""
    return [
        _reasons(finding),
        _stages(finding),
        _lacking(finding),
        _years(finding),
        *(sheet for what in ("area", "group") if (sheet := _parts(finding, what)).rows),
        *(heat_sheet(finding, stage, rows) for stage, rows in heats),
    ]


def _reasons(finding: Finding) -> Sheet:
    columns = [text("结论", "Verdict", 12), text("理由", "Reason", 90)]
    told = verdict_of(finding)["county"]["reasons"]
    rows: list[Row] = [[half(WORDS[one["verdict"]]), half(one)] for one in told]
    rows.insert(0, [half(WORDS[finding.verdict]), f"{finding.county} {finding.year} {finding.standard}"])
    return Sheet(w("结论", "Verdict"), columns, rows, [source_of(finding)])


def _stages(finding: Finding) -> Sheet:
    columns = [
        text("学段", "Stage", 9), text("指标", "Indicator", 9), text("名称", "Name", 44),
        number("差异系数", "CV"), number("上限", "Limit", 8), text("结论", "Verdict", 10),
        number("达标学校", "Schools met", 9), number("学校数", "Schools", 9),
    ]  # fmt: skip
    rows: list[Row] = [
        [words, one.key, one.name, one.cv, one.limit, half(WORDS[one.verdict or None]), one.met, one.schools]
        for stage, words in queries.stages_of(finding)
        for one in queries.gauges(finding, stage)
    ]
    return Sheet(w("差异系数", "CV"), columns, rows, [_empty(), source_of(finding)])


def _lacking(finding: Finding) -> Sheet:
    columns = [
        text("学段", "Stage", 9), text("指标", "Indicator", 9), text("名称", "Name", 44), text("单位", "Unit", 9),
        number("到标准尚缺", "Short of the line", 14), number("学校数", "Schools", 9),
        number("到底线尚缺", "Short of the floor", 14), number("学校数", "Schools", 9),
        number("无法判定", "Cannot tell", 9),
    ]  # fmt: skip
    rows: list[Row] = [
        [words, one.key, one.name, one.unit, one.amount, one.schools, one.floor_amount, one.floor_schools,
         one.undecided]
        for stage, words in queries.stages_of(finding)
        for one in queries.shortfalls(finding, stage)
    ]  # fmt: skip
    return Sheet(w("缺口", "Shortfalls"), columns, rows, [_empty(), source_of(finding)])


def _years(finding: Finding) -> Sheet:
    columns = [
        number("年份", "Year", 8), text("学段", "Stage", 9), text("指标", "Indicator", 9),
        number("差异系数", "CV"), number("达标学校", "Schools met", 9), number("学校数", "Schools", 9),
    ]  # fmt: skip
    rows: list[Row] = [
        [year, words, one.key, cv, met, schools]
        for stage, words in queries.stages_of(finding)
        for one in queries.trend(finding, stage)
        for year, cv, met, schools in one.years
    ]
    return Sheet(w("各年", "Years"), columns, rows, [_empty(), source_of(finding)])


def _parts(finding: Finding, what: str) -> Sheet:
    columns = [
        text("学段", "Stage", 9), text("类别", "Part", 12), number("学校数", "Schools", 9),
        number("达标学校", "Comply", 9), number("学生", "Pupils", 10), text("指标", "Indicator", 9),
        number("均值", "Mean"), number("差异系数", "CV"), number("达标", "Met", 8), number("未达标", "Not met", 8),
    ]  # fmt: skip
    rows: list[Row] = [
        [words, part.words, part.group.schools, part.group.passed, part.group.pupils, key,
         *((one.mean, one.cv, one.met, one.not_met) if one else (None,) * 4)]
        for stage, words in queries.stages_of(finding)
        for part in queries.parts(finding, what, stage)
        for key, one in part.figures
    ]  # fmt: skip
    name = w("城乡", "Urban and rural") if what == "area" else w("教育集团", "Groups")
    return Sheet(name, columns, rows, [_empty(), source_of(finding)])


def school_sheet(finding: Finding, pages: Sequence[StagePage]) -> Sheet:
    """A school's indicators with lines, what is lacking, and its peers."""
    columns = [
        text("学段", "Stage", 9), text("指标", "Indicator", 9), text("名称", "Name", 40), text("单位", "Unit", 14),
        number("本校", "Value"), number("标准", "Line", 9), number("底线", "Floor", 9), text("结论", "Verdict", 10),
        number("尚缺", "Short"), text("缺口单位", "Unit of it", 9), number("同类校中位数", "Peers' median", 12),
        number("名次", "Rank", 7), number("同类校数", "Peers", 8),
    ]  # fmt: skip
    rows: list[Row] = [
        [page.stage, bar.cell.key, bar.name, bar.unit, bar.cell.value, bar.cell.line, bar.cell.floor,
         half(WORDS[bar.cell.state]), bar.cell.lacks, half(bar.cell.unit),
         *((bar.peer.median, bar.peer.rank, bar.peer.schools) if bar.peer else (None,) * 3)]
        for page in pages
        for bar in page.bars
    ]  # fmt: skip
    return Sheet(w("学校", "School"), columns, rows, [peer_note(), _empty(), source_of(finding)], 2)


def peer_note() -> str:
    """What peers are."""
    return w(
        "同类校：同学段、同城乡类别、学生数为本校一半至两倍的学校（含本校）；仅供参考，不是判定依据。",
        "Peers: same stage, same kind of place, half to twice the pupils (itself included); an aid, no rule.",
    )


def counties_sheet(found: Iterable[Finding], what: str) -> Sheet:
    """Counties side by side, each with the hash of its finding."""
    columns = [
        text("上级", "In", 16), text("县（区）", "County", 22), number("年份", "Year", 7),
        text("标准", "Standard", 16), text("结论", "Verdict", 10), text("各部分", "Parts", 60),
        number("达标学校（学段）", "School-stages comply", 9),
        number("学校（学段）数", "School-stages", 9), number("无法判定", "Cannot tell", 9),
        number("超限差异系数", "CVs over limit", 10), number("有限值的差异系数", "CVs with a limit", 10),
        number("最大差异系数÷上限", "Worst CV ÷ limit", 12), text("所在", "Of", 16), text("sha256", "sha256", 66),
    ]  # fmt: skip
    rows: list[Row] = [
        [str(one.county.parent or ""), str(one.county), one.year, one.standard, half(WORDS[one.verdict]),
         _parts_words(one), one.passed, one.judged, one.undecided,
         None if one.worst is None else one.over_limit, one.limited, one.worst, one.worst_of, one.sha256]
        for one in found
    ]  # fmt: skip
    return Sheet(w("各县", "Counties"), columns, rows, [what, f"Junheng {__version__}"], 2)


def _parts_words(finding: Finding) -> str | None:
    told = [f"{half(part.name)} {half(WORDS[part.verdict])}" for part in parts_in(finding.parts)]
    return w("；", "; ").join(told) or None
