"""What the input gives of each table, and the columns it lacks as null."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from junheng.basics import Text
from junheng.data import register_sql
from junheng.indicators.fields import FieldType, known_fields
from junheng.indicators.query.text import SQL_TYPES, Step, selected, year_filter

SCHOOL_COLUMNS = (
    "county_code",
    "name",
    "kind",
    "ownership",
    "run_by",
    "urban_rural_code",
    "group_id",
    "is_counted",
)
PARENT = "parent_school_id"
BY_STAGE = ("stage", "teacher_count")


_READY: Mapping[FieldType, pa.DataType] = {
    "number": pa.float64(),
    "text": pa.string(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What the input gives of one table: the wanted columns, and those it has with their types.

    ``register`` is the SQL that counts the table from its register (empty: no register given), ``counted`` the
    columns that gives. Counted rows stand in for rows that were not reported.
    """

    table: str
    columns: tuple[str, ...]
    present: Mapping[str, pa.DataType]
    register: str = ""
    counted: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that identify a row."""
        return ("year", "school_id", "stage") if self.table in BY_STAGE else ("year", "school_id")

    @property
    def is_absent(self) -> bool:
        """The input has neither the table nor a register of it."""
        return not self.present and not self.register

    def typed(self, name: str, alias: str = "") -> str:
        """Column ``name`` in the type of the dictionary; null where the input lacks it."""
        source = f"{alias}.{name}" if alias else name
        kind = known_fields()[name].type
        if self.present.get(name) == _READY[kind]:
            return source
        return f"CAST({source if name in self.present else 'NULL'} AS {SQL_TYPES[kind]})"


def readings(
    wanted: Mapping[str, Sequence[str]],
    present: Mapping[str, Mapping[str, pa.DataType]],
    registers: Mapping[str, str],
) -> dict[str, Reading]:
    """One Reading per fact table. ``present``: the input's column types by table; ``registers``: table → the
    register in the input that counts it."""
    found = {}
    for table, columns in needed_columns(wanted).items():
        sql: str = ""
        counted: tuple[str, ...] = ()
        if table in registers:
            sql, counted = register_sql(registers[table], present[registers[table]], columns)
        found[table] = Reading(table, columns, present.get(table, {}), sql, counted)
    return found


def needed_columns(wanted: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """``wanted`` by table, with what the rules of counting always need."""
    always = {"school": SCHOOL_COLUMNS, "stage": ("pupils",)}
    return {
        table: tuple(dict.fromkeys((*always.get(table, ()), *columns))) for table, columns in wanted.items()
    }


def scan(reading: Reading, years: Sequence[int] | None) -> Step:
    """The step ``<table>_rows``: typed columns, the years asked for, rows counted from the register."""
    parts = []
    if reading.present:
        where = f"\n  WHERE {year_filter('year', years)}" if years else ""
        parts.append(selected(f"FROM {reading.table}{where}", _columns(reading)))
    if reading.register:
        parts.append(_counted(reading, years))
    meaning = Text(f"读入 {reading.table}", f"read {reading.table}")
    return Step(f"{reading.table}_rows", meaning, "\n  UNION ALL\n".join(parts))


def _columns(reading: Reading) -> list[str]:
    names = [*reading.columns, *([PARENT] if reading.table == "school" else [])]
    return [*reading.keys, *(f"{reading.typed(name)} AS {name}" for name in names)]


def _counted(reading: Reading, years: Sequence[int] | None) -> str:
    """Rows of the register for school-stages that the table itself does not report."""
    columns = [f"r.{key}" for key in reading.keys]
    for name in reading.columns:
        kind = SQL_TYPES[known_fields()[name].type]
        columns.append(f"CAST({f'r.{name}' if name in reading.counted else 'NULL'} AS {kind}) AS {name}")
    conditions = [year_filter("r.year", years)] if years else []
    source = f"FROM (\n{reading.register}\n  ) AS r"
    if reading.present:
        keys = " AND ".join(f"x.{key} = r.{key}" for key in reading.keys)
        source += f"\n  LEFT JOIN {reading.table} AS x ON {keys}"
        conditions.append("x.year IS NULL")
    where = f"\n  WHERE {' AND '.join(conditions)}" if conditions else ""
    return selected(source + where, columns)
