"""What may be changed in a year's tables, and its plain form: a list of JSON objects, text
alone."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from junheng.basics import STAGES, Text, UserError

FORMAT = "junheng-what-if-1"
MOST_CHANGES = 500  # own default: a form, not an import
_ID = re.compile(r"[0-9A-Za-z_-]{1,40}")
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SetCell:
    """A cell of ``table`` becomes ``to`` (a decimal as text). ``stage``: of tables with a row per stage, else ""."""

    school_id: str
    stage: str
    table: str
    column: str
    to: str


@dataclass(frozen=True, slots=True)
class MergeSchools:
    """``gone`` becomes part of ``into``; one school remains."""

    into: str
    gone: str


@dataclass(frozen=True, slots=True)
class AddBuilding:
    """A building for a school: what it ``adds`` to columns of premises, and special rooms: kind → how many, area each (m²)."""

    school_id: str
    adds: Mapping[str, str] = field(default_factory=dict)
    rooms: tuple[tuple[str, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OpenSchool:
    """A new school with the stages it will have; everything else of it is absent until it is set."""

    school_id: str
    name: str
    stages: tuple[str, ...]


Change = SetCell | MergeSchools | AddBuilding | OpenSchool


def changes_json(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """The plain form, in the same order."""
    return [_json(change) for change in changes]


def _json(change: Change) -> dict[str, Any]:
    if isinstance(change, SetCell):
        cell = {"school": change.school_id, "table": change.table, "column": change.column, "to": change.to}
        return {"do": "set", **cell, **({"stage": change.stage} if change.stage else {})}
    if isinstance(change, MergeSchools):
        return {"do": "merge", "into": change.into, "gone": change.gone}
    if isinstance(change, AddBuilding):
        rooms = [{"kind": kind, "count": count, "area_m2": area} for kind, count, area in change.rooms]
        return {"do": "build", "school": change.school_id, "adds": dict(change.adds), "rooms": rooms}
    return {"do": "open", "school": change.school_id, "name": change.name, "stages": list(change.stages)}


def read_changes(listed: object) -> tuple[Change, ...]:
    """The changes of a plain list. Raises UserError, naming the first entry that is none."""
    if not isinstance(listed, Sequence) or isinstance(listed, str | bytes) or len(listed) > MOST_CHANGES:
        raise _no_change(0)
    return tuple(_read(one, number) for number, one in enumerate(listed, 1))


def _read(one: object, number: int) -> Change:
    try:
        if isinstance(one, Mapping):
            return _READERS[one["do"]](one)
    except (KeyError, TypeError, ValueError) as error:
        raise _no_change(number) from error
    raise _no_change(number)


def _set(one: Json) -> Change:
    stage = one.get("stage", "")
    if stage and stage not in STAGES:
        raise ValueError(stage)
    return SetCell(_id(one["school"]), str(stage), _id(one["table"]), _id(one["column"]), str(one["to"]))


def _build(one: Json) -> Change:
    adds = {_id(column): str(value) for column, value in dict(one["adds"]).items()}
    rooms = tuple((_id(room["kind"]), int(room["count"]), str(room["area_m2"])) for room in one["rooms"])
    return AddBuilding(_id(one["school"]), adds, rooms)


def _open(one: Json) -> Change:
    stages = tuple(stage for stage in STAGES if stage in list(one["stages"]))
    if not stages:
        raise ValueError("no stage")
    return OpenSchool(_id(one["school"]), " ".join(str(one["name"]).split())[:100], stages)


def _id(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ValueError(value)
    return value


_READERS = {
    "set": _set,
    "merge": lambda one: MergeSchools(_id(one["into"]), _id(one["gone"])),
    "build": _build,
    "open": _open,
}


def _no_change(number: int) -> UserError:
    where = Text(f"第 {number} 项", f"entry {number}")
    return UserError(
        Text("不是假设测算能做的改动", "not a change a what-if can make"),
        where=str(where),
        fix=Text("请从假设测算的页面重新填写", "fill in the page of the what-if anew"),
    )
