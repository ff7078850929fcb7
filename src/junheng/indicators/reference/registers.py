"""Registers counted person by person, for tables that were not reported."""

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.data import Register, load_registers
from junheng.indicators.expression import parse_expression
from junheng.indicators.fields import fields_of
from junheng.indicators.reference.rows import Row, exact
from junheng.indicators.reference.values import value_of

CLASS_KEY = ("grade", "class_no")


def with_registers(tables: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """``tables`` with the school-stages that a table does not report counted from its register."""
    found = dict(tables)
    for name, register in load_registers().items():
        if name in tables:
            reported = list(tables.get(register.target, ()))
            known = {(row["year"], row["school_id"], row["stage"]) for row in reported}
            counted = _counted(register, tables[name])
            extra = [row for row in counted if (row["year"], row["school_id"], row["stage"]) not in known]
            found[register.target] = [*reported, *extra]
    return found


def _counted(register: Register, persons: Sequence[Row]) -> list[Row]:
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for person in persons:
        groups.setdefault((person["year"], person["school_id"], person["stage"]), []).append(
            _complete(register, person)
        )
    return [
        dict(zip(("year", "school_id", "stage"), key, strict=True)) | _counts(register, group)
        for key, group in groups.items()
    ]


def _complete(register: Register, person: Row) -> Row:
    fields = fields_of(register.name)
    return {
        name: exact(person.get(name)) if field.type == "number" else person.get(name)
        for name, field in fields.items()
    }


def _counts(register: Register, group: Sequence[Row]) -> Row:
    counts: Row = {}
    for column in register.counts:
        tree = parse_expression(register.condition(column), kind="boolean", table=register.name).tree
        answers = [value_of(tree, person) for person in group]
        counts[column] = None if None in answers else sum(answers)
    if register.target == "stage":
        classes = [tuple(person[name] for name in CLASS_KEY) for person in group]
        known = all(None not in found for found in classes)
        counts["classes"] = len(set(classes)) if known else None
        counts["max_class_size"] = max(map(classes.count, set(classes))) if known else None
    return counts
