"""A class formation on the terminal: the grades beside the yardstick, and what happened since."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table

from junheng.cli.draw.show import console
from junheng.cli.trial import TRIAL

if TYPE_CHECKING:
    from junheng.class_formation import GroupMetrics, Intake, Randomness
    from junheng.reports.classes import ClassFacts

_SHOWN = 20  # grades listed, the widest gap first; the workbook has them all


def show_intake(intake: "Intake") -> None:
    """What was read, what was not, and every cause of trouble."""
    screen = console()
    screen.print(
        f"[bold]名册核对 | Check of the intake[/bold]  {len(intake.children)} 人 children，"
        f"{len({child.home for child in intake.children})} 个学校年级 grades",
        highlight=False,
    )  # fmt: skip
    if intake.ignored:
        words = f"没有使用 not used: {'、'.join(intake.ignored)}"
        screen.print(words, style="dim", highlight=False, markup=False)
    for group in intake.fault_groups():
        line = group.line()
        screen.print(f"× {line.zh}", style="red", highlight=False, markup=False)
        screen.print(f"  {line.en}", style="red", highlight=False, markup=False)
    if not intake.faults:
        screen.print("没有发现问题 | no fault found", style="green")


def show_layout(facts: "ClassFacts", out: Path) -> None:
    """The balance of every grade beside the yardstick, and where the papers are."""
    from junheng.reports.classes import anchor_words

    screen = console()
    words = f"　{TRIAL.zh} | {TRIAL.en}" if facts.is_trial else ""
    screen.print(f"\n[bold]{escape(facts.title)}[/bold]{words}", highlight=False)
    screen.print(_grades(facts))
    screen.print(anchor_words(facts.certificate), style="dim", highlight=False, markup=False)
    screen.print(f"结果 result: {out}", highlight=False, markup=False, soft_wrap=True)


def _grades(facts: "ClassFacts") -> Table:
    table = Table(show_lines=False)
    heads = ("学校 年级\nschool, grade", "班\nclasses", "人数\nchildren", "班额\nsizes", "男生差\nboys", "女生差\ngirls",
             "平均分最大差\ngap of means", "比照\nyardstick")  # fmt: skip
    for place, head in enumerate(heads):
        is_text = place in (0, len(heads) - 1)
        table.add_column(head, justify="left" if is_text else "right", overflow="fold", no_wrap=place > 0)
    groups = facts.certificate.groups
    for group in groups[:_SHOWN]:
        table.add_row(*_grade(facts, group))
    if len(groups) > _SHOWN:
        table.add_row(f"…… 另 {len(groups) - _SHOWN} 个 more", *[""] * 7)
    return table


def _grade(facts: "ClassFacts", group: "GroupMetrics") -> list[str]:
    from junheng.reports.classes import anchor_word

    held = group.held
    sizes = (
        f"{min(held.heads)}–{max(held.heads)}" if min(held.heads) < max(held.heads) else str(held.heads[0])
    )
    word = anchor_word(facts.certificate, group)
    colour = {"超出": "red", "没有成绩": "yellow"}.get(word, "green")
    return [
        escape(f"{group.school} {group.grade}"), str(len(held.heads)), f"{sum(held.heads):,}", sizes,
        str(max(held.boys) - min(held.boys)), str(max(held.girls) - min(held.girls)),
        "–" if group.gap is None else f"{float(group.gap):.3f}", f"[{colour}]{word}[/]",
    ]  # fmt: skip


def show_batch(facts: "ClassFacts", batch: Mapping[str, Any], out: Path) -> None:
    """Where the newcomers went."""
    screen = console()
    screen.print(
        f"\n[bold]插班第 {batch['number']} 批 | batch {batch['number']} of newcomers[/bold]", highlight=False
    )
    for pid, number in batch["classes"].items():
        name = facts.names[pid].get("name", "")
        screen.print(f"  {name} → {number} 班 class {number}", highlight=False, markup=False)
    show_layout(facts, out)


def show_moves(facts: "ClassFacts", count: int, out: Path) -> None:
    """How many exceptions were recorded."""
    screen = console()
    screen.print(f"\n[bold]已登记调班 {count} 人 | {count} moves recorded[/bold]", highlight=False)
    show_layout(facts, out)


def show_randomness(name: str, found: "Randomness") -> None:
    """How random a grade is over many seeds, in words that can be read to parents."""
    screen = console()
    lines = [
        f"{name}：{found.seeds} 个种子 seeds，可自由同班的 {found.pairs:,} 对学生 pairs",
        f"  每对同班的机会应为 fair {found.fair:.4f}；离散程度是独立抽签的 {found.pair_variance:.2f} 倍 (variance ÷ binomial)",
        f"  总在一起 always {found.always} 对，从不在一起 never {found.never} 对；"
        f"成绩相邻者同班 neighbours {_rate(found.neighbours)}；班号 χ²/自由度 labels {found.label_chi2:.2f}",
    ]
    for line in lines:
        screen.print(line, highlight=False, markup=False)


def _rate(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"
