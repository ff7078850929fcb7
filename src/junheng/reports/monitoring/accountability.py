"""问责清单.docx: gaps that are late or escalated, with owner, deadline, delay and evidence."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from junheng.basics import Text
from junheng.judgement.monitoring import LEVELS
from junheng.reports.monitoring.papers import AccountabilityList, GapLine
from junheng.reports.monitoring.printing import LEVEL, WHERE, Hand, Listed, write_paper
from junheng.reports.word.blocks import Block, Break, Cell

_OWNER, _LATE = Text("责任人", "Owner"), Text("逾期天数", "Days late")
_NAME = Text("义务教育均衡问责清单", "Accountability list: balanced compulsory education")
_INTERNAL, _NONE, _UNNAMED = Text("内部资料", "internal"), Text("无", "none"), Text("未指定", "none named")
_UNDATED = Text("未定", "not set")


def write_accountability(path: Path, listed: AccountabilityList) -> None:
    """Write the list to ``path``. Raises UserError where the place cannot be written."""
    hand = Hand(listed.language)
    subtitle = f"{listed.county} {listed.on.isoformat()}"
    notice = hand.two(_INTERNAL) if listed.listed() else ""
    write_paper(path, hand.one(_NAME), subtitle, notice, list(_blocks(listed, hand)))


def _blocks(listed: AccountabilityList, hand: Hand) -> Iterator[Block]:
    gaps = listed.listed()
    yield hand.heading(1, Text("概要", "Summary"))
    yield from hand.lines(_summary(listed, gaps))
    if listed.note is not None:
        yield from hand.lines(listed.note)
    if gaps:
        yield Break("landscape")
    yield hand.heading(2, Text("清单", "The list"))
    yield from _list(listed, gaps, hand)
    if gaps:
        yield Break("portrait")  # ends the section on its side
    yield hand.heading(3, Text("按责任人", "By owner"))
    yield from _by_owner(listed, gaps, hand)
    by, closed = (
        f"{listed.issuer or listed.county}　{listed.on.isoformat()}",
        "Closed only where the recomputed data passes.",
    )
    signed = f"{by}. {closed}" if listed.language == "en" else closed
    yield from hand.lines(Text(f"{by}　销号以重算数据通过为准。", signed))


def _summary(listed: AccountabilityList, gaps: Sequence[GapLine]) -> Text:
    late = sum(gap.days_late(listed.on) > 0 for gap in gaps)
    still = sum(gap.closed_on is None for gap in listed.gaps)
    return Text(
        f"在册差距 {len(listed.gaps)} 项，未销号 {still} 项；逾期 {late} 项，列入本清单 {len(gaps)} 项（逾期或已升级督办）。",
        f"{len(listed.gaps)} gaps on the register, {still} open; {late} late; {len(gaps)} listed here (late or escalated).",
    )


def _by_owner(listed: AccountabilityList, gaps: Sequence[GapLine], hand: Hand) -> list[Block]:
    owned: defaultdict[str, list[GapLine]] = defaultdict(list)
    for gap in gaps:
        owned[gap.owner].append(gap)
    rows = []
    for owner, own in sorted(owned.items(), key=lambda entry: (-len(entry[1]), entry[0])):
        levels = [str(sum(gap.level == level for gap in own)) for level in LEVELS]
        longest = max(gap.days_late(listed.on) for gap in own)
        rows.append([owner or hand.two(_UNNAMED), str(len(own)), *levels, str(longest)])
    heads = [
        _OWNER, Text("项数", "Gaps"), Text("红", "Red"), Text("橙", "Orange"), Text("黄", "Yellow"),
        Text("最长逾期", "Longest delay, days"),
    ]  # fmt: skip
    widths, caption = (4, 1.4, 1.2, 1.4, 1.4, 2.6), Text("责任人汇总", "Owners")
    return hand.table(Listed("owners", caption, heads, rows, widths, range(1, 6), None))


def _list(listed: AccountabilityList, gaps: Sequence[GapLine], hand: Hand) -> list[Block]:
    heads = [
        Text("序号", "No."), LEVEL, WHERE, Text("差距", "Gap"), _OWNER, Text("期限", "Deadline"), _LATE,
        Text("退回", "Returns"), Text("升级督办", "Escalations"), Text("佐证材料", "Evidence"), Text("现状", "State"),
    ]  # fmt: skip
    rows = [_row(number, gap, listed, hand) for number, gap in enumerate(gaps, 1)]
    widths = (1, 1.2, 3, 5, 1.8, 2, 1.3, 1.4, 3.4, 3, 2.4)
    caption = Text("问责清单", "Accountability list")
    return hand.table(Listed("gaps", caption, heads, rows, widths, (0, 6, 7), None))


def _row(number: int, gap: GapLine, listed: AccountabilityList, hand: Hand) -> list[str | Cell]:
    state = [hand.one(gap.state)] + ([hand.one(gap.recheck)] if gap.recheck else [])
    return [
        str(number),
        hand.level(gap.level),
        hand.school(gap.school, gap.stage),
        hand.one(gap.gap),
        gap.owner or hand.one(_UNNAMED),
        gap.deadline.isoformat() if gap.deadline else hand.one(_UNDATED),
        str(gap.days_late(listed.on)),
        str(gap.returns),
        "\n".join(gap.escalations) or hand.one(_NONE),
        "\n".join(gap.evidence) or hand.one(_NONE),
        hand.one(Text("；", "; ")).join(state),
    ]
