"""The frozen location problem read anew for the check: whole numbers in one unit, no solver."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from junheng.basics import Text
from junheng.planning.frozen import Json, exact

KEYS = {
    "p_median": "cost",
    "p_centre": "radius",
    "set_covering": "cost",
    "maximal_covering": "covered",
    "capacitated": "cost",
}


class Scene:
    """Numbers of a problem, ways and costs in whole units of 1/``scale``; a way that does not exist is None."""

    def __init__(self, problem: Json) -> None:
        self.model = str(problem["model"])
        self.key = KEYS[self.model]
        self.demand = [point["id"] for point in problem["demand"]]
        self.sites = [site["id"] for site in problem["sites"]]
        self.weight = [int(exact(point["weight"])) for point in problem["demand"]]
        self.capacity = [int(exact(site.get("capacity", 0))) for site in problem["sites"]]
        self.count = int(problem.get("count", 0))
        costs = [exact(site.get("cost", 1)) for site in problem["sites"]]
        self.exact_radius = exact(problem.get("radius", 0))
        numbers = {value: exact(value) for row in problem["ways"] for value in {*row} - {""}}
        found = {way.denominator for way in numbers.values()}
        self.scale = lcm(*found, *(cost.denominator for cost in costs), self.exact_radius.denominator)
        self.cost = [int(cost * self.scale) for cost in costs]
        whole: dict[int | str, int | None] = {value: int(way * self.scale) for value, way in numbers.items()}
        whole[""] = None
        self.ways = [[whole[value] for value in row] for row in problem["ways"]]
        self.row = {name: place for place, name in enumerate(self.demand)}
        self.column = {name: place for place, name in enumerate(self.sites)}

    def near(self, radius: Fraction) -> list[list[bool]]:
        """Whether a site (inner) reaches a demand point (outer) within ``radius``."""
        limit = radius * self.scale
        return [[way is not None and way <= limit for way in row] for row in self.ways]

    def nearest(self, row: int, columns: Sequence[int]) -> tuple[int, int] | None:
        """The least way from ``columns`` and the first column that has it; None where there is none."""
        found = [(way, column) for column in columns if (way := self.ways[row][column]) is not None]
        return min(found) if found else None


def wrong(zh: str, en: str) -> Text:
    """One line of complaint."""
    return Text(zh, en)
