"""How a register of single persons becomes counts: the definitions, and their query.

The definitions are data (registers.yaml); the query is written for the columns a register really has, so that
ten million rows on disk are rolled up within the query that needs them.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from junheng.data.dictionary import load_dictionary

REGISTERS = ("teacher", "pupil")  # tables of single persons
_FILE = Path(__file__).parent / "registers.yaml"
_WORD = re.compile(r"'[^']*'|[a-z_][a-z0-9_]*")
_TYPES = {"integer": "DOUBLE", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
CLASS_KEY = ("grade", "class_no")
_LINES = ",\n  "


@dataclass(frozen=True, slots=True)
class Register:
    """``counts``: column of ``target`` → the SQL condition under which one person counts, in terms of the
    register's columns and the names ``defined`` beside them."""

    name: str
    target: str
    defined: Mapping[str, str]
    counts: Mapping[str, str]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of the target that the register can fill."""
        by_class = ("classes", "max_class_size") if self.target == "stage" else ()
        return (*self.counts, *by_class)

    def condition(self, column: str) -> str:
        """The condition of ``column`` in terms of the register's own columns."""
        return _WORD.sub(lambda match: self.defined.get(match[0], match[0]), self.counts[column])


@cache
def load_registers() -> Mapping[str, Register]:
    """The registers by name."""
    import yaml

    # The C parser is ten times as fast; both read the same safe subset.
    content = yaml.load(_FILE.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {
        name: Register(name, entry["target"], entry["define"], entry["counts"])
        for name, entry in content.items()
    }


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
    counted = [column for column in filled if column in register.counts]
    columns = [*keys, *(_count(register.counts[column], column) for column in counted)]
    if by_class:
        columns.append("COUNT(*) AS persons")
    return (
        f"SELECT\n  {_LINES.join(columns)}\nFROM (\n{_typed(register, present, counted, by_class)}\n) AS person\n"
        f"GROUP BY {', '.join(keys)}"
    )


def _typed(register: Register, present: Collection[str], counted: Sequence[str], by_class: bool) -> str:
    """The columns of the register that are read, typed, absent ones null; and the names defined on them."""
    words = {word for column in counted for word in _WORD.findall(register.counts[column])}
    defined = {name: text for name, text in register.defined.items() if name in words}
    words |= {word for text in defined.values() for word in _WORD.findall(text)}
    known = load_dictionary().tables[register.name].columns
    read = [name for name in known if name in words or (by_class and name in CLASS_KEY)]
    columns = ["year", "school_id", "stage"]
    for name in read:
        source = name if name in present else "NULL"
        columns.append(f"CAST({source} AS {_TYPES.get(known[name].type, 'VARCHAR')}) AS {name}")
    inner = f"SELECT {', '.join(columns)} FROM {register.name}"
    if not defined:
        return inner
    extra = ", ".join(f"{text} AS {name}" for name, text in defined.items())
    return f"SELECT *, {extra} FROM ({inner}) AS typed"


def _count(condition: str, column: str) -> str:
    """How many persons the condition holds for; null as soon as it cannot be told for one of them."""
    if condition == "TRUE":
        return f"COUNT(*) AS {column}"
    return f"CASE WHEN COUNT({condition}) = COUNT(*) THEN SUM(CAST({condition} AS INTEGER)) END AS {column}"


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
    columns = _LINES.join(["year", "school_id", "stage", *sums])
    return f"SELECT\n  {columns}\nFROM (\n{inner}\n) AS per_class\nGROUP BY year, school_id, stage"
