"""The later chapters of a bulletin: what is overdue, what is not reported, the rules used."""

from collections.abc import Iterator

from junheng.basics import Text
from junheng.judgement.monitoring import LEVEL_NAMES, condition_words
from junheng.reports.certainty import CERTAINTY
from junheng.reports.monitoring.papers import Bulletin, GapLine
from junheng.reports.monitoring.printing import LEVEL, WHAT, Hand, Listed, listed_alerts
from junheng.reports.word.blocks import Block, Cell

_OWN = {  # what no authority wrote; the titles of documents stay as they are
    "本系统缺省": Text("本系统缺省", "this system's default"),
    "自设界线": Text("自设界线", "a line of its own"),
    "本系统约定": Text("本系统约定", "this system's convention"),
    "缺失不是零": Text("缺失不是零", "missing is not zero"),
}


def overdue(bulletin: Bulletin, hand: Hand) -> list[Block]:
    """Open gaps past their deadline, the latest first."""
    late = [gap for gap in bulletin.gaps if gap.closed_on is None and gap.days_late(bulletin.on) > 0]
    late.sort(key=lambda gap: (-gap.days_late(bulletin.on), gap.key))
    heads = [
        LEVEL, Text("学校", "School"), WHAT, Text("责任人", "Owner"), Text("期限", "Deadline"),
        Text("逾期天数", "Days late"),
    ]  # fmt: skip
    rows = [_late(gap, bulletin, hand) for gap in late]
    caption = Text("逾期清单", "Overdue list")
    return hand.table(Listed("late", caption, heads, rows, (1.1, 3, 4, 2, 2, 1.4), (5,)))


def _late(gap: GapLine, bulletin: Bulletin, hand: Hand) -> list[str | Cell]:
    deadline = gap.deadline.isoformat() if gap.deadline else "—"
    school, days = hand.school(gap.school, gap.stage), str(gap.days_late(bulletin.on))
    return [hand.level(gap.level), school, hand.one(gap.gap), gap.owner, deadline, days]


def unknown(bulletin: Bulletin, hand: Hand) -> Iterator[Block]:
    """What is not reported, and the rules that had nothing to look at."""
    alerts = [alert for alert in bulletin.watch.alerts if alert.kind == "no_data"]
    yield from hand.table(listed_alerts("missing", Text("数据缺失", "Missing data"), alerts, hand))
    rows = [
        [rule.rule, hand.one(rule.name), hand.two(rule.reason, "\n")] for rule in bulletin.watch.unwatched
    ]
    heads = [Text("规则", "Rule"), Text("名称", "Name"), Text("原因", "Why")]
    caption = Text("未能监测的规则", "Rules not watched")
    yield from hand.table(Listed("idle", caption, heads, rows, (2.4, 3, 7)))


def rules_used(bulletin: Bulletin, hand: Hand) -> list[Block]:
    """The rules that spoke: their condition in words, their source and how sure it is."""
    used = {alert.rule for alert in bulletin.watch.alerts}
    rows: list[list[str | Cell]] = []
    for rule in bulletin.rules:
        if rule.id not in used:
            continue
        source = " ".join(_cited(one, hand) for one in (rule.citation.document, rule.citation.article) if one)
        sure = CERTAINTY[rule.citation.certainty]
        name = hand.one(
            Text(
                f"{LEVEL_NAMES[rule.level].zh} {rule.name.zh}",
                f"{rule.name.en} ({LEVEL_NAMES[rule.level].en})",
            )
        )
        cited = hand.one(Text(f"{source}（{sure.zh}）", f"{source} ({sure.en})"))
        rows.append([rule.id, name, hand.one(condition_words(rule)), cited])
    heads = [Text("规则", "Rule"), Text("名称", "Name"), Text("条件", "Condition"), Text("依据", "Source")]
    caption = Text("本期用到的规则", "Rules used")
    return hand.table(Listed("sources", caption, heads, rows, (2.3, 2.6, 5, 3.2), most=None))


def _cited(words: str, hand: Hand) -> str:
    return hand.one(_OWN[words]) if words in _OWN else words
