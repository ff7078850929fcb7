"""The quota seats on the terminal: senior schools, verdicts, lots, what would differ."""

from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from junheng.cli.wide_console import wide_console
from junheng.judgement import VERDICT_NAMES, Verdict

if TYPE_CHECKING:
    from junheng.admissions import QuotaAllocation, QuotaResult

_NARROWEST = 110  # columns: fewer and Chinese cells break into single characters
_SHOWN = 12  # receivers or changes listed; the workbook has them all
_COLOURS = {Verdict.MET: "green", Verdict.NOT_MET: "red", Verdict.CANNOT_TELL: "yellow"}


def show(result: "QuotaResult", out: Path) -> None:
    """Print ``result`` and where it was written."""
    console = wide_console(_NARROWEST)
    allocation = result.allocation
    made_up = "（虚构数据 made up）" if allocation.rules.made_up else ""
    title = f"{allocation.given.year} 指标到校 quota seats · {allocation.rules.name.zh} {made_up}"
    console.print(f"\n[bold]{escape(title)}[/bold]")
    console.print(_seniors(result))
    _verdicts(console, result)
    _without(console, allocation)
    if allocation.given.unused:
        words = f"没有用到的列 unused columns: {'、'.join(allocation.given.unused)}"
        console.print(words, style="yellow", highlight=False, markup=False, soft_wrap=True)
    lots = [lot for table in allocation.tables for lot in table.lots]
    if lots:
        drawn = sum(len(lot.labels) for lot in lots)
        console.print(
            f"抽签定先后 {len(lots)} 处，共 {drawn} 项 | decided by lot: {len(lots)} ties, {drawn} entries"
        )
    _compared(console, result)
    _admission(console, result)
    console.print("独立复核一致 | checked by an independent arithmetic: no difference", style="green")
    console.print(f"结果 result: {out}", highlight=False, markup=False, soft_wrap=True)


def _seniors(result: "QuotaResult") -> Table:
    heads = (
        "高中\nsenior school",
        "计划\nplan",
        "指标\nseats",
        "直接\ndirect",
        "比例\nshare",
        "结论\nverdict",
    )
    table = Table(show_lines=False)
    for place, head in enumerate(heads):
        table.add_column(head, justify="left" if place in (0, len(heads) - 1) else "right")
    direct = {quota.senior: quota.direct for quota in result.allocation.quotas}
    for fact in (*result.checks.seniors, result.checks.overall):
        straight = direct.get(fact.senior, sum(direct.values()))
        rate = "–" if fact.rate is None else f"{float(fact.rate):.2%}"
        plan = "–" if fact.plan is None else f"{fact.plan:,}"
        table.add_row(
            escape(fact.name), plan, f"{fact.seats:,}", f"{straight:,}", rate, _tinted(fact.verdict),
        )  # fmt: skip
    return table


def _tinted(verdict: Verdict) -> str:
    name = VERDICT_NAMES[verdict]
    return f"[{_COLOURS[verdict]}]{name.zh} {name.en}[/]"


def _verdicts(console: Console, result: "QuotaResult") -> None:
    norm, tilt = result.checks.norm, result.checks.tilt
    source = f"{norm.citation.document}{f'，覆盖 overlay {norm.citation.overlay}' if norm.citation.overlay else ''}"
    words = f"G14 比例不低于 share at least {float(norm.least):.0%}（{source}）："
    console.print(f"{escape(words)}{_tinted(result.checks.overall.verdict)}")
    console.print(f"G14 向农村倾斜 rural tilt：{_tinted(tilt.verdict)}  {escape(str(tilt.reason))}")


def _without(console: Console, allocation: "QuotaAllocation") -> None:
    """Junior schools (or packs) without a single seat: not wrong, but the first thing people ask about."""
    seats: dict[str, int] = {}
    for row in allocation.seats:
        seats[row.name] = seats.get(row.name, 0) + row.seats
    empty = [name for name, count in seats.items() if not count]
    if empty:
        told = "、".join(empty[:_SHOWN]) + ("……" if len(empty) > _SHOWN else "")
        words = f"没有分到指标 {len(empty)} 个 | without a seat: {told}"
        console.print(words, style="yellow", highlight=False, markup=False, soft_wrap=True)


def _compared(console: Console, result: "QuotaResult") -> None:
    if result.compared is None:
        return
    totals = [row for row in result.compared.differences if not row.senior and row.change]
    name = result.compared.changes.name
    table = Table(title=f"测算 what if：{escape(name.zh)} | {escape(name.en)}", title_justify="left")
    for head in ("单位 receiver", "现 now", "测算 then", "增减 change", "说明 note"):
        table.add_column(head, justify="left" if head[:2] in ("单位", "说明") else "right")
    for row in sorted(totals, key=lambda row: -abs(row.change))[:_SHOWN]:
        note = "亚拉巴马现象 Alabama paradox" if row.is_paradox else ""
        table.add_row(escape(row.name), str(row.before), str(row.after), f"{row.change:+d}", note)
    console.print(table)
    checks = result.compared.checks
    console.print(
        f"测算后 G14 比例 share then：{_tinted(checks.overall.verdict)}，倾斜 tilt：{_tinted(checks.tilt.verdict)}"
    )


def _admission(console: Console, result: "QuotaResult") -> None:
    if result.admission is None:
        return
    admitted = sum(result.admission.filled.values())
    returned = sum(row.seats for row in result.admission.returned)
    words = f"录取指标生 {admitted} 人，退回统招 {returned} 个 | admitted {admitted}, returned to open admission {returned}"
    console.print(words, highlight=False)
