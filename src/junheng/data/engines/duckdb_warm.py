"""Small inputs asked again and again - what-if, sensitivity - answered from a plan already
made.

For a county, planning a wide query takes longer than running it. So the last small input stays registered
on a cursor of its thread, and queries on it are prepared. Arrow tables never change, so the same objects are
the same data; the data are read again every time, only the plan is kept.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

SMALL = 4_000  # rows in all tables up to which planning costs more than any plan could save
PLANS = 32  # plans kept for one input

THREADS = 16  # of which the last small input is kept; the one kept longest makes room

# By thread, and not threading.local: a web server's own threads (granian's) end without Python's leave, and freeing Arrow
# tables made of NumPy's memory while such a thread is cleared waits for ever for the lock it holds.
_kept: dict[int, "_Warm"] = {}
_keeping = threading.Lock()


@dataclass(slots=True)
class _Warm:
    """A cursor with its tables registered, and for each query prepared the name of its plan."""

    cursor: duckdb.DuckDBPyConnection
    tables: Mapping[str, pa.Table]
    plans: dict[str, str] = field(default_factory=dict)
    prepared: int = 0

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
    return warm.cursor.sql(f"EXECUTE {_plan(warm, sql)}").to_arrow_table()


def _warm(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, pa.Table]) -> _Warm:
    here = threading.get_ident()
    last = _kept.get(here)
    if last is not None and last.holds(tables):
        return last
    if last is not None:
        _kept.pop(here, None)
        last.cursor.close()
    cursor = connection.cursor()
    cursor.execute("PRAGMA disable_optimizer")
    for name, table in tables.items():
        cursor.register(name, table)
    fresh = _Warm(cursor, dict(tables))
    with _keeping:
        _kept[here] = fresh
        dropped = [_kept.pop(one) for one in list(_kept)[:-THREADS]]  # who still uses one holds it
    del dropped  # freed here, in a thread that lives
    return fresh


def _plan(warm: _Warm, sql: str) -> str:
    """The name of the plan of ``sql``, prepared if need be; the oldest one makes room."""
    if sql not in warm.plans:
        if len(warm.plans) >= PLANS:
            warm.cursor.execute(f"DEALLOCATE {warm.plans.pop(next(iter(warm.plans)))}")
        warm.prepared += 1
        name = f"plan_{warm.prepared}"
        warm.cursor.execute(f"PREPARE {name} AS {sql}")
        warm.plans[sql] = name
    return warm.plans[sql]
