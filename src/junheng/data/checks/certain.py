"""Cell checks that cannot fail, seen from a column as a whole: most of them, which no query need ask.

Only conditions as the library words them are known here; any other is always asked.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from junheng.data.arrays import numpy_of
from junheng.data.checks.definition import IT, Check
from junheng.data.dictionary import ColumnSpec

Doubles: TypeAlias = npt.NDArray[np.float64]
Limits: TypeAlias = Mapping[str, int | float]


def may_fail(check: Check, table: pa.Table, spec: ColumnSpec) -> bool:
    """Whether a cell check (one with a facet) could fail for a row of ``table``; ``spec`` is of its column."""
    name = check.bound[IT]
    if name not in table.column_names:
        return bool(check.rule.absence)
    column = table.column(name)
    condition = check.rule.fails_when
    if condition == "it IS NULL":
        return bool(column.null_count)
    if condition == "NOT it IN (allowed_values)":
        return not set(pc.unique(column).to_pylist()) <= {*spec.values, None}
    holds = _HOLDS.get(condition)
    if holds is None or not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
        return True
    numbers = numpy_of(column)
    known = numbers if column.null_count == 0 else numbers[numpy_of(column.is_valid())]
    return not holds(known, spec, check.rule.limits)


def _finite(numbers: Doubles, _: ColumnSpec, limits: Limits) -> bool:
    return bool((np.abs(numbers) <= limits["largest"]).all())


def _not_below(numbers: Doubles, spec: ColumnSpec, _: Limits) -> bool:
    return spec.minimum is not None and bool((numbers >= spec.minimum).all())


def _not_above(numbers: Doubles, spec: ColumnSpec, _: Limits) -> bool:
    return spec.maximum is not None and bool((numbers <= spec.maximum).all())


def _whole(numbers: Doubles, _: ColumnSpec, __: Limits) -> bool:
    return numbers.dtype.kind == "i" or bool((numbers == np.floor(numbers)).all())


_HOLDS: Mapping[str, Callable[[Doubles, ColumnSpec, Limits], bool]] = {
    "it > largest OR it < -largest": _finite,
    "it < minimum AND it >= -1.7e308": _not_below,
    "it > maximum AND it <= 1.7e308": _not_above,
    "it <> whole_part": _whole,
}
