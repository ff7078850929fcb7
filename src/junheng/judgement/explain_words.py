"""Sentences that explanations share: verdicts, clauses and the certainty of their sources."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from junheng.basics import STAGE_NAMES, Text
from junheng.judgement.explanation import Explanation, number_text
from junheng.judgement.verdict import VERDICT_NAMES, Verdict
from junheng.standards import CERTAINTY_NAMES, Citation

Json = Mapping[str, Any]


def verdict_words(verdict: str | None) -> Text:
    """The name of a verdict; None: the standard sets nothing to judge by."""
    return Text("不作判定", "not judged") if verdict is None else VERDICT_NAMES[Verdict(verdict)]


def stage_words(stage: str) -> Text:
    """The name of a stage."""
    return next((name for key, name in STAGE_NAMES.items() if key == stage), Text(stage, stage))


def citation_words(citation: Citation) -> tuple[Text, ...]:
    """Document, article, day, certainty, and who last checked it when."""
    certainty, checked = CERTAINTY_NAMES[citation.certainty], citation.last_checked_on
    lines = [
        Text(
            f"{citation.document}《{citation.title}》{citation.article}，{citation.in_force_from} 起施行；"
            f"{certainty.zh}，最后核对 {checked or '无'}",
            f"{citation.document}, {citation.article}, in force from {citation.in_force_from}; "
            f"{certainty.en}, last checked {checked or 'never'}",
        )
    ]
    if citation.overlay:
        lines.append(Text(f"来自叠加：{citation.overlay}", f"set by the overlay {citation.overlay}"))
    if citation.note is not None:
        lines.append(Text(f"说明：{citation.note.zh}", f"note: {citation.note.en}"))
    return tuple(lines)


def clause(title: Text, words: str, *sources: Citation) -> Explanation:
    """The words of a clause, and the sources they and their figures come from, each once."""
    lines = [Text(f"“{words}”", f"“{words}”")]
    for source in {found.model_dump_json(): found for found in sources}.values():
        lines += citation_words(source)
    return Explanation(title, tuple(lines))


def reason_words(reason: Json | None) -> tuple[Text, ...]:
    """A reason of verdict.json as a line; nothing where there is none."""
    return () if reason is None else (Text(f"原因：{reason['zh']}", f"why: {reason['en']}"),)


def with_home(found: Explanation, label: str, home: str) -> Explanation:
    """``found`` is about ``home``; says that the campus asked for (``label``) was merged into it."""
    note = Text(
        f"{label} 不单独评价，已并入 {home}，以下为 {home}",
        f"{label} is not judged by itself: it was merged into {home}, which is shown",
    )
    return replace(found, lines=(note, *found.lines))


def quantity(value: float | None, unit: Json) -> Text:
    """A number with its unit."""
    return Text(f"{number_text(value)} {unit['zh']}", f"{number_text(value)} {unit['en']}")
