"""Overlays of index systems: a region's dated changes, in the same file form as those of standards.

A path names one value: ``areas.A1.items.A1-2.points``, ``grades.good.at_least``, ``counting.round``. Members of
lists go by their id.
"""

import copy
from datetime import date
from typing import Any

from junheng.basics import Text, nearest
from junheng.standards.in_force import index_on
from junheng.standards.load import Overlay
from junheng.standards.place import Place

Json = dict[str, Any]


def applied(content: Json, overlay: Overlay, on: date) -> Json:
    """``content`` with the patches of ``overlay`` that hold on ``on``; a null value takes the key away.

    Raises UserError naming the overlay's file, line and key where a path leads nowhere.
    """
    changed = copy.deepcopy(content)
    for number, patch in enumerate(overlay.content.patches):
        index = index_on(patch.versions, on)
        if index is None:
            continue
        place = Place(overlay.file, ("patches", number, "path"))
        walk = patch.path.split(".")
        parent = _reach(changed, walk[:-1], place)
        if walk[-1] not in parent and not patch.add:
            raise _nowhere(parent, walk[-1], place)
        value = patch.versions[index].value
        if value is None:
            parent.pop(walk[-1], None)
        else:
            parent[walk[-1]] = copy.deepcopy(value)
    return changed


def _reach(content: Json, walk: list[str], place: Place) -> Json:
    here: Any = content
    for key in walk:
        members = {entry["id"]: entry for entry in here if "id" in entry} if isinstance(here, list) else here
        if not isinstance(members, dict) or key not in members:
            raise _nowhere(members, key, place)
        here = members[key]
    if not isinstance(here, dict):
        raise _nowhere(here, walk[-1], place)
    return here


def _nowhere(here: Any, key: str, place: Place) -> Exception:
    keys = sorted(here) if isinstance(here, dict) else []
    near = nearest(key, keys)
    fix = Text(f"最接近的是 {near}；确需新增请写 add: true", f"the nearest is {near}; to add one: add: true")
    return place.refuse(f"指标体系中没有 {key}", f"the index system has no {key}", fix=fix if near else None)
