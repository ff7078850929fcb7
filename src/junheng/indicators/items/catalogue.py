"""The library of item facts: YAML files beside this module, checked when they are read."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import Text, UserError
from junheng.indicators.expression import Expression, parse_expression
from junheng.indicators.expression_types import Kind
from junheng.indicators.fields import UNIT
from junheng.indicators.items.fact import ItemFact

LIBRARY = Path(__file__).parent / "library"
_BY_UNIT = frozenset({"school_stage", "school"})  # rows that are written over UNIT


@cache
def item_entries() -> Mapping[str, Mapping[str, Any]]:
    """Every fact as its file writes it, by id."""
    return {
        str(entry["id"]): entry
        for path in sorted(LIBRARY.glob("*.yaml"))
        for entry in yaml.safe_load(path.read_text("utf-8"))
    }


@cache
def item_facts() -> Mapping[str, ItemFact]:
    """Every fact by id, its expressions checked. Raises UserError for one outside the language."""
    found = {key: ItemFact.model_validate(entry) for key, entry in item_entries().items()}
    for fact in found.values():
        for _ in expressions_of(fact):
            pass
    return found


def scope_of(fact: ItemFact) -> str:
    """The table whose columns the rows of ``fact`` have."""
    return UNIT if fact.over in _BY_UNIT else fact.over


def parsed(fact: ItemFact, text: str, kind: Kind = "number", scope: str = "") -> Expression:
    """One expression of ``fact`` over its rows, or over ``scope``."""
    return parse_expression(text, kind=kind, where=f"items {fact.id}", table=scope or scope_of(fact))


def expressions_of(fact: ItemFact) -> Iterator[tuple[str, Expression]]:
    """Every expression of ``fact`` with the scope it is written over, in the order in which its cells are told."""
    own = scope_of(fact)
    by_stage = [fact.numerator] if isinstance(fact.numerator, str) else list(fact.numerator.values())
    for text in filter(None, (*by_stage, fact.denominator, fact.size)):
        yield own, parsed(fact, text)
    for text in filter(None, (fact.otherwise, fact.need)):
        yield UNIT, parsed(fact, text, scope=UNIT)
    if fact.where:
        yield own, parsed(fact, fact.where, "boolean")
    for text in filter(None, (fact.of, fact.expected_when)):
        yield UNIT, parsed(fact, text, "boolean", UNIT)
    for text in fact.filters.values():
        yield own, _of_any_kind(fact, text)


def _of_any_kind(fact: ItemFact, text: str) -> Expression:
    """A filter may be a number or a text."""
    return _filter(text, f"items {fact.id}", scope_of(fact))


@lru_cache(maxsize=1024)  # of one that is a number the first try fails, and a failure is not remembered
def _filter(text: str, where: str, table: str) -> Expression:
    try:
        return parse_expression(text, kind="text", where=where, table=table)
    except UserError:
        return parse_expression(text, kind="number", where=where, table=table)


def filter_of(fact: ItemFact, name: str) -> Expression:
    """The expression of a filter. Raises UserError where the fact has none of that name."""
    if name not in fact.filters:
        raise UserError(
            Text(f"事实 {fact.id} 没有过滤 {name}", f"the item fact {fact.id} has no filter {name}")
        )
    return _of_any_kind(fact, fact.filters[name])
