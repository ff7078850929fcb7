"""Rows of a table as whole numbers: the same number for rows that are equal in the columns asked for."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from junheng.data.arrays import numpy_of

_ROOM = 2**62  # below it a product of two numbers of distinct values still fits 64 bits


def row_codes(table: pa.Table, names: Sequence[str]) -> npt.NDArray[np.int64]:
    """One number per row; two rows have the same if they agree in every column of ``names`` (null with null).

    >>> row_codes(pa.table({"a": [1, 1, 2], "b": ["x", "x", None]}), ["a", "b"]).tolist()
    [0, 0, 3]
    """
    codes, size = np.zeros(table.num_rows, np.int64), 1
    for name in names:
        mine, many = _codes(table.column(name))
        if size * many >= _ROOM:
            codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
            size = len(codes)
        codes, size = codes * many + mine, size * many
    return codes


def _codes(column: pa.ChunkedArray) -> tuple[npt.NDArray[np.int64], int]:
    """The distinct values of a column numbered as they come, and how many there are."""
    encoded = pc.dictionary_encode(column.combine_chunks(), null_encoding="encode")
    if isinstance(encoded, pa.ChunkedArray):  # texts beyond 2 GB
        encoded = encoded.unify_dictionaries().combine_chunks()
    return numpy_of(encoded.indices).astype(np.int64), max(1, len(encoded.dictionary))
