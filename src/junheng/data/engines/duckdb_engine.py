"""The embedded engine. One connection serves the process, so that a warm query costs milliseconds."""

import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa

from junheng.basics import Text, UserError
from junheng.data.engines.duckdb_warm import is_small, run_warm
from junheng.data.engines.sources import Table, damaged, parquet_files


def run_on_duckdb(tables: Mapping[str, Table], sql: str, as_written: bool) -> pa.Table:
    """Run ``sql`` on a cursor of its own: nothing registered here is seen by another call.

    ``as_written`` keeps the order of joins: DuckDB would guess the size of a filtered Parquet file and put
    the widest rows into its hash tables.
    """
    try:
        if is_small(tables):
            return run_warm(_connection(False), tables, sql)
        with _connection(as_written).cursor() as cursor:
            for name, table in tables.items():
                if name in sql:
                    _offer(cursor, name, table)
            return cursor.sql(sql).to_arrow_table()
    except (duckdb.IOException, duckdb.InvalidInputException, duckdb.ConversionException) as error:
        paths = [str(table) for table in tables.values() if isinstance(table, Path)]
        raise damaged(", ".join(paths), error) from error
    except duckdb.OutOfMemoryException as error:
        raise _no_space() from error


def warm_up() -> None:
    """Start the engine before it is asked: that takes longer than many a query."""
    _connection(False)


@cache
def _connection(as_written: bool) -> duckdb.DuckDBPyConnection:
    """The process's databases: in memory, spilling to the system's temporary folder, no extension fetched."""
    connection = duckdb.connect(":memory:")
    spill = Path(tempfile.gettempdir()) / "junheng_spill"
    connection.execute(f"SET temp_directory = {_quoted(str(spill))}")
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET enable_progress_bar = false")
    # A list of values joined as a table costs more to plan than the comparisons it saves.
    off = "join_order,build_side_probe_side" if as_written else "in_clause"
    connection.execute(f"SET disabled_optimizers = '{off}'")
    return connection


def _offer(cursor: duckdb.DuckDBPyConnection, name: str, table: Table) -> None:
    if isinstance(table, pa.Table):
        cursor.register(name, table)
        return
    files = ", ".join(_quoted(file) for file in parquet_files(table))
    folder = "true" if table.is_dir() else "false"
    scan = f"read_parquet([{files}], hive_partitioning = {folder}, union_by_name = {folder})"
    try:
        cursor.execute(f'CREATE TEMP VIEW "{name}" AS SELECT * FROM {scan}')
    except duckdb.Error as error:
        raise damaged(str(table), error) from error


def _no_space() -> UserError:
    return UserError(
        Text("内存或临时磁盘空间不足", "Out of memory or temporary disk space"),
        why=Text("没有留下任何不完整的结果", "no partial result was left behind"),
        fix=Text("请分年度运行或释放空间", "run one year at a time, or free some space"),
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
