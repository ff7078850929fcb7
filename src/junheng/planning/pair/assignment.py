"""Pairs by assignment: the greatest need, then the least burden, exactly, with prices as proof.

Every strong school is as many columns as it has places (scipy's linear_sum_assignment, Jonker-Volgenant; all weights
are whole numbers far below 2^53, so its additions are exact). The prices come from shortest paths in whole numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from junheng.planning.pair.candidates import Edge

Whole = npt.NDArray[np.int64]
_EXACT = 2**52  # doubles hold every whole number up to here
_NONE = -(2**61)  # the weight of a pair that is not permitted


@dataclass(frozen=True, slots=True)
class Assigned:
    """Chosen pairs, and the price of each weak school: with them the bound equals the weight reached."""

    picks: tuple[Edge, ...]
    prices: Mapping[str, int]


def assign(
    edges: Sequence[Edge], places: Mapping[str, int], need_weight: int, burden_weight: int
) -> Assigned:
    """The greatest Σ need_weight·need - burden_weight·burden: each weak school at most once, each strong within places.

    Deterministic: schools in the order of their ids.
    """
    strong = sorted({edge.strong for edge in edges if places[edge.strong]})
    weak = sorted({edge.weak for edge in edges})
    if not strong:
        return Assigned((), {})
    rows, columns = {key: at for at, key in enumerate(weak)}, {key: at for at, key in enumerate(strong)}
    weights = np.full((len(weak), len(strong)), _NONE, np.int64)
    held: dict[tuple[int, int], Edge] = {}
    for edge in edges:
        if edge.strong in columns:
            at = rows[edge.weak], columns[edge.strong]
            weights[at] = need_weight * edge.need - burden_weight * edge.burden
            held[at] = edge
    limits = np.array([min(places[key], len(weak)) for key in strong], np.int64)
    chosen = _matched(weights, limits)
    picks = tuple(held[weak_at, at] for weak_at, at in enumerate(chosen.tolist()) if at >= 0)
    worth = _worth_of_places(weights, limits, chosen)
    gain = np.where(weights == _NONE, 0, weights - worth[None, :]).max(axis=1, initial=0)
    return Assigned(picks, {key: int(gain[at]) for key, at in rows.items() if gain[at] > 0})


def _matched(weights: Whole, limits: Whole) -> Whole:
    """The column of each row, -1 for none."""
    from scipy.optimize import linear_sum_assignment

    usable = np.maximum(weights, 0)  # a pair worth nothing is as good as none
    if int(usable.max(initial=0)) * len(usable) >= _EXACT:
        raise OverflowError("the weights of the assignment are beyond exact doubles")
    owner = np.repeat(np.arange(len(limits)), limits)
    rows, columns = linear_sum_assignment(usable[:, owner].astype(np.float64), maximize=True)
    chosen = np.full(len(weights), -1, np.int64)
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        if usable[row, owner[column]] > 0:
            chosen[row] = owner[column]
    return chosen


def _worth_of_places(weights: Whole, limits: Whole, chosen: Whole) -> Whole:
    """The greatest prices of places at which nobody would rather be elsewhere (Bellman-Ford over strong schools)."""
    count = weights.shape[1]
    used = np.bincount(chosen[chosen >= 0], minlength=count)
    worth = np.zeros(count, np.int64)
    step = np.full((count, count), -_NONE, np.int64)
    for at in range(count):
        own = weights[chosen == at]
        if used[at] < limits[at] or not len(own):
            continue
        worth[at] = own[:, at].min()
        loss = np.where(own == _NONE, -_NONE, own[:, [at]] - own)
        step[at] = loss.min(axis=0)
    for _ in range(count):
        shorter = np.minimum(worth, (worth[None, :] + step).min(axis=1))
        shorter = np.where(used < limits, 0, shorter)
        if np.array_equal(shorter, worth):
            break
        worth = shorter
    return np.maximum(worth, 0)
