"""Overlays: a region's or a trial's dated changes, each value under its own citation.

A path names one value: ``items.G7.limits.amount.value``. ``*`` stands for every member of a list. Null as a
value means that there is no such value (the rule falls away); ``in_force_to`` ends the change itself.
"""

import copy
from collections.abc import Iterator
from datetime import date
from typing import Any

from junheng.basics import Text, nearest
from junheng.standards.definition import Patch
from junheng.standards.in_force import cited, index_on
from junheng.standards.load import LISTED_SECTIONS, Overlay
from junheng.standards.place import Place, Placed, validated
from junheng.standards.standard import Citation
from junheng.standards.tree import MODELS, Piece, Tree, typed_input

Walk = list[str]


def apply_overlay(tree: Tree, overlay: Overlay, on: date) -> bool:
    """Change ``tree`` as ``overlay`` says for ``on``; True when at least one change was in force.

    Raises UserError naming the overlay's file, line and key: a path leads nowhere, a value does not fit.
    """
    changed = False
    for number, patch in enumerate(overlay.content.patches):
        index = index_on(patch.versions, on)
        if index is None:
            continue
        place = Place(overlay.file, ("patches", number))
        source = patch.versions[index].source
        citation = cited(source, overlay_documents(overlay), patch.versions, index, overlay.id)
        value = patch.versions[index].value
        for walk in _walks(tree, patch, place):
            _set(tree, walk, value, citation, patch.add, place)
            _check_piece(tree, walk, place.at("versions", index, "value"))
        changed = True
    return changed


def overlay_documents(overlay: Overlay) -> dict[str, Any]:
    """The documents an overlay enters, placed."""
    return {
        number: Placed(document, Place(overlay.file, ("documents", number)))
        for number, document in overlay.content.documents.items()
    }


def _walks(tree: Tree, patch: Patch, place: Place) -> Iterator[Walk]:
    """The path as keys from the root, one walk for each member a ``*`` stands for."""
    walk = patch.path.split(".")
    if walk[:2] == ["variation", "cv_limits"]:  # written once for all indicators, kept by each of them
        walk = ["indicators", "*", *walk[1:]]
    if "*" not in walk:
        yield walk
        return
    star = walk.index("*")
    members = _reach(tree, walk[:star], place)
    for name in list(members):
        yield [*walk[:star], name, *walk[star + 1 :]]


def _reach(tree: Tree, walk: Walk, place: Place) -> dict[str, Any]:
    """The mapping at the end of ``walk``; UserError with the nearest key where the path leads nowhere."""
    here: Any = tree
    for depth, key in enumerate(walk):
        if not isinstance(here, dict) or key not in here:
            raise _nowhere(here, walk[: depth + 1], place)
        here = here[key]
    if not isinstance(here, dict):
        raise _nowhere(here, [*walk, "…"], place)
    return here


def _nowhere(here: Any, walk: Walk, place: Place) -> Exception:
    keys = sorted(set(here) - {"citation", "value_citations"}) if isinstance(here, dict) else []
    near = nearest(walk[-1], keys)
    fix = Text(f"此处可用：{'、'.join(keys)}", f"here there are: {', '.join(keys)}") if keys else None
    if near:
        fix = Text(
            f"最接近的是 {near}；确需新增请写 add: true", f"the nearest is {near}; to add one: add: true"
        )
    path = ".".join(walk)
    return place.at("path").refuse(f"标准中没有 {path}", f"the standard has no {path}", fix=fix)


def _set(tree: Tree, walk: Walk, value: Any, citation: Citation, add: bool, place: Place) -> None:
    parent = _reach(tree, walk[:-1], place)
    key = walk[-1]
    if key not in parent and not add:
        raise _nowhere(parent, walk, place)
    if value is None:
        parent.pop(key, None)
    else:
        parent[key] = copy.deepcopy(value)
    _cite(tree, walk, citation)


def _cite(tree: Tree, walk: Walk, citation: Citation) -> None:
    """Say, in the piece the walk passes through last, which overlay set the value."""
    here: Any = tree
    piece: Piece | None = None
    field: Walk = []
    for depth, key in enumerate(walk):
        here = here.get(key) if isinstance(here, dict) else None
        if isinstance(here, dict) and (depth in _piece_depths(walk) or "citation" in here):
            piece, field = here, walk[depth + 1 :]
    if piece is None:  # the whole piece was taken away
        return
    if not field:
        piece.setdefault("id", walk[-1])
        piece.update(citation=citation, value_citations={})
        return
    _cite_value(piece, ".".join(field), citation)


def _piece_depths(walk: Walk) -> tuple[int, ...]:
    """Where on the walk a cited piece stands, also one that the overlay has just added."""
    if walk[0] not in LISTED_SECTIONS:
        return (0,)
    return (1, 3) if walk[2:3] == ["relaxations"] else (1,)


def _cite_value(piece: Piece, field: str, citation: Citation) -> None:
    known: dict[str, Citation] = piece["value_citations"]
    for stale in [path for path in known if path.startswith(f"{field}.")]:
        del known[stale]
    known.setdefault("", piece["citation"])
    known[field] = citation
    if field.split(".")[0] == "cv_limits":
        piece["cv_citation"] = citation
    else:
        piece["citation"] = citation


def _check_piece(tree: Tree, walk: Walk, place: Place) -> None:
    """Hold the changed piece to its model at once, while the overlay's line is known."""
    section = walk[0]
    if section not in MODELS:
        raise place.refuse(f"没有 {section} 部分", f"there is no section {section}")
    content = tree.get(section)
    piece = content.get(walk[1]) if section in LISTED_SECTIONS and content is not None else content
    if piece is not None:
        validated(MODELS[section], typed_input(section, piece), place, MODELS[section].model_fields)
