"""What the form asks: figures of a school, stage by stage, with what was reported beside
each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from junheng.basics import STAGE_NAMES, Text
from junheng.data import ColumnSpec, load_dictionary

_STAGE = ("pupils", "classes", "max_class_size")
_TEACHERS = (
    *("full_time", "doctor", "master", "bachelor", "associate", "secondary_or_below"),
    *("backbone", "pe", "music", "art", "arts", "mid_or_senior_title"),
)
BUILDING = ("teaching_area_m2", "indoor_sports_area_m2", "sports_ground_area_m2", "multimedia_rooms")
_PREMISES = (*BUILDING, "site_area_m2", "equipment_value_yuan", "computers", "books")
_GROUPS = (("stage", _STAGE), ("teacher_count", _TEACHERS), ("premises", _PREMISES))


@dataclass(frozen=True, slots=True)
class Field:
    """One figure that may be changed; ``was``: as reported ("" absent), ``typed``: what stands in the form."""

    name: str
    heading: Text
    unit: str
    was: str
    typed: str


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Figures of one table of one stage (or of the whole school)."""

    title: Text
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class SchoolFields:
    """A school in the form."""

    school_id: str
    name: str
    groups: tuple[FieldGroup, ...]


def field_name(school_id: str, stage: str, table: str, column: str) -> str:
    """The name of a field in the form."""
    return f"set:{school_id}:{stage}:{table}:{column}"


def school_fields(
    tables: Mapping[str, pa.Table],
    schools: Iterable[str],
    typed: Mapping[str, str],
    opened: Mapping[str, Any],
) -> list[SchoolFields]:
    """The forms of ``schools``, those there are and those ``opened`` (code → name and stages)."""
    found = []
    for school_id in schools:
        rows = {
            name: _rows(tables, name, school_id) for name in ("school", "stage", "teacher_count", "premises")
        }
        new = opened.get(school_id)
        if not rows["school"] and new is None:
            continue
        name = new["name"] if new else rows["school"][0].get("name") or school_id
        stages = new["stages"] if new else [row["stage"] for row in rows["stage"]]
        groups = [group for stage in (*stages, "") for group in _groups(rows, school_id, stage, typed)]
        found.append(SchoolFields(school_id, str(name), tuple(groups)))
    return found


def _groups(
    rows: Mapping[str, list[dict[str, Any]]], school_id: str, stage: str, typed: Mapping[str, str]
) -> Iterable[FieldGroup]:
    dictionary = load_dictionary()
    for table, columns in _GROUPS:
        if (table == "premises") is bool(stage):
            continue
        row: dict[str, Any] = next((one for one in rows[table] if not stage or one["stage"] == stage), {})
        sheet = dictionary.tables[table].sheet
        of = STAGE_NAMES[stage] if stage else Text("全校", "whole school")
        fields = [
            _field(school_id, stage, dictionary.column(table, one), table, row, typed) for one in columns
        ]
        yield FieldGroup(Text(f"{of.zh} · {sheet.zh}", f"{of.en}: {sheet.en}"), tuple(fields))


def _field(
    school_id: str, stage: str, spec: ColumnSpec, table: str, row: Mapping[str, Any], typed: Mapping[str, str]
) -> Field:
    name = field_name(school_id, stage, table, spec.name)
    return Field(
        name, spec.heading, _UNITS.get(spec.unit, spec.unit), _shown(row.get(spec.name)), typed.get(name, "")
    )


_UNITS = {"m2": "m²", "persons": "", "classes": "", "rooms": "", "sets": "", "books": "", "yuan": "¥"}


def _shown(value: Any) -> str:
    return (
        ""
        if value is None
        else f"{value:,.2f}".rstrip("0").rstrip(".")
        if isinstance(value, float)
        else f"{value:,}"
    )


def _rows(tables: Mapping[str, pa.Table], name: str, school_id: str) -> list[dict[str, Any]]:
    table = tables.get(name)
    if table is None:
        return []
    rows: list[dict[str, Any]] = table.filter(pc.equal(table.column("school_id"), school_id)).to_pylist()
    return rows


def school_choices(tables: Mapping[str, pa.Table], only: frozenset[str] | None) -> list[tuple[str, str]]:
    """(code, name) of the schools that may be chosen, by name."""
    columns = ["school_id", "name"] if "name" in tables["school"].column_names else ["school_id"]
    rows = tables["school"].select(columns).to_pylist()
    found = [(row["school_id"], row.get("name") or row["school_id"]) for row in rows]
    return sorted((one for one in found if only is None or one[0] in only), key=lambda one: (one[1], one[0]))
