"""Cells that break a 逻辑 rule count as missing: the rules, from the checks' YAML, are applied here.

First each cell alone against the dictionary; then, on what is left, relations between cells, all at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import floor
from typing import Any

from junheng.data import ColumnSpec, load_dictionary
from junheng.verification.cells import Cells
from junheng.verification.definitions import CHECKS, entries
from junheng.verification.meaning import condition_of
from junheng.verification.parse import parse
from junheng.verification.syntax import Column, Literal, Membership, Negation, Node, replaced

_NUMERIC = frozenset({"integer", "number"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of logic over one view, applied to certain columns: where it fails, ``blames`` are condemned."""

    id: str
    view: str
    fails_when: Node
    blames: tuple[str, ...]


@cache
def cell_rules(table: str) -> tuple[Rule, ...]:
    """The rules for single cells of ``table``. A key is never condemned: without it the row is nobody's."""
    rules = [entry for entry in entries(CHECKS) if entry["severity"] == "logic" and entry.get("facet")]
    spec = load_dictionary().tables[table]
    columns = [column for name, column in spec.columns.items() if name not in {"year", *spec.key}]
    return tuple(
        _cell_rule(entry, table, column)
        for entry in rules
        for column in columns
        if _has(entry["facet"], column)
    )


@cache
def relation_rules(view: str) -> tuple[Rule, ...]:
    """The rules between cells of ``view`` that condemn some of them."""
    return tuple(rule for rule in _all_relation_rules() if rule.view == view)


@cache
def _all_relation_rules() -> tuple[Rule, ...]:
    rules = [entry for entry in entries(CHECKS) if entry["severity"] == "logic" and not entry.get("facet")]
    return tuple(rule for entry in rules if entry.get("blames") for rule in _relation_rules(entry))


def _has(facet: str, column: ColumnSpec) -> bool:
    numeric = column.type in _NUMERIC
    return {
        "minimum": numeric and column.minimum is not None,
        "maximum": numeric and column.maximum is not None,
        "whole": numeric and column.whole,
        "values": column.type == "enum" and bool(column.values),
        "finite": column.type == "number",
        "required": column.required,
    }[facet]


def _cell_rule(entry: Mapping[str, Any], table: str, column: ColumnSpec) -> Rule:
    names: dict[str, Node] = {name: Literal(Fraction(str(n))) for name, n in entry.get("limits", {}).items()}
    names["it"] = Column(column.name)
    for bound, number in (("minimum", column.minimum), ("maximum", column.maximum)):
        if number is not None:
            names[bound] = Literal(Fraction(repr(number)))
    tree = _listed(parse(entry["fails_when"]), tuple(Literal(value) for value in column.values))
    return Rule(entry["id"], table, replaced(tree, names), (column.name,))


def _listed(tree: Node, values: tuple[Node, ...]) -> Node:
    """``tree`` with the dictionary's list in place of the name ``allowed_values``."""
    match tree:
        case Membership(operand, (Column("allowed_values"),), negated):
            return Membership(operand, values, negated)
        case Negation(sign, operand):
            return Negation(sign, _listed(operand, values))
    return tree


def _relation_rules(entry: Mapping[str, Any]) -> Iterator[Rule]:
    shared = {name: parse(text) for name, text in entry.get("values", {}).items()}
    shared |= {name: Literal(Fraction(str(number))) for name, number in entry.get("limits", {}).items()}
    for each in entry.get("each") or [{}]:
        bound = {"it": each} if isinstance(each, str) else each
        names = shared | {name: parse(str(text)) for name, text in bound.items()}
        blames = tuple(str(bound.get(name, name)) for name in entry["blames"])
        yield Rule(entry["id"], entry["view"], replaced(parse(entry["fails_when"]), names), blames)


def failing(rules: Sequence[Rule], row: Cells) -> set[str]:
    """The columns of ``row`` that ``rules`` condemn. ``whole_part`` is the value without its fraction."""
    condemned: set[str] = set()
    seen = dict(row)
    for rule in rules:
        cell = row.get(rule.blames[0])
        seen["whole_part"] = Fraction(floor(cell)) if isinstance(cell, Fraction) else None
        if condition_of(rule.fails_when, seen) is True:
            condemned |= set(rule.blames)
    return condemned
