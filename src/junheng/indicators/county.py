"""How unequal the schools of a county are, from the very values that are returned.

Values come sorted, so a county's stage is a run of rows. Two passes, mean then spread: the shorter formula
Σx² - (Σx)² loses the digits of a small spread. The formula is that of policy: mean = scale·ΣX/ΣP and
SD² = Σ P·(x - mean)² / ΣP, over the counted school-stages with pupils.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from junheng.data import array_of, arrow_array, numpy_of
from junheng.indicators.compiled import CompiledMeasure
from junheng.indicators.schemas import variation_schema

Doubles = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
_COUNTS = ("schools", "without_pupils", "unknown_pupils", "missing")
_FIGURES = ("sum_num", "sum_den", "mean", "sd", "cv", "cv_unweighted", "minimum", "maximum")


def county_variation(values: pa.Table, measures: Sequence[CompiledMeasure]) -> pa.Table:
    """``variation`` of evaluation.py from ``values``, which must be sorted as it says there."""
    told = pc.and_(values.column("counted"), pc.is_valid(values.column("county_code")))
    rows = np.flatnonzero(numpy_of(told))
    if not rows.size or not measures:
        return variation_schema().empty_table()
    identity = values.select(["year", "county_code", "stage"]).take(array_of(rows))
    starts = _starts(identity)
    pupils = _doubles(values, "pupils")[rows]
    counts = np.array([_sums(flags, starts) for flags in (pupils > 0, pupils == 0, np.isnan(pupils))])
    parts = [_measured(values, measure, rows, pupils > 0, starts, counts) for measure in measures]
    return _long(identity.take(array_of(starts)), measures, counts, np.stack(parts, axis=-1))


def _measured(
    values: pa.Table,
    measure: CompiledMeasure,
    rows: Places,
    enters: npt.NDArray[np.bool_],
    starts: Places,
    counts: Doubles,
) -> Doubles:
    """``missing`` and the figures of one measure: one row each, one column per group; NaN: cannot be told."""
    number, weight, value = (
        _doubles(values, f"{measure.key}_{part}")[rows] for part in ("num", "den", "value")
    )
    used = enters & ~np.isnan(value)
    missing = counts[0] - _sums(used, starts)
    untold = (missing > 0) | (counts[0] == 0) | (counts[2] > 0)
    figures = _figures(float(measure.scale), number, weight, value, used, starts)
    figures[:, untold | np.isnan(figures[2])] = np.nan
    return np.vstack([missing, figures])


def _figures(
    scale: float,
    number: Doubles,
    weight: Doubles,
    value: Doubles,
    used: npt.NDArray[np.bool_],
    starts: Places,
) -> Doubles:
    """The rows of _FIGURES over the rows ``used``."""
    if not used.all():
        number, weight = (np.where(used, part, 0.0) for part in (number, weight))
    told = np.where(used, value, 0.0)
    sizes = np.diff(np.append(starts, len(used)))
    sum_num, sum_den, schools = _sums(number, starts), _sums(weight, starts), _sums(used, starts)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = scale * sum_num / np.where(sum_den == 0, np.nan, sum_den)
        plain_mean = _sums(told, starts) / schools
        distance, plain = (np.where(used, told - np.repeat(m, sizes), 0.0) for m in (mean, plain_mean))
        sd = np.sqrt(_sums(weight * distance * distance, starts) / sum_den)
        plain_sd = np.sqrt(_sums(plain * plain, starts) / schools)
        cv, plain_cv = (
            sd / np.where(mean == 0, np.nan, mean),
            plain_sd / np.where(plain_mean == 0, np.nan, plain_mean),
        )
    least = np.minimum.reduceat(np.where(used, value, np.inf), starts)
    most = np.maximum.reduceat(np.where(used, value, -np.inf), starts)
    return np.array([sum_num, sum_den, mean, sd, cv, plain_cv, least, most])


def _long(first: pa.Table, measures: Sequence[CompiledMeasure], counts: Doubles, parts: Doubles) -> pa.Table:
    """Group by group, the measures in order. ``first``: the first row of every group; ``parts``: figures ×
    groups × measures."""
    width = len(measures)
    rows = array_of(np.repeat(np.arange(first.num_rows), width))
    columns = {name: first.column(name).take(rows) for name in first.column_names}
    keys = arrow_array([measure.key for measure in measures], pa.string())
    columns["indicator"] = keys.take(array_of(np.tile(np.arange(width), first.num_rows)))
    missing, *figures = parts.reshape(len(parts), -1)
    for name, found in zip(_COUNTS, [*np.repeat(counts, width, axis=1), missing], strict=True):
        columns[name] = array_of(found.astype(np.int64))
    columns |= {
        name: array_of(found, ~np.isnan(found)) for name, found in zip(_FIGURES, figures, strict=True)
    }
    return pa.table({name: columns[name] for name in variation_schema().names}).cast(variation_schema())


def _sums(rows: npt.NDArray[np.bool_] | Doubles, starts: Places) -> Doubles:
    """Sums of the runs that begin at ``starts``."""
    found: Doubles = np.add.reduceat(rows.astype(np.float64, copy=False), starts)
    return found


def _starts(table: pa.Table) -> Places:
    """Where year, county or stage differs from the row before."""
    changed = np.zeros(table.num_rows, dtype=np.bool_)
    changed[0] = True
    for name in ("year", "county_code", "stage"):
        column = table.column(name).combine_chunks()
        codes = column if name == "year" else column.dictionary_encode().indices
        numbers = numpy_of(codes)
        changed[1:] |= numbers[1:] != numbers[:-1]
    return np.flatnonzero(changed)


def _doubles(table: pa.Table, name: str) -> Doubles:
    """A column as doubles, absent as NaN."""
    found: Doubles = numpy_of(table.column(name))
    return found.astype(np.float64, copy=False)
