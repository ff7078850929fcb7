"""Wilson's interval of a rate, narrowed where much of a small group was asked."""

from math import sqrt
from statistics import NormalDist


def wilson(hits: int, asked: int, confidence: float, people: int | None = None) -> tuple[float, float]:
    """The Wilson score interval of ``hits`` of ``asked``, for a simple random sample.

    ``people``: size of the group, where known; the sample then weighs as n (N - 1) / (N - n), and one that asked all
    gives the rate itself. Sources: E. B. Wilson, JASA 22 (1927) 209–212; finite population correction,
    W. G. Cochran, Sampling Techniques (3rd ed. 1977) §2.6. Raises ValueError unless 0 ≤ hits ≤ asked and asked ≥ 1.

    >>> [round(end, 4) for end in wilson(8, 10, 0.95)]
    [0.4902, 0.9433]
    """
    if not 0 <= hits <= asked or asked < 1:
        raise ValueError(f"{hits} of {asked}")
    rate = hits / asked
    if people is not None and asked >= people:
        return rate, rate
    count = asked if people is None else asked * (people - 1) / (people - asked)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    middle = rate + z * z / (2 * count)
    spread = z * sqrt(rate * (1 - rate) / count + z * z / (4 * count * count))
    whole = 1 + z * z / count
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)
