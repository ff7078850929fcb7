"""Permutation test of matched sets: exact for small numbers, drawn from a published seed beyond.

In each set one school is a member and the others are not; were membership without any bearing, either could have been
it. The statistic is the mean over sets of (change of the member - mean change of the others). Shifting the members'
changes by τ and asking for which τ the arrangement seen is not extreme gives the interval: each arrangement other than
the real one contributes one threshold, and the limits are order statistics of these (for pairs: Hartigan's typical
values, J. A. Hartigan, JASA 64 (1969) 1303; inversion: P. R. Rosenbaum, Observational Studies, 2nd ed., §2.6).
"""

from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256
from math import floor, lcm, prod

from junheng.planning.frozen import Json, number

Choice = tuple[int, ...]  # in each set, which school is taken for the member
Sets = Sequence[Sequence[Fraction]]  # per set: the member's change first, then the others'


def permutation_test(sets: Sets, level: Fraction, largest: int, sampled: int, seed: str) -> Json:
    """{"effect", "arrangements", "method", "p", "low"?, "high"?} as exact numbers; no limit: too few schools.

    ``p`` is two-sided: twice the smaller tail, at most 1.
    """
    is_exact = prod(map(len, sets)) <= largest
    thresholds, unit, zeros = _thresholds(sets, None if is_exact else _drawn(sets, sampled, seed))
    count = len(thresholds) + zeros + 1
    effect = sum((_contrast(own, 0) for own in sets), Fraction(0)) / len(sets)
    above = 1 + zeros + sum(t <= 0 for t in thresholds)
    below = 1 + zeros + sum(t >= 0 for t in thresholds)
    found: Json = {
        "effect": number(effect),
        "arrangements": count,
        "method": "exact" if is_exact else "sampled",
        "p": number(min(Fraction(1), 2 * Fraction(min(above, below), count))),
    }
    place = floor(count * (1 - level) / 2) - zeros  # the place-th threshold from either end
    if 1 <= place <= len(thresholds):
        ordered = sorted(thresholds)
        found |= {"low": number(ordered[place - 1] * unit), "high": number(ordered[-place] * unit)}
    return found


def _contrast(own: Sequence[Fraction], chosen: int) -> Fraction:
    others = [value for at, value in enumerate(own) if at != chosen]
    return own[chosen] - sum(others, Fraction(0)) / len(others)


def _thresholds(sets: Sets, drawn: Sequence[Choice] | None) -> tuple[list[int], Fraction, int]:
    """(T₀ - A) ÷ (1 - B) of every arrangement but the real one, where its statistic at shift τ is A - B·τ.

    In whole multiples of a unit (the second value), for speed; the third is how often the real one was drawn.
    """
    change = [[_contrast(own, 0) - _contrast(own, chosen) for chosen in range(len(own))] for own in sets]
    # A set whose member stays bears -τ; one in which another is chosen bears +τ ÷ others.
    slope = [
        [Fraction(len(own), len(own) - 1) if chosen else Fraction(0) for chosen in range(len(own))]
        for own in sets
    ]
    tops, per_change = _summed(change, drawn)
    slopes, per_slope = _summed(slope, drawn)
    moved = [(top, by) for top, by in zip(tops, slopes, strict=True) if by]
    common = lcm(*{by for _, by in moved})
    zeros = len(tops) - len(moved) - (drawn is None)  # when all are listed, the real one is among them
    return [top * (common // by) for top, by in moved], per_change / (per_slope * common), zeros


def _summed(
    parts: Sequence[Sequence[Fraction]], drawn: Sequence[Choice] | None
) -> tuple[list[int], Fraction]:
    """Σ over sets of the chosen part, for all choices or the drawn ones, as whole multiples of a unit."""
    common = lcm(*(part.denominator for own in parts for part in own))
    whole = [[int(part * common) for part in own] for own in parts]
    if drawn is not None:
        return [sum(own[c] for own, c in zip(whole, choice, strict=True)) for choice in drawn], Fraction(
            1, common
        )
    sums = [0]
    for own in whole:
        sums = [total + part for total in sums for part in own]
    return sums, Fraction(1, common)


def _drawn(sets: Sets, sampled: int, seed: str) -> list[Choice]:
    """Arrangement k takes in set s the remainder of SHA-256(seed/k/s), read as a whole number, by the set's size."""
    return [
        tuple(
            int.from_bytes(sha256(f"{seed}/{k}/{s}".encode()).digest(), "big") % len(own)
            for s, own in enumerate(sets)
        )
        for k in range(sampled)
    ]
