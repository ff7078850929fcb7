"""Several source columns added up into one: exact, and absent in one part is absent in the sum."""

from collections.abc import Sequence
from fractions import Fraction

import pyarrow as pa
import pyarrow.compute as pc

from junheng.data.arrays import arrow_array, arrow_value
from junheng.data.dictionary import ColumnSpec
from junheng.data.reading.cells import Converted

RAW_PLUS = " + "
RAW_BLANK = "（空）"


def add_up(column: ColumnSpec, parts: Sequence[Converted]) -> tuple[pa.Array, pa.Array]:
    """The sum of ``parts`` and the text that shows it ("8 + 16"). One part passes unchanged.

        >>> from junheng.data.arrays import arrow_array, arrow_value
    from junheng.data.dictionary import load_dictionary
        >>> from junheng.data.reading.convert import convert
        >>> pupils = load_dictionary().column("stage", "pupils")
        >>> add_up(pupils, [convert(pupils, [8.0, 1.0]), convert(pupils, [16.0, ""])])[0].to_pylist()
        [24, None]
    """
    if len(parts) == 1:
        return parts[0].array, parts[0].raw
    arrays = [part.array for part in parts]
    if column.type == "integer":
        total = arrays[0]
        for array in arrays[1:]:
            total = pc.add_checked(total, array)
    else:
        rows = zip(*(array.to_pylist() for array in arrays), strict=True)
        total = arrow_array([_exact_sum(row) for row in rows], pa.float64())
    texts = [pc.fill_null(part.raw, arrow_value(RAW_BLANK, pa.string())) for part in parts]
    return total, pc.binary_join_element_wise(*texts, RAW_PLUS)


def _exact_sum(values: Sequence[float | None]) -> float | None:
    """The sum of the shortest decimals, rounded to a double once."""
    exact = Fraction(0)
    for value in values:
        if value is None:
            return None
        exact += Fraction(repr(value))
    return float(exact)
