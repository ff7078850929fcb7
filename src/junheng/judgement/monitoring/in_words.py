"""A rule's conditions in words, made from its expression, its lines and the names of the facts.

What is told is what is computed: the words are read off the same syntax tree that is evaluated, so a changed line or
condition changes them with it.
"""

from collections.abc import Mapping

from sqlglot import exp

from junheng.basics import Text
from junheng.judgement.monitoring.clauses import COMPARED, Speaker
from junheng.judgement.monitoring.fact_names import BEFORE
from junheng.judgement.monitoring.rule import Rule

_MISSING = Text(
    "监测规则要用的数据没有上报，或无法判定", "data that rules need is not reported or cannot be told"
)
NO_LONGER = Text("触发条件不再成立", "the condition no longer holds")


def condition_words(rule: Rule, *, stage: str = "", names: Mapping[str, Text] | None = None) -> Text:
    """When the rule speaks; ``stage``: with that stage's lines alone; ``names``: other words for facts."""
    return _said(rule, rule.when, stage, names)


def closing_words(rule: Rule, *, stage: str = "", names: Mapping[str, Text] | None = None) -> Text:
    """What newer data must show before a gap of the rule is closed."""
    return _said(rule, rule.closes_when, stage, names) if rule.closes_when else NO_LONGER


def line_words(rule: Rule, line: str) -> Text:
    """The comparison one of the rule's lines stands in; its bare name where it stands in none."""
    for text in (rule.when, rule.closes_when):
        tree = rule.parsed(text).tree if text else exp.Null()
        for node in tree.find_all(*COMPARED, bfs=False):
            if any(one.name == line for one in node.find_all(exp.Column)):
                return _speaker(rule, tree, "", None).clause(node)
    return Text(line, line)


def _said(rule: Rule, text: str, stage: str, names: Mapping[str, Text] | None) -> Text:
    if rule.over == "missing":
        return _MISSING
    tree = rule.parsed(text).tree
    return _speaker(rule, tree, stage, names).clause(tree)


def _speaker(rule: Rule, tree: exp.Expression, stage: str, names: Mapping[str, Text] | None) -> "Speaker":
    used = {one.name for one in tree.find_all(exp.Column)}
    own = {name.removeprefix(prefix) for name in used for prefix in BEFORE if name.startswith(prefix)}
    return Speaker(rule, stage, names or {}, own)
