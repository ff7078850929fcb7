"""The condition of a check: the white-listed scalar grammar of the indicators, turned into safe SQL."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from junheng.basics import Text
from junheng.data.checks.definition import RuleError

_ALLOWED: tuple[type[exp.Expression], ...] = (
    exp.Column,
    exp.Identifier,
    exp.Literal,
    exp.Null,
    exp.Paren,
    exp.Neg,
    exp.Add,
    exp.Sub,
    exp.Mul,
    exp.Div,
    exp.GT,
    exp.GTE,
    exp.LT,
    exp.LTE,
    exp.EQ,
    exp.NEQ,
    exp.And,
    exp.Or,
    exp.Not,
    exp.In,
    exp.Is,
    exp.Coalesce,
    exp.Least,
    exp.Greatest,
    exp.Case,
    exp.If,
)

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NUMBER = re.compile(r"\d+(\.\d+)?")
_WORDS = frozenset({"NULL", "TRUE", "FALSE"})  # what a lone word may be, other than a name


@dataclass(frozen=True, slots=True)
class Condition:
    """A checked expression: its DuckDB SQL and the columns it reads, sorted."""

    sql: str
    columns: tuple[str, ...]


def compile_condition(
    text: str, *, meanings: Mapping[str, str] | None = None, key: str = "fails_when"
) -> Condition:
    """Parse ``text``, replace the names in ``meanings`` by their expressions, and write SQL.

    A division by zero yields null, so that it fails no check. Raises RuleError, naming ``key``, for
    anything outside the grammar of the indicators or a name defined by itself.
    """
    tree = _expand(_parse(text, key), dict(meanings or {}), key, ())
    for division in list(tree.find_all(exp.Div)):
        division.set("expression", exp.Nullif(this=division.expression, expression=exp.Literal.number(0)))
    columns = sorted({column.name for column in tree.find_all(exp.Column)})
    return Condition(tree.sql(dialect="duckdb", identify=True), tuple(columns))


def _parse(text: str, key: str) -> exp.Expression:
    # Most texts are a single name or number (what a message shows, a bound column, a limit): no parser needed.
    if _NAME.fullmatch(text) and text.upper() not in _WORDS:
        return exp.column(text)
    if _NUMBER.fullmatch(text):
        return exp.Literal.number(text)
    try:
        tree = sqlglot.parse_one(text, dialect="duckdb")
    except SqlglotError as error:
        raise _refused(f"无法解析“{text}”", f"cannot parse “{text}”", key) from error
    for node in tree.walk():
        if not isinstance(node, _ALLOWED):
            raise _refused(
                f"不允许使用 {type(node).__name__}：“{text}”",
                f"{type(node).__name__} is not allowed: “{text}”",
                key,
            )
        if isinstance(node, exp.Column) and node.table:
            raise _refused(f"列名不带表名：“{text}”", f"a column stands without its table: “{text}”", key)
    return tree


def _expand(
    tree: exp.Expression, meanings: Mapping[str, str], key: str, within: tuple[str, ...]
) -> exp.Expression:
    """``tree`` with every name in ``meanings`` replaced, in turn, by what it stands for."""
    for column in list(tree.find_all(exp.Column)):
        name = column.name
        if name not in meanings or meanings[name] == name:
            continue
        if name in within:
            raise _refused(f"“{name}”的定义引用了自身", f"“{name}” is defined by itself", key)
        inner = _expand(_parse(meanings[name], key), meanings, key, (*within, name))
        replacement = inner if isinstance(inner, exp.Column | exp.Literal) else exp.Paren(this=inner)
        if column is tree:
            return replacement
        column.replace(replacement)
    return tree


def _refused(zh: str, en: str, key: str) -> RuleError:
    hint = Text(
        "只可用列名、数字、文本、+ - * /、比较、AND OR NOT、IN、IS NULL、COALESCE、LEAST、GREATEST、CASE WHEN",
        "use only columns, numbers, 'texts', + - * /, comparisons, AND OR NOT, IN, IS NULL, COALESCE, LEAST, "
        "GREATEST, CASE WHEN",
    )
    return RuleError(Text(f"{zh}（{hint.zh}）", f"{en} ({hint.en})"), key)
