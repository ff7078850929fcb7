"""Registers of single persons fill what a snapshot lacks: counts, and the list of classes.

A reported figure is always kept. Where report and register disagree, a problem of experience names both.
"""

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from junheng.basics import Text
from junheng.data.dictionary import load_dictionary
from junheng.data.engines import run_sql
from junheng.data.register_query import CLASS_KEY, Register, load_registers, register_sql
from junheng.data.tables import ROW_COLUMN, SOURCE_COLUMN, Problem, Snapshot

_KEY = ("year", "school_id", "stage")
_SERVICE = (SOURCE_COLUMN, ROW_COLUMN)
_ARROW = {"integer": pa.int64(), "number": pa.float64()}


def roll_up_registers(snapshot: Snapshot) -> Snapshot:
    """``snapshot`` with ``teacher`` rolled up into ``teacher_count``, ``pupil`` into ``stage`` and ``class``.

    Only absent cells and rows are filled; filled rows carry the register's ``_source`` and no ``_row``.
    Disagreements are added to ``problems`` (severity experience).
    """
    tables = dict(snapshot.tables)
    problems: list[Problem] = []
    for name, register in load_registers().items():
        if name in tables and tables[name].num_rows:
            counted = _counted(tables[name], register)
            tables[register.target] = _filled(tables.get(register.target), counted, _KEY)
            problems += _disagreements(snapshot.tables.get(register.target), counted, register)
    if "pupil" in tables and set(CLASS_KEY) <= set(tables["pupil"].column_names):
        tables["class"] = _filled(tables.get("class"), _classes(tables["pupil"]), (*_KEY, *CLASS_KEY))
    return replace(snapshot, tables=tables, problems=(*snapshot.problems, *problems))


def _counted(register_table: pa.Table, register: Register) -> pa.Table:
    """The register's counts, typed as the dictionary says, with the register as source."""
    sql, columns = register_sql(register.name, register_table.column_names, register.columns)
    found = run_sql("duckdb", {register.name: register_table}, f"SELECT {', '.join(columns)} FROM ({sql})")
    return _with_source(_typed(found, register.target), register_table)


def _classes(pupils: pa.Table) -> pa.Table:
    sql = (
        "SELECT year, school_id, stage, grade, class_no, COUNT(*) AS pupils FROM pupil "
        "WHERE grade IS NOT NULL AND class_no IS NOT NULL GROUP BY year, school_id, stage, grade, class_no"
    )
    return _with_source(_typed(run_sql("duckdb", {"pupil": pupils}, sql), "class"), pupils)


def _typed(table: pa.Table, target: str) -> pa.Table:
    specs = load_dictionary().tables[target].columns
    types = {name: _ARROW.get(spec.type, pa.string()) for name, spec in specs.items()}
    types["year"] = pa.int32()
    return pa.table({name: table.column(name).cast(types[name]) for name in table.column_names})


def _with_source(table: pa.Table, register_table: pa.Table) -> pa.Table:
    source = None
    if SOURCE_COLUMN in register_table.column_names:
        source = pc.min(register_table.column(SOURCE_COLUMN)).as_py()
    table = table.append_column(SOURCE_COLUMN, pa.array([source] * table.num_rows, pa.int32()))
    return table.append_column(ROW_COLUMN, pa.nulls(table.num_rows, pa.int32()))


def _filled(reported: pa.Table | None, counted: pa.Table, key: Sequence[str]) -> pa.Table:
    """``reported`` with its absent cells taken from ``counted`` and its absent rows added at the end."""
    if reported is None or not reported.num_rows:
        return counted.sort_by([(name, "ascending") for name in key])
    columns = list(dict.fromkeys((*reported.column_names, *counted.column_names)))
    picks = [_pick(name, reported.column_names, counted.column_names, key) for name in columns]
    on = " AND ".join(f"c.{name} = r.{name}" for name in key)
    order = ", ".join(f"COALESCE(r.{name}, c.{name})" for name in key)
    sql = (
        f"SELECT {', '.join(picks)} FROM (SELECT *, ROW_NUMBER() OVER () AS place FROM reported) AS r "
        f"FULL JOIN counted AS c ON {on} ORDER BY r.place NULLS LAST, {order}"
    )
    joined = run_sql("duckdb", {"reported": reported, "counted": counted}, sql)
    types = {**dict(zip(counted.schema.names, counted.schema.types, strict=True))}
    types |= dict(zip(reported.schema.names, reported.schema.types, strict=True))
    return pa.table({name: joined.column(name).cast(types[name]) for name in columns})


def _pick(name: str, reported: Sequence[str], counted: Sequence[str], key: Sequence[str]) -> str:
    if name in _SERVICE and name in reported:
        return f'CASE WHEN r.{key[0]} IS NULL THEN c."{name}" ELSE r."{name}" END AS "{name}"'
    if name not in counted:
        return f'r."{name}"'
    return f'COALESCE(r."{name}", c."{name}") AS "{name}"' if name in reported else f'c."{name}"'


def _disagreements(reported: pa.Table | None, counted: pa.Table, register: Register) -> list[Problem]:
    """One problem for each reported figure that its register contradicts."""
    if reported is None or not reported.num_rows:
        return []
    found: list[Problem] = []
    both = [
        name for name in register.columns if name in reported.column_names and name in counted.column_names
    ]
    for name in both:
        sql = (
            f"SELECT r.year, r.school_id, r.stage, r.{name} AS told, c.{name} AS found FROM reported AS r "
            "JOIN counted AS c ON c.year = r.year AND c.school_id = r.school_id AND c.stage = r.stage "
            f"WHERE r.{name} <> c.{name} ORDER BY r.year, r.school_id, r.stage"
        )
        rows = run_sql("duckdb", {"reported": reported, "counted": counted}, sql).to_pylist()
        found += [_problem(register, name, row) for row in rows]
    return found


def _problem(register: Register, column: str, row: dict[str, object]) -> Problem:
    heading = load_dictionary().tables[register.target].columns[column].heading
    told, found = row["told"], row["found"]
    return Problem(
        check=f"register_{register.name}",
        severity="experience",
        cause=f"register:{register.target}.{column}",
        what=Text(
            f"{heading.zh}：填报 {told}，登记册汇总 {found}",
            f"{heading.en}: reported {told}, the register gives {found}",
        ),
        fix=Text("核对登记册与填报数；计算采用填报数", "compare the two; the reported figure is used"),
        table=register.target,
        column=column,
        value=str(told),
        year=int(str(row["year"])),
        school_id=str(row["school_id"]),
        stage=str(row["stage"]),
    )
