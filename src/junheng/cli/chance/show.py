"""Chances on the terminal: shares with intervals, what they take for granted, the warning."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from junheng.basics import Text
from junheng.cli.draw.show import console

if TYPE_CHECKING:
    from junheng.admissions import Chances, MeanShare, PlaceChance

NOT_A_PROMISE = Text(
    "这是模拟出来的估计，不是承诺；号码当众抽出之前谁也不知道结果",
    "an estimate from simulation, no promise: nobody knows the result before the numbers are drawn in public",
)
_SHOWN = 60  # cells of the table on the screen; the file has them all


def show_family(found: "Chances") -> None:
    """One list: at each wish, at it or a better one, leftovers, nothing."""
    screen = console()
    screen.print(f"\n[bold]录取机会估计 | Chances of one list[/bold]  {escape(found.mechanism.zh)} | "
                 f"{escape(found.mechanism.en)}", highlight=False)  # fmt: skip
    table = Table(show_lines=False)
    for head in (
        "志愿\nwish",
        "学校\nschool",
        "被这一志愿录取\nadmitted here",
        "被这一或更前志愿录取\nhere or better",
    ):
        table.add_column(head, overflow="fold")
    for choice in found.choices:
        school = f"{choice.name} {choice.school}".strip()
        table.add_row(f"第{choice.choice}志愿", escape(school), choice.here.words(), choice.by_here.words())
    table.add_section()
    table.add_row("统筹 leftover", "", found.leftover.words(), "")
    table.add_row("未录取 no seat", "", found.unplaced.words(), "")
    screen.print(table)
    if found.exact is not None:
        screen.print(f"精确值 exact: {found.exact}", highlight=False)
    told = f"括号内为 {found.confidence:.0%} {found.interval.zh}，每项各自成立 | in brackets: {found.confidence:.0%} {found.interval.en}"
    screen.print(told, style="dim", highlight=False, markup=False)
    assumptions(found.assumes, found.warning)


def show_table(cells: Sequence["PlaceChance"], mechanism: Text, confidence: float, smallest: int) -> None:
    """The table by school and place."""
    from junheng.admissions import MEAN_INTERVAL

    screen = console()
    screen.print(f"\n[bold]各校各志愿的录取机会 | Chances by school and place[/bold]  {escape(mechanism.zh)} | "
                 f"{escape(mechanism.en)}", highlight=False)  # fmt: skip
    table = Table(show_lines=False)
    heads = (
        "学校\nschool",
        "志愿\nwish",
        "填报人数\nchildren",
        "录取\nadmitted there",
        "前面落空后\nif still waiting",
    )
    for place, head in enumerate(heads):
        table.add_column(head, justify="right" if place == 2 else "left", overflow="fold")
    last = ""
    for cell in cells[:_SHOWN]:
        if last and cell.school != last:
            table.add_section()
        name = f"{cell.name} {cell.school}".strip() if cell.school != last else ""
        table.add_row(escape(name), f"第{cell.choice}志愿", *cell_words(cell, smallest))
        last = cell.school
    screen.print(table)
    if len(cells) > _SHOWN:
        screen.print(
            f"另 {len(cells) - _SHOWN} 行，用 --out 写出全表 | {len(cells) - _SHOWN} more rows, see --out"
        )
    told = f"括号内为 {confidence:.0%} {MEAN_INTERVAL.zh} | in brackets: {confidence:.0%} {MEAN_INTERVAL.en}"
    screen.print(told, style="dim", highlight=False, markup=False)


def cell_words(cell: "PlaceChance", smallest: int) -> list[str]:
    """Children and both shares; nothing where so few wished so that they could be told apart."""
    if cell.children < smallest:
        return [f"少于 {smallest}", "–", "–"]
    return [f"{cell.children:,}", words(cell.admitted), words(cell.waiting)]


def words(found: "MeanShare") -> str:
    """A mean with its interval in per cent; a dash where no draw had such a family."""
    return "–" if found.value is None else f"{found.value:.1%}（{found.low:.1%}–{found.high:.1%}）"


def assumptions(assumes: Sequence[Text], warning: Text | None) -> None:
    """What the figures take for granted, and what families must know."""
    screen = console()
    screen.print("前提 assumptions:", highlight=False)
    for text in (*assumes, NOT_A_PROMISE):
        screen.print(f"  · {text.zh} | {text.en}", highlight=False, markup=False)
    if warning is not None:
        screen.print(f"填报提醒 for families：{warning.zh}", style="yellow", highlight=False, markup=False)
        screen.print(f"  {warning.en}", style="yellow", highlight=False, markup=False)
