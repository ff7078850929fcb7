"""What an expression comes to on one row: fractions, and null where SQL says null."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlglot import exp

Value = Any  # Fraction, str, bool or None
Row = Mapping[str, Value]

_ARITHMETIC: Mapping[type[exp.Expression], Callable[[Fraction, Fraction], Fraction | None]] = {
    exp.Add: lambda a, b: a + b,
    exp.Sub: lambda a, b: a - b,
    exp.Mul: lambda a, b: a * b,
    exp.Div: lambda a, b: a / b if b else None,
}
_COMPARISON: Mapping[type[exp.Expression], Callable[[Any, Any], bool]] = {
    exp.EQ: lambda a, b: bool(a == b),
    exp.NEQ: lambda a, b: bool(a != b),
    exp.GT: lambda a, b: bool(a > b),
    exp.GTE: lambda a, b: bool(a >= b),
    exp.LT: lambda a, b: bool(a < b),
    exp.LTE: lambda a, b: bool(a <= b),
}


def value_of(node: exp.Expression, row: Row) -> Value:
    """The value of a checked expression on ``row`` (column → Fraction, str, bool or None)."""
    kind = type(node)
    if kind in _ARITHMETIC or kind in _COMPARISON:
        left, right = value_of(node.this, row), value_of(node.expression, row)
        if left is None or right is None:
            return None
        return _ARITHMETIC[kind](left, right) if kind in _ARITHMETIC else _COMPARISON[kind](left, right)
    return _SPECIAL[kind](node, row)


def _literal(node: exp.Expression, _row: Row) -> Value:
    return node.name if node.is_string else _number(node.name)


@lru_cache(maxsize=1024)
def _number(written: str) -> Fraction:
    return Fraction(written)


def _negative(node: exp.Expression, row: Row) -> Value:
    value = value_of(node.this, row)
    return None if value is None else -value


def _not(node: exp.Expression, row: Row) -> Value:
    value = value_of(node.this, row)
    return None if value is None else not value


def _and(node: exp.Expression, row: Row) -> Value:
    sides = (value_of(node.this, row), value_of(node.expression, row))
    if False in sides:
        return False
    return None if None in sides else True


def _or(node: exp.Expression, row: Row) -> Value:
    sides = (value_of(node.this, row), value_of(node.expression, row))
    if True in sides:
        return True
    return None if None in sides else False


def _in(node: exp.Expression, row: Row) -> Value:
    value = value_of(node.this, row)
    choices = [value_of(choice, row) for choice in node.expressions]
    if value is None:
        return None
    if value in [choice for choice in choices if choice is not None]:
        return True
    return None if None in choices else False


def _present(node: exp.Expression, row: Row) -> list[Value]:
    values = [value_of(part, row) for part in (node.this, *node.expressions)]
    return [value for value in values if value is not None]


def _case(node: exp.Expression, row: Row) -> Value:
    for branch in node.args["ifs"]:
        if value_of(branch.this, row) is True:
            return value_of(branch.args["true"], row)
    default = node.args.get("default")
    return None if default is None else value_of(default, row)


_SPECIAL: Mapping[type[exp.Expression], Callable[[exp.Expression, Row], Value]] = {
    exp.Literal: _literal,
    exp.Boolean: lambda node, _row: bool(node.this),
    exp.Null: lambda _node, _row: None,
    exp.Column: lambda node, row: row[node.name],
    exp.Paren: lambda node, row: value_of(node.this, row),
    exp.Neg: _negative,
    exp.Not: _not,
    exp.And: _and,
    exp.Or: _or,
    exp.In: _in,
    exp.Is: lambda node, row: value_of(node.this, row) is None,
    exp.Coalesce: lambda node, row: next(iter(_present(node, row)), None),
    exp.Least: lambda node, row: min(_present(node, row), default=None),
    exp.Greatest: lambda node, row: max(_present(node, row), default=None),
    exp.Case: _case,
}
