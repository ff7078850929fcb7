"""Where queries run: DuckDB inside this process, or Spark; both read Arrow tables and Parquet alike."""

from junheng.data.engines.counties import CountyFunction, per_county
from junheng.data.engines.duckdb_engine import warm_up
from junheng.data.engines.run import ENGINES, run_sql
from junheng.data.engines.sources import Table, column_types, parquet_files, row_count

__all__ = [
    "ENGINES",
    "CountyFunction",
    "Table",
    "column_types",
    "parquet_files",
    "per_county",
    "row_count",
    "run_sql",
    "warm_up",
]
