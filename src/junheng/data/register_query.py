"""How a register of single persons becomes counts: the definitions, and their query.

The definitions are data (registers.yaml); the query is written for the columns a register really has, so that
ten million rows on disk are rolled up within the query that needs them.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from junheng.data.dictionary import load_dictionary

_FILE = Path(__file__).parent / "registers.yaml"
_WORD = re.compile(r"'[^']*'|[a-z_][a-z0-9_]*")
_TYPES = {"integer": "DOUBLE", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
CLASS_KEY = ("grade", "class_no")


@dataclass(frozen=True, slots=True)
class Register:
    """``counts``: column of ``target`` → the SQL condition under which one person counts."""

    name: str
    target: str
    counts: Mapping[str, str]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of the target that the register can fill."""
        by_class = ("classes", "max_class_size") if self.target == "stage" else ()
        return (*self.counts, *by_class)


@cache
def load_registers() -> Mapping[str, Register]:
    """The registers by name (``teacher``, ``pupil``)."""
    content = yaml.safe_load(_FILE.read_text("utf-8"))
    return {name: _register(name, entry) for name, entry in content.items()}


def _register(name: str, entry: Mapping[str, object]) -> Register:
    defined, counts = entry["define"], entry["counts"]
    if not isinstance(defined, dict) or not isinstance(counts, dict):
        raise TypeError(f"{_FILE.name}: {name}")  # our own file, checked by its test
    return Register(
        name, str(entry["target"]), {key: _spelled_out(text, defined) for key, text in counts.items()}
    )


def _spelled_out(text: str, defined: Mapping[str, str]) -> str:
    return _WORD.sub(lambda match: defined.get(match[0], match[0]), text)


def register_sql(name: str, present: Collection[str], wanted: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The roll-up of register ``name`` as a query over the table of that name, and the columns it gives.

    ``present``: the columns the register has; ``wanted``: the columns of the target to fill (others are left
    out). Keys ``year, school_id, stage`` come first. A count that rests on a column the register lacks is null.
    """
    register = load_registers()[name]
    filled = tuple(column for column in register.columns if column in wanted)
    by_class = any(column in ("classes", "max_class_size") for column in filled)
    inner = _persons(register, present, filled, by_class)
    return (_by_class(inner, register, filled) if by_class else inner), (
        "year",
        "school_id",
        "stage",
        *filled,
    )


def _persons(register: Register, present: Collection[str], filled: Sequence[str], by_class: bool) -> str:
    """One row per school-stage (and class): how many count, null where it cannot be told."""
    keys = ["year", "school_id", "stage", *(CLASS_KEY if by_class else ())]
    needed = _columns_read(
        register, [register.counts[column] for column in filled if column in register.counts]
    )
    columns = [
        *keys,
        *(_count(register.counts[column], column) for column in filled if column in register.counts),
    ]
    if by_class:
        columns.append("COUNT(*) AS persons")
        needed |= set(CLASS_KEY)
    typed = [
        "year",
        "school_id",
        "stage",
        *(_typed(register.name, column, present) for column in sorted(needed)),
    ]
    group = ", ".join(keys)
    return (
        f"SELECT {', '.join(columns)}\nFROM (SELECT {', '.join(typed)} FROM {register.name}) AS person\n"
        f"GROUP BY {group}"
    )


def _count(condition: str, column: str) -> str:
    if condition == "TRUE":
        return f"COUNT(*) AS {column}"
    counted = f"COUNT(CASE WHEN {condition} THEN 1 END)"
    return f"CASE WHEN COUNT({condition}) = COUNT(*) THEN {counted} END AS {column}"


def _by_class(inner: str, register: Register, filled: Sequence[str]) -> str:
    known = "COUNT(grade) = COUNT(*) AND COUNT(class_no) = COUNT(*)"
    special = {
        "classes": f"CASE WHEN {known} THEN COUNT(*) END AS classes",
        "max_class_size": f"CASE WHEN {known} THEN MAX(persons) END AS max_class_size",
    }
    sums = [
        special.get(column, f"CASE WHEN COUNT({column}) = COUNT(*) THEN SUM({column}) END AS {column}")
        for column in filled
    ]
    columns = ", ".join(["year", "school_id", "stage", *sums])
    return f"SELECT {columns}\nFROM (\n{inner}\n) AS per_class\nGROUP BY year, school_id, stage"


def _columns_read(register: Register, conditions: Sequence[str]) -> set[str]:
    known = load_dictionary().tables[register.name].columns
    words = {word for condition in conditions for word in _WORD.findall(condition)}
    return {word for word in words if word in known}


def _typed(table: str, column: str, present: Collection[str]) -> str:
    kind = _TYPES.get(load_dictionary().tables[table].columns[column].type, "VARCHAR")
    return f"CAST({column if column in present else 'NULL'} AS {kind}) AS {column}"
