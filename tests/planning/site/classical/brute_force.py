"""Every set of sites tried, in plain Python: what the models must agree with on tiny problems."""

from fractions import Fraction
from itertools import combinations
from typing import Any

Json = dict[str, Any]


def best(problem: Json) -> Fraction | None:
    """The optimum of a tiny problem; None where there is no plan."""
    model, count = problem["model"], len(problem["sites"])
    most = problem.get("count", count)
    values = [
        value
        for size in range(1, most + 1)
        for sites in combinations(range(count), size)
        if (value := _value(problem, sites)) is not None
    ]
    if not values:
        return None
    return max(values) if model == "maximal_covering" else min(values)


def _value(problem: Json, sites: tuple[int, ...]) -> Fraction | None:
    rows = [[Fraction(row[j]) for j in sites if row[j] != ""] for row in problem["ways"]]
    weight = [point["weight"] for point in problem["demand"]]
    model, radius = problem["model"], Fraction(problem.get("radius", 0))
    if model == "capacitated":
        return _served(problem, sites)
    if model == "maximal_covering":
        near = (any(way <= radius for way in row) for row in rows)
        return Fraction(sum(w for w, is_near in zip(weight, near, strict=True) if is_near))
    if any(not row or (model == "set_covering" and min(row) > radius) for row in rows):
        return None
    if model == "set_covering":
        return sum((Fraction(problem["sites"][j]["cost"]) for j in sites), Fraction(0))
    if model == "p_centre":
        return max(min(row) for row in rows)
    return sum((w * min(row) for w, row in zip(weight, rows, strict=True)), Fraction(0))


def _served(problem: Json, sites: tuple[int, ...]) -> Fraction | None:
    """Cheapest flow by cancelling: shortest augmenting paths (Bellman & Ford) in fractions."""
    weight = [point["weight"] for point in problem["demand"]]
    room = {j: problem["sites"][j]["capacity"] for j in sites}
    if sum(room.values()) < sum(weight):
        return None
    flow: dict[tuple[int, int], int] = {}
    rate = {
        (i, j): Fraction(row[j]) / weight[i]
        for i, row in enumerate(problem["ways"])
        for j in sites
        if row[j] != ""
    }
    for i, units in enumerate(weight):
        left = units
        while left:
            path = _cheapest(rate, flow, room, i, sites)
            if path is None:
                return None
            step = min(left, room[path[-1][1]], *(flow[i2, j] for i2, j in _backs(path)))
            for place, (row, site) in enumerate(path):
                flow[row, site] = flow.get((row, site), 0) + (step if place % 2 == 0 else -step)
            room[path[-1][1]] -= step
            left -= step
    total = sum((units * rate[pair] for pair, units in flow.items()), Fraction(0))
    return total + sum((Fraction(problem["sites"][j]["cost"]) for j in sites), Fraction(0))


def _backs(path: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return path[1::2]


def _cheapest(
    rate: dict[tuple[int, int], Fraction],
    flow: dict[tuple[int, int], int],
    room: dict[int, int],
    start: int,
    sites: tuple[int, ...],
) -> list[tuple[int, int]] | None:
    """Arcs from a demand point to a site with room, forwards and back in turn, at least cost."""
    cost: dict[int, Fraction] = {}
    path: dict[int, list[tuple[int, int]]] = {}
    for j in sites:
        if (start, j) in rate:
            cost[j], path[j] = rate[start, j], [(start, j)]
    for _ in sites:
        for (i, j), units in sorted(flow.items()):
            if units <= 0 or j not in cost:
                continue
            for k in sites:
                if k != j and (i, k) in rate:
                    value = cost[j] - rate[i, j] + rate[i, k]
                    if k not in cost or value < cost[k]:
                        cost[k], path[k] = value, [*path[j], (i, j), (i, k)]
    ends = [(cost[j], j) for j in cost if room[j] > 0]
    return path[min(ends)[1]] if ends else None
