"""The columns an expression may name: where each stands and what kind of thing it holds.

The dictionary keeps column names unique across these tables, so that a bare name is enough.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from junheng.data import ColumnSpec, load_dictionary

FieldType = Literal["number", "text", "boolean", "date"]
FACT_TABLES = ("school", "stage", "teacher_count", "premises", "finance")
UNIT = "unit"  # a school as a whole, with its county: what facts of declared items are written over
KEYS = ("year", "school_id", "stage")

# Numbers that say how big or how far the largest part is: merging takes the greatest, never the sum.
NOT_ADDITIVE = frozenset({"max_class_size", "lease_walk_min"})

_TYPES: Mapping[str, FieldType] = {
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "text": "text",
    "code": "text",
    "enum": "text",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One column. ``whole``: it counts whole things, so that a double holds it exactly."""

    table: str
    column: str
    type: FieldType
    whole: bool


@cache
def known_fields() -> Mapping[str, Field]:
    """Every column an indicator may name, by its bare name."""
    found = {column: field for table in FACT_TABLES for column, field in fields_of(table).items()}
    return {**found, "year": Field("stage", "year", "number", True)}


@cache
def fields_of(table: str) -> Mapping[str, Field]:
    """The columns of one table of the dictionary, or of ``UNIT``."""
    if table == UNIT:
        parts = {
            f"{stage}_pupils": Field("stage", "pupils", "number", True) for stage in ("primary", "junior")
        }
        return {**fields_of("county"), **known_fields(), **parts}
    return {name: _field(table, spec) for name, spec in load_dictionary().tables[table].columns.items()}


def _field(table: str, spec: ColumnSpec) -> Field:
    whole = spec.type == "integer" or spec.whole
    return Field(table, spec.name, _TYPES[spec.type], whole)
