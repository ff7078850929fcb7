"""An evaluation after a few schools have changed: only they are measured anew."""

from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from junheng.data import tables_of
from junheng.indicators.compiled import columns_by_table, compile_measures
from junheng.indicators.county import county_variation
from junheng.indicators.evaluation import Evaluation
from junheng.indicators.reference import evaluate_plainly
from junheng.indicators.whole import in_order

_ALWAYS = frozenset({"school", "stage"})


def evaluate_again(before: Evaluation, tables: Mapping[str, pa.Table], schools: frozenset[str]) -> Evaluation:
    """The facts of ``tables``, which differ from those of ``before`` in the rows of ``schools`` alone.

    ``schools`` must hold whatever is merged into them and what they are merged into. Their values are floats of
    exact fractions (the engine ``python``), the others' are those of ``before``: beside a whole evaluation a value may
    differ in its last digit; what a verdict hangs on is compared exactly. No registers of persons in ``tables``.
    Raises UserError as ``evaluate`` does.
    """
    compiled = compile_measures(before.measures, before.parameters)
    needed = {name: tables[name] for name in _ALWAYS | set(columns_by_table(compiled)) if name in tables}
    fresh, _ = evaluate_plainly(tables_of(needed, schools), compiled, before.parameters, None)
    theirs = pc.is_in(before.values.column("school_id"), value_set=pa.array(sorted(schools), pa.string()))
    others = before.values.filter(pc.invert(theirs))
    values = in_order(pa.concat_tables([others, fresh.select(others.column_names).cast(others.schema)]))
    variation = county_variation(values, compiled)
    return replace(before, values=values, variation=variation, tables=dict(tables))
