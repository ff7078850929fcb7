"""From tables to facts: every measure of every school-stage, and how counties differ inside."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from junheng.data.engines import Table
from junheng.indicators.compiled import compile_measures, lineages
from junheng.indicators.county import county_variation
from junheng.indicators.evaluation import Evaluation
from junheng.indicators.parameters import Measure, Parameters
from junheng.indicators.parts import plan_parts
from junheng.indicators.query import values_sql
from junheng.indicators.reference import evaluate_plainly
from junheng.indicators.refusals import no_schools
from junheng.indicators.whole import whole_values


def evaluate(
    tables: Mapping[str, Table],
    measures: Sequence[Measure],
    parameters: Parameters,
    *,
    years: Sequence[int] | None = None,
    engine: str = "duckdb",
) -> Evaluation:
    """Compute the facts of ``measures`` for every school-stage of ``tables`` (canonical names; Arrow tables or
    Parquet paths), in ``years`` (default: all).

    School-stages that ``teacher_count`` or ``stage`` do not report are counted from the registers ``teacher``
    and ``pupil`` where these are given. Absent columns and cells stay absent. ``engine``: duckdb, spark, or
    python (the slow reference in fractions). Raises UserError for a bad expression, an unreadable file, a stage
    row whose school is not in ``school``.
    """
    if "school" not in tables or not {"stage", "pupil"} & tables.keys():
        raise no_schools()
    compiled = compile_measures(measures, parameters)
    parts = plan_parts(tables, compiled, parameters, years, engine)
    queries = [
        values_sql(compiled, parameters, part.readings, years=part.years, merge=part.merge) for part in parts
    ]
    if engine == "python":
        values, variation = evaluate_plainly(tables, compiled, parameters, years)
    else:
        found = [
            whole_values(engine, part.tables, sql, compiled) for part, sql in zip(parts, queries, strict=True)
        ]
        variation = pa.concat_tables([county_variation(part, compiled) for part in found])
        values = pa.concat_tables(found)
    return Evaluation(
        values=values,
        variation=variation,
        measures=tuple(measures),
        parameters=parameters,
        lineage=lineages(measures),
        sql=";\n\n".join(queries) + ";\n",
        engine=engine,
        tables=dict(tables),
    )
