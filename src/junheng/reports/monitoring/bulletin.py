"""监测通报.docx: counts by level and course, hot and cold schools, years ahead, overdue, unknown."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from junheng.basics import Text
from junheng.judgement.monitoring import COURSE_NAMES, LEVEL_NAMES, LEVELS, Alert, Course, Followed
from junheng.reports.certainty import CERTAINTY_WORDS
from junheng.reports.monitoring.papers import Bulletin, GapLine
from junheng.reports.monitoring.printing import (
    heading,
    level_cell,
    lines,
    place_of,
    stage_words,
    table,
    write_paper,
)
from junheng.reports.word.blocks import Block, Cell

_COURSES: tuple[Course, ...] = ("new", "continuing", "closed", "cannot_tell")
_LEVEL, _WHERE = Text("级别", "Level"), Text("学校（学段）", "School (stage)")
_WHAT, _WHY = Text("事项", "Rule"), Text("情况", "What was seen")
_LIST_WIDTHS = (1.1, 3.2, 2.6, 7)
_APART = {"hot", "cold", "future", "data"}  # topics with a section of their own


def write_bulletin(path: Path, bulletin: Bulletin) -> None:
    """Write the bulletin to ``path``. Raises UserError where the place cannot be written."""
    subtitle = f"{bulletin.county} {bulletin.number}"
    write_paper(path, "义务教育均衡监测通报", subtitle, "", list(_blocks(bulletin)))


def _blocks(bulletin: Bulletin) -> Iterator[Block]:
    yield heading("一、", Text("总体情况", "Overview"))
    yield from _overview(bulletin)
    yield heading("二、", Text("本期预警", "Warnings"))
    yield from _warnings(bulletin)
    yield heading("三、", Text("销号与无法判定", "Closed, and not to be told"))
    yield from _ended(bulletin.courses)
    yield heading("四、", Text("热点、冷点学校", "Hot and cold schools"))
    yield from _topic(bulletin, "hot", Text("热点学校", "Hot schools"))
    yield from _topic(bulletin, "cold", Text("冷点学校", "Cold schools"))
    yield heading("五、", Text("今后各年", "The years ahead"))
    yield from _future(bulletin)
    yield heading("六、", Text("逾期未整改", "Overdue"))
    yield from _overdue(bulletin)
    yield heading("七、", Text("数据缺失与未监测事项", "What is not reported or not watched"))
    yield from _unknown(bulletin)
    yield heading("八、", Text("规则与依据", "Rules and their sources"))
    yield from _rules(bulletin)
    yield from lines(
        Text(
            f"{bulletin.issuer or bulletin.county}　{bulletin.on.isoformat()}",
            "A gap is closed only where the recomputed data passes.",
        )
    )


def _overview(bulletin: Bulletin) -> Iterator[Block]:
    found = bulletin.watch
    warnings = [alert for alert in found.alerts if alert.kind == "warning"]
    schools = {alert.school_id for alert in warnings if alert.school_id}
    unknown = len(found.alerts) - len(warnings)
    yield from lines(
        Text(
            f"{bulletin.period_from} 至 {bulletin.period_to}，按 {found.year} 年数据监测，"
            f"预警 {len(warnings)} 条，涉及学校 {len(schools)} 所；数据缺失 {unknown} 处，"
            f"未能监测的规则 {len(found.unwatched)} 条。",
            f"{bulletin.period_from} to {bulletin.period_to}, data of {found.year}: "
            f"{len(warnings)} warnings at {len(schools)} schools; {unknown} cases of missing data, "
            f"{len(found.unwatched)} rules that had nothing to watch.",
        )
    )
    courses = Counter(
        (course.alert.level, course.course) for course in bulletin.courses if _is_warning(course)
    )
    rows: list[list[str | Cell]] = []
    for level in LEVELS:
        own = [str(courses[level, course]) if not bulletin.first else "—" for course in _COURSES]
        rows.append([level_cell(level), str(found.count(level)), *own])
    total = [str(sum(courses[level, course] for level in LEVELS)) for course in _COURSES]
    rows.append(["合计 total", str(len(warnings)), *(total if not bulletin.first else "—" * 4)])
    heads = [_LEVEL, Text("本期", "Now"), *(COURSE_NAMES[course] for course in _COURSES)]
    yield from table("counts", Text("预警条数", "Warnings"), heads, rows, (2, 1, 1, 1, 1, 1.2), range(1, 6))
    if bulletin.first:
        yield from lines(
            Text("首期通报，没有上期可比。", "A first bulletin: there is no earlier one to compare.")
        )
    else:
        yield from lines(
            Text(
                "“延续”含上期已报、本期不再触发但数据仍未通过的；“销号”仅指重算数据已通过。",
                "“Continuing” includes gaps that are not raised anew and yet still fail; “closed” means that the "
                "recomputed data passes.",
            )
        )


def _is_warning(course: Followed) -> bool:
    return course.alert.kind == "warning"


def _warnings(bulletin: Bulletin) -> Iterator[Block]:
    """New ones row by row; in a first bulletin there are none before, so the red ones. Counts by rule above."""
    alerts = [alert for alert in bulletin.watch.alerts if alert.kind == "warning"]
    counted = Counter((alert.rule, alert.name, alert.level) for alert in alerts)
    rows: list[list[str | Cell]] = [
        [level_cell(level), f"{name.zh} {name.en}", str(number)]
        for (_, name, level), number in sorted(
            counted.items(), key=lambda entry: (LEVELS.index(entry[0][2]), -entry[1], entry[0][0])
        )
    ]
    heads = [_LEVEL, _WHAT, Text("条数", "Alerts")]
    yield from table("rules", Text("按规则", "By rule"), heads, rows, (1.2, 8, 1.5), (2,))
    new = {course.alert.key for course in bulletin.courses if course.course == "new"}
    chosen = [
        alert
        for alert in alerts
        if alert.topic not in _APART and (alert.level == "red" if bulletin.first else alert.key in new)
    ]
    often = Counter(alert.rule for alert in chosen)
    chosen.sort(key=lambda alert: (LEVELS.index(alert.level), often[alert.rule]))  # the rare ones first
    words = Text("红色预警", "Red warnings") if bulletin.first else Text("新增预警", "New warnings")
    yield from _list("new", words, chosen)


def _list(key: str, caption: Text, alerts: Sequence[Alert]) -> list[Block]:
    rows: list[list[str | Cell]] = [
        [level_cell(alert.level), place_of(alert), alert.name.zh, f"{alert.reason.zh}{_cases(alert)}"]
        for alert in alerts
    ]
    return table(key, caption, [_LEVEL, _WHERE, _WHAT, _WHY], rows, _LIST_WIDTHS)


def _cases(alert: Alert) -> str:
    return f"（共 {alert.cases} 个班）" if alert.cases > 1 and alert.rule.startswith("CLS") else ""


def _ended(courses: Sequence[Followed]) -> list[Block]:
    ended = [
        course
        for course in courses
        if course.course in ("closed", "cannot_tell") and course.recheck is not None
    ]
    rows: list[list[str | Cell]] = [
        [
            COURSE_NAMES[course.course].zh,
            place_of(course.alert),
            f"{course.alert.indicator} {course.alert.name.zh}".strip(),
            course.recheck.reason.zh if course.recheck else "",
        ]
        for course in ended
    ]
    heads = [Text("去向", "Course"), _WHERE, _WHAT, Text("重算结果", "Recomputed")]
    return table("ended", Text("上期差距的去向", "What became of earlier gaps"), heads, rows, _LIST_WIDTHS)


def _topic(bulletin: Bulletin, topic: str, caption: Text) -> list[Block]:
    return _list(topic, caption, [alert for alert in bulletin.watch.alerts if alert.topic == topic])


def _future(bulletin: Bulletin) -> list[Block]:
    assumption = Text(
        "假设：教师、校舍、设备不变，只有在校生按学位预测的中情景变化，由同一判定程序逐年判定。",
        "Assumption: teachers, premises and equipment stay; only pupils change, to the middle path of the seat "
        "forecast, and the same engine judges each year.",
    )
    return [*lines(assumption), *_topic(bulletin, "future", Text("预计不达标", "Foreseen to fail"))]


def _overdue(bulletin: Bulletin) -> list[Block]:
    late = [gap for gap in bulletin.gaps if gap.closed_on is None and gap.days_late(bulletin.on) > 0]
    late.sort(key=lambda gap: (-gap.days_late(bulletin.on), gap.key))
    heads = [
        _LEVEL, Text("学校", "School"), _WHAT, Text("责任人", "Owner"), Text("期限", "Deadline"),
        Text("逾期天数", "Days late"),
    ]  # fmt: skip
    rows = [_late(gap, bulletin) for gap in late]
    return table("late", Text("逾期清单", "Overdue list"), heads, rows, (1.1, 3, 4, 2, 2, 1.4), (5,))


def _late(gap: GapLine, bulletin: Bulletin) -> list[str | Cell]:
    deadline = gap.deadline.isoformat() if gap.deadline else "—"
    school = f"{gap.school}（{stage_words(gap.stage)}）" if gap.stage else gap.school
    return [level_cell(gap.level), school, gap.gap.zh, gap.owner, deadline, str(gap.days_late(bulletin.on))]


def _unknown(bulletin: Bulletin) -> Iterator[Block]:
    alerts = [alert for alert in bulletin.watch.alerts if alert.kind == "no_data"]
    yield from _list("missing", Text("数据缺失", "Missing data"), alerts)
    rows = [
        [rule.rule, rule.name.zh, f"{rule.reason.zh}\n{rule.reason.en}"] for rule in bulletin.watch.unwatched
    ]
    heads = [Text("规则", "Rule"), Text("名称", "Name"), Text("原因", "Why")]
    yield from table("idle", Text("未能监测的规则", "Rules not watched"), heads, rows, (2.4, 3, 7))


def _rules(bulletin: Bulletin) -> list[Block]:
    used = {alert.rule for alert in bulletin.watch.alerts}
    rows: list[list[str | Cell]] = []
    for rule in bulletin.rules:
        if rule.id in used:
            source = f"{rule.citation.document} {rule.citation.article}".strip()
            certainty = CERTAINTY_WORDS[rule.citation.certainty]
            drawn = ", ".join(f"{name} = {_line(line)}" for name, line in rule.lines.items()) or "—"
            rows.append(
                [rule.id, f"{LEVEL_NAMES[rule.level].zh} {rule.name.zh}", drawn, f"{source}（{certainty}）"]
            )
    heads = [Text("规则", "Rule"), Text("名称", "Name"), Text("界线", "Lines"), Text("依据", "Source")]
    return table(
        "sources", Text("本期用到的规则", "Rules used"), heads, rows, (2.5, 3.2, 3.4, 4), most=len(rows)
    )


def _line(line: object) -> str:
    if isinstance(line, dict):
        return "/".join(str(value) for value in line.values())
    return str(line)
