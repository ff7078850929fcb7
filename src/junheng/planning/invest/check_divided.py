"""The least cost of needs in divisible units, by its dual: exact, and below the cost in whole units.

min Σ p·x, Σ g·x ≥ n, 0 ≤ x ≤ limit equals max over u ≥ 0 of Σ u·n - Σ limit·(u·g - p)⁺ with u·g ≤ p for what has no
limit. That is concave and made of planes, so the best u is a corner where three of the planes u·g = p, u = 0 meet.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

Needs = tuple[int, ...]
Corner = tuple[tuple[int, int, int], int]  # u as numerators over one positive denominator
INFINITE = 10**60  # above every cost: what cannot be had
WIDTH = 3  # indicators at most


def divided(sources: Sequence[tuple[int, Needs, int | None]], needs: Needs) -> int:
    """Least cost of ``needs`` (at most ``WIDTH``), rounded down; sources are (price ≥ 0, what a unit gives, limit)."""
    for place, need in enumerate(needs):
        given = [(gives[place], limit) for _, gives, limit in sources if gives[place]]
        limits = [limit * gives for gives, limit in given if limit is not None]
        if len(limits) == len(given) and sum(limits) < need:
            return INFINITE
    priced = [(price, _padded(gives), limit) for price, gives, limit in sources]
    asked, best = _padded(needs), 0
    for (u, v, w), under in _corners(frozenset((price, gives) for price, gives, _ in priced)):
        worth = u * asked[0] + v * asked[1] + w * asked[2]
        for price, (a, b, c), limit in priced:
            excess = u * a + v * b + w * c - price * under
            if excess > 0:
                if limit is None:
                    break
                worth -= limit * excess
        else:
            best = max(best, worth // under)
    return best


def _padded(values: Needs) -> tuple[int, int, int]:
    first, second, third = (*values, 0, 0)[:WIDTH] if len(values) < WIDTH else values
    return first, second, third


@lru_cache(maxsize=256)
def _corners(planes: frozenset[tuple[int, tuple[int, int, int]]]) -> tuple[Corner, ...]:
    """Every point with u ≥ 0 where three planes meet."""
    return tuple(dict.fromkeys(_met(planes)))


def _met(planes: frozenset[tuple[int, tuple[int, int, int]]]) -> Iterator[Corner]:
    axes = [(0, (1, 0, 0)), (0, (0, 1, 0)), (0, (0, 0, 1))]
    for (p, a), (q, b), (r, c) in combinations([*axes, *sorted(planes)], 3):
        under = _determinant(a, b, c)
        if under:
            rows = ((p, q, r), tuple(zip(a, b, c, strict=True)))
            found = [_determinant(*_replaced(rows[1], place, rows[0])) for place in range(WIDTH)]
            signed = [value if under > 0 else -value for value in found]
            if min(signed) >= 0:
                yield (signed[0], signed[1], signed[2]), abs(under)


def _replaced(
    columns: Sequence[tuple[int, ...]], place: int, column: tuple[int, ...]
) -> Sequence[tuple[int, ...]]:
    return [column if at == place else one for at, one in enumerate(columns)]


def _determinant(a: Sequence[int], b: Sequence[int], c: Sequence[int]) -> int:
    return (
        a[0] * (b[1] * c[2] - b[2] * c[1])
        - a[1] * (b[0] * c[2] - b[2] * c[0])
        + a[2] * (b[0] * c[1] - b[1] * c[0])
    )
