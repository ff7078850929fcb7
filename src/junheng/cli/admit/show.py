"""An admission trial on the terminal: schools, wishes beside the rule's name, other rules."""

from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from junheng.cli.admit.decide import Decided
from junheng.cli.draw.show import console
from junheng.cli.trial import TRIAL

if TYPE_CHECKING:
    from junheng.admissions import Audit

_SHOWN = 20  # schools listed; the workbook has them all
_TOP = 3
_DECLARED = "本规则 declared"


def show(decided: Decided, out: Path) -> None:
    """Print what was found and where it was written."""
    screen = console()
    title = f"{decided.asked.title}　{TRIAL.zh} | {TRIAL.en}"
    screen.print(f"\n[bold]{escape(title)}[/bold]", highlight=False)
    screen.print(_schools(decided))
    _audit(screen, decided.audit)
    if decided.comparison is not None:
        screen.print(_comparison(decided))
        for text in decided.comparison.assumes:
            screen.print(f"  {text.zh} | {text.en}", style="dim", highlight=False, markup=False)
    if decided.warning is not None:
        screen.print(
            f"填报提醒 for families：{decided.warning.zh}", style="yellow", highlight=False, markup=False
        )
        screen.print(f"  {decided.warning.en}", style="yellow", highlight=False, markup=False)
    screen.print(f"结果 result: {out}", highlight=False, markup=False, soft_wrap=True)


def _schools(decided: Decided) -> Table:
    table = Table(show_lines=False)
    heads = (
        "学校\nschool",
        "计划\nplan",
        "第一志愿\nfirst wishes",
        "录取\nadmitted",
        "空余\nempty",
        "超计划\nover plan",
    )
    for place, head in enumerate(heads):
        table.add_column(head, justify="right" if place else "left", overflow="fold")
    names = {school.id: school.name for school in decided.problem.schools}
    first = [row["choices"][0] for row in decided.roll.rows if row["choices"]]
    schools = decided.outcome.public["schools"]
    for school in schools[:_SHOWN]:
        counts = (school["plan"], first.count(school["id"]), school["taken"])
        empty = max(0, school["plan"] - school["taken"])
        figures = (f"{count:,}" for count in (*counts, empty, school["over_plan"]))
        table.add_row(escape(f"{names[school['id']]} {school['id']}"), *figures)
    more = len(schools) - _SHOWN
    if more > 0:
        table.add_row(f"…… 另 {more} 所 more", *[""] * 5)
    sums = [sum(school[key] for school in schools) for key in ("plan", "taken", "over_plan")]
    empty = sum(max(0, school["plan"] - school["taken"]) for school in schools)
    table.add_section()
    table.add_row(
        "合计 total", f"{sums[0]:,}", f"{len(first):,}", f"{sums[1]:,}", f"{empty:,}", f"{sums[2]:,}"
    )
    return table


def _audit(screen: Console, audit: "Audit") -> None:
    """The first-choice rate never stands without the rule's name, envy and the unplaced."""
    rule, caution = audit.mechanism, audit.as_json()["first_choice"]["caution"]
    screen.print(f"规则 rule：{rule.zh} | {rule.en}", style="bold", highlight=False, markup=False)
    wishes = "，".join(f"第{place}志愿 {count}" for place, count in enumerate(audit.by_choice, 1))
    screen.print(
        f"录取 admitted：{wishes}；统筹安排 leftovers {audit.leftover}；未录取 unplaced {audit.unplaced}；"
        f"未填志愿 no wish {audit.without_wish}",
        highlight=False, markup=False,
    )  # fmt: skip
    screen.print(
        f"第一志愿录取率 first choice {percent(audit)}%（{rule.zh}）；有正当嫉妒 justified envy {audit.envious} 人；"
        f"类别被越过 outranked {audit.outranked} 人；空着而有人要的学位 wasted {audit.wasted_seats}；"
        f"投档次数 proposals {audit.proposals}",
        highlight=False, markup=False,
    )  # fmt: skip
    screen.print(f"  {caution['zh']} | {caution['en']}", style="dim", highlight=False, markup=False)


def _comparison(decided: Decided) -> Table:
    title = "同一批志愿和号码，换一种规则 | the same wishes and numbers under other rules"
    table = Table(title=title, title_justify="left", expand=True)
    heads = ("规则\nrule", "第一志愿 %\nfirst choice", f"前{_TOP}志愿\ntop {_TOP}", "未录取\nunplaced",
             "有正当嫉妒\nenvy", "类别被越过\noutranked")  # fmt: skip
    for place, head in enumerate(heads):
        table.add_column(
            head, justify="right" if place else "left", overflow="fold", ratio=None if place else 1
        )
    audits = decided.comparison.audits if decided.comparison is not None else {}
    for name, audit in audits.items():
        shown = _DECLARED if name == "declared" else name
        table.add_row(
            f"[bold]{escape(shown)}[/bold]\n{escape(audit.mechanism.zh)}\n[dim]{escape(audit.mechanism.en)}[/dim]",
            percent(audit), f"{sum(audit.by_choice[:_TOP]):,}", f"{audit.unplaced:,}", f"{audit.envious:,}", f"{audit.outranked:,}",
        )  # fmt: skip
    return table


def percent(audit: "Audit") -> str:
    """The first-choice rate with two decimals, cut off and never rounded up; a dash where nobody wished."""
    rate = audit.first_choice_rate
    return "–" if rate is None else f"{int(rate * 10_000) / 100:.2f}"
