"""alerts.xlsx: every alert with its reason in both languages, courses, rules, what was not watched."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from junheng.basics import STAGE_NAMES
from junheng.judgement.monitoring import (
    COURSE_NAMES,
    KIND_NAMES,
    LEVEL_NAMES,
    Alert,
    Followed,
    Rule,
    Watch,
    closing_words,
    condition_words,
)
from junheng.reports.certainty import CERTAINTY_WORDS
from junheng.reports.draws.lists import PLAIN
from junheng.reports.workbook.formats import Formats, make_formats
from junheng.reports.workbook.sheets import ALL_DECIMALS, Column, Value, colour_states, write_sheet

_ALERTS = [
    Column("级别 level", 8), Column("类别 kind", 9), Column("去向 course", 9), Column("规则 rule", 14),
    Column("名称 name", 16), Column("学校标识码 code", 12), Column("学校 school", 18), Column("学段 stage", 8),
    Column("指标 indicator", 8), Column("年份 year", 7, 0), Column("数值 value", 11, ALL_DECIMALS),
    Column("界线 line", 11, ALL_DECIMALS), Column("单位 unit", 9), Column("差额 distance", 11, ALL_DECIMALS),
    Column("差额单位", 8), Column("情况", 46), Column("What was seen", 50), Column("依据 source", 26),
    Column("打开 explain", 30), Column("键 key", 34),
]  # fmt: skip
_RULES = [
    Column("规则 rule", 16), Column("名称", 20), Column("name", 24), Column("级别 level", 8), Column("条件", 46),
    Column("condition", 46), Column("销号条件 closes when", 40), Column("表达式 expression", 30),
    Column("界线 lines", 24), Column("依据 source", 30), Column("可信度", 12),
    Column("叠加 overlay", 12),
]  # fmt: skip


def write_alert_book(
    path: Path, found: Watch, rules: Sequence[Rule] = (), courses: Sequence[Followed] = ()
) -> None:
    """Write the workbook to ``path``. Raises OSError where the place cannot be written."""
    county = next((alert.county for alert in found.alerts), "")
    book = Workbook(str(path), PLAIN)
    formats = make_formats(book, f"{county} {found.year}")
    course = {entry.alert.key: COURSE_NAMES[entry.course].zh for entry in courses}
    rows = [_alert(alert, course) for alert in found.alerts]
    notes = [] if rows else ["无。 | None."]
    sheet = write_sheet(book, formats, "预警 alerts", _ALERTS, rows, freeze_columns=1, notes=notes)
    words = {"红色 red": "below", "橙色 orange": "not_met"}
    colour_states(sheet, formats, (1, 0), (max(len(rows), 1), 0), words)
    _ended(book, formats, courses)
    idle: list[list[Value]] = [
        [rule.rule, rule.name.zh, rule.name.en, rule.reason.zh, rule.reason.en] for rule in found.unwatched
    ]
    columns = [
        Column("规则 rule", 16),
        Column("名称", 24),
        Column("name", 28),
        Column("原因", 40),
        Column("why", 46),
    ]
    write_sheet(book, formats, "未监测 not watched", columns, idle)
    write_sheet(book, formats, "规则 rules", _RULES, [_rule(rule) for rule in rules], freeze_columns=1)
    try:
        book.close()
    except FileCreateError as error:
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error


def _ended(book: Workbook, formats: Formats, courses: Sequence[Followed]) -> None:
    """Gaps of the earlier run that are not raised now, and what the recomputed data says of them."""
    rows: list[list[Value]] = [
        [
            COURSE_NAMES[entry.course].zh, entry.alert.rule, entry.alert.name.zh, entry.alert.school,
            _stage(entry.alert.stage), entry.alert.indicator, entry.recheck.reason.zh, entry.recheck.reason.en,
            entry.alert.key,
        ]
        for entry in courses
        if entry.recheck is not None
    ]  # fmt: skip
    columns = [
        Column("去向 course", 10), Column("规则 rule", 14), Column("名称 name", 20), Column("学校 school", 20),
        Column("学段 stage", 8), Column("指标 indicator", 8), Column("重算结果", 40), Column("recomputed", 46),
        Column("键 key", 34),
    ]  # fmt: skip
    write_sheet(book, formats, "上期差距 earlier gaps", columns, rows)


def _alert(alert: Alert, course: Mapping[str, str]) -> list[Value]:
    return [
        str(LEVEL_NAMES[alert.level]).replace(" | ", " "),
        KIND_NAMES[alert.kind].zh,
        course.get(alert.key, ""),
        alert.rule,
        alert.name.zh,
        alert.school_id,
        alert.school,
        _stage(alert.stage),
        alert.indicator,
        alert.year,
        alert.value,
        alert.threshold,
        alert.unit.zh,
        alert.distance,
        alert.distance_unit.zh,
        alert.reason.zh,
        alert.reason.en,
        f"{alert.citation.document} {alert.citation.article}".strip(),
        " ".join(alert.explain),
        alert.key,
    ]


def _stage(stage: str) -> str:
    return next((text.zh for own, text in STAGE_NAMES.items() if own == stage), "")


def _rule(rule: Rule) -> list[Value]:
    words, closes = condition_words(rule), closing_words(rule)
    drawn = "; ".join(f"{name} = {_line(line)}" for name, line in rule.lines.items())
    return [
        rule.id,
        rule.name.zh,
        rule.name.en,
        LEVEL_NAMES[rule.level].zh,
        words.zh,
        words.en,
        f"{closes.zh} | {closes.en}",
        rule.when,
        drawn,
        f"{rule.citation.document} {rule.citation.article}".strip(),
        CERTAINTY_WORDS[rule.citation.certainty],
        rule.citation.overlay,
    ]


def _line(line: object) -> str:
    if isinstance(line, Mapping):
        return "/".join(f"{_stage(str(stage))} {value}" for stage, value in line.items())
    return str(line)
