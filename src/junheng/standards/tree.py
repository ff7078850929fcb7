"""A definition on one day as a tree of plain values, and the typed standard made from such a tree.

Overlays work on the tree, because a path (``indicators.R4.thresholds.primary``) is a walk down it. Listed
sections are keyed by id; every piece carries its ``citation`` and ``value_citations``.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from junheng.standards.definition import Dated, Document, ItemEntry, Version
from junheng.standards.in_force import cited, index_on
from junheng.standards.load import LISTED_SECTIONS, SINGLE_SECTIONS, Definition
from junheng.standards.place import Placed
from junheng.standards.standard import (
    Cited,
    CountingRule,
    CountyRule,
    Declaration,
    IndicatorRule,
    Item,
    Relaxation,
    SchoolRule,
    SplitRule,
    VariationRule,
)

Piece = dict[str, Any]
Tree = dict[str, Any]
Documents = Mapping[str, Placed[Document]]

MODELS: Mapping[str, type[Cited]] = {
    "indicators": IndicatorRule,
    "school_rule": SchoolRule,
    "county_rule": CountyRule,
    "variation": VariationRule,
    "counting": CountingRule,
    "split": SplitRule,
    "relaxations": Relaxation,
    "items": Item,
    "declarations": Declaration,
}
_NOT_VALUES = {"versions", "relaxations"}


def tree_on(definition: Definition, on: date) -> Tree:
    """The pieces of ``definition`` that hold on ``on``; repealed or future pieces are absent."""
    documents = definition.documents
    tree: Tree = {}
    for section in LISTED_SECTIONS:
        entries: tuple[Placed[Any], ...] = getattr(definition, section)
        pieces = {placed.value.id: piece_on(placed.value, documents, on) for placed in entries}
        tree[section] = {name: piece for name, piece in pieces.items() if piece is not None}
    for section in SINGLE_SECTIONS:
        if section in definition.single:
            piece = piece_on(definition.single[section].value, documents, on)
            if piece is not None:
                tree[section] = piece
    _share_cv_limits(tree)
    return tree


def piece_on(entry: Dated[Any], documents: Documents, on: date) -> Piece | None:
    """One entry's values on ``on`` with their citations; None when nothing holds."""
    index = index_on(entry.versions, on)
    if index is None:
        return None
    version: Version[Any] = entry.versions[index]
    if version.value is None:
        return None
    piece: Piece = entry.model_dump(exclude=_NOT_VALUES) | version.value.model_dump()
    piece["citation"] = cited(version.source, documents, entry.versions, index)
    piece["value_citations"] = {
        field: cited(source, documents, entry.versions, index) for field, source in version.sources.items()
    }
    if isinstance(entry, ItemEntry):
        pieces = {relaxation.id: piece_on(relaxation, documents, on) for relaxation in entry.relaxations}
        piece["relaxations"] = {name: found for name, found in pieces.items() if found is not None}
    return piece


def _share_cv_limits(tree: Tree) -> None:
    """Give every indicator without CV limits of its own those of the variation rule, and their source."""
    variation = tree.get("variation")
    if variation is None:
        return
    limits = variation.pop("cv_limits")
    source = variation["value_citations"].pop("cv_limits", variation["citation"])
    for rule in tree["indicators"].values():
        if rule["cv_limits"]:
            rule["cv_citation"] = rule["value_citations"].get("cv_limits", rule["citation"])
        elif limits:
            rule["cv_limits"] = dict(limits)
            rule["cv_citation"] = rule["value_citations"]["cv_limits"] = source


def typed_input(section: str, piece: Piece) -> Piece:
    """``piece`` in the shape its model takes: an item's relaxations as a list."""
    relaxations = piece.get("relaxations")
    if section == "items" and isinstance(relaxations, dict):
        return piece | {"relaxations": list(relaxations.values())}
    return piece


def typed_sections(tree: Tree) -> dict[str, Any]:
    """The sections of a tree as the models of ``Standard``'s fields."""
    typed: dict[str, Any] = {}
    for section, content in tree.items():
        model = MODELS[section]
        if section in LISTED_SECTIONS:
            typed[section] = tuple(model.model_validate(typed_input(section, p)) for p in content.values())
        else:
            typed[section] = model.model_validate(content)
    return typed
