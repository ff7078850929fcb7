"""From an engine's answer to ``values``: typed, sorted, equal columns sharing their memory."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from junheng.basics import STAGES
from junheng.data import array_of, arrow_array, arrow_value, numpy_of
from junheng.data.engines import Table, run_sql
from junheng.indicators.compiled import CompiledMeasure
from junheng.indicators.query import denominator_columns
from junheng.indicators.refusals import unknown_school
from junheng.indicators.schemas import values_schema

MOST_DIGITS = 18  # so many always fit in 64 bits


def whole_values(
    engine: str, tables: Mapping[str, Table], sql: str, compiled: Sequence[CompiledMeasure]
) -> pa.Table:
    """Run ``sql`` and return ``values`` as evaluation.py describes it.

    Raises UserError where a stage row's school is not in the table of schools.
    """
    found = in_order(run_sql(engine, tables, sql, as_written=True))
    _check_schools(found)
    schema = values_schema([measure.key for measure in compiled])
    columns = {name: _finite(found.column(name)) for name in found.column_names}
    nothing = pa.chunked_array([pa.nulls(found.num_rows, pa.string())])
    for key, denominator in denominator_columns(compiled).items():
        columns[f"{key}_den"] = columns[denominator]
        columns.setdefault(f"{key}_relaxed", nothing)
    return pa.table({name: columns[name] for name in schema.names}).cast(schema)


def _finite(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """NaN and infinities, which some writers of Parquet leave in empty cells, are absent."""
    if not pa.types.is_floating(column.type):
        return column
    odd = pc.invert(pc.is_finite(column))
    return pc.if_else(odd, arrow_value(None, column.type), column) if pc.any(odd).as_py() else column


def in_order(found: pa.Table) -> pa.Table:
    """``values`` in the order evaluation.py says. Sorted here rather than in the query: wide rows are cheap to gather and dear to sort."""
    keys = [found.column(name) for name in ("year", "county_code")]
    keys += [pc.index_in(found.column("stage"), arrow_array(STAGES, pa.string())), found.column("school_id")]
    whole = [_as_integers(key) for key in keys]
    pool = pa.system_memory_pool()  # Arrow's own hands every page back and faults it in again, year by year
    if all(key is not None for key in whole):
        places = array_of(np.lexsort([key for key in reversed(whole) if key is not None]))
    else:
        table = pa.table(dict(zip("abcd", keys, strict=True)))
        places = pc.sort_indices(table, sort_keys=[(name, "ascending") for name in "abcd"], memory_pool=pool)
    return pc.take(found, places, memory_pool=pool)


def _as_integers(key: pa.ChunkedArray) -> npt.NDArray[np.int64] | None:
    """A key as whole numbers in the same order: numbers as they are, codes if all have as many digits."""
    if key.null_count or not len(key):
        return None
    if pa.types.is_integer(key.type):
        return np.asarray(numpy_of(key), dtype=np.int64)
    lengths = pc.min_max(pc.binary_length(key)).as_py()
    if (
        lengths["min"] != lengths["max"]
        or lengths["max"] > MOST_DIGITS
        or not pc.all(pc.ascii_is_decimal(key)).as_py()
    ):
        return None
    return np.asarray(numpy_of(pc.cast(key, pa.int64())), dtype=np.int64)


def _check_schools(facts: pa.Table) -> None:
    known = facts.column("is_known_school")
    if pc.all(known).as_py() is not False:
        return
    row = facts.filter(pc.invert(known)).slice(0, 1).to_pylist()[0]
    raise unknown_school(row["year"], row["school_id"])
