"""问责清单.docx: gaps that are late or escalated, with owner, deadline, delay and evidence."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from junheng.basics import Text
from junheng.judgement.monitoring import LEVELS
from junheng.reports.monitoring.papers import AccountabilityList, GapLine
from junheng.reports.monitoring.printing import heading, level_cell, lines, stage_words, table, write_paper
from junheng.reports.word.blocks import Block, Break, Cell

_OWNER, _LATE = Text("责任人", "Owner"), Text("逾期天数", "Days late")


def write_accountability(path: Path, listed: AccountabilityList) -> None:
    """Write the list to ``path``. Raises UserError where the place cannot be written."""
    subtitle = f"{listed.county} {listed.on.isoformat()}"
    notice = "内部资料 internal" if listed.listed() else ""
    write_paper(path, "义务教育均衡问责清单", subtitle, notice, list(_blocks(listed)))


def _blocks(listed: AccountabilityList) -> Iterator[Block]:
    gaps = listed.listed()
    late = [gap for gap in gaps if gap.days_late(listed.on) > 0]
    still = sum(gap.closed_on is None for gap in listed.gaps)
    yield heading("一、", Text("概要", "Summary"))
    yield from lines(
        Text(
            f"在册差距 {len(listed.gaps)} 项，未销号 {still} 项；逾期 {len(late)} 项，列入本清单 {len(gaps)} 项（逾期或已升级督办）。",
            f"{len(listed.gaps)} gaps on the register, {still} open; {len(late)} late; {len(gaps)} listed here "
            "(late or escalated).",
        )
    )
    if listed.note is not None:
        yield from lines(listed.note)
    if gaps:
        yield Break("landscape")
    yield heading("二、", Text("清单", "The list"))
    yield from _list(listed, gaps)
    if gaps:
        yield Break("portrait")  # ends the section on its side
    yield heading("三、", Text("按责任人", "By owner"))
    yield from _by_owner(listed, gaps)
    yield from lines(
        Text(
            f"{listed.issuer or listed.county}　{listed.on.isoformat()}　销号以重算数据通过为准。",
            "Closed only where the recomputed data passes.",
        )
    )


def _by_owner(listed: AccountabilityList, gaps: Sequence[GapLine]) -> list[Block]:
    owned: defaultdict[str, list[GapLine]] = defaultdict(list)
    for gap in gaps:
        owned[gap.owner].append(gap)
    rows = []
    for owner, own in sorted(owned.items(), key=lambda entry: (-len(entry[1]), entry[0])):
        levels = [str(sum(gap.level == level for gap in own)) for level in LEVELS]
        longest = max(gap.days_late(listed.on) for gap in own)
        rows.append([owner or "未指定 none", str(len(own)), *levels, str(longest)])
    heads = [
        _OWNER, Text("项数", "Gaps"), Text("红", "Red"), Text("橙", "Orange"), Text("黄", "Yellow"),
        Text("最长逾期", "Longest delay, days"),
    ]  # fmt: skip
    widths = (4, 1.4, 1.2, 1.4, 1.4, 2.6)
    return table("owners", Text("责任人汇总", "Owners"), heads, rows, widths, range(1, 6), most=len(rows))


def _list(listed: AccountabilityList, gaps: Sequence[GapLine]) -> list[Block]:
    heads = [
        Text("序号", "No."), Text("级别", "Level"), Text("学校（学段）", "School (stage)"), Text("差距", "Gap"),
        _OWNER, Text("期限", "Deadline"), _LATE, Text("退回", "Returns"), Text("升级督办", "Escalations"),
        Text("佐证材料", "Evidence"), Text("现状", "State"),
    ]  # fmt: skip
    rows = [_row(number, gap, listed) for number, gap in enumerate(gaps, 1)]
    widths = (1, 1.2, 3, 5, 1.8, 2, 1.3, 1.4, 3.4, 3, 2.4)
    caption = Text("问责清单", "Accountability list")
    return table("gaps", caption, heads, rows, widths, (0, 6, 7), most=len(rows))


def _row(number: int, gap: GapLine, listed: AccountabilityList) -> list[str | Cell]:
    school = f"{gap.school}（{stage_words(gap.stage)}）" if gap.stage else gap.school
    state = gap.state.zh + (f"；{gap.recheck.zh}" if gap.recheck else "")
    return [
        str(number),
        level_cell(gap.level),
        school,
        gap.gap.zh,
        gap.owner or "未指定",
        gap.deadline.isoformat() if gap.deadline else "未定",
        str(gap.days_late(listed.on)),
        str(gap.returns),
        "\n".join(gap.escalations) or "无",
        "\n".join(gap.evidence) or "无",
        state,
    ]
