"""One door for every query: SQL in DuckDB's dialect, run by the engine that was asked for."""

from collections.abc import Mapping

import pyarrow as pa

from junheng.basics import Text, UserError
from junheng.data.engines.duckdb_engine import run_on_duckdb
from junheng.data.engines.sources import Table
from junheng.data.engines.spark_engine import run_on_spark

ENGINES = {"duckdb": run_on_duckdb, "spark": run_on_spark}


def run_sql(engine: str, tables: Mapping[str, Table], sql: str, *, as_written: bool = False) -> pa.Table:
    """Run one query over ``tables`` (name → Arrow table or Parquet path) and return its result.

    ``sql`` is written in DuckDB's dialect; for Spark it is translated. ``as_written``: joins are written in a
    good order already (the many rows first) and are kept so. Raises UserError for an unknown
    engine, a missing Java or pyspark, and input that cannot be read.
    """
    if engine not in ENGINES:
        known = ", ".join(ENGINES)
        raise UserError(
            Text(f"没有名为 {engine} 的 SQL 引擎", f"There is no SQL engine named {engine}"),
            fix=Text(
                f"可用：{known}；评估还可用不经 SQL 的 python",
                f"available: {known}; an evaluation also knows python, which uses no SQL",
            ),
        )
    return ENGINES[engine](tables, sql, as_written)
