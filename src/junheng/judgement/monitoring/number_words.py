"""The numbers of a rule in words: its lines by stage, shares as percentages."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from sqlglot import exp

from junheng.basics import STAGE_NAMES, Text
from junheng.judgement.monitoring.condition import Condition
from junheng.judgement.monitoring.rule import Rule
from junheng.judgement.monitoring.wording import number_words


def constant(rule: Rule, stage: str, node: exp.Expression, *, as_share: bool = False) -> Text | None:
    """A number made of the rule's lines and of numbers alone; None for what rests on a fact."""
    used = {one.name for one in node.find_all(exp.Column)}
    if not used <= set(rule.lines) or (not used and not isinstance(node, exp.Literal)):
        return None
    if isinstance(node, exp.Literal) and node.is_string:
        return Text(node.name, node.name)
    lines = [rule.lines[name] for name in used]
    staged = [own for line in lines if isinstance(line, Mapping) for own in line]
    stages = [stage] if stage or not staged else list(dict.fromkeys(staged))
    found = {own: Condition("", node, ()).number(rule.lines_of(own)) for own in stages}
    percent = f"{{{node.name}:%" in rule.reason.zh
    is_share = percent or (
        as_share and any(one is not None and one.denominator != 1 for one in found.values())
    )
    return _numbers({own: one for own, one in found.items() if one is not None}, is_share)


def _numbers(found: Mapping[str, Fraction], is_share: bool) -> Text:
    shown: Callable[[Fraction], str] = (
        (lambda one: f"{number_words(one * 100)}%") if is_share else number_words
    )
    stages: Mapping[Any, Text] = STAGE_NAMES
    if len(found) == 1:
        told = shown(next(iter(found.values())))
        return Text(told, told)
    zh = "/".join(f"{shown(one)}（{stages[stage].zh}）" for stage, one in found.items())
    en = "/".join(f"{shown(one)} ({stages[stage].en})" for stage, one in found.items())
    return Text(zh, en)
