"""Bounds from prices, for any prices: what no plan of a branch can go below, in whole numbers.

Each model's bound is its Lagrangian function, evaluated site by site; nothing is solved and nothing is trusted.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import lcm

from junheng.planning.frozen import Json, exact
from junheng.planning.site.classical.check_scene import Scene

Bound = Callable[[Sequence[int], Sequence[int]], Fraction | None]
_INFINITE = None  # a branch that holds no plan at all


def bound_of(scene: Scene, vector: Json, radius: Fraction | None) -> Bound:
    """The bound of one vector of prices as a function of the sites held open and shut (None: no plan is there).

    In the unit of the objective (a cost; uncovered weight; sites). ``radius``: cover within it by sites of cost 1.
    """
    prices = [exact(vector["demand"].get(name, 0)) for name in scene.demand]
    if unknown := set(vector["demand"]) - set(scene.demand):
        raise ValueError(f"prices of unknown demand points {sorted(unknown)[:3]}")
    if radius is not None:
        return _covering(scene, prices, scene.near(radius), [Fraction(1)] * len(scene.sites))
    if scene.model == "set_covering":
        costs = [Fraction(cost, scene.scale) for cost in scene.cost]
        return _covering(scene, prices, scene.near(scene.exact_radius), costs)
    if scene.model == "capacitated":
        return _capacitated(scene, prices, vector)
    return _median(scene, prices)


def _median(scene: Scene, prices: list[Fraction]) -> Bound:
    """Σ λ + the p least of Σ_i min(0, c_ij - λ_i)."""
    unit = lcm(scene.scale if scene.model == "p_median" else 1, *(price.denominator for price in prices))
    whole = [int(price * unit) for price in prices]
    worth = [0] * len(scene.sites)
    for row, price in enumerate(whole):
        for column, cost in enumerate(_costs(scene, row, unit)):
            if cost is not None and cost < price:
                worth[column] += cost - price

    def bound(opened: Sequence[int], shut: Sequence[int]) -> Fraction | None:
        if len(opened) > scene.count:
            return _INFINITE
        held = {*opened, *shut}
        free = sorted(value for column, value in enumerate(worth) if column not in held)
        taken = sum(worth[column] for column in opened) + sum(free[: scene.count - len(opened)])
        return Fraction(sum(whole) + taken, unit)

    return bound


def _costs(scene: Scene, row: int, unit: int) -> list[int | None]:
    """What serving a demand point from each site costs, in 1/``unit``: weight × way, or its weight where not covered."""
    weight = scene.weight[row]
    if scene.model == "p_median":
        factor = weight * (unit // scene.scale)
        return [None if way is None else way * factor for way in scene.ways[row]]
    limit = scene.exact_radius * scene.scale
    return [0 if way is not None and way <= limit else weight * unit for way in scene.ways[row]]


def _covering(scene: Scene, prices: list[Fraction], near: list[list[bool]], costs: list[Fraction]) -> Bound:
    """Σ u + Σ_j min(0, f_j - Σ u of those j covers); u ≥ 0."""
    if min(prices, default=Fraction(0)) < 0:
        raise ValueError("a price below 0")
    worth = list(costs)
    for row, price in enumerate(prices):
        if price:
            for column, is_near in enumerate(near[row]):
                if is_near:
                    worth[column] -= price
    total = sum(prices, Fraction(0))

    def bound(opened: Sequence[int], shut: Sequence[int]) -> Fraction | None:
        held = {*opened, *shut}
        free = (min(value, Fraction(0)) for column, value in enumerate(worth) if column not in held)
        return total + sum((worth[column] for column in opened), Fraction(0)) + sum(free, Fraction(0))

    return bound


def _capacitated(scene: Scene, prices: list[Fraction], vector: Json) -> Bound:
    """Σ λ + the least Σ (f_j - μ_j·s_j - Σ_i max(0, λ_i - c_ij - μ_j·d_i)) over sites that can cover all demand."""
    room = [exact(vector["sites"].get(name, 0)) for name in scene.sites]
    cover = exact(vector["cover"])
    if min((cover, *room)) < 0:
        raise ValueError("a price below 0")
    unit = lcm(scene.scale, cover.denominator, *(price.denominator for price in (*prices, *room)))
    factor, price_of_cover = unit // scene.scale, int(cover * unit)
    serve, rooms = [int(price * unit) for price in prices], [int(price * unit) for price in room]
    worth = [
        cost * factor - price * size
        for cost, price, size in zip(scene.cost, rooms, scene.capacity, strict=True)
    ]
    for row, price in enumerate(serve):
        size = scene.weight[row]
        for column, way in enumerate(scene.ways[row]):
            if way is not None and (gain := price - way * factor - rooms[column] * size) > 0:
                worth[column] -= gain

    def bound(opened: Sequence[int], shut: Sequence[int]) -> Fraction | None:
        free = [column for column in range(len(worth)) if column not in {*opened, *shut}]
        lacking = max(0, sum(scene.weight) - sum(scene.capacity[column] for column in opened))
        own = sorted(worth[column] - price_of_cover * scene.capacity[column] for column in free)
        least = fewest([scene.capacity[column] for column in free], lacking)
        count = max(least, sum(value < 0 for value in own))
        taken = sum(worth[column] for column in opened) + sum(own[:count]) + price_of_cover * lacking
        return Fraction(sum(serve) + taken, unit)

    return bound


def fewest(sizes: Sequence[int], demand: int) -> int:
    """How many sites, the largest first, hold ``demand``; one more than there are where all do not."""
    total = count = 0
    for size in sorted(sizes, reverse=True):
        if total >= demand:
            return count
        total, count = total + size, count + 1
    return count if total >= demand else count + 1
