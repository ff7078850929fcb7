"""Bounds from prices, for any prices: what no plan can exceed, whoever made it.

With a price v on every weak school and κ on every unit of a strong school's capacity,
Σ weight·x ≤ Σ v + Σ over strong schools of max(0, κ·capacity + the best set of weight - v - κ·size), for each strong
school taken alone; where the number of new groups is limited, only the best of the new ones count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from junheng.planning.pair.candidates import Edge

Numbers = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds in a model. ``new_groups`` (None: any) limits strong schools outside ``leads``; these need
    ``least_members``."""

    places: Mapping[str, int]
    capacity: Mapping[str, int] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    leads: frozenset[str] = frozenset()
    new_groups: int | None = None
    least_members: int = 0


def upper_bound(
    edges: Sequence[Edge], limits: Limits, weights: tuple[Fraction, Fraction], prices: Numbers, room: Numbers
) -> Fraction:
    """The bound on Σ need_weight·need - burden_weight·burden (``weights``) at ``prices`` (≥ 0) and ``room`` (κ ≥ 0)."""
    values: dict[str, list[Fraction]] = {}
    for edge in edges:
        worth = weights[0] * edge.need - weights[1] * edge.burden - prices.get(edge.weak, Fraction(0))
        worth -= room.get(edge.strong, Fraction(0)) * limits.sizes.get(edge.weak, 0)
        values.setdefault(edge.strong, []).append(worth)
    old, new = Fraction(0), []
    for strong, found in values.items():
        is_old = strong in limits.leads or limits.new_groups is None
        least = 0 if is_old else limits.least_members
        own = best_of(found, least, limits.places[strong])
        own += room.get(strong, Fraction(0)) * limits.capacity.get(strong, 0)
        if is_old:
            old += max(own, Fraction(0))
        else:
            new.append(max(own, Fraction(0)))
    new.sort(reverse=True)
    return sum(prices.values(), Fraction(0)) + old + sum(new[: limits.new_groups], Fraction(0))


def best_of(values: Sequence[Fraction], least: int, most: int) -> Fraction:
    """The greatest sum of at most ``most`` values, at least ``least`` of them or none at all."""
    ordered = sorted(values, reverse=True)[:most]
    taken = ordered[:least] + [value for value in ordered[least:] if value > 0]
    return max(sum(taken, Fraction(0)), Fraction(0)) if len(ordered) >= least else Fraction(0)
