"""Choosing p sites by exchange: greedy start, then the best swap of all until none pays.

All swaps are priced at once from the nearest and second nearest open site of every demand point (Whitaker 1983, Resende
& Werneck 2007; the shared sums of FastPAM, Schubert & Rousseeuw 2019).
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]


def cost_of(costs: Whole, sites: Whole) -> int:
    """Σ over demand points (rows of ``costs``) of the least cost among ``sites`` (columns)."""
    return int(costs[:, sites].min(1).sum())


def greedy(costs: Whole, count: int, forced: Whole | None = None) -> Whole:
    """``count`` sites, each the one that saves most beside those before it; ties by column. ``forced`` come first."""
    chosen = [] if forced is None else [int(site) for site in forced]
    now = costs[:, chosen].min(1) if chosen else np.full(len(costs), costs.max() + 1)
    while len(chosen) < count:
        sums = np.minimum(costs, now[:, None]).sum(0)
        sums[chosen] = np.iinfo(np.int64).max
        chosen.append(int(sums.argmin()))
        now = np.minimum(now, costs[:, chosen[-1]])
    return np.array(sorted(chosen))


def improve(costs: Whole, start: Whole, is_over: Callable[[], bool] = lambda: False) -> Whole:
    """``start`` after the best swaps, one after another, until none lowers the cost (or ``is_over``)."""
    sites = np.sort(start)
    while sites.size < costs.shape[1] and not is_over():
        gain, out, new = _best_swap(costs, sites)
        if gain <= 0:
            break
        sites[out] = new
        sites.sort()
    return sites


def _best_swap(costs: Whole, sites: Whole) -> tuple[int, int, int]:
    """What the best swap saves, the place in ``sites`` that leaves, the column that comes."""
    own = costs[:, sites]
    rows = np.arange(len(costs))
    nearest = own.argmin(1)
    first = own[rows, nearest]
    if sites.size == 1:
        totals = costs.sum(0)
        new = int(totals.argmin())
        return int(first.sum() - totals[new]), 0, new
    own[rows, nearest] = np.iinfo(np.int64).max
    second = own.min(1)
    order = np.argsort(nearest, kind="stable")
    starts = np.searchsorted(nearest[order], np.arange(sites.size))
    sorted_costs, one, two = costs[order], first[order, None], second[order, None]
    saved = np.maximum(one - sorted_costs, 0).sum(0)
    kept = np.maximum(two - np.maximum(sorted_costs, one), 0)  # loss of leaving that the newcomer takes back
    filled = np.bincount(nearest, minlength=sites.size) > 0
    back = np.zeros((sites.size, costs.shape[1]), np.int64)
    back[filled] = np.add.reduceat(kept, starts[filled], axis=0)
    loss = np.zeros(sites.size, np.int64)
    np.add.at(loss, nearest, second - first)
    gains = saved[None, :] - loss[:, None] + back
    gains[:, sites] = -1
    place = int(gains.argmax())
    out, new = divmod(place, costs.shape[1])
    return int(gains[out, new]), out, new
