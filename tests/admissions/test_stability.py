"""Stability by brute force: with units and pools, every engine finds the stable result that is best for every unit.

All ways to place a few units are listed. One is stable when each school would keep exactly those it has, and nobody wishes
a school more that would take it in. Written from the choice rule's sentence, sharing no code with the engines.
"""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from hypothesis import given, settings
from tests.admissions.random_markets import SEED_OF_DRAWS, Json, random_markets
from tests.admissions.small import make, one_order, own_orders, placed
from tests.effort import examples

from junheng.admissions import Market, Ranks, assign, market_from, order_of

ONE_STAGE: dict[str, Any] = {"units": "overflow", "leftovers": "none"}


class Town:
    """A market as plain words: who wishes what, and what a school would choose."""

    def __init__(self, problem: Json, market: Market, ranks: Ranks) -> None:
        self.market, self.ranks = market, ranks
        self.schools = problem["schools"]
        self.width, self.class_first = problem["band_width"], problem["key"][0] == "class"
        self.lists = [
            market.school[market.start[u] : market.start[u + 1]].tolist() for u in range(len(market.units))
        ]

    def key(self, unit: int, school: int) -> tuple[int, int, int]:
        place = self.lists[unit].index(school)
        application = int(self.market.start[unit]) + place
        own = self.ranks.by_application
        ticket = int(self.ranks.single[unit] if own is None else own[application])
        band, klass = place // self.width, int(self.market.klass[application])
        return (klass, band, ticket) if self.class_first else (band, klass, ticket)

    def code(self, unit: int, school: int) -> int:
        application = int(self.market.start[unit]) + self.lists[unit].index(school)
        return self.market.codes[int(self.market.klass[application])]

    def choice(self, school: int, units: Iterable[int]) -> set[int]:
        """Whom a school keeps of ``units``."""
        kept: set[int] = set()
        waiting = sorted(units, key=lambda unit: self.key(unit, school))
        spare = 0
        for pool in self.schools[school]["pools"]:
            seats = pool["seats"] + spare
            for unit in list(waiting):
                if seats > 0 and (not pool["classes"] or self.code(unit, school) in pool["classes"]):
                    kept.add(unit)
                    waiting.remove(unit)
                    seats -= int(self.market.size[unit])
            spare = max(0, seats) if pool["unfilled"] == "next" else 0
        return kept

    def is_stable(self, chosen: tuple[int, ...]) -> bool:
        has = {
            school: {u for u, s in enumerate(chosen) if s == school} for school in range(len(self.schools))
        }
        if any(self.choice(school, units) != units for school, units in has.items()):
            return False
        return not any(
            unit in self.choice(school, has[school] | {unit})
            for unit, school in enumerate(chosen)
            for school in self.preferred(unit, school)
        )

    def preferred(self, unit: int, school: int) -> list[int]:
        wishes = self.lists[unit]
        return wishes if school < 0 else wishes[: wishes.index(school)]

    def all_ways(self) -> Iterator[tuple[int, ...]]:
        return product(*([*wishes, -1] for wishes in self.lists))


def _worth(town: Town, unit: int, school: int) -> int:
    return town.lists[unit].index(school) if school >= 0 else len(town.lists[unit])


@settings(max_examples=examples(120))
@given(random_markets(**ONE_STAGE, units_at_most=5))
def test_the_result_is_the_best_stable_one_for_every_unit(given_market: tuple[Json, list[Json]]) -> None:
    problem, rows = given_market
    problem["stages"] = [{"id": "main", "schools": [school["id"] for school in problem["schools"]]}]
    market = market_from(problem, rows)
    ranks = order_of(market, "sha256", SEED_OF_DRAWS).ranks
    town = Town(problem, market, ranks)
    found = tuple(assign(market, ranks, "python").school.tolist())
    assert town.is_stable(found)
    for other in filter(town.is_stable, town.all_ways()):
        for unit, (own, elsewhere) in enumerate(zip(found, other, strict=True)):
            assert _worth(town, unit, own) <= _worth(town, unit, elsewhere)


def test_more_applicants_may_fill_fewer_seats() -> None:
    """The law of aggregate demand fails with units: said in the manual, so that nobody promises otherwise."""
    two = make({"a": "s", "b*2": "s"}, {"s": 2})
    both = assign(two, one_order(two, "a b"), "python")
    three = make({"a": "s", "c": "s", "b*2": "s"}, {"s": 2})
    after = assign(three, one_order(three, "a c b"), "python")
    assert both.taken(two).tolist() == [3]
    assert after.taken(three).tolist() == [2]
    assert placed(three, after) == {"a": "s", "b": "", "c": "s"}


def test_with_units_another_list_may_gain() -> None:
    """Found by trying all lists: child 1, unplaced with its true list b a, gets a by listing a alone."""
    orders = {"a": "2 1 3", "b": "3 1 2"}
    true = {"1": "b a", "2*2": "b a", "3*2": "a b"}
    results = []
    for wishes in (true, true | {"1": "a"}):
        market = make(wishes, {"a": 2, "b": 1}, tickets="per_school")
        results.append(placed(market, assign(market, own_orders(market, orders), "python")))
    assert results == [{"1": "", "2": "a", "3": "b"}, {"1": "a", "2": "b", "3": "a"}]
