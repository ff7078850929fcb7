"""Persons of several attributes, bought at least cost: a covering problem of at most three demands,
solved by its prices.

The linear value is the greatest of u·demand - Σ cap·(u·column - price)⁺ over the vertices of few planes, which are the
same for every school. In whole persons: with the columns of one pair of attributes fixed in number, the others are
intervals (totally unimodular), so the whole-number value is a convex function of that number alone.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

import numpy as np

from junheng.planning.invest.county import Doubles, Flags, Places

BIG = (
    1e7  # 10,000 yuan a unit: the price of what cannot be had (small enough for sums to stay exact to a yuan)
)
NEVER = 5e6  # values above it mean: cannot be
_NEAR = 1e-9


@dataclass(frozen=True)
class Columns:
    """What can be done for the persons of a stage: unit vectors, prices, and caps by row (infinite: none)."""

    vectors: Doubles  # (column, attribute)
    prices: Doubles  # (column,)
    caps: Doubles  # (row, column)

    def within(self, most: float, worth: Doubles | None = None) -> "Columns":
        """The same, caps that no row with demands up to ``most`` can reach taken away.

        ``worth``: what a person of each attribute costs besides (row, attribute): a column that pays is bought to its cap.
        """
        if not self.caps.size:
            return self
        given = 0.0
        if (self.vectors < 0).any():
            given = -self.vectors.clip(max=0).sum(1) @ np.where(np.isfinite(self.caps), self.caps, 0).max(0)
        extra = 0.0 if worth is None else (worth @ self.vectors.T).min(0)
        free = (self.prices + extra >= 0) & (self.caps.min(0) >= most + given)
        caps = np.full(self.caps.shape, np.inf)
        kept = np.logical_not(free)
        some = self.caps[:, kept]
        # where some rows have a cap the others get one out of reach
        caps[:, kept] = np.where(np.isfinite(some).any(0) & np.isinf(some), BIG, some)
        return replace(self, caps=caps)

    def take(self, chosen: Flags) -> "Columns":
        """Only the chosen columns."""
        return Columns(self.vectors[chosen], self.prices[chosen], self.caps[:, chosen])


def linear_values(columns: Columns, demands: Doubles, surplus: Doubles | None = None) -> Doubles:
    """Least cost (row, case) of covering ``demands`` (row, case, attribute), persons divisible; about BIG where impossible.

    ``surplus``: what one more person of an attribute costs besides (row, attribute; negative: is worth).
    """
    size = demands.shape[-1]
    if size == 0:
        return np.zeros(demands.shape[:-1])
    if surplus is None:
        return _dearest(_prices(columns, demands), demands)
    columns = columns.within(float(demands.max(initial=0.0)), surplus)
    points = _vertices(columns, surplus)
    lost = _lost(columns, points)
    found = np.einsum("nek,nvk->nev", demands, points) + np.einsum("nek,nk->ne", demands, surplus)[..., None]
    values: Doubles = np.where(np.isnan(found), -np.inf, found - lost[:, None, :]).max(-1, initial=-np.inf)
    return values


def _prices(columns: Columns, demands: Doubles) -> tuple[Doubles, Doubles]:
    """The corners (vertex, attribute) of the prices for demands up to these, and what each loses (vertex, row)."""
    columns = columns.within(float(demands.max(initial=0.0)))
    points = _vertices(columns, np.zeros((1, demands.shape[-1])))[0]
    return points, np.ascontiguousarray(_lost(columns, points[None]).T)


def _dearest(prices: tuple[Doubles, Doubles], demands: Doubles) -> Doubles:
    """The cost (row, case): the most any corner makes of a demand. Laid out so that all loops are long ones."""
    points, lost = prices
    rows, cases, size = demands.shape
    if not len(points):
        return np.full((rows, cases), -np.inf)
    worth = (points @ demands.transpose(2, 1, 0).reshape(size, -1)).reshape(len(points), cases, rows)
    worth -= lost[:, None, :]
    found: Doubles = worth.max(0).T
    return found


def _lost(columns: Columns, points: Doubles) -> Doubles:
    """Σ cap · (u·column - price)⁺ by row and vertex; not a number where the vertex is none."""
    bounded = columns.take(np.asarray(np.isfinite(columns.caps).any(0)))
    excess = (points @ bounded.vectors.T - bounded.prices).clip(min=0.0)
    lost: Doubles = (
        bounded.caps @ excess[0].T if len(points) == 1 else np.einsum("nc,nvc->nv", bounded.caps, excess)
    )
    return lost


def _vertices(columns: Columns, surplus: Doubles) -> Doubles:
    """(row, vertex, attribute): corners of the prices' polyhedron, shifted by ``surplus``; nan where not a corner."""
    size = surplus.shape[1]
    bounded = np.asarray(np.isfinite(columns.caps).any(0))
    normals = np.concatenate([columns.vectors, np.eye(size), np.eye(size)])
    rows = len(surplus)
    levels = np.concatenate(
        [np.broadcast_to(columns.prices, (rows, len(columns.prices))), -surplus, np.full((rows, size), BIG)],
        axis=1,
    )
    free = columns.take(np.logical_not(bounded))
    endless = np.flatnonzero(~((free.vectors > 0) & (free.vectors.min(1, initial=0) >= 0)[:, None]).any(0))
    ends = (len(columns.prices) + size + endless).tolist()  # only where no free column bounds a price
    used = [*_planes(columns, bounded), *range(len(columns.prices), len(columns.prices) + size), *ends]
    triples, inverses = _crossings(normals.tobytes(), size, tuple(used))
    points = np.einsum("vij,nvj->nvi", inverses, levels[:, triples])
    scale = 1.0 + np.abs(points).max(-1)
    above = (points + surplus[:, None, :]).min(-1) >= -_NEAR * scale
    below = ((points @ free.vectors.T - free.prices) <= _NEAR * scale[..., None]).all(-1)
    fits = above & below & (points.max(-1) <= BIG * 1.01)
    if rows == 1:
        once = {row.tobytes(): row for row in np.round(points[0, fits[0]], 9) + 0.0}
        return np.array(list(once.values())).reshape(1, len(once), size)
    return np.where(fits[..., None], points, np.nan)


@lru_cache(maxsize=256)
def _crossings(normals: bytes, size: int, used: tuple[int, ...]) -> tuple[Places, Doubles]:
    """The sets of ``size`` planes that meet in a point, and the inverse of their normals: the same at all prices."""
    planes = np.frombuffer(normals).reshape(-1, size)
    triples = np.array(list(combinations(used, size)))
    proper = np.abs(np.linalg.det(planes[triples])) > 0.5
    return triples[proper], np.linalg.inv(planes[triples[proper]])


def _planes(columns: Columns, bounded: Flags) -> list[int]:
    """One plane for each different (column, price); of free columns of the same kind only the least dear."""
    found: dict[tuple[float, ...], int] = {}
    for place in np.argsort(columns.prices, kind="stable"):
        key = tuple(columns.vectors[place])
        found.setdefault((*key, columns.prices[place]) if bounded[place] else (*key, np.inf), int(place))
    return sorted(found.values())


def whole_values(columns: Columns, demands: Doubles) -> Doubles:
    """Like ``linear_values`` without surplus, in whole persons (demands and caps whole, at most three attributes)."""
    pair = _odd_pair(columns)
    if pair is None:
        return linear_values(columns, demands)
    is_pair = (columns.vectors == pair).all(1)
    rest, pairs = columns.take(~is_pair), columns.take(is_pair)
    asked = demands.clip(min=0.0)
    prices = points, lost = _prices(rest, asked)
    dear = points @ pair <= pairs.prices.min() + _NEAR  # at these prices no pair is worth having
    unpaired = _dearest((points[dear], lost[dear]), asked)
    unused = np.maximum(unpaired, _dearest((points[~dear], lost[~dear]), asked))
    settled = unpaired >= unused - _NEAR * (1 + unused)
    if settled.all():
        return unused
    some = np.flatnonzero(~settled.all(1))
    few = (replace(pairs, caps=pairs.caps[some]), demands[some], (prices[0], prices[1][:, some]))
    unused[some] = np.where(settled[some], unused[some], _with_pairs(*few, pair))
    return unused


def _with_pairs(pairs: Columns, demands: Doubles, prices: tuple[Doubles, Doubles], pair: Doubles) -> Doubles:
    """The least cost (row, case) over the number of pairs, of which it is a convex function: by halving."""

    def cost(count: Doubles) -> Doubles:
        left = demands - count[..., None] * pair
        return _in_order(pairs, count) + _dearest(prices, left.clip(min=0.0))

    low = np.zeros(demands.shape[:-1])
    high = (demands * pair).max(-1).clip(min=0.0)
    while (low < high).any():
        middle = np.floor((low + high) / 2)
        falls = cost(middle + 1) < cost(middle) - _NEAR
        low, high = (
            np.where(falls & (low < high), middle + 1, low),
            np.where(falls, high, np.minimum(high, middle)),
        )
    return cost(low)


def _odd_pair(columns: Columns) -> Doubles | None:
    """A pair of attributes to count apart; None where some pair has no column, so that all columns are intervals."""
    size = columns.vectors.shape[1]
    kinds = {tuple(vector) for vector in columns.vectors}
    pairs = [tuple(float(k in pair) for k in range(size)) for pair in combinations(range(size), 2)]
    return np.array(pairs[0]) if size == 3 and all(pair in kinds for pair in pairs) else None


def _in_order(columns: Columns, count: Doubles) -> Doubles:
    """Cost of ``count`` (row, case) units of columns of one kind, the least dear first."""
    found, left = np.zeros(count.shape), count.copy()
    for place in np.argsort(columns.prices, kind="stable"):
        taken = np.minimum(left, columns.caps[:, place, None])
        found, left = found + taken * columns.prices[place], left - taken
    return found + left * BIG


def whole_amounts(columns: Columns, demands: Doubles) -> Doubles:
    """Units of every column (row, column) of a least-cost cover of ``demands`` (row, attribute) in whole persons."""
    left, caps = demands.astype(float), columns.caps.copy()
    found = np.zeros(columns.caps.shape)
    for place in range(len(columns.prices)):
        best = whole_values(replace(columns, caps=caps), left[:, None])[:, 0]
        vector, price = columns.vectors[place], columns.prices[place]
        low = np.zeros(len(left))
        high = np.minimum(caps[:, place], (left * vector).max(-1, initial=0.0)).clip(min=0.0)
        while (low < high).any():
            middle = np.ceil((low + high) / 2)
            changed = caps.copy()
            changed[:, place] -= middle
            after = whole_values(replace(columns, caps=changed), (left - middle[:, None] * vector)[:, None])[
                :, 0
            ]
            keeps = after + price * middle <= best + _NEAR * (1 + np.abs(best))
            low, high = np.where(keeps, middle, low), np.where(keeps, high, np.maximum(middle - 1, low))
        found[:, place], left = low, left - low[:, None] * vector
        caps[:, place] = 0.0
    return found
