"""Whether ``standard.json`` holds the rules as resolved and the indicators as the library has them."""

from collections.abc import Mapping
from typing import Any

from junheng.basics import STAGES
from junheng.standards import Standard
from junheng.verification.absence import table_of
from junheng.verification.definitions import INDICATORS, ITEM_FACTS, entries
from junheng.verification.facts import Formula
from junheng.verification.recomputation import Recomputation
from junheng.verification.syntax import columns_of
from junheng.verification.telling import Told


def tell_standard(standard: Standard, mind: Recomputation) -> dict[str, Told]:
    """What ``standard.json`` should hold: the rules, and under its keys the indicators with their columns."""
    defined = {str(entry["id"]): entry for entry in entries(INDICATORS, mind.extra)}
    told: dict[str, Any] = standard.model_dump(mode="json")
    for rule in told["indicators"]:
        rule["unit"] = dict(defined[rule["indicator"]]["unit"])
    told["measures"] = {rule.id: _measure(defined[rule.indicator]) for rule in standard.indicators}
    told["item_facts"] = {key: dict(found) for key, found in _facts_named(standard).items()}
    told["lineage"] = {key: _lineage(formula) for key, formula in mind.formulas.items()}
    return told


def _facts_named(standard: Standard) -> dict[str, Mapping[str, Any]]:
    """The item facts that the standard's tests name, as their files write them, in order of name."""
    named = {test.fact for item in standard.items for test in item.tests if test.fact}
    written = {str(entry["id"]): entry for entry in entries(ITEM_FACTS)}
    return {key: written[key] for key in sorted(named)}


def _measure(entry: Mapping[str, Any]) -> dict[str, Told]:
    """An indicator as defined, an expression written once standing for every stage."""
    spread = {part: _by_stage(entry[part]) for part in ("numerator", "denominator")}
    return {**entry, "scale": str(entry.get("scale", 1)), **spread}


def _by_stage(written: Any) -> dict[str, Told]:
    if isinstance(written, Mapping):
        return {str(stage): str(text) for stage, text in written.items()}
    return {str(stage): str(written) for stage in STAGES}


def _lineage(formula: Formula) -> dict[str, Told]:
    """By stage, the (table, column) pairs that numerator and denominator rest on."""
    found: dict[str, Told] = {}
    for stage in STAGES:
        trees = [part[stage] for part in (formula.numerator, formula.denominator) if stage in part]
        columns = dict.fromkeys(column for tree in trees for column in columns_of(tree))
        found[stage] = [[table_of(column), column] for column in columns]
    return found
