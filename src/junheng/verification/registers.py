"""Registers of single persons, counted into what a school-stage did not report.

A reported figure is always kept. A condition that cannot be told for one person leaves the whole count of
that school-stage absent.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from junheng.verification.cells import Cells, empty
from junheng.verification.definitions import REGISTERS, read_yaml
from junheng.verification.meaning import Value, condition_of
from junheng.verification.parse import parse
from junheng.verification.syntax import Node, replaced

StageKey = tuple[str, str]
_CLASS = ("school_id", "stage", "grade", "class_no")


def fill_from_register(
    reported: Mapping[StageKey, Cells], persons: Sequence[Cells], register: str
) -> dict[StageKey, Cells]:
    """``reported`` with its absent cells and rows counted from ``persons``, the rows of ``register``."""
    definition = read_yaml(REGISTERS)[register]
    counts = _conditions(definition)
    found = {key: dict(cells) for key, cells in reported.items()}
    for key, group in _groups(persons).items():
        counted = {column: _count(condition, group) for column, condition in counts.items()}
        if definition["target"] == "stage":
            counted |= _class_counts(group)
        row = found.setdefault(
            key,
            {**empty(definition["target"]), "school_id": key[0], "stage": key[1], "year": group[0]["year"]},
        )
        row.update({column: count for column, count in counted.items() if row.get(column) is None})
    return found


def classes_of(pupils: Sequence[Cells]) -> list[Cells]:
    """The classes that a register of pupils shows: one row for each grade and class, with its pupils."""
    sizes: dict[tuple[Value, ...], int] = {}
    for pupil in pupils:
        key = tuple(pupil.get(column) for column in _CLASS)
        if None not in key:
            sizes[key] = sizes.get(key, 0) + 1
    return [{**dict(zip(_CLASS, key, strict=True)), "pupils": Fraction(n)} for key, n in sizes.items()]


def _conditions(definition: Mapping[str, Any]) -> dict[str, Node]:
    names = {name: parse(text) for name, text in definition["define"].items()}
    return {column: replaced(parse(text), names) for column, text in definition["counts"].items()}


def _groups(persons: Sequence[Cells]) -> dict[StageKey, list[Cells]]:
    groups: dict[StageKey, list[Cells]] = {}
    for person in persons:
        school, stage = person.get("school_id"), person.get("stage")
        if isinstance(school, str) and isinstance(stage, str):
            groups.setdefault((school, stage), []).append(person)
    return groups


def _count(condition: Node, persons: Sequence[Cells]) -> Fraction | None:
    held = [condition_of(condition, person) for person in persons]
    return None if any(one is None for one in held) else Fraction(sum(one is True for one in held))


def _class_counts(pupils: Sequence[Cells]) -> dict[str, Fraction | None]:
    """Number of classes and the largest of them; unknown while one pupil's class is."""
    sizes = [row["pupils"] for row in classes_of(pupils)]
    known = [size for size in sizes if isinstance(size, Fraction)]
    if sum(known) < len(pupils):
        return {"classes": None, "max_class_size": None}
    return {"classes": Fraction(len(known)), "max_class_size": max(known)}
