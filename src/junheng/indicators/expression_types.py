"""Numbers, texts and conditions are not mixed: the kind of every piece of an expression, or a refusal."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from sqlglot import exp

from junheng.basics import Text, UserError
from junheng.indicators.fields import Field

Kind = Literal["number", "text", "boolean", "date", "null"]
Refuse = Callable[[str, Text], UserError]

_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div)
_ORDER = (exp.GT, exp.GTE, exp.LT, exp.LTE)
_EQUALITY = (exp.EQ, exp.NEQ)
_CHOICE = (exp.Coalesce, exp.Least, exp.Greatest)
NODES = (
    *_ARITHMETIC,
    *_ORDER,
    *_EQUALITY,
    *_CHOICE,
    exp.Literal,
    exp.Boolean,
    exp.Null,
    exp.Column,
    exp.Identifier,
    exp.Paren,
    exp.Neg,
    exp.And,
    exp.Or,
    exp.Not,
    exp.In,
    exp.Is,
    exp.Case,
    exp.If,
)

_MIXED = Text("数值、文字、条件不能混用", "numbers, texts and conditions cannot be mixed")
_NOT_ALLOWED = Text("不在允许的写法之内", "is not allowed")


def kind_of(node: exp.Expression, fields: Mapping[str, Field], refuse: Refuse) -> Kind:
    """The kind of ``node``. Raises what ``refuse(piece, why)`` returns where kinds are mixed."""

    def kinds(*parts: exp.Expression) -> list[Kind]:
        return [kind_of(part, fields, refuse) for part in parts]

    def demand(kind: Kind, *parts: exp.Expression) -> Kind:
        for part in parts:
            if kind_of(part, fields, refuse) not in (kind, "null"):
                raise refuse(part.sql("duckdb"), _MIXED)
        return kind

    match node:
        case exp.Literal():
            return "text" if node.is_string else "number"
        case exp.Boolean():
            return "boolean"
        case exp.Null():
            return "null"
        case exp.Column():
            return fields[node.name].type
        case exp.Paren():
            return kind_of(node.this, fields, refuse)
        case exp.Neg():
            return demand("number", node.this)
        case exp.Add() | exp.Sub() | exp.Mul() | exp.Div():
            return demand("number", node.this, node.expression)
        case exp.GT() | exp.GTE() | exp.LT() | exp.LTE():
            demand("number", node.this, node.expression)
            return "boolean"
        case exp.EQ() | exp.NEQ():
            _same(node, kinds(node.this, node.expression), refuse)
            return "boolean"
        case exp.And() | exp.Or():
            return demand("boolean", node.this, node.expression)
        case exp.Not():
            return demand("boolean", node.this)
    return _compound(node, kinds, refuse)


def _compound(node: exp.Expression, kinds: Callable[..., list[Kind]], refuse: Refuse) -> Kind:
    match node:
        case exp.In() if node.expressions and not any(
            node.args.get(key) for key in ("query", "unnest", "field")
        ):
            _same(node, kinds(node.this, *node.expressions), refuse)
            return "boolean"
        case exp.Is() if isinstance(node.expression, exp.Null):
            kinds(node.this)
            return "boolean"
        case exp.Coalesce() | exp.Least() | exp.Greatest():
            found = _same(node, kinds(node.this, *node.expressions), refuse)
            if isinstance(node, (exp.Least, exp.Greatest)) and found not in ("number", "null"):
                raise refuse(node.sql("duckdb"), _MIXED)
            return found
        case exp.Case() if node.this is None:
            return _choice(node, kinds, refuse)
    raise refuse(node.sql("duckdb"), _NOT_ALLOWED)


def _choice(node: exp.Case, kinds: Callable[..., list[Kind]], refuse: Refuse) -> Kind:
    branches = node.args["ifs"]
    if any(kind not in ("boolean", "null") for kind in kinds(*(branch.this for branch in branches))):
        raise refuse(node.sql("duckdb"), _MIXED)
    answers = [branch.args["true"] for branch in branches]
    default = node.args.get("default")
    return _same(node, kinds(*answers, *([default] if default is not None else [])), refuse)


def _same(node: exp.Expression, found: Sequence[Kind], refuse: Refuse) -> Kind:
    present = {kind for kind in found if kind != "null"}
    if len(present) > 1:
        raise refuse(node.sql("duckdb"), _MIXED)
    return present.pop() if present else "null"
