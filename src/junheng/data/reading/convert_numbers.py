"""Columns of numbers: plain cells converted whole, odd ones read one by one, units applied exactly."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from junheng.basics import convert_exactly, value_key
from junheng.data.arrays import array_of, arrow_array, arrow_value, numpy_of
from junheng.data.dictionary import ColumnSpec
from junheng.data.reading.cells import (
    Converted,
    Fault,
    cell_text,
    number_texts,
    texts,
    value_words,
)
from junheng.data.reading.numbers import is_missing, parse_number

LARGEST_WHOLE = 2.0**53  # above it a double no longer tells neighbouring whole numbers apart
_PLAIN = r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?$"


def convert_numbers(column: ColumnSpec, cells: Sequence[object], factor: Fraction) -> Converted:
    """Type ``cells`` as the integer or number column ``column``, times the heading's ``factor``."""
    plain = _all_numbers(cells)
    if plain is not None:
        return _finish(column, plain, number_texts(plain), (), factor)
    if set(map(type, cells)) <= {str}:
        return _numbers_from_texts(column, texts(cells), factor)
    numbers = arrow_array([cell if cell.__class__ is float else None for cell in cells], pa.float64())
    odd = {
        index: cell_text(cell)
        for index, cell in enumerate(cells)
        if cell.__class__ is not float and cell != "" and cell is not None
    }
    raw = number_texts(numbers)
    if odd:
        raw = _patched(raw, odd)
    return _finish(column, numbers, raw, odd.items(), factor)


def _all_numbers(cells: Sequence[object]) -> pa.Array | None:
    """The cells, if every one is a number: told in the same pass, for each pass walks through all of memory."""
    try:
        # The sign leaves a float as it is, and refuses anything else, yes and no included.
        return array_of(np.fromiter(map(float.__pos__, cells), np.float64, len(cells)))  # type: ignore[arg-type]  # that is the question
    except TypeError:
        return None


def _numbers_from_texts(column: ColumnSpec, raw: pa.Array, factor: Fraction) -> Converted:
    plain = pc.match_substring_regex(raw, _PLAIN)
    numbers = pc.cast(pc.if_else(plain, raw, arrow_value(None, pa.string())), pa.float64())
    odd_at = np.flatnonzero(numpy_of(pc.invert(plain)))
    odd = [(int(index), raw[int(index)].as_py()) for index in odd_at]
    return _finish(column, numbers, raw, odd, factor)


def _finish(
    column: ColumnSpec, numbers: pa.Array, raw: pa.Array, odd: Iterable[tuple[int, str]], factor: Fraction
) -> Converted:
    """Apply the heading's factor, read the odd cells, and test that whole numbers are whole."""
    if factor != 1:
        numbers = _scaled(numbers, factor)
    faults: list[Fault] = []
    repaired: dict[int, float] = {}
    parse = _odd_number(column, factor)
    for index, text in odd:
        value = parse(text)
        if isinstance(value, str):
            faults.append(Fault(index, value, text))
        elif value is not None:
            repaired[index] = value
    if repaired:
        numbers = _patched(numbers, repaired)
    return _whole(column, numbers, raw, faults)


def _odd_number(column: ColumnSpec, factor: Fraction) -> Callable[[str], float | str | None]:
    """A reader of odd cells: the value, None where the cell says missing, or the kind of fault."""
    words = value_words(column)

    @cache
    def parse(text: str) -> float | str | None:
        number = parse_number(text, column.unit, factor)
        try:
            if number is not None:
                return float(number)
        except OverflowError:
            return "out_of_range"
        if (word := words.get(value_key(text))) is not None:
            return float(word)
        return None if is_missing(text) else "not_a_number"

    return parse


def _scaled(numbers: pa.Array, factor: Fraction) -> pa.Array:
    exact: dict[float, float] = {}
    found = []
    for value in numbers.to_pylist():
        if value is not None and value not in exact:
            exact[value] = _scale(value, factor)
        found.append(None if value is None else exact[value])
    return arrow_array(found, pa.float64())


def _scale(value: float, factor: Fraction) -> float:
    try:
        return convert_exactly(value, factor)
    except (OverflowError, ValueError):
        return np.inf  # not a finite number: found out of range with the others


def _whole(column: ColumnSpec, numbers: pa.Array, raw: pa.Array, faults: list[Fault]) -> Converted:
    values = numpy_of(numbers)
    limit = LARGEST_WHOLE if column.type == "integer" else np.inf
    with np.errstate(invalid="ignore"):
        absurd = np.abs(values) >= limit
        if np.count_nonzero(np.isnan(values)) > numbers.null_count:
            absurd |= numpy_of(pc.is_nan(numbers))
        broken = (values != np.floor(values)) if column.type == "integer" else np.zeros(len(values), bool)
    broken &= ~np.isnan(values) & ~absurd
    for bad, kind in ((absurd, "out_of_range"), (broken, "not_whole")):
        faults += [Fault(int(index), kind, raw[int(index)].as_py()) for index in np.flatnonzero(bad)]
    if (wrong := absurd | broken).any():
        numbers = pc.if_else(array_of(wrong), arrow_value(None, pa.float64()), numbers)
    array = pc.cast(numbers, pa.int64()) if column.type == "integer" else numbers
    return Converted(array, raw, tuple(faults))


def _patched(array: pa.Array, changes: Mapping[int, object]) -> pa.Array:
    mask = np.zeros(len(array), bool)
    mask[list(changes)] = True
    ordered = [changes[index] for index in sorted(changes)]
    return pc.replace_with_mask(array, array_of(mask), arrow_array(ordered, array.type))
