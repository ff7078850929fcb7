"""The library's rules within one row, as formulas: a return says offline what does not fit.

Only rules whose words are all in the row are taken; what compares tables, schools or years is told by the site. A
blank is missing, never 0: a comparison with a blank cell does not hold, as in the checks themselves (SQL's NULL).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import sqlglot
from sqlglot import exp

from junheng.data.checks.definition import Check
from junheng.data.checks.load import load_checks
from junheng.data.dictionary import TableSpec, load_dictionary
from junheng.data.reading.grid import column_letter
from junheng.data.template.return_layout import Sheet, shown

_SIGNS: Mapping[type[exp.Expression], str] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.EQ: "=",
    exp.NEQ: "<>",
}
LINE = "<line>"  # in a formula that is written for every line of a list
_COMPARES = (exp.GT, exp.GTE, exp.LT, exp.LTE, exp.EQ, exp.NEQ)
_NUMBERS = ("integer", "number")


class NoFormulaError(ValueError):
    """A condition a spreadsheet is not asked to judge."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the names of a condition stand for: a reference (``D4``) or, of what is known, a value in quotes."""

    table: TableSpec
    refs: Mapping[str, str]

    def ref(self, column: str) -> str:
        """The reference. Raises NoFormulaError where the row has none."""
        if column not in self.refs:
            raise NoFormulaError(column)
        return self.refs[column]

    def is_there(self, column: str) -> str:
        """A formula that holds where the cell says something that can be compared."""
        spec = self.table.columns[column]
        if spec.type in _NUMBERS:
            return f"ISNUMBER({self.ref(column)})"
        return f'({self.ref(column)}<>"")'


@cache
def rules_of(table: str) -> tuple[Check, ...]:
    """The rules about several cells of one row of a table, and those about one that are no bound of its type."""
    columns = set(load_dictionary().tables[table].columns)
    return tuple(
        check
        for check in load_checks()
        if check.view == table and check.rule.facet is None and set(check.columns) <= columns
    )


def formula_of(check: Check, refs: Mapping[str, str]) -> str | None:
    """The formula (without =) that holds where ``check`` fails; None where it cannot be asked of these references."""
    words = Words(load_dictionary().tables[check.view], refs)
    try:
        return _holds(_parsed(check.sql), words)
    except NoFormulaError:
        return None


def refs_of(sheet: Sheet, known: Mapping[str, str], index: int) -> Mapping[str, str]:
    """What the names of a rule stand for in one row of a form; in a list, in the line whose number replaces ``LINE``."""
    refs = {name: value if name == "year" else f'"{value}"' for name, value in known.items()}
    if sheet.is_list:
        names = [*sheet.key_columns, *sheet.fields]
        columns = [*range(len(sheet.key_columns)), *(sheet.at(0, n)[1] for n in range(len(sheet.fields)))]
        own = {spec.name: f"${column_letter(at)}{LINE}" for spec, at in zip(names, columns, strict=True)}
        return {**refs, **own}
    key = sheet.keys[index] if index < len(sheet.keys) else ()
    for spec, part in zip(sheet.key_columns, key, strict=False):
        refs[spec.name] = f'"{shown(spec, part)}"'
    for number, spec in enumerate(sheet.fields):
        row, column = sheet.at(index, number)
        refs[spec.name] = f"${column_letter(column)}${row + 1}"
    return refs


@cache
def _parsed(sql: str) -> exp.Expression:
    return sqlglot.parse_one(sql, dialect="duckdb")


def _holds(node: exp.Expression, words: Words) -> str:
    """A condition as a formula that is TRUE or FALSE, never an error."""
    if isinstance(node, exp.Paren):
        return _holds(node.this, words)
    if isinstance(node, (exp.And, exp.Or)):
        name = "AND" if isinstance(node, exp.And) else "OR"
        return f"{name}({_holds(node.left, words)},{_holds(node.right, words)})"
    if isinstance(node, exp.Is) and isinstance(node.expression, exp.Null):
        return f"NOT(AND({','.join(_all_there(node.this, words))}))"
    if isinstance(node, exp.Not) and isinstance(node.this, exp.Column):
        return f'({words.ref(node.this.name)}="否")'
    if isinstance(node, _COMPARES):
        guards = [one for side in (node.left, node.right) for one in _all_there(side, words)]
        sign = _SIGNS[type(node)]
        stands = f"{_value(node.left, words, node.right)}{sign}{_value(node.right, words, node.left)}"
        return f"IFERROR(AND({','.join([*guards, stands])}),FALSE)"
    raise NoFormulaError(type(node).__name__)


def _all_there(node: exp.Expression, words: Words) -> Sequence[str]:
    """What must be filled for ``node`` to have a value: COALESCE has one always."""
    if isinstance(node, exp.Coalesce):
        return []
    if isinstance(node, exp.Column):
        return [words.is_there(node.name)]
    return [one for child in node.iter_expressions() for one in _all_there(child, words)]


def _value(node: exp.Expression, words: Words, beside: exp.Expression | None = None) -> str:
    if isinstance(node, exp.Paren):
        return f"({_value(node.this, words)})"
    if isinstance(node, exp.Column):
        return words.ref(node.name)
    if isinstance(node, exp.Literal):
        return _literal(node, words, beside)
    if isinstance(node, exp.Neg):
        return f"-{_value(node.this, words)}"
    if isinstance(node, exp.Nullif):
        return _value(
            node.this, words
        )  # it stands below a stroke: 1/0 is an error, and an error does not hold
    if isinstance(node, exp.Coalesce) and isinstance(node.this, exp.Column):
        return f"N({words.ref(node.this.name)})"
    if type(node) in _SIGNS and isinstance(node, exp.Binary):
        return f"{_value(node.left, words)}{_SIGNS[type(node)]}{_value(node.right, words)}"
    raise NoFormulaError(type(node).__name__)


def _literal(node: exp.Literal, words: Words, beside: exp.Expression | None) -> str:
    """A number as it is; a word as it is chosen in the cell it is compared with."""
    if not node.is_string:
        return str(node.this)
    if not isinstance(beside, exp.Column):
        raise NoFormulaError(str(node.this))
    return f'"{shown(words.table.columns[beside.name], str(node.this))}"'
