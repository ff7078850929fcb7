"""Whole shares of a whole: largest remainder (Hamilton), exact, ties by the order given."""

from collections.abc import Mapping, Sequence
from fractions import Fraction


def apportion(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """``total`` shared out in proportion to ``weights`` (persons); the shares add up to ``total`` exactly.

    Quotas are rounded down, what is left goes to the largest remainders, among equals to the first in order.
    With no weight at all every share is 0. Source: the method of largest remainders (Hamilton, 1792).

    >>> apportion(10, {"a": 1, "b": 1, "c": 1})
    {'a': 4, 'b': 3, 'c': 3}
    """
    whole = sum(weights.values())
    if whole <= 0:
        return dict.fromkeys(weights, 0)
    exact = {name: Fraction(total * weight, whole) for name, weight in weights.items()}
    shares = {name: int(value) for name, value in exact.items()}
    order = sorted(weights, key=lambda name: shares[name] - exact[name])  # stable: ties keep their order
    for name in order[: total - sum(shares.values())]:
        shares[name] += 1
    return shares


def level(total: int, names: Sequence[str], most: Mapping[str, int]) -> dict[str, int]:
    """``total`` shared out as equally as the largest possible shares ``most`` allow (absent: no bound).

    What does not fit anywhere is left out: the shares then add up to less. Differences beyond the bounds are at
    most one, the first names taking the odd ones.
    """
    shares = dict.fromkeys(names, 0)
    left = total
    while left > 0:
        room = [name for name in names if name not in most or shares[name] < most[name]]
        if not room:
            break
        step = max(1, left // len(room))
        for name in room:
            taken = min(step, left, most.get(name, left + shares[name]) - shares[name])
            shares[name] += taken
            left -= taken
    return shares
