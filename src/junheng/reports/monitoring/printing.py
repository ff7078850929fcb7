"""Tables and lines shared by the monitoring papers: bilingual heads, level colours, cut lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from junheng.basics import STAGE_NAMES, Text, atomic_file
from junheng.judgement.monitoring import LEVEL_NAMES, Alert, Level
from junheng.reports.word.blocks import Block, Cell, Heading, Paragraph, Table
from junheng.reports.word.document import filled_template, saved, write_body
from junheng.reports.word.template import PAPER

Align = Literal["left", "center", "right"]
Language = Literal["zh", "en"]
SMALL = 9.0
MOST_ROWS = 40  # of a list in a document; the workbook has them all
_FILLS: dict[Level, str] = {"red": "F0A58A", "orange": "FCE4D6", "yellow": "FFF6D5"}
LEVEL, WHERE = Text("级别", "Level"), Text("学校（学段）", "School (stage)")
WHAT, WHY = Text("事项", "Rule"), Text("情况", "What was seen")
LIST_WIDTHS = (1.1, 3.2, 2.6, 7)
_ORDER = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Hand:
    """Writes in one language: "zh" is Chinese with the English of titles, heads and notes beside, "en" English alone."""

    language: Language

    def one(self, text: Text) -> str:
        """One language alone: cells and reasons."""
        return text.en if self.language == "en" else text.zh

    def two(self, text: Text, between: str = " ") -> str:
        """Chinese with its English behind; English alone for whoever asked for it."""
        return text.en if self.language == "en" else f"{text.zh}{between}{text.en}"

    def heading(self, number: int, text: Text) -> Heading:
        """A numbered heading."""
        return Heading(
            1, f"{number}. {text.en}" if self.language == "en" else f"{_ORDER[number]}、{self.two(text)}"
        )

    def lines(self, text: Text) -> list[Block]:
        """A paragraph; under the Chinese its English, small."""
        if self.language == "en":
            return [Paragraph((text.en,))]
        return [Paragraph((text.zh,)), Paragraph((text.en,), "Note")]

    def level(self, level: Level) -> Cell:
        """The level in words on its colour."""
        return Cell(self.one(LEVEL_NAMES[level]), _FILLS[level], "center")

    def stage(self, stage: str) -> str:
        """The stage's name; empty for none."""
        return next((self.one(text) for own, text in STAGE_NAMES.items() if own == stage), "")

    def school(self, school: str, stage: str) -> str:
        """A school with its stage."""
        words = self.stage(stage)
        return self.one(Text(f"{school}（{words}）", f"{school} ({words})")) if words else school

    def place(self, alert: Alert) -> str:
        """School and stage, or the county for what concerns all."""
        if alert.school:
            return self.school(alert.school, alert.stage)
        words = self.stage(alert.stage)
        return self.one(Text(f"全县{words}", f"whole county {words}".strip()))

    def table(self, listed: "Listed") -> list[Block]:
        """A table under its caption. What is cut off is said below."""
        rows, most = listed.rows, listed.most
        if not rows:
            return [Paragraph((self.two(Text("无。", "None.")),))]
        aligns: tuple[Align, ...] = tuple(
            "right" if place in listed.right else "left" for place in range(len(listed.heads))
        )
        printed = Table(
            listed.key,
            self.two(listed.caption),
            tuple(self.two(head, "\n") for head in listed.heads),
            tuple(tuple(row) for row in rows[:most]),
            tuple(listed.widths),
            aligns,
            size_pt=SMALL,
            noun="Table " if self.language == "en" else "表",
        )
        if most is None or len(rows) <= most:
            return [printed]
        cut = Text(
            f"共 {len(rows)} 条，此处列前 {most} 条，其余见预警工作簿。",
            f"{len(rows)} in all; the first {most} are listed here, the rest in the workbook of alerts.",
        )
        return [printed, *self.lines(cut)]


@dataclass(frozen=True, slots=True)
class Listed:
    """What a table lists. ``right``: columns of numbers; ``most``: rows printed, None for all."""

    key: str
    caption: Text
    heads: Sequence[Text]
    rows: Sequence[Sequence[str | Cell]]
    widths: Sequence[float]
    right: Sequence[int] = ()
    most: int | None = MOST_ROWS


def listed_alerts(key: str, caption: Text, alerts: Sequence[Alert], hand: Hand) -> Listed:
    """Alerts as a table: level, place, rule, what was seen."""
    rows: list[list[str | Cell]] = [
        [hand.level(alert.level), hand.place(alert), hand.one(alert.name), _seen(alert, hand)]
        for alert in alerts
    ]
    return Listed(key, caption, [LEVEL, WHERE, WHAT, WHY], rows, LIST_WIDTHS)


def _seen(alert: Alert, hand: Hand) -> str:
    told = hand.one(alert.reason)
    if alert.cases > 1 and alert.rule.startswith("CLS"):
        told += hand.one(Text(f"（共 {alert.cases} 个班）", f" ({alert.cases} classes)"))
    return told


def write_paper(path: Path, title: str, subtitle: str, notice: str, blocks: Sequence[Block]) -> None:
    """Write the Word file whole, or not at all."""
    filling = {"notice": notice, "title": title, "subtitle": subtitle, "header": f"{subtitle} {title}"}
    content = saved(write_body(filled_template(PAPER, filling), blocks, {}), f"{subtitle} {title}")
    with atomic_file(path) as temporary:
        temporary.write_bytes(content)
