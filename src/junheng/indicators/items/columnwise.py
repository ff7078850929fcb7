"""What an expression comes to on every row at once: the rules of reference/values.py, one column after another.

A number is an ``int`` or a ``Fraction``, both exact: ints add up and compare many times faster, and most cells are whole.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, Protocol

from sqlglot import exp

Column = list[Any]  # a value for each row: int, Fraction, str, bool, date or None


class Columns(Protocol):
    """Rows by column. ``nothing`` is the one column without any value; ``size``: how many rows there are."""

    size: int
    nothing: Column

    def column(self, name: str) -> Column:
        """The column called ``name``."""
        ...


def _divided(left: int | Fraction, right: int | Fraction) -> Fraction | None:
    return Fraction(left, right) if right else None


_OF_TWO: Mapping[type[exp.Expression], Callable[[Any, Any], Any]] = {
    exp.Add: operator.add,
    exp.Sub: operator.sub,
    exp.Mul: operator.mul,
    exp.Div: _divided,
    exp.EQ: operator.eq,
    exp.NEQ: operator.ne,
    exp.GT: operator.gt,
    exp.GTE: operator.ge,
    exp.LT: operator.lt,
    exp.LTE: operator.le,
}


def column_of(node: exp.Expression, columns: Columns) -> Column:
    """The values of a checked expression on all rows of ``columns``; nobody may change the list."""
    kind = type(node)
    if kind in _OF_TWO:
        left, right = column_of(node.this, columns), column_of(node.expression, columns)
        if left is columns.nothing or right is columns.nothing:
            return columns.nothing
        found = _OF_TWO[kind]
        return [None if a is None or b is None else found(a, b) for a, b in zip(left, right, strict=True)]
    return _SPECIAL[kind](node, columns)


def _literal(node: exp.Expression, columns: Columns) -> Column:
    return [_value(node)] * columns.size


def _value(node: exp.Expression) -> Any:
    return node.name if node.is_string else _number(node.name)


@lru_cache(maxsize=1024)
def _number(written: str) -> int | Fraction:
    found = Fraction(written)
    return found.numerator if found.denominator == 1 else found


def _each(found: Callable[[Any], Any]) -> Callable[[exp.Expression, Columns], Column]:
    """``found`` of every value that is present."""
    return lambda node, columns: [
        None if value is None else found(value) for value in column_of(node.this, columns)
    ]


def _and(node: exp.Expression, columns: Columns) -> Column:
    sides = zip(column_of(node.this, columns), column_of(node.expression, columns), strict=True)
    return [False if a is False or b is False else None if a is None or b is None else True for a, b in sides]


def _or(node: exp.Expression, columns: Columns) -> Column:
    sides = zip(column_of(node.this, columns), column_of(node.expression, columns), strict=True)
    return [True if a is True or b is True else None if a is None or b is None else False for a, b in sides]


def _in(node: exp.Expression, columns: Columns) -> Column:
    values = column_of(node.this, columns)
    if all(isinstance(choice, exp.Literal) for choice in node.expressions):
        named = frozenset(_value(choice) for choice in node.expressions)
        return [None if value is None else value in named for value in values]
    choices = _rows(node.expressions, columns)
    return [_among(value, row) for value, row in zip(values, choices, strict=True)]


def _among(value: Any, choices: Sequence[Any]) -> bool | None:
    if value is None:
        return None
    if any(choice is not None and choice == value for choice in choices):
        return True
    return None if None in choices else False


def _rows(nodes: Sequence[exp.Expression], columns: Columns) -> list[tuple[Any, ...]]:
    return list(zip(*(column_of(node, columns) for node in nodes), strict=True))


def _of_present(chosen: Callable[[list[Any]], Any]) -> Callable[[exp.Expression, Columns], Column]:
    """What ``chosen`` takes of the arguments that are present, None where none is."""

    def found(node: exp.Expression, columns: Columns) -> Column:
        rows = _rows((node.this, *node.expressions), columns)
        known = ([value for value in row if value is not None] for row in rows)
        return [chosen(values) if values else None for values in known]

    return found


def _case(node: exp.Expression, columns: Columns) -> Column:
    default = node.args.get("default")
    found = columns.nothing if default is None else column_of(default, columns)
    for branch in reversed(node.args["ifs"]):
        when, then = column_of(branch.this, columns), column_of(branch.args["true"], columns)
        found = [a if holds is True else b for holds, a, b in zip(when, then, found, strict=True)]
    return found


_SPECIAL: Mapping[type[exp.Expression], Callable[[exp.Expression, Columns], Column]] = {
    exp.Literal: _literal,
    exp.Boolean: lambda node, columns: [bool(node.this)] * columns.size,
    exp.Null: lambda _node, columns: columns.nothing,
    exp.Column: lambda node, columns: columns.column(node.name),
    exp.Paren: lambda node, columns: column_of(node.this, columns),
    exp.Neg: _each(operator.neg),
    exp.Not: _each(operator.not_),
    exp.And: _and,
    exp.Or: _or,
    exp.In: _in,
    exp.Is: lambda node, columns: [value is None for value in column_of(node.this, columns)],
    exp.Coalesce: _of_present(lambda values: values[0]),
    exp.Least: _of_present(min),
    exp.Greatest: _of_present(max),
    exp.Case: _case,
}
