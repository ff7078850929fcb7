"""How unequal the schools of a county are, from the very values that are returned.

Values come sorted, so a county's stage is a run of rows; measures are the columns of one matrix. Two passes,
mean then spread: the shorter formula Σx² - (Σx)² loses the digits of a small spread. The formula is that of
policy: mean = scale·ΣX/ΣP and SD² = Σ P·(x - mean)² / ΣP, over the counted school-stages with pupils.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from junheng.indicators.compiled import CompiledMeasure
from junheng.indicators.schemas import variation_schema

Doubles = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


def county_variation(values: pa.Table, measures: Sequence[CompiledMeasure]) -> pa.Table:
    """``variation`` of evaluation.py from ``values``, which must be sorted as it says there."""
    parts = [f"{measure.key}_{part}" for measure in measures for part in ("num", "den", "value")]
    enters = pc.and_(values.column("counted"), pc.is_valid(values.column("county_code")))
    counted = values.select(["year", "county_code", "stage", "pupils", *parts]).filter(enters)
    if not counted.num_rows or not measures:
        return variation_schema().empty_table()
    starts = _starts(counted)
    pupils = _doubles(counted, "pupils")
    counts = {
        "schools": _sums(pupils > 0, starts),
        "without_pupils": _sums(pupils == 0, starts),
        "unknown_pupils": _sums(np.isnan(pupils), starts),
    }
    value = _matrix(counted, measures, "value")
    missing = _sums((pupils > 0) & np.isnan(value), starts)
    figures = _figures(counted, measures, value, pupils > 0, starts)
    untold = (missing > 0) | (counts["unknown_pupils"] > 0) | (counts["schools"] == 0)
    figures = {name: np.where(untold, np.nan, found) for name, found in figures.items()}
    return _long(counted.take(starts), measures, counts, missing, figures)


def _figures(
    counted: pa.Table,
    measures: Sequence[CompiledMeasure],
    value: Doubles,
    enters: npt.NDArray[np.bool_],
    starts: Places,
) -> dict[str, Doubles]:
    """Measures × groups for each figure; NaN where a division has no answer."""
    group = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(enters))))
    used = enters & ~np.isnan(value)
    number, weight = (np.where(used, _matrix(counted, measures, part), 0.0) for part in ("num", "den"))
    told = np.where(used, value, 0.0)
    sum_num, sum_den, schools = _sums(number, starts), _sums(weight, starts), _sums(used, starts)
    scale = np.array([[float(measure.scale)] for measure in measures])
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = scale * sum_num / np.where(sum_den == 0, np.nan, sum_den)
        sd = np.sqrt(_sums(np.where(used, weight * (told - mean[:, group]) ** 2, 0.0), starts) / sum_den)
        plain_mean = _sums(told, starts) / schools
        plain_sd = np.sqrt(_sums(np.where(used, (told - plain_mean[:, group]) ** 2, 0.0), starts) / schools)
        found = {"sum_num": sum_num, "sum_den": sum_den, "mean": mean, "sd": sd, "cv": _ratio(sd, mean)}
        found["cv_unweighted"] = _ratio(plain_sd, plain_mean)
    found["minimum"] = np.minimum.reduceat(np.where(used, value, np.inf), starts, axis=-1)
    found["maximum"] = np.maximum.reduceat(np.where(used, value, -np.inf), starts, axis=-1)
    return {name: np.where(np.isnan(mean), np.nan, figure) for name, figure in found.items()}


def _long(
    first: pa.Table,
    measures: Sequence[CompiledMeasure],
    counts: dict[str, Doubles],
    missing: Doubles,
    figures: dict[str, Doubles],
) -> pa.Table:
    """Group by group, the measures in order. ``first``: the first row of every group."""
    width = len(measures)
    rows = np.repeat(np.arange(first.num_rows), width)
    columns = {name: first.column(name).take(rows) for name in ("year", "county_code", "stage")}
    columns["indicator"] = pa.array([measure.key for measure in measures] * first.num_rows, pa.string())
    whole = {name: np.repeat(found, width) for name, found in counts.items()} | {"missing": missing.T.ravel()}
    columns |= {name: pa.array(found.astype(np.int64)) for name, found in whole.items()}
    columns |= {name: pa.array(found.T.ravel(), from_pandas=True) for name, found in figures.items()}
    return pa.table({name: columns[name] for name in variation_schema().names}).cast(variation_schema())


def _sums(rows: npt.NDArray[np.bool_] | Doubles, starts: Places) -> Doubles:
    """Sums of the runs that begin at ``starts``."""
    found: Doubles = np.add.reduceat(rows.astype(np.float64, copy=False), starts, axis=-1)
    return found


def _ratio(sd: Doubles, mean: Doubles) -> Doubles:
    return sd / np.where(mean == 0, np.nan, mean)


def _starts(table: pa.Table) -> Places:
    """Where year, county or stage differs from the row before."""
    changed = np.zeros(table.num_rows, dtype=np.bool_)
    changed[0] = True
    for name in ("year", "county_code", "stage"):
        column = table.column(name).combine_chunks()
        codes = column if name == "year" else column.dictionary_encode().indices
        numbers = codes.to_numpy(zero_copy_only=False)
        changed[1:] |= numbers[1:] != numbers[:-1]
    return np.flatnonzero(changed)


def _doubles(table: pa.Table, name: str) -> Doubles:
    """A column as doubles, absent as NaN."""
    found: Doubles = table.column(name).to_numpy()
    return found.astype(np.float64, copy=False)


def _matrix(table: pa.Table, measures: Sequence[CompiledMeasure], part: str) -> Doubles:
    """Measures × rows of one part (num, den, value), absent as NaN."""
    return np.stack([_doubles(table, f"{measure.key}_{part}") for measure in measures])
