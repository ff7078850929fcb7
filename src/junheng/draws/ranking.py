"""Tickets to ranks: sort by the first 64 bits, then settle the few that tie by all bits and unit id."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from junheng.basics import Text, UserError
from junheng.draws.ticketing import ORDERS

if TYPE_CHECKING:
    import numpy as np


def rank_tickets(
    array: "np.ndarray[Any, np.dtype[np.uint8]]", units: Sequence[str], order: str = "ascending"
) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """The rank of each unit, 0 the best; int64 in the order of ``units``.

    ``array``: tickets [len(units), 32]; ``order``: ascending (smaller is better) or descending.
    Equal tickets: by unit id ascending, in both orders. A unit given twice raises UserError.
    """
    import numpy as np

    if order not in ORDERS or len(array) != len(units):
        raise UserError(
            Text(f"排序方式不合规定：{order}", f"Not an order of tickets: {order}"),
            fix=Text(
                "请写 ascending 或 descending，每组一票", "write ascending or descending; one ticket a unit"
            ),
        )
    first = np.ascontiguousarray(array[:, :8]).view(">u8").reshape(-1).astype(np.uint64)
    if order == "descending":
        first = ~first
    best = np.argsort(first)
    _settle(best, first, array, units, order == "descending")
    ranks = np.empty(len(units), dtype=np.int64)
    ranks[best] = np.arange(len(units), dtype=np.int64)
    return ranks


def _settle(
    best: "np.ndarray[Any, Any]",
    first: "np.ndarray[Any, Any]",
    array: "np.ndarray[Any, Any]",
    units: Sequence[str],
    is_descending: bool,
) -> None:
    """Put in order, within ``best``, every run of units whose first 64 bits agree."""
    import numpy as np

    in_order = first[best]
    same = np.flatnonzero(in_order[1:] == in_order[:-1])
    if not len(same):
        return
    opens = same[np.concatenate(([True], np.diff(same) > 1))]
    closes = same[np.concatenate((np.diff(same) > 1, [True]))] + 2
    flip = 0xFF if is_descending else 0
    for start, end in zip(opens.tolist(), closes.tolist(), strict=True):
        keys = [((array[i] ^ flip).tobytes(), units[i], i) for i in best[start:end].tolist()]
        keys.sort()
        if any(one[:2] == other[:2] for one, other in pairwise(keys)):
            raise UserError(Text("同一组出现两次", "A unit is given twice"), where=keys[0][1])
        best[start:end] = [i for _, _, i in keys]
