"""The language of indicators: white-listed scalar SQL, safe to take from anybody's file.

Allowed: numbers, 'strings', TRUE, FALSE, NULL, column names, + - * /, brackets, comparisons, AND OR NOT,
IN (…), IS [NOT] NULL, COALESCE, LEAST, GREATEST, CASE WHEN. Everything else is refused, and so is a mixture of
numbers, texts and conditions, which the engines would each resolve in their own way. A division by zero is
absent; LEAST and GREATEST pass over absent arguments.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from junheng.basics import Text, UserError, nearest
from junheng.indicators.expression_types import NODES, Kind, kind_of
from junheng.indicators.fields import Field, fields_of, known_fields

LONGEST = 2000
_NUMBER = re.compile(r"\d+(\.\d*)?|\.\d+")


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression. ``columns``: in order of appearance; ``sql``: DuckDB's dialect, divisions guarded.

    ``whole``: only whole-number columns and literals under + - × and choices, so that doubles are exact.
    """

    text: str
    tree: exp.Expression
    columns: tuple[str, ...]
    sql: str
    whole: bool


@lru_cache(maxsize=4096)
def parse_expression(text: str, *, kind: Kind = "number", where: str = "", table: str = "") -> Expression:
    """Check ``text`` and prepare it. ``table``: names of that table only (default: all fact tables).

    ``where`` names the file and key in error messages. Raises UserError, quoting the offending piece, for
    anything outside the language, an unknown column, or a result that is not of ``kind``.
    """
    fields = fields_of(table) if table else known_fields()
    tree = _parsed(text, where)
    for node in tree.walk():
        _check_node(node, text, where, fields)
    found = kind_of(tree, fields, lambda piece, why: _refused(text, where, piece, why))
    if found not in (kind, "null"):
        raise _refused(text, where, text, Text(f"结果应为{_KINDS[kind].zh}", f"should be {_KINDS[kind].en}"))
    columns = tuple(dict.fromkeys(node.name for node in tree.find_all(exp.Column, bfs=False)))
    return Expression(text, tree, columns, _rendered(tree), _is_whole(tree, fields))


_KINDS = {
    "number": Text("数值", "a number"),
    "text": Text("文字", "a text"),
    "boolean": Text("条件", "a condition"),
    "null": Text("空", "nothing"),
    "date": Text("日期", "a date"),
}


def _parsed(text: str, where: str) -> exp.Expression:
    if len(text) > LONGEST:
        raise _refused(text[:40] + "…", where, "", Text("表达式过长", "the expression is too long"))
    if "--" in text or "/*" in text or ";" in text:
        raise _refused(text, where, text, Text("不允许注释和分号", "no comments or semicolons"))
    try:
        found = sqlglot.parse(text, dialect="duckdb")
    except (SqlglotError, RecursionError) as error:
        raise _refused(text, where, text, Text("无法解析", "cannot be read")) from error
    if len(found) != 1 or found[0] is None:
        raise _refused(text, where, text, Text("应为一个表达式", "should be one expression"))
    return found[0]


def _check_node(node: exp.Expression, text: str, where: str, fields: Mapping[str, Field]) -> None:
    if not isinstance(node, NODES) or (isinstance(node, exp.If) and not isinstance(node.parent, exp.Case)):
        raise _refused(text, where, node.sql("duckdb"), Text("不在允许的写法之内", "is not allowed"))
    if isinstance(node, exp.Literal) and not node.is_string and not _NUMBER.fullmatch(node.name):
        raise _refused(
            text, where, node.name, Text("数值写法不允许", "this way to write a number is not allowed")
        )
    if isinstance(node, exp.Identifier) and node.quoted:
        raise _refused(
            text, where, node.sql("duckdb"), Text("列名不加引号", "column names stand without quotes")
        )
    if isinstance(node, exp.Column):
        _check_column(node, text, where, fields)


def _check_column(node: exp.Column, text: str, where: str, fields: Mapping[str, Field]) -> None:
    if len(node.parts) > 1:
        raise _refused(
            text, where, node.sql("duckdb"), Text("列名不带表名", "a column stands without its table")
        )
    if node.name not in fields:
        near = nearest(node.name, fields)
        hint = Text(f"；最接近的是 {near}", f"; the nearest is {near}") if near else Text("", "")
        raise _refused(text, where, node.name, Text("未知的列" + hint.zh, "unknown column" + hint.en))


def _refused(text: str, where: str, piece: str, why: Text) -> UserError:
    return UserError(
        Text(f"表达式“{text}”中“{piece}”：{why.zh}", f"In the expression “{text}”, “{piece}”: {why.en}"),
        where=where,
        why=Text("该指标不能计算", "the indicator cannot be computed"),
        fix=Text(
            "允许的写法见 docs/method/indicators.md", "see docs/method/indicators.md for what is allowed"
        ),
    )


def _rendered(tree: exp.Expression) -> str:
    copy = tree.copy()
    for literal in list(copy.find_all(exp.Literal)):
        if not literal.is_string and _needs_double(literal):
            literal.set("this", f"{literal.name}e0")
    for division in list(copy.find_all(exp.Div)):
        division.set("expression", exp.Nullif(this=division.expression, expression=exp.Literal.number(0)))
    return str(copy.sql(dialect="duckdb", comments=False))


def _needs_double(literal: exp.Literal) -> bool:
    """Integers beside a column are read as doubles anyway; elsewhere say so, lest an engine choose integers."""
    parent = literal.parent
    if not literal.name.isdigit() or len(literal.name) > 9:
        return True
    if isinstance(parent, exp.Coalesce):
        return not isinstance(parent.this, exp.Column)
    return not isinstance(parent, (exp.GT, exp.GTE, exp.LT, exp.LTE, exp.EQ, exp.NEQ, exp.In))


def _is_whole(tree: exp.Expression, fields: Mapping[str, Field]) -> bool:
    columns = all(
        fields[node.name].whole or fields[node.name].type != "number" for node in tree.find_all(exp.Column)
    )
    literals = all(node.is_string or node.name.isdigit() for node in tree.find_all(exp.Literal))
    return columns and literals and tree.find(exp.Div) is None
