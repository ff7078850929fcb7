"""The language of monitoring rules: white-listed scalar SQL over named facts, computed exactly.

Allowed: numbers, 'strings', TRUE, FALSE, NULL, names of facts and lines, + - * /, brackets, comparisons, AND OR
NOT, IN (…), IS [NOT] NULL, COALESCE, LEAST, GREATEST. An absent fact is None: what rests on it cannot be told (Kleene's
logic), and a division by zero neither. Numbers are fractions; nothing is rounded.
"""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from junheng.basics import Text, UserError, nearest

Value = Fraction | str | bool | None
LONGEST = 1000
_NUMBER = re.compile(r"\d+(\.\d*)?|\.\d+")
_FIX = Text("写法见 docs/method/monitoring.md 第2节", "see docs/method/monitoring.md, section 2")
_ARITHMETIC: Mapping[type[exp.Expression], Callable[[Any, Any], Any]] = {
    exp.Add: operator.add,
    exp.Sub: operator.sub,
    exp.Mul: operator.mul,
}
_ORDER: Mapping[type[exp.Expression], Callable[[Any, Any], bool]] = {
    exp.GT: operator.gt,
    exp.GTE: operator.ge,
    exp.LT: operator.lt,
    exp.LTE: operator.le,
}
_PLAIN = (exp.Literal, exp.Boolean, exp.Null, exp.Column, exp.Identifier, exp.Paren, exp.Neg, exp.Not)
_JOINED = (exp.And, exp.Or, exp.EQ, exp.NEQ, exp.Div, exp.In, exp.Is, exp.Coalesce, exp.Least, exp.Greatest)
_NODES = (*_PLAIN, *_JOINED, *_ARITHMETIC, *_ORDER)


@dataclass(frozen=True, slots=True)
class Condition:
    """A checked expression; ``names`` are the facts and lines it uses, in order of appearance."""

    text: str
    tree: exp.Expression
    names: tuple[str, ...]

    def value(self, facts: Mapping[str, Value]) -> Value:
        """Its value on ``facts``: None where it cannot be told. Raises UserError where kinds are mixed."""
        try:
            return _value(self.tree, facts)
        except (TypeError, AttributeError) as error:
            raise refused(self.text, "", Text("数值与文字不能混用", "numbers and texts are mixed")) from error

    def holds(self, facts: Mapping[str, Value]) -> bool | None:
        """Whether it holds; None where it cannot be told."""
        found = self.value(facts)
        return found if isinstance(found, bool) else None

    def number(self, facts: Mapping[str, Value]) -> Fraction | None:
        """Its value as a number; None where it cannot be told."""
        found = self.value(facts)
        return found if isinstance(found, Fraction) else None


@lru_cache(maxsize=2048)
def parse_condition(text: str, known: tuple[str, ...], where: str = "") -> Condition:
    """Check ``text``, whose names must be among ``known``. Raises UserError quoting the offending piece."""
    tree = _parsed(text, where)
    for node in tree.walk():
        _check(node, text, where, known)
    names = tuple(dict.fromkeys(node.name for node in tree.find_all(exp.Column, bfs=False)))
    return Condition(text, tree, names)


def refused(text: str, where: str, why: Text) -> UserError:
    """An expression that is not in the language."""
    return UserError(
        Text(f"规则中的表达式“{text}”：{why.zh}", f"The rule's expression “{text}”: {why.en}"),
        where=where,
        why=Text("该规则不能使用", "the rule cannot be used"),
        fix=_FIX,
    )


def _parsed(text: str, where: str) -> exp.Expression:
    if len(text) > LONGEST or "--" in text or "/*" in text or ";" in text:
        raise refused(
            text[:60], where, Text("过长，或有注释、分号", "too long, or has comments or semicolons")
        )
    try:
        found = sqlglot.parse(text, dialect="duckdb")
    except (SqlglotError, RecursionError) as error:
        raise refused(text, where, Text("无法解析", "cannot be read")) from error
    if len(found) != 1 or found[0] is None:
        raise refused(text, where, Text("应为一个表达式", "should be one expression"))
    return found[0]


def _check(node: exp.Expression, text: str, where: str, known: tuple[str, ...]) -> None:
    if not isinstance(node, _NODES) or (
        isinstance(node, exp.Is) and not isinstance(node.expression, exp.Null)
    ):
        piece = node.sql("duckdb")
        raise refused(text, where, Text(f"不允许“{piece}”", f"“{piece}” is not allowed"))
    if isinstance(node, exp.Literal) and not node.is_string and not _NUMBER.fullmatch(node.name):
        raise refused(text, where, Text(f"不允许的数值 {node.name}", f"no such way to write {node.name}"))
    if isinstance(node, exp.In) and not node.expressions:
        raise refused(text, where, Text("IN 后应列出值", "IN is followed by a list"))
    if isinstance(node, exp.Column) and (len(node.parts) > 1 or node.name not in known):
        near = nearest(node.name, known)
        hint = Text(f"；最接近的是 {near}", f"; the nearest is {near}") if near else Text("", "")
        raise refused(
            text, where, Text(f"没有这个事实：{node.name}{hint.zh}", f"no such fact: {node.name}{hint.en}")
        )


def _value(node: exp.Expression, facts: Mapping[str, Value]) -> Value:
    match node:
        case exp.Literal():
            return node.name if node.is_string else Fraction(node.name)
        case exp.Boolean():
            return bool(node.this)
        case exp.Null():
            return None
        case exp.Column():
            return facts.get(node.name)
        case exp.Paren():
            return _value(node.this, facts)
        case exp.And() | exp.Or():
            return _connective(isinstance(node, exp.Or), _value(node.this, facts), node, facts)
        case exp.Neg() | exp.Not():
            return _negated(node, _value(node.this, facts))
        case exp.Is():
            return _value(node.this, facts) is None
        case exp.In():
            return _among(_value(node.this, facts), [_value(part, facts) for part in node.expressions])
        case exp.Coalesce() | exp.Least() | exp.Greatest():
            return _called(node, [_value(part, facts) for part in (node.this, *node.expressions)])
    return _binary(node, _value(node.this, facts), _value(node.expression, facts))


def _connective(is_or: bool, left: Value, node: exp.Expression, facts: Mapping[str, Value]) -> Value:
    if left is is_or:
        return is_or
    right = _value(node.expression, facts)
    if right is is_or:
        return is_or
    return None if left is None or right is None else not is_or


def _negated(node: exp.Expression, value: Any) -> Value:
    if value is None:
        return None
    return (not value) if isinstance(node, exp.Not) else -value


def _among(value: Value, choices: list[Value]) -> Value:
    if value is None:
        return None
    return True if value in choices else (None if None in choices else False)


def _called(node: exp.Expression, values: list[Value]) -> Value:
    present: list[Any] = [value for value in values if value is not None]
    if not present:
        return None
    first: Value = present[0]
    if isinstance(node, exp.Least):
        first = min(present)
    elif isinstance(node, exp.Greatest):
        first = max(present)
    return first


def _binary(node: exp.Expression, left: Any, right: Any) -> Value:
    if left is None or right is None:
        return None
    if isinstance(left, Fraction) is not isinstance(right, Fraction):
        raise TypeError
    if isinstance(node, exp.EQ | exp.NEQ):
        return (left == right) is isinstance(node, exp.EQ)
    if isinstance(node, exp.Div):
        return left / right if right else None
    kind = type(node)
    found: Value = _ORDER[kind](left, right) if kind in _ORDER else _ARITHMETIC[kind](left, right)
    return found
