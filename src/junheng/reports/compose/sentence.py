"""A sentence as it is printed, kept silent, or lacking."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from junheng.basics import Text
from junheng.judgement.promises import check_measure
from junheng.reports.compose.definition import SentenceRule
from junheng.reports.compose.figure import Ground, Known, Unknown, figures_of
from junheng.reports.numbers import NumberIndex
from junheng.reports.word.blocks import Inline, Tagged

_MARK = re.compile(r"\{(\w+)\}")
State = Literal["printed", "silent", "lacking"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """``printed`` with its inline parts; ``silent``: its trigger does not hold; ``lacking`` with the reasons."""

    id: str
    state: State
    content: tuple[Inline, ...] = ()
    english: str = ""
    ids: tuple[str, ...] = ()
    reasons: tuple[Unknown, ...] = ()

    @property
    def chinese(self) -> str:
        """As it stands in the report; "" where it is not printed."""
        return "".join(part.text if isinstance(part, Tagged) else str(part) for part in self.content)


def tell(rule: SentenceRule, ground: Ground, numbers: NumberIndex) -> Sentence:
    """``rule`` on ``ground``; the figures it prints are entered in ``numbers``."""
    figures = figures_of(rule, ground)
    absent = {name for name, figure in figures.items() if isinstance(figure, Unknown)}
    if absent and absent <= set(rule.if_told):
        return Sentence(rule.id, "silent")
    unknown = [figure for figure in figures.values() if isinstance(figure, Unknown)]
    if unknown:
        return Sentence(rule.id, "lacking", reasons=tuple(dict.fromkeys(unknown)))
    known = {name: figure for name, figure in figures.items() if isinstance(figure, Known)}
    facts = {name: figure.value for name, figure in known.items()}
    if rule.needs and not check_measure(rule.needs, facts, rule.id).holds(facts):
        words = rule.lacks.text if rule.lacks else Text("", "")
        return Sentence(rule.id, "lacking", reasons=(Unknown(words, ""),))
    if not check_measure(rule.when, facts, rule.id).holds(facts):
        return Sentence(rule.id, "silent")
    tagged: dict[str, Tagged] = {}
    for name in _wanted(rule, known):
        _enter(rule, name, known, tagged, numbers)
    content = _filled(rule.zh, tagged)
    english = _MARK.sub(lambda mark: known[mark[1]].text, rule.en)
    return Sentence(rule.id, "printed", content, english, tuple(one.id for one in tagged.values()))


def _wanted(rule: SentenceRule, known: Mapping[str, Known]) -> list[str]:
    """Figures in order of appearance; what a printed one is reckoned from comes before it."""
    found: dict[str, None] = {}
    for name in _MARK.findall(rule.zh):
        for part in (*known[name].parts, name):
            found[part] = None
    return list(found)


def _enter(
    rule: SentenceRule, name: str, known: Mapping[str, Known], tagged: dict[str, Tagged], numbers: NumberIndex
) -> None:
    figure = known[name]
    for part in figure.parts:
        if part not in tagged:
            _enter(rule, part, known, tagged, numbers)
    refs = {**figure.refs, "sentence": rule.id}
    if figure.kind == "share":
        refs |= {"part": tagged[figure.parts[0]].id, "whole": tagged[figure.parts[1]].id}
    elif figure.parts:
        refs["parts"] = [tagged[part].id for part in figure.parts]
    value = figure.value if isinstance(figure.value, str | bool) else str(figure.value)
    unique = (
        f"{figure.refs.get('source') or figure.refs.get('told')}:{figure.refs.get('path', '')}:{figure.text}"
    )
    stable = unique if figure.refs.get("path") or figure.refs.get("told") else f"{rule.id}.{name}"
    tagged[name] = numbers.add(stable, value, figure.text, figure.label, figure.kind, **refs)


def _filled(text: str, tagged: Mapping[str, Tagged]) -> tuple[Inline, ...]:
    parts: list[Inline] = []
    for place, piece in enumerate(_MARK.split(text)):
        if place % 2:
            parts.append(tagged[piece])
        elif piece:
            parts.append(piece)
    return tuple(parts)
