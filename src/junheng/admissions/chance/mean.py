"""A mean share over simulated draws with an interval that takes no distribution for granted.

Each draw gives one share between 0 and 1 and the draws are independent, which is all that is needed (Chernoff 1952,
Hoeffding 1963): D·KL(mean ‖ p) ≤ ln(2/α) bounds the mean itself. The interval is wide rather than bold.
"""

import math
from dataclasses import dataclass

from junheng.basics import Text

MEAN_INTERVAL = Text(
    "Chernoff–Hoeffding 区间，不假定分布", "interval of Chernoff and Hoeffding, no distribution assumed"
)
_STEPS = 60  # bisections: doubles are exhausted before


@dataclass(frozen=True)
class MeanShare:
    """A mean share over ``draws`` simulated draws with its interval; None where no draw had such a family."""

    value: float | None
    low: float
    high: float
    draws: int


def mean_share(total: float, draws: int, alpha: float) -> MeanShare:
    """The mean of ``draws`` independent values between 0 and 1 that add up to ``total``, interval of confidence 1 - ``alpha``.

    >>> mean_share(0.0, 0, 0.05)
    MeanShare(value=None, low=0.0, high=1.0, draws=0)
    """
    if not draws:
        return MeanShare(None, 0.0, 1.0, 0)
    value = min(1.0, max(0.0, total / draws))
    limit = math.log(2 / alpha) / draws
    return MeanShare(value, _bound(value, 0.0, limit), _bound(value, 1.0, limit), draws)


def _bound(value: float, end: float, limit: float) -> float:
    """The farthest p towards ``end`` with KL(value ‖ p) ≤ limit."""
    if _divergence(value, end) <= limit:
        return end
    near, far = value, end
    for _ in range(_STEPS):
        middle = (near + far) / 2
        if _divergence(value, middle) <= limit:
            near = middle
        else:
            far = middle
    return near


def _divergence(a: float, p: float) -> float:
    """KL of two coins, a against p; infinite where p rules out what a allows."""
    found = 0.0
    for mine, other in ((a, p), (1 - a, 1 - p)):
        if mine > 0:
            found += math.inf if other <= 0 else mine * math.log(mine / other)
    return found
