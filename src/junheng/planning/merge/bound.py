"""The bound that prices prove: Lagrangian of the limits of the schools, every part solved by looking.

L = Σ schools (own pupils and rooms at their prices, classes at their best) + Σ mergers min(0, Σ villages the cheapest
school less the reward); whatever the prices, no plan is below it.
"""

from fractions import Fraction

from junheng.planning.frozen import Json, exact
from junheng.planning.merge.market import Market
from junheng.planning.merge.scene import Scene, Unit


def bound_of(scene: Scene, own: Market, prices: Json, count: int | None) -> Fraction:
    """The least value of pupil-minutes with at least ``count`` mergers; with None, of minus the number of mergers."""
    reward = Fraction(1) if count is None else exact(prices.get("count", 0))
    total = _of_schools(own, prices) + (reward * count if count is not None else 0)
    for merge in sorted({unit[0] for unit in scene.rows}):
        units = scene.units_of(merge)
        if any(unit in own.why for unit in units):
            continue
        ways = sum((_cheapest(scene, own, prices, unit, count is not None) for unit in units), Fraction(0))
        total += min(Fraction(0), ways - reward)
    return total


def _price(prices: Json, *name: str) -> Fraction:
    return exact(prices.get(":".join(name), 0))


def _of_schools(own: Market, prices: Json) -> Fraction:
    total = Fraction(0)
    for key, (pupils, classes) in own.grades.items():
        price = _price(prices, "grade", key[0], key[1], str(key[2]))
        by_class = _price(prices, "rooms", key[0]) - own.limits[key] * price
        total += price * pupils + by_class * (classes if by_class >= 0 else own.rooms[key[0]])
    for school in own.rooms:
        total -= _price(prices, "rooms", school) * own.rooms[school]
        total -= _price(prices, "size", school) * own.sizes[school]
        total -= _price(prices, "seats", school) * own.seats.get(school, 0)
        total -= _price(prices, "beds", school) * own.beds[school]
    return total


def _cheapest(scene: Scene, own: Market, prices: Json, unit: Unit, has_ways: bool) -> Fraction:
    found = []
    for school in own.options(unit):
        cost = own.costs[unit, school] if has_ways else Fraction(0)
        each = _price(prices, "size", school) + _price(prices, "seats", school)
        for home in scene.rows[unit]:
            grade = _price(prices, "grade", school, home["stage"], str(home["grade"]))
            cost += home["pupils"] * (grade + each) + home["boards"] * _price(prices, "beds", school)
        found.append(cost)
    return min(found)
