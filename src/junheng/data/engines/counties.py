"""Work done county by county: one function on an Arrow table, whichever engine holds the rows.

DuckDB sorts once and hands out slices; Spark groups. ``mapInArrow`` is not used: it would split a county
across batches.
"""

from collections.abc import Callable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from junheng.data.engines.run import run_sql
from junheng.data.engines.sources import Table
from junheng.data.engines.spark_engine import spark_query

CountyFunction = Callable[[pa.Table], pa.Table]


def per_county(
    engine: str, tables: Mapping[str, Table], sql: str, function: CountyFunction, schema: pa.Schema
) -> pa.Table:
    """Apply ``function`` to the rows of each county of ``sql`` and join the answers, in order of the code.

    The result of ``sql`` has a column ``county_code``; ``function`` gets the whole county and returns a table
    of ``schema`` (which for Spark must be importable by the workers). Errors as run_sql.
    """
    if engine == "spark":
        return _grouped(tables, sql, function, schema)
    rows = run_sql(engine, tables, sql).sort_by("county_code")
    answers = [function(county).cast(schema) for county in _slices(rows)]
    return pa.concat_tables(answers) if answers else schema.empty_table()


def _slices(rows: pa.Table) -> list[pa.Table]:
    codes = pc.run_end_encode(rows.column("county_code").combine_chunks())
    ends = codes.run_ends.to_pylist()
    return [rows.slice(start, end - start) for start, end in zip([0, *ends], ends, strict=False)]


def _grouped(tables: Mapping[str, Table], sql: str, function: CountyFunction, schema: pa.Schema) -> pa.Table:
    from pyspark.sql.pandas.types import from_arrow_schema

    grouped = spark_query(tables, sql).groupBy("county_code")
    answer = grouped.applyInArrow(function, from_arrow_schema(schema)).toArrow().cast(schema)
    return answer.sort_by("county_code") if "county_code" in schema.names else answer
