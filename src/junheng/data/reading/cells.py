"""Cells as text, words for values, and what a converted column consists of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from junheng.basics import value_key
from junheng.data.arrays import array_of, arrow_array, numpy_of
from junheng.data.dictionary import ColumnSpec

LARGEST_CODE = 1e15  # Excel keeps 15 digits: a longer code in a number cell has lost its end


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell (0-based ``index`` in the column) that could not be read; ``kind`` names the rule it breaks."""

    index: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Converted:
    """One column, typed, and beside it the text of each cell as it stood."""

    array: pa.Array
    raw: pa.Array
    faults: tuple[Fault, ...]


def cell_text(value: object) -> str:
    """A cell as text: whole numbers without a point, dates as ISO 8601, everything else as it stands."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < LARGEST_CODE else repr(value)
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    return value if isinstance(value, str) else "" if value is None else str(value)


def value_words(column: ColumnSpec) -> dict[str, str]:
    """Every word for a value, by its key."""
    found: dict[str, str] = {}
    for canonical, name in column.values.items():
        for word in (canonical, name.zh, name.en, *column.value_aliases.get(canonical, ())):
            found.setdefault(value_key(word), canonical)
    return found


def texts(cells: Sequence[object]) -> pa.Array:
    """The cells as text, null where blank."""
    kinds = set(map(type, cells))
    if kinds <= {str}:
        return arrow_array([cell or None for cell in cells], pa.string())
    if kinds <= {float}:
        return number_texts(array_of(np.fromiter(cells, np.float64, len(cells))))
    return arrow_array([cell_text(cell) or None for cell in cells], pa.string())


def distinct_texts(cells: Sequence[object]) -> tuple[pa.Array, pa.Array]:
    """The text of each distinct cell (null: blank), and for every cell the place of its own."""
    same_kind = len(set(map(type, cells))) == 1  # else yes and the number 1 would be one thing
    words = cells if same_kind else [cell_text(cell) for cell in cells]
    known = dict.fromkeys(words)
    place = dict(zip(known, range(len(known)), strict=True))
    return texts(list(known)), array_of(np.fromiter(map(place.__getitem__, words), np.int32, len(words)))


def number_texts(numbers: pa.Array) -> pa.Array:
    """Doubles as text, whole numbers without a point, null where null."""
    values = numpy_of(numbers)
    whole = (values == np.floor(values)) & (np.abs(values) < LARGEST_CODE)
    if np.count_nonzero(whole) == len(numbers) - numbers.null_count:  # NaN is neither blank nor whole
        return pc.cast(pc.cast(numbers, pa.int64()), pa.string())
    return pc.cast(numbers, pa.string())
