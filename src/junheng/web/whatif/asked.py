"""From what was typed to changes: the structure first (opened, built, merged), then single
figures."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from django.http import QueryDict

from junheng.basics import Text, UserError
from junheng.data import Change, MergeSchools, OpenSchool, SetCell, changes_json, new_school_id, read_changes
from junheng.web.whatif.fields import BUILDING, field_name

MOST_SCHOOLS = 12  # in the form at once; own default
_SET_PARTS = 5
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A form as it was sent: ``structure`` (open, build, merge), ``typed`` figures by field name, the ``schools`` shown."""

    structure: tuple[Json, ...]
    typed: Mapping[str, str]
    schools: tuple[str, ...]

    @property
    def listed(self) -> list[Json]:
        """All changes in plain form, in the order they are made."""
        return [*self.structure, *(_set(name, value) for name, value in self.typed.items())]

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes. Raises UserError for what is none."""
        return read_changes(self.listed)

    @property
    def opened(self) -> Mapping[str, Json]:
        """Schools to be opened, by their code."""
        return {one["school"]: one for one in self.structure if one["do"] == "open"}


def _set(name: str, value: str) -> Json:
    _, school, stage, table, column = name.split(":")
    found = {"do": "set", "school": school, "table": table, "column": column, "to": value.strip()}
    return found | ({"stage": stage} if stage else {})


def asked_of(listed: Sequence[Mapping[str, Any]], schools: Sequence[str] = ()) -> Asked:
    """The form of kept changes; ``schools`` are shown beside those that are changed."""
    structure = tuple(dict(one) for one in listed if one["do"] != "set")
    typed = {
        field_name(one["school"], one.get("stage", ""), one["table"], one["column"]): str(one["to"])
        for one in listed
        if one["do"] == "set"
    }
    named = [one.get("school") or one.get("into", "") for one in listed]
    return Asked(structure, typed, _few([*schools, *named]))


def _few(schools: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(school for school in schools if school))[:MOST_SCHOOLS]


def asked_in(posted: QueryDict, tables: Mapping[str, pa.Table]) -> Asked:
    """The form as posted. Raises UserError where its hidden part is not what the page wrote."""
    try:
        kept = json.loads(posted.get("structure") or "[]")
        structure = changes_json(read_changes(kept))
    except (ValueError, TypeError, RecursionError) as error:
        raise UserError(
            Text("表单不完整", "the form is not whole"), fix=Text("请重新打开", "open it anew")
        ) from error
    dropped = set(posted.getlist("drop"))
    structure = [one for place, one in enumerate(structure) if str(place) not in dropped]
    opened = _opened(posted, tables, structure)
    structure += [*opened, *_built(posted), *_merged(posted)]
    typed = {name: value for name, value in posted.items() if _is_typed(name, str(value))}
    gone = {one["gone"] for one in structure if one["do"] == "merge"}
    schools = [one for one in posted.getlist("school") if one not in gone]
    schools += [one["school"] for one in opened] + [
        one["school"] for one in structure if one["do"] == "build"
    ]
    return Asked(tuple(structure), {name: str(value) for name, value in typed.items()}, _few(schools))


def _is_typed(name: str, value: str) -> bool:
    return name.startswith("set:") and bool(value.strip()) and name.count(":") == _SET_PARTS - 1


def _opened(posted: QueryDict, tables: Mapping[str, pa.Table], structure: Sequence[Json]) -> list[Json]:
    stages = posted.getlist("open_stage")
    name = (posted.get("open_name") or "").strip()
    if not stages or not name:
        return []
    taken = frozenset(one["school"] for one in structure if one["do"] == "open")
    return changes_json(
        [
            *read_changes(
                [{"do": "open", "school": new_school_id(tables, taken), "name": name, "stages": stages}]
            )
        ]
    )


def _built(posted: QueryDict) -> list[Json]:
    school = posted.get("build_school") or ""
    adds = {column: text for column in BUILDING if (text := (posted.get(f"build:{column}") or "").strip())}
    count, kind = (posted.get("room_count") or "").strip(), posted.get("room_kind") or ""
    rooms = []
    if kind and count.isascii() and count.isdigit():
        rooms = [{"kind": kind, "count": int(count[:4]), "area_m2": (posted.get("room_area") or "").strip()}]
    return (
        [{"do": "build", "school": school, "adds": adds, "rooms": rooms}]
        if school and (adds or rooms)
        else []
    )


def _merged(posted: QueryDict) -> list[Json]:
    into, gone = posted.get("merge_into") or "", posted.get("merge_gone") or ""
    return [{"do": "merge", "into": into, "gone": gone}] if into and gone else []


def refuse_others(changes: Sequence[Change], own: frozenset[str] | None) -> None:
    """Raise UserError where a head changes another school than the own, merges, or opens one."""
    if own is None:
        return
    for change in changes:
        if isinstance(change, MergeSchools | OpenSchool) or change.school_id not in own:
            raise UserError(
                Text("只能改动本校的数字", "only figures of your own school can be changed"),
                fix=Text("撤并、新建由县里测算", "mergers and new schools are tried by the county"),
            )


__all__ = ["Asked", "SetCell", "asked_in", "asked_of", "refuse_others"]
