"""监测通报.docx: counts by level and course, hot and cold schools, years ahead, overdue, unknown."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from junheng.basics import Text
from junheng.judgement.monitoring import COURSE_NAMES, LEVELS, Course, Followed
from junheng.reports.monitoring.bulletin_ends import overdue, rules_used, unknown
from junheng.reports.monitoring.papers import Bulletin
from junheng.reports.monitoring.printing import (
    LEVEL,
    LIST_WIDTHS,
    WHAT,
    WHERE,
    Hand,
    Listed,
    listed_alerts,
    write_paper,
)
from junheng.reports.word.blocks import Block, Cell

_COURSES: tuple[Course, ...] = ("new", "continuing", "closed", "cannot_tell")
_APART = {"hot", "cold", "future", "data"}  # topics with a section of their own
_FIRST = Text("首期通报，没有上期可比。", "A first bulletin: there is no earlier one to compare.")
_NAME = Text("义务教育均衡监测通报", "Monitoring bulletin: balanced compulsory education")


def write_bulletin(path: Path, bulletin: Bulletin) -> None:
    """Write the bulletin to ``path``. Raises UserError where the place cannot be written."""
    hand = Hand(bulletin.language)
    subtitle = f"{bulletin.county} {hand.one(bulletin.number)}"
    write_paper(path, hand.one(_NAME), subtitle, "", list(_blocks(bulletin, hand)))


def _blocks(bulletin: Bulletin, hand: Hand) -> Iterator[Block]:
    yield hand.heading(1, Text("总体情况", "Overview"))
    yield from _overview(bulletin, hand)
    yield hand.heading(2, Text("本期预警", "Warnings"))
    yield from _warnings(bulletin, hand)
    yield hand.heading(3, Text("销号与无法判定", "Closed, and not to be told"))
    yield from hand.lines(_FIRST) if bulletin.first else _ended(bulletin.courses, hand)
    yield hand.heading(4, Text("热点、冷点学校", "Hot and cold schools"))
    yield from _topic(bulletin, hand, "hot", Text("热点学校", "Hot schools"))
    yield from _topic(bulletin, hand, "cold", Text("冷点学校", "Cold schools"))
    yield hand.heading(5, Text("今后各年", "The years ahead"))
    yield from _future(bulletin, hand)
    yield hand.heading(6, Text("逾期未整改", "Overdue"))
    yield from overdue(bulletin, hand)
    yield hand.heading(7, Text("数据缺失与未监测事项", "What is not reported or not watched"))
    yield from unknown(bulletin, hand)
    yield hand.heading(8, Text("规则与依据", "Rules and their sources"))
    yield from rules_used(bulletin, hand)
    by = f"{bulletin.issuer or bulletin.county}　{bulletin.on.isoformat()}"
    closed = "A gap is closed only where the recomputed data passes."
    yield from hand.lines(Text(by, f"{by}. {closed}" if bulletin.language == "en" else closed))


def _overview(bulletin: Bulletin, hand: Hand) -> Iterator[Block]:
    found = bulletin.watch
    warnings = [alert for alert in found.alerts if alert.kind == "warning"]
    schools = {alert.school_id for alert in warnings if alert.school_id}
    missing = len(found.alerts) - len(warnings)
    yield from hand.lines(
        Text(
            f"{bulletin.period_from} 至 {bulletin.period_to}，按 {found.year} 年数据监测，"
            f"预警 {len(warnings)} 条，涉及学校 {len(schools)} 所；数据缺失 {missing} 处，"
            f"未能监测的规则 {len(found.unwatched)} 条。",
            f"{bulletin.period_from} to {bulletin.period_to}, data of {found.year}: "
            f"warnings {len(warnings)}, schools concerned {len(schools)}; missing data {missing}, "
            f"rules that had nothing to watch {len(found.unwatched)}.",
        )
    )
    if not bulletin.first and bulletin.before is not None:
        before = bulletin.before
        yield from hand.lines(Text(f"上期为{before.zh}，以下与它相比。", f"Compared below with {before.en}."))
    yield from hand.table(_counted(bulletin, len(warnings), hand))
    closing = Text(
        "“延续”含上期已报、本期不再触发但数据仍未通过的；“销号”仅指重算数据已通过。",
        "“Continuing” includes gaps that are not raised anew and yet still fail; “closed” means that the "
        "recomputed data passes.",
    )
    yield from hand.lines(_FIRST if bulletin.first else closing)


def _counted(bulletin: Bulletin, warnings: int, hand: Hand) -> Listed:
    """How many warnings of each level, and how they went since the bulletin before."""
    courses = Counter(
        (course.alert.level, course.course) for course in bulletin.courses if course.alert.kind == "warning"
    )
    rows: list[list[str | Cell]] = []
    for level in LEVELS:
        own = [str(courses[level, course]) if not bulletin.first else "—" for course in _COURSES]
        rows.append([hand.level(level), str(bulletin.watch.count(level)), *own])
    total = [str(sum(courses[level, course] for level in LEVELS)) for course in _COURSES]
    name = hand.two(Text("合计", "total"))
    rows.append([name, str(warnings), *(total if not bulletin.first else "—" * 4)])
    heads = [LEVEL, Text("本期", "Now"), *(COURSE_NAMES[course] for course in _COURSES)]
    return Listed("counts", Text("预警条数", "Warnings"), heads, rows, (2, 1, 1, 1, 1, 1.2), range(1, 6))


def _warnings(bulletin: Bulletin, hand: Hand) -> Iterator[Block]:
    """New ones row by row; in a first bulletin there are none before, so the red ones. Counts by rule above."""
    alerts = [alert for alert in bulletin.watch.alerts if alert.kind == "warning"]
    counted = Counter((alert.rule, alert.name, alert.level) for alert in alerts)
    rows: list[list[str | Cell]] = [
        [hand.level(level), hand.two(name), str(number)]
        for (_, name, level), number in sorted(
            counted.items(), key=lambda entry: (LEVELS.index(entry[0][2]), -entry[1], entry[0][0])
        )
    ]
    heads = [LEVEL, WHAT, Text("条数", "Alerts")]
    yield from hand.table(Listed("rules", Text("按规则", "By rule"), heads, rows, (1.2, 8, 1.5), (2,)))
    new = {course.alert.key for course in bulletin.courses if course.course == "new"}
    chosen = [
        alert
        for alert in alerts
        if alert.topic not in _APART and (alert.level == "red" if bulletin.first else alert.key in new)
    ]
    often = Counter(alert.rule for alert in chosen)
    chosen.sort(key=lambda alert: (LEVELS.index(alert.level), often[alert.rule]))  # the rare ones first
    words = Text("红色预警", "Red warnings") if bulletin.first else Text("新增预警", "New warnings")
    yield from hand.table(listed_alerts("new", words, chosen, hand))


def _ended(courses: Sequence[Followed], hand: Hand) -> list[Block]:
    rows: list[list[str | Cell]] = [
        [
            hand.one(COURSE_NAMES[course.course]),
            hand.place(course.alert),
            f"{course.alert.indicator} {hand.one(course.alert.name)}".strip(),
            hand.one(course.recheck.reason),
        ]
        for course in courses
        if course.course in ("closed", "cannot_tell") and course.recheck is not None
    ]
    heads = [Text("去向", "Course"), WHERE, WHAT, Text("重算结果", "Recomputed")]
    caption = Text("上期差距的去向", "What became of earlier gaps")
    return hand.table(Listed("ended", caption, heads, rows, LIST_WIDTHS))


def _topic(bulletin: Bulletin, hand: Hand, topic: str, caption: Text) -> list[Block]:
    alerts = [alert for alert in bulletin.watch.alerts if alert.topic == topic]
    return hand.table(listed_alerts(topic, caption, alerts, hand))


def _future(bulletin: Bulletin, hand: Hand) -> list[Block]:
    assumption = Text(
        "假设：教师、校舍、设备不变，只有在校生按学位预测的中情景变化，由同一判定程序逐年判定。",
        "Assumption: teachers, premises and equipment stay; only pupils change, to the middle path of the seat "
        "forecast, and the same engine judges each year.",
    )
    caption = Text("预计不达标", "Foreseen to fail")
    return [*hand.lines(assumption), *_topic(bulletin, hand, "future", caption)]
