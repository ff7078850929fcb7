"""Arrow arrays from and to Python and numpy, without Arrow's own converters.

``pyarrow.array``, ``scalar`` and ``to_numpy`` load pandas wherever it is installed, to recognise its values: half a
second at every start, for values that never come from pandas. Here the buffers are laid out and read directly.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

_WIDTHS: dict[pa.DataType, np.dtype[Any]] = {
    pa.bool_(): np.dtype(np.bool_),
    pa.int32(): np.dtype(np.int32),
    pa.int64(): np.dtype(np.int64),
    pa.float64(): np.dtype(np.float64),
    pa.date32(): np.dtype("datetime64[D]"),
}
_OF_NUMPY = {kind: arrow for arrow, kind in _WIDTHS.items()}


def arrow_array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """``values`` as an array of ``kind`` (text, boolean, int32, int64, float64 or a day); None is null.

    >>> arrow_array(["甲", None], pa.string()).to_pylist(), arrow_array([1, None], pa.int32()).to_pylist()
    (['甲', None], [1, None])
    """
    known = None
    if None in values:
        known = np.fromiter((value is not None for value in values), np.bool_, len(values))
    if pa.types.is_string(kind):
        return _texts(values, known)
    if pa.types.is_null(kind):
        return pa.nulls(len(values))
    blank = False if pa.types.is_boolean(kind) else "NaT" if pa.types.is_date32(kind) else 0
    filled = values if known is None else [blank if value is None else value for value in values]
    return array_of(np.array(filled, _WIDTHS[kind]), known)


def array_of(values: npt.NDArray[Any], known: npt.NDArray[np.bool_] | None = None) -> pa.Array:
    """A numpy array (boolean, int32, int64, float64 or days) as an Arrow array; null where ``known`` is false."""
    if values.dtype == np.bool_:
        return pa.Array.from_buffers(pa.bool_(), len(values), [_bits(known), _bits(values)])
    kind = _OF_NUMPY[values.dtype]
    if pa.types.is_date32(kind):
        values = values.astype(np.int64).astype(np.int32)
    return pa.Array.from_buffers(
        kind, len(values), [_bits(known), pa.py_buffer(np.ascontiguousarray(values))]
    )


def arrow_value(value: object, kind: pa.DataType) -> pa.Scalar:
    """One value, or null, as what Arrow's functions take."""
    return arrow_array([value], kind)[0]


def numpy_of(column: pa.Array | pa.ChunkedArray) -> npt.NDArray[Any]:
    """A column of whole numbers, doubles or flags as numpy has it: null is NaN (of flags: false).

    >>> numpy_of(arrow_array([1, None], pa.int32())), numpy_of(arrow_array([True, None], pa.bool_()))
    (array([ 1., nan]), array([ True, False]))
    """
    array = _joined(column) if isinstance(column, pa.ChunkedArray) else column
    if not len(array):  # which may have no buffer at all
        return np.zeros(0, array.type.to_pandas_dtype())
    known = _flags(array.is_valid()) if array.null_count else None
    if pa.types.is_boolean(array.type):
        flags = _flags(array)
        return flags if known is None else flags & known
    kind = np.dtype(array.type.to_pandas_dtype())
    values = np.frombuffer(array.buffers()[1], kind, len(array), array.offset * kind.itemsize)
    if known is None:
        return values
    return np.where(known, values, np.nan)


def _joined(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _flags(array: pa.Array) -> npt.NDArray[np.bool_]:
    bits = np.frombuffer(array.buffers()[1], np.uint8)
    first = array.offset // 8  # a slice of a long column is not unpacked from its beginning
    last = -(-(array.offset + len(array)) // 8)
    start = array.offset - 8 * first
    return np.unpackbits(bits[first:last], bitorder="little")[start : start + len(array)].view(np.bool_)


def _texts(values: Sequence[str | None], known: npt.NDArray[np.bool_] | None) -> pa.Array:
    filled = [value or "" for value in values]
    text = "".join(filled)
    # In ASCII a character is a byte, so that the lengths are known without encoding each text.
    lengths = map(len, filled) if text.isascii() else (len(value.encode()) for value in filled)
    ends = np.zeros(len(filled) + 1, np.int64)
    np.cumsum(np.fromiter(lengths, np.int64, len(filled)), out=ends[1:])
    if ends[-1] > np.iinfo(np.int32).max:
        raise OverflowError(f"{ends[-1]} bytes of text in one column")
    offsets = pa.py_buffer(ends.astype(np.int32))
    return pa.Array.from_buffers(
        pa.string(), len(filled), [_bits(known), offsets, pa.py_buffer(text.encode())]
    )


def _bits(flags: npt.NDArray[np.bool_] | None) -> pa.Buffer | None:
    return None if flags is None else pa.py_buffer(np.packbits(flags, bitorder="little"))
