"""Whether an expression is a number or a condition throughout: told when it is read, not when it is asked."""

from collections.abc import Mapping
from typing import Literal, Protocol

from sqlglot import exp

from junheng.basics import Text
from junheng.judgement.monitoring.condition import Condition, refused

Kind = Literal["number", "text", "truth", "nothing"]
_WORDS: Mapping[Kind, Text] = {
    "number": Text("数", "a number"),
    "text": Text("文字", "a text"),
    "truth": Text("条件", "a condition"),
    "nothing": Text("空", "nothing"),
}
_ORDER = (exp.GT, exp.GTE, exp.LT, exp.LTE)
_NUMBERS = (exp.Add, exp.Sub, exp.Mul, exp.Div)
_FIRST = (exp.Coalesce, exp.Least, exp.Greatest)


class _Part(Protocol):
    """The kind of an operand, required to be one of those named."""

    def __call__(self, inner: exp.Expression, *wanted: Kind) -> Kind: ...


def require_kind(condition: Condition, kinds: Mapping[str, Kind], wanted: Kind, where: str) -> None:
    """Refuse ``condition`` unless it is of kind ``wanted``. ``kinds``: that of every name. Raises UserError."""
    found = _kind(condition.tree, kinds, condition.text, where)
    _require(found, (wanted,), condition.tree, condition.text, where)


def _require(found: Kind, wanted: tuple[Kind, ...], node: exp.Expression, text: str, where: str) -> None:
    if found not in (*wanted, "nothing"):
        piece, is_, asked = node.sql("duckdb"), _WORDS[found], _WORDS[wanted[0]]
        why = Text(
            f"“{piece}”是{is_.zh}，此处应为{asked.zh}", f"“{piece}” is {is_.en}, here it should be {asked.en}"
        )
        raise refused(text, where, why)


def _kind(node: exp.Expression, kinds: Mapping[str, Kind], text: str, where: str) -> Kind:
    """The kind of ``node``; its parts are required to fit."""

    def part(inner: exp.Expression, *wanted: Kind) -> Kind:
        found = _kind(inner, kinds, text, where)
        _require(found, wanted or ("number", "text", "truth"), inner, text, where)
        return found

    match node:
        case exp.Literal():
            return "text" if node.is_string else "number"
        case exp.Boolean():
            return "truth"
        case exp.Column():
            return kinds[node.name]
        case exp.Paren():
            return part(node.this)
        case exp.Not() | exp.And() | exp.Or():
            for inner in (node.this, node.args.get("expression")):
                if inner is not None:
                    part(inner, "truth")
            return "truth"
        case exp.Neg():
            return part(node.this, "number")
        case exp.Is():
            part(node.this)
            return "truth"
        case exp.In():
            first = part(node.this)
            for one in node.expressions:
                part(one, first)
            return "truth"
    return _pair(node, part)


def _pair(node: exp.Expression, part: _Part) -> Kind:
    """Of what has several operands of one kind: arithmetic, comparisons, the three functions."""
    if isinstance(node, (*_NUMBERS, *_ORDER)):
        part(node.this, "number")
        part(node.expression, "number")
        return "number" if isinstance(node, _NUMBERS) else "truth"
    if isinstance(node, exp.EQ | exp.NEQ):
        first = part(node.this)
        part(node.expression, *(() if first == "nothing" else (first,)))
        return "truth"
    if isinstance(node, _FIRST):
        found = [part(node.this), *(part(one) for one in node.expressions)]
        first = next((one for one in found if one != "nothing"), "nothing")
        for one in (node.this, *node.expressions):
            part(one, first)
        return first
    return "nothing"
