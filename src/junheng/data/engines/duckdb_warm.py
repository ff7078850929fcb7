"""Small inputs asked again and again – what-if, sensitivity – answered from a plan already made.

For a county, planning a wide query takes longer than running it. So the last small input stays registered
on a cursor of its thread, and a query seen twice on it is prepared. Arrow tables never change, so the same
objects are the same data; the data are read again every time, only the plan is kept.
"""

import threading
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

SMALL = 4_000  # rows in all tables up to which planning costs more than any plan could save
PLANS = 32  # plans kept for one input

_local = threading.local()


@dataclass(slots=True)
class _Warm:
    """A cursor with its tables registered, and for each query seen the name of its plan ("" : seen once)."""

    cursor: duckdb.DuckDBPyConnection
    tables: Mapping[str, pa.Table]
    plans: dict[str, str] = field(default_factory=dict)

    def holds(self, tables: Mapping[str, pa.Table]) -> bool:
        """Whether these very objects are the ones registered."""
        same_names = self.tables.keys() == tables.keys()
        return same_names and all(self.tables[name] is table for name, table in tables.items())


def is_small(tables: Mapping[str, object]) -> bool:
    """Whether all of ``tables`` are in memory and together have few rows."""
    found = [table for table in tables.values() if isinstance(table, pa.Table)]
    return len(found) == len(tables) and sum(table.num_rows for table in found) <= SMALL


def run_warm(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, pa.Table], sql: str) -> pa.Table:
    """Run ``sql`` over small ``tables``, without the optimiser: a county gains nothing from a better plan."""
    warm = _warm(connection, tables)
    plan = _plan(warm, sql)
    with warnings.catch_warnings():
        # DuckDB advises con.sql(), which plans twice; the copy it saves is of a few hundred rows here.
        warnings.filterwarnings("ignore", message="Arrow output on a DB-API result makes an extra copy")
        return warm.cursor.execute(f"EXECUTE {plan}" if plan else sql).to_arrow_table()


def _warm(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, pa.Table]) -> _Warm:
    last: _Warm | None = getattr(_local, "warm", None)
    if last is not None and last.holds(tables):
        return last
    if last is not None:
        _local.warm = None
        last.cursor.close()
    cursor = connection.cursor()
    cursor.execute("PRAGMA disable_optimizer")
    for name, table in tables.items():
        cursor.register(name, table)
    fresh = _Warm(cursor, dict(tables))
    _local.warm = fresh
    return fresh


def _plan(warm: _Warm, sql: str) -> str:
    """The name of the plan of ``sql``, empty the first time it is seen."""
    if sql not in warm.plans:
        if len(warm.plans) < PLANS:
            warm.plans[sql] = ""
        return ""
    if not warm.plans[sql]:
        name = f"plan_{len(warm.plans)}_{sum(map(bool, warm.plans.values()))}"
        warm.cursor.execute(f"PREPARE {name} AS {sql}")
        warm.plans[sql] = name
    return warm.plans[sql]
