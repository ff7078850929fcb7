"""The facts: one wide row per school-stage, one long row per county, stage and indicator.

``values`` columns (sorted by year, county_code, stage in STAGES order, school_id):
  year int32 · county_code, school_id, school_name, stage, kind, ownership, urban_rural_code, group_id string ·
  pupils double (null: absent) · counted bool · not_counted string (null when counted; else a reason code:
  "kind:special", "teaching_point:<50", "private", "run_by:city", "merged:<parent id>" never appears as merged
  rows vanish, "not_counted_row") · share double (the stage's share of split premises; 1.0 when the school has
  one stage, null when it cannot be told) · and for each measure key K:
  K_num, K_den, K_value double (null when absent; K_value null also when the denominator is 0) ·
  K_relaxed string (ids of relaxations applied, joined by ","; null if none).
``variation`` columns (only counted rows with pupils > 0 enter; sorted by year, county_code, stage, indicator order):
  year, county_code, stage, indicator (the key), schools int64 (counted, pupils > 0), missing int64 (of them:
  without value), without_pupils int64 (counted rows whose pupils are 0), unknown_pupils int64 (pupils absent),
  sum_num, sum_den, mean, sd, cv, cv_unweighted, minimum, maximum double.
  mean = scale·ΣX/ΣP, sd and cv pupil-weighted, population form (policy: weights are the denominators);
  all null when missing > 0 or unknown_pupils > 0 or ΣP = 0; cv null when mean = 0; one school: cv = 0.
  cv_unweighted = population SD / mean of the school values, never the rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from junheng.indicators.parameters import Measure, Parameters


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Evaluation:
    """Facts, and what is needed to decide a close comparison exactly.

    ``tables`` are the inputs as they were given (Arrow tables or Parquet paths); ``lineage[key][stage]`` are
    the (table, column) pairs the numerator and denominator rest on; ``sql`` is the generated query. Two
    evaluations are equal only when they are the same object.
    """

    values: pa.Table
    variation: pa.Table
    measures: tuple[Measure, ...]
    parameters: Parameters
    lineage: Mapping[str, Mapping[str, tuple[tuple[str, str], ...]]]
    sql: str
    engine: str
    tables: Mapping[str, pa.Table | Path]
