"""A check's condition as a function of a row: the grammar of rules, with SQL's three truth values.

Numbers are doubles, as in the views; arithmetic among written numbers is exact, as DuckDB's decimals are.
"""

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import sqlglot
from sqlglot import exp

Row = Mapping[str, Any]
Term = Callable[[Row], Any]


class UnknownTermError(ValueError):
    """A form of words that only the engine understands."""


@cache
def term_of(sql: str) -> Term:
    """The value of ``sql`` of a row; None is null. Raises UnknownTermError for what no rule may use."""
    return _term(sqlglot.parse_one(sql, dialect="duckdb"))


def _term(node: exp.Expression) -> Term:
    if isinstance(node, exp.Column):
        name = node.name
        return lambda row: row.get(name)
    if (written := _written(node)) is not None:
        return _constant(float(written))
    maker = _MAKERS.get(type(node))
    if maker is None:
        raise UnknownTermError(type(node).__name__)
    return maker(node)


def _constant(value: Any) -> Term:
    return lambda _: value


def _written(node: exp.Expression) -> Decimal | None:
    """The value of a number as it is written, and of sums and products of such; None for anything else."""
    if isinstance(node, exp.Literal):
        return None if node.is_string else Decimal(node.this)
    if isinstance(node, exp.Paren):
        return _written(node.this)
    if isinstance(node, exp.Neg):
        found = _written(node.this)
        return None if found is None else -found
    if (act := _EXACT.get(type(node))) is not None:
        left, right = _written(node.this), _written(node.expression)
        return None if left is None or right is None else act(left, right)
    return None


_EXACT: Mapping[type, Callable[[Decimal, Decimal], Decimal]] = {
    exp.Add: operator.add,
    exp.Sub: operator.sub,
    exp.Mul: operator.mul,
}


def _text(node: exp.Expression) -> Term:
    return _constant(node.this)  # a number written alone was taken before


def _inner(node: exp.Expression) -> Term:
    return _term(node.this)


def _of_two(act: Callable[[Any, Any], Any]) -> Callable[[exp.Expression], Term]:
    """A node of two sides: null where either is."""

    def make(node: exp.Expression) -> Term:
        left, right = _term(node.this), _term(node.expression)

        def value(row: Row) -> Any:
            one = left(row)
            if one is None:
                return None
            other = right(row)
            return None if other is None else act(one, other)

        return value

    return make


def _of_one(act: Callable[[Any], Any]) -> Callable[[exp.Expression], Term]:
    def make(node: exp.Expression) -> Term:
        inner = _term(node.this)

        def value(row: Row) -> Any:
            found = inner(row)
            return None if found is None else act(found)

        return value

    return make


def _joined(decisive: bool) -> Callable[[exp.Expression], Term]:
    """AND or OR by Kleene's logic: one ``decisive`` side decides, whatever the other; else an absent one is absent."""

    def make(node: exp.Expression) -> Term:
        left, right = _term(node.this), _term(node.expression)

        def value(row: Row) -> Any:
            one = left(row)
            if one is decisive:
                return decisive
            other = right(row)
            if other is decisive:
                return decisive
            return None if one is None or other is None else not decisive

        return value

    return make


def _is(node: exp.Expression) -> Term:
    if not isinstance(node.expression, exp.Null):
        raise UnknownTermError("IS")
    inner = _term(node.this)
    return lambda row: inner(row) is None


def _in(node: exp.Expression) -> Term:
    if not node.expressions or not all(map(_is_constant, node.expressions)):
        raise UnknownTermError("IN")
    listed = {_term(one)({}) for one in node.expressions}
    otherwise = None if None in listed else False
    words, inner = listed - {None}, _term(node.this)

    def value(row: Row) -> bool | None:
        one = inner(row)
        if one is None:
            return None
        return True if one in words else otherwise

    return value


def _is_constant(node: exp.Expression) -> bool:
    return isinstance(node, exp.Literal | exp.Null) or _written(node) is not None


def _chosen(pick: Callable[[Sequence[Any]], Any]) -> Callable[[exp.Expression], Term]:
    """COALESCE, LEAST, GREATEST: one of those that are not null; null where all are."""

    def make(node: exp.Expression) -> Term:
        terms = [_term(one) for one in (node.this, *node.expressions)]

        def value(row: Row) -> Any:
            found = [one for term in terms if (one := term(row)) is not None]
            return pick(found) if found else None

        return value

    return make


def _null_if(node: exp.Expression) -> Term:
    left, right = _term(node.this), _term(node.expression)

    def value(row: Row) -> Any:
        one = left(row)
        return None if one == right(row) else one

    return value


def _case(node: exp.Expression) -> Term:
    if node.this is not None:
        raise UnknownTermError("CASE of a value")
    ways = [(_term(way.this), _term(way.args["true"])) for way in node.args["ifs"]]
    last = _term(node.args["default"]) if node.args.get("default") else _constant(None)

    def value(row: Row) -> Any:
        for when, then in ways:
            if when(row) is True:
                return then(row)
        return last(row)

    return value


_MAKERS: Mapping[type, Callable[[exp.Expression], Term]] = {
    exp.Literal: _text,
    exp.Null: lambda _: _constant(None),
    exp.Boolean: lambda node: _constant(bool(node.this)),
    exp.Paren: _inner,
    exp.Neg: _of_one(operator.neg),
    exp.Not: _of_one(operator.not_),
    exp.Floor: _of_one(lambda number: float(math.floor(number))),
    exp.Add: _of_two(operator.add),
    exp.Sub: _of_two(operator.sub),
    exp.Mul: _of_two(operator.mul),
    exp.Div: _of_two(operator.truediv),
    exp.GT: _of_two(operator.gt),
    exp.GTE: _of_two(operator.ge),
    exp.LT: _of_two(operator.lt),
    exp.LTE: _of_two(operator.le),
    exp.EQ: _of_two(operator.eq),
    exp.NEQ: _of_two(operator.ne),
    exp.And: _joined(decisive=False),
    exp.Or: _joined(decisive=True),
    exp.Is: _is,
    exp.In: _in,
    exp.Coalesce: _chosen(lambda found: found[0]),
    exp.Least: _chosen(min),
    exp.Greatest: _chosen(max),
    exp.Nullif: _null_if,
    exp.Case: _case,
}
