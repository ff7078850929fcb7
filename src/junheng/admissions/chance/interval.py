"""Exact confidence intervals of a probability from repeated trials (Clopper and Pearson 1934).

The interval is built from the binomial distribution itself, not from a normal curve, so its coverage is never below what
it states, also for chances near 0 and 1 – where families look. Bounds are found by bisection on the regularised
incomplete beta function (continued fraction, NIST DLMF 8.17.22).
"""

import math

_STEPS = 200  # bisections and terms: doubles are exhausted long before
_TINY = 1e-300


def clopper_pearson(successes: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """The two-sided interval of a probability after ``successes`` in ``trials``, equal tails.

    >>> tuple(round(bound, 4) for bound in clopper_pearson(0, 10))
    (0.0, 0.3085)

    Raises ValueError unless 0 ≤ successes ≤ trials, trials ≥ 1 and 0 < confidence < 1.
    """
    if not 0 <= successes <= trials or trials < 1 or not 0 < confidence < 1:
        raise ValueError("0 <= successes <= trials, trials >= 1, 0 < confidence < 1")
    tail = (1 - confidence) / 2
    low = 0.0 if successes == 0 else _quantile(tail, successes, trials - successes + 1)
    high = 1.0 if successes == trials else _quantile(1 - tail, successes + 1, trials - successes)
    return low, high


def _quantile(probability: float, a: int, b: int) -> float:
    """x with I_x(a, b) = probability."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if regularised_beta(middle, a, b) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def regularised_beta(x: float, a: float, b: float) -> float:
    """I_x(a, b) for 0 ≤ x ≤ 1 and positive a, b: also P(X ≥ a) of a binomial with n = a + b - 1 and chance x."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):  # there the fraction converges slowly; the mirror image is quick
        return 1 - regularised_beta(1 - x, b, a)
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(front) / (a * _fraction(x, a, b))


def _fraction(x: float, a: float, b: float) -> float:
    """1 + d1/(1 + d2/(1 + …)) of DLMF 8.17.22, evaluated forwards by Lentz's method."""
    value, c, d = 1.0, 1.0, 0.0
    for term in range(1, 50 * _STEPS):
        m = term // 2
        if term % 2:
            step = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            step = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / _away_from_zero(1 + step * d)
        c = _away_from_zero(1 + step / c)
        change = c * d
        value *= change
        if abs(change - 1) < 1e-15:
            break
    return value


def _away_from_zero(number: float) -> float:
    return number if abs(number) > _TINY else _TINY
