"""The cluster engine, for data that no longer fits one machine. pyspark and Java are optional.

``JUNHENG_SPARK_MASTER`` names the master (default ``local[*]``; ``spark://127.0.0.1:7077`` for the cluster
that scripts/spark_cluster.sh starts). One context serves the process; each call has a session of its own, so
that the views of one are not seen by another.
"""

import os
import shutil
import sys
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

import pyarrow as pa

from junheng.basics import Text, UserError
from junheng.data.engines.sources import Table, parquet_files

MASTER_VARIABLE = "JUNHENG_SPARK_MASTER"
MEMORY_VARIABLE = "JUNHENG_SPARK_MEMORY"


def run_on_spark(tables: Mapping[str, Table], sql: str, _as_written: bool) -> pa.Table:
    """Run ``sql`` translated to Spark's dialect, in a session of its own; it keeps the order of joins anyway."""
    return spark_query(tables, sql).toArrow()


def spark_query(tables: Mapping[str, Table], sql: str) -> Any:
    """``sql`` over ``tables`` as a Spark data frame, not yet run."""
    session = spark_session().newSession()
    for name, table in tables.items():
        spark_frame(session, table).createOrReplaceTempView(name)
    return session.sql(translated(sql))


def spark_frame(session: Any, table: Table) -> Any:
    """``table`` as a Spark data frame of ``session``."""
    if isinstance(table, pa.Table):
        return session.createDataFrame(table)
    if table.is_dir():
        return session.read.option("mergeSchema", "true").parquet(str(table))
    return session.read.parquet(*parquet_files(table))


@lru_cache(maxsize=64)
def translated(sql: str) -> str:
    """``sql`` of DuckDB in Spark's dialect."""
    import sqlglot

    return str(sqlglot.transpile(sql, read="duckdb", write="spark")[0])


@cache
def spark_session() -> Any:
    """The process's Spark session. Raises UserError where pyspark or Java is absent."""
    _require_spark()
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.appName("junheng").master(os.environ.get(MASTER_VARIABLE, "local[*]"))
    for key, value in _settings().items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _settings() -> dict[str, str]:
    memory = os.environ.get(MEMORY_VARIABLE, "2g")
    return {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": memory,
        "spark.driver.maxResultSize": "0",
        "spark.executor.memory": memory,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),
        "spark.sql.execution.arrow.pyspark.enabled": "true",
    }


def _require_spark() -> None:
    """Raise UserError, with what to install, where pyspark or Java is absent."""
    try:
        import pyspark  # noqa: F401  # only whether it is there
    except ImportError as error:
        raise _absent("pyspark", "pip install 'junheng[spark]'") from error
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        raise _absent("Java", "Java 17 (apt install openjdk-17-jre-headless)")


def _absent(what: str, how: str) -> UserError:
    return UserError(
        Text(f"Spark 引擎不可用：没有找到 {what}", f"The Spark engine is not available: no {what}"),
        why=Text("默认的 duckdb 引擎不需要它", "the default engine duckdb does not need it"),
        fix=Text(f"安装 {how}，或使用 --engine duckdb", f"install {how}, or use --engine duckdb"),
    )
