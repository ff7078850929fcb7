"""What a model hands back: the plan in columns, bounds, and the proof of the independent bound."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from junheng.planning.site.classical.hopeless import Hopeless
from junheng.planning.site.classical.instance import Whole
from junheng.planning.site.classical.tree import Branch


@dataclass(frozen=True, slots=True)
class Vector:
    """Prices in thousandths of a whole unit: of demand points, and for capacities also of sites and of the cover."""

    demand: Whole
    sites: Whole | None = None
    cover: int = 0


@dataclass(frozen=True, slots=True)
class Backing:
    """``rules`` follow from the first vector, each alone; ``leaves`` (branch, number of its vector) cover the rest.
    ``radius``: the distance at which more sites are needed (p-centre)."""

    vectors: tuple[Vector, ...]
    rules: Branch
    leaves: tuple[tuple[Branch, int], ...]
    radius: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """``sites`` open; ``units`` (demand × sites) for capacities; ``value`` of the objective, ``bound`` of the prices and
    ``solver`` bound (None: no solver was asked), all in whole units. ``reasons`` where it cannot be done."""

    sites: Whole
    value: Fraction
    bound: Fraction
    solver: Fraction | None
    backing: Backing | None
    units: Whole | None = None
    reasons: tuple[Hopeless, ...] = ()


def packed(
    vectors: list[Vector], rules: Branch, leaves: list[tuple[Branch, Vector]], radius: int | None = None
) -> Backing:
    """Leaves that share their prices name the same vector; the first of ``vectors`` is the root's."""
    kept, numbers = (
        list(vectors),
        {_key(vector): place for place, vector in reversed(list(enumerate(vectors)))},
    )
    named = []
    for branch, vector in leaves:
        key = _key(vector)
        if key not in numbers:
            numbers[key] = len(kept)
            kept.append(vector)
        named.append((branch, numbers[key]))
    return Backing(tuple(kept), rules, tuple(named), radius)


def _key(vector: Vector) -> tuple[bytes, bytes, int]:
    return vector.demand.tobytes(), b"" if vector.sites is None else vector.sites.tobytes(), vector.cover


NOTHING = np.empty(0, np.int64)
