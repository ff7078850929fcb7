"""The standard in force for a day and a region, overlays applied; and what the library holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from junheng.basics import Text
from junheng.standards.choose import chosen_overlays, find_overlay, library_overlays
from junheng.standards.coherence import check_resolved
from junheng.standards.load import (
    LIBRARY,
    Definition,
    Overlay,
    combined_sha256,
    library_ids,
    path_of,
    read_standard_files,
)
from junheng.standards.overlay import apply_overlay
from junheng.standards.standard import AppliedOverlay, Citation, SplitRule, Standard
from junheng.standards.tree import Tree, tree_on, typed_sections
from junheng.standards.validate import REQUIRED, check_definition


@dataclass(frozen=True, slots=True)
class StandardHead:
    """A standard of the library, before it is resolved."""

    id: str
    name: Text
    document: str
    title: str
    in_force_from: date
    sha256: str


@dataclass(frozen=True, slots=True)
class OverlayHead:
    """An overlay of the library: which standard it changes, and in which region."""

    id: str
    name: Text
    standard: str
    region: str
    in_force_from: date
    sha256: str


def list_standards() -> tuple[StandardHead, ...]:
    """The built-in standards, by id."""
    return tuple(_standard_head(_library_definition(name)) for name in library_ids())


def list_overlays() -> tuple[OverlayHead, ...]:
    """The built-in overlays, wider regions first."""
    return tuple(_overlay_head(overlay) for overlay in library_overlays())


def standard_id(standard: str | Path) -> str:
    """The id that a standard of the library, a folder or a file declares. Raises UserError when it is none."""
    return read_definition(standard).head.value.id


def overlay_head(overlay: str | Path) -> OverlayHead:
    """The head of a built-in overlay (by id) or of a file. Raises UserError when it is none."""
    return _overlay_head(find_overlay(overlay))


def resolve(
    standard: str | Path,
    *,
    on: date,
    region: str = "",
    overlays: Sequence[Path | str] = (),
) -> Standard:
    """The standard as it stands on ``on`` in ``region`` (a region code, wide or narrow; empty: the nation).

    ``standard``: an id of the library, or a path to a folder of YAML files or to one file. Built-in overlays
    whose region contains ``region`` apply, wider first; then ``overlays`` (files, or ids of built-in ones) in
    their order.
    Raises UserError naming file, line and key; also when the standard is not in force on that day.
    """
    definition = read_definition(standard)
    head = definition.head.value
    tree = tree_on(definition, on)
    _require_in_force(definition, tree, on)
    applied = []
    for overlay in chosen_overlays(head, region, overlays):
        if apply_overlay(tree, overlay, on):
            applied.append(overlay)
    resolved = _typed(definition, tree, on, region, applied)
    check_resolved(resolved, where=" + ".join([str(path_of(standard)), *resolved.overlays]))
    return resolved


def read_definition(standard: str | Path) -> Definition:
    """The checked files of a standard; those of the library are read once a process."""
    path = path_of(standard)
    if path.parent == LIBRARY:
        return _library_definition(path.name)
    definition = read_standard_files(path)
    check_definition(definition)
    return definition


@cache
def _library_definition(name: str) -> Definition:
    definition = read_standard_files(LIBRARY / name)
    check_definition(definition)
    return definition


def _standard_head(definition: Definition) -> StandardHead:
    head = definition.head.value
    title = definition.documents[head.document].value.title
    return StandardHead(head.id, head.name, head.document, title, head.in_force_from, definition.sha256)


def _overlay_head(overlay: Overlay) -> OverlayHead:
    head = overlay.content.overlay
    begin = min(version.in_force_from for patch in overlay.content.patches for version in patch.versions)
    return OverlayHead(head.id, head.name, head.standard, head.region or "", begin, overlay.file.sha256)


def _require_in_force(definition: Definition, tree: Tree, on: date) -> None:
    head = definition.head
    missing = [section for section in REQUIRED if section not in tree]
    if on < head.value.in_force_from or missing:
        begin = head.value.in_force_from
        raise head.place.at("in_force_from").refuse(
            f"标准 {head.value.id} 在 {on} 不生效",
            f"the standard {head.value.id} is not in force on {on}",
            why=Text("没有现行规则就无法判定", "without rules in force nothing can be judged"),
            fix=Text(
                f"该标准自 {begin} 起生效，请换日期或标准",
                f"it is in force from {begin}: change day or standard",
            ),
        )


def _typed(definition: Definition, tree: Tree, on: date, region: str, applied: list[Overlay]) -> Standard:
    head = definition.head.value
    sections = typed_sections(tree)
    sections.setdefault("split", _no_split(definition))
    files = [("standard", definition.sha256)]
    files += [
        (f"overlay {number} {overlay.id}", overlay.file.sha256) for number, overlay in enumerate(applied)
    ]
    return Standard(
        id=head.id,
        name=head.name,
        document=head.document,
        title=definition.documents[head.document].value.title,
        on=on,
        region=region,
        overlays=tuple(overlay.id for overlay in applied),
        overlay_heads={overlay.id: _applied(overlay) for overlay in applied},
        stages=head.stages,
        parts=head.parts,
        sha256=combined_sha256(files),
        **sections,
    )


def _applied(overlay: Overlay) -> AppliedOverlay:
    head = overlay.content.overlay
    return AppliedOverlay(name=head.name, region=head.region or "")


def _no_split(definition: Definition) -> SplitRule:
    """A standard without a split section shares nothing out between stages."""
    head = definition.head.value
    citation = Citation(
        document=head.document,
        title=definition.documents[head.document].value.title,
        certainty="derived",
        in_force_from=head.in_force_from,
        note=Text("本标准没有规定学段分摊", "the standard has no split between stages"),
    )
    return SplitRule(weights={}, columns=(), citation=citation)
