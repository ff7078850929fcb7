"""Overlays of school standards: a province's, city's or county's dated changes, each under its own citation.

The files have the form of all overlays. A path names one value: ``rows.site_area.lines.1.at_least`` (lines count
from 1), ``rows.books.lines.1.at_least.sizes.12``, ``groups.equipment.max_misses``, ``version.max_misses``; with
``add: true`` also a new row, group or figure. Null takes a row, a group or a figure away.
"""

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from junheng.basics import Text, nearest
from junheng.standards.definition import Patch
from junheng.standards.in_force import cited, index_on
from junheng.standards.load import Overlay
from junheng.standards.overlay import overlay_documents
from junheng.standards.pieces import Frozen
from junheng.standards.place import Place, validated
from junheng.standards.school_standards.definition import (
    Figure,
    Group,
    Row,
    SchoolStandardFile,
    SchoolVersion,
)
from junheng.standards.standard import Citation

Tree = dict[str, Any]
_LISTED = ("figures", "groups", "rows")


class _VersionRule(Frozen):
    """What of a version is no row."""

    max_misses: Annotated[int, Field(ge=0)] = 0


_MODELS: Mapping[str, type[Frozen]] = {
    "version": _VersionRule,
    "figures": Figure,
    "groups": Group,
    "rows": Row,
}


@dataclass(frozen=True, slots=True)
class Change:
    """One value that an overlay set: the way to it, the words it rests on, and where it is written."""

    walk: tuple[str, ...]
    citation: Citation
    place: Place


@dataclass(frozen=True, slots=True)
class Overlaid:
    """A version with its overlays applied; ``overlays``: those of which a change was in force."""

    figures: tuple[Figure, ...]
    groups: tuple[Group, ...]
    version: SchoolVersion
    overlays: tuple[Overlay, ...]
    changes: tuple[Change, ...]


def overlaid(
    read: SchoolStandardFile, written: Mapping[str, Any], index: int, overlays: Sequence[Overlay], on: date
) -> Overlaid:
    """Version number ``index`` of the file ``written`` with what ``overlays`` say for ``on``, in their order.

    Raises UserError naming the overlay's file, line and key: a path leads nowhere, a value does not fit.
    """
    tree = _tree(written, index)
    used: list[Overlay] = []
    changes: list[Change] = []
    for overlay in overlays:
        found = list(_applied(tree, overlay, on))
        if found:
            used.append(overlay)
            changes += found
            _require_whole(tree, Place(overlay.file, ("patches",)))
    rows = tuple(Row.model_validate(row) for row in tree["rows"].values())
    rule = _VersionRule.model_validate(tree["version"])
    version = read.versions[index].model_copy(update={"rows": rows, "max_misses": rule.max_misses})
    figures = tuple(Figure.model_validate(one) for one in tree["figures"].values())
    groups = tuple(Group.model_validate(one) for one in tree["groups"].values())
    return Overlaid(figures, groups, version, tuple(used), tuple(changes))


def _tree(written: Mapping[str, Any], index: int) -> Tree:
    """The values of the file, members of lists by their id."""
    version = written["versions"][index]
    lists = {"figures": written.get("figures") or [], "groups": written["groups"], "rows": version["rows"]}
    tree: Tree = {name: {one["id"]: copy.deepcopy(one) for one in found} for name, found in lists.items()}
    return {**tree, "version": {"max_misses": version.get("max_misses", 0)}}


def _applied(tree: Tree, overlay: Overlay, on: date) -> Iterator[Change]:
    for number, patch in enumerate(overlay.content.patches):
        index = index_on(patch.versions, on)
        if index is None:
            continue
        here = Place(overlay.file, ("patches", number))
        value_place = here.at("versions", index, "value")
        walk = tuple(patch.path.split("."))
        _set(tree, walk, patch, copy.deepcopy(patch.versions[index].value), here)
        _check_piece(tree, walk, value_place)
        source, documents = patch.versions[index].source, overlay_documents(overlay)
        yield Change(walk, cited(source, documents, patch.versions, index, overlay.id), value_place)


def _set(tree: Tree, walk: tuple[str, ...], patch: Patch, value: Any, place: Place) -> None:
    if "source" in walk[2:] or (isinstance(value, dict) and "source" in value):
        raise place.at("path").refuse(
            "出处写在 versions 的 source 里，不写在值里",
            "the source stands under versions, not within the value",
        )
    here: Any = tree
    for depth, key in enumerate(walk[:-1]):
        here = _members(here).get(key, _NOTHING)
        if here is _NOTHING:
            raise _nowhere(tree, walk[: depth + 1], place)
    members, last = _members(here), walk[-1]
    if last not in members and not (patch.add and isinstance(here, dict) and len(walk) > 1):
        raise _nowhere(tree, walk, place)
    if isinstance(here, list):
        if value is None:
            raise place.at("path").refuse("一条线不能单独取消，请改写整组 lines", "write all lines anew")
        here[int(last) - 1] = value
    elif value is None:
        here.pop(last, None)
    else:
        here[last] = value


_NOTHING = object()


def _members(here: Any) -> dict[str, Any]:
    """What may be named next: the keys of a mapping, the places of a list from 1."""
    if isinstance(here, list):
        return {str(at): one for at, one in enumerate(here, start=1)}
    return here if isinstance(here, dict) else {}


def _nowhere(tree: Tree, walk: Sequence[str], place: Place) -> Exception:
    here: Any = tree
    for key in walk[:-1]:
        here = _members(here)[key]
    keys = sorted(_members(here))
    near = nearest(walk[-1], keys)
    fix = Text(f"此处可用：{'、'.join(keys)}", f"here there are: {', '.join(keys)}") if keys else None
    if near:
        fix = Text(
            f"最接近的是 {near}；确需新增请写 add: true", f"the nearest is {near}; to add one: add: true"
        )
    path = ".".join(walk)
    return place.at("path").refuse(f"办学标准中没有 {path}", f"the standard has no {path}", fix=fix)


def _check_piece(tree: Tree, walk: tuple[str, ...], place: Place) -> None:
    """Hold what was changed to its model at once, while the overlay's line is known."""
    section = walk[0]
    if section not in _MODELS:
        raise place.refuse(f"没有 {section} 部分", f"there is no section {section}")
    piece = tree[section] if section == "version" else tree[section].get(walk[1])
    if piece is None:
        return
    if section in _LISTED and isinstance(piece, dict) and piece.setdefault("id", walk[1]) != walk[1]:
        raise place.at("id").refuse(
            f"编号 {piece['id']} 与路径 {walk[1]} 不同", f"the id {piece['id']} is not the path's {walk[1]}"
        )
    validated(_MODELS[section], piece, place, _MODELS[section].model_fields)


def _require_whole(tree: Tree, place: Place) -> None:
    """What single values cannot tell: every row's group is there, and not every row may be missed."""
    for name, row in tree["rows"].items():
        if row["group"] not in tree["groups"]:
            raise place.refuse(
                f"项目 {name} 的分组 {row['group']} 不存在",
                f"the group {row['group']} of {name} is not there",
            )
    allowed, rows = tree["version"]["max_misses"], len(tree["rows"])
    if allowed >= rows:
        raise place.refuse(
            f"共{rows}项，不能允许{allowed}项未达到", f"of {rows} rows {allowed} cannot be missed"
        )
