"""The search: most mergers that hold, then fewest pupil-minutes; bounds by prices."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from junheng.planning.frozen import Json, number
from junheng.planning.merge.bound import bound_of
from junheng.planning.merge.market import Market, Pair
from junheng.planning.merge.scene import Scene, Unit

if TYPE_CHECKING:
    from junheng.planning.solver import Block, Solved, Step

_PLACES = 6  # decimals of a stored price


@dataclass(frozen=True, slots=True)
class Asked:
    """How to search: relative gap, seconds in all, who hears of progress, who may stop it."""

    gap: float
    seconds: float
    watch: "Callable[[Step], None] | None"
    stop: threading.Event | None


@dataclass(frozen=True, slots=True)
class Found:
    """The assignment, the status, and for each of the two aims its prices and the tree's own bound."""

    assignment: dict[Unit, str]
    status: str
    prices: dict[str, Json]
    solver: dict[str, Any]


class _Model:
    """The model over a market: x pair, y merger, n classes by grade."""

    def __init__(self, scene: Scene, own: Market) -> None:
        from junheng.planning.solver import Block

        self.scene, self.own, self.block = scene, own, Block()
        self.pairs: Sequence[Pair] = list(own.costs)
        self.units = sorted({unit for unit, _ in self.pairs})
        self.merges = sorted({unit[0] for unit in self.units if not self._lacks(unit[0])})
        self.x = self.block.var(len(self.pairs), upper=1.0, whole=True)
        self.y = self.block.var(len(self.merges), upper=1.0, whole=True)
        low = [classes for _, classes in own.grades.values()]
        high = [own.rooms[key[0]] for key in own.grades]
        self.n = self.block.var(len(own.grades), lower=low, upper=high, whole=True)
        self.rows: dict[tuple[str, ...], int] = {}
        self._assign()
        self._hold()

    def _lacks(self, merge: str) -> bool:
        return any(unit in self.own.why for unit in self.scene.units_of(merge))

    def _row(self, name: tuple[str, ...], high: float, terms: Sequence[tuple[int, float]]) -> None:
        if terms:
            at, by = np.array([t[0] for t in terms]), np.array([t[1] for t in terms])
            self.rows[name] = int(self.block.rows((1,), -np.inf, high, (at[None, :], by[None, :]))[0])

    def _assign(self) -> None:
        """Every unit of a merger that holds goes to one school; a unit of one that does not goes nowhere."""
        place = {merge: at for at, merge in enumerate(self.merges)}
        for unit in self.units:
            own = [self.x[at] for at, pair in enumerate(self.pairs) if pair[0] == unit]
            terms: list[tuple[Any, Any]] = [(np.array(own)[None, :], np.ones((1, len(own))))]
            if unit[0] in place:
                terms.append((np.array([[self.y[place[unit[0]]]]]), np.array([[-1.0]])))
            self.block.rows((1,), 0.0, 0.0, *terms)

    def _hold(self) -> None:
        """Classes within the limit, rooms, size, seats and beds of every school."""
        keys = list(self.own.grades)
        for at, key in enumerate(keys):
            coming = self._coming(key[0], partial(_of_grade, key[1:]))
            name = ("grade", key[0], key[1], str(key[2]))
            self._row(name, -self.own.grades[key][0], [*coming, (int(self.n[at]), -self.own.limits[key])])
        for school in self.own.rooms:
            own = [(int(self.n[at]), 1.0) for at, key in enumerate(keys) if key[0] == school]
            self._row(("rooms", school), self.own.rooms[school], own)
            pupils = self._coming(school, lambda home: home["pupils"])
            self._row(("size", school), self.own.sizes[school], pupils)
            if school in self.own.seats:
                self._row(("seats", school), self.own.seats[school], pupils)
            self._row(
                ("beds", school), self.own.beds[school], self._coming(school, lambda home: home["boards"])
            )

    def _coming(self, school: str, of: Callable[[Json], int]) -> list[tuple[int, float]]:
        found = []
        for at, (unit, to) in enumerate(self.pairs):
            if to == school and (value := sum(of(home) for home in self.scene.rows[unit])):
                found.append((int(self.x[at]), float(value)))
        return found


def search(scene: Scene, own: Market, asked: Asked) -> Found:
    """First the most mergers, then the fewest pupil-minutes of plans with as many; two solves, no big-M."""
    model = _Model(scene, own)
    if not model.merges:
        return Found({}, "optimal", {"mergers": {}, "pupil_minutes": {}}, {})
    block, half = model.block, asked.seconds / 2
    block.aim([(model.y, -1.0)])
    most = _solved(block, 0.0, half, asked)
    if not most.is_found:
        return Found({}, "interrupted" if most.status == "interrupted" else "time_limit", {}, {})
    first = _prices(model, [(model.y, -1.0)])
    count = round(-most.objective)
    block.rows((1,), count, np.inf, (model.y[None, :], np.ones((1, len(model.y)))))
    costs = np.array([float(own.costs[pair]) for pair in model.pairs])
    block.aim([(model.x, costs)])
    least = _solved(block, asked.gap, half, asked)
    best = least if least.is_found else most
    second = _prices(model, [(model.x, costs)], block.height - 1)
    chosen = {
        pair[0]: pair[1] for pair, value in zip(model.pairs, best.values[model.x], strict=True) if value > 0.5
    }
    solver = {"mergers": number(Fraction(round(-most.bound)))} if most.status == "optimal" else {}
    if least.is_found:
        solver["pupil_minutes"] = number(Fraction(f"{least.bound:.{_PLACES}f}"))
    return Found(chosen, _status(most, least, asked), {"mergers": first, "pupil_minutes": second}, solver)


def _of_grade(grade: tuple[str, int], home: Json) -> int:
    """Pupils of a home that are of a grade."""
    return int(home["pupils"]) if (home["stage"], home["grade"]) == grade else 0


def _solved(block: "Block", gap: float, seconds: float, asked: Asked) -> "Solved":
    return block.solve(gap=gap, seconds=seconds, watch=asked.watch, stop=asked.stop)


def _status(most: "Solved", least: "Solved", asked: Asked) -> str:
    if "interrupted" in (most.status, least.status):
        return "interrupted"
    if most.status != "optimal" or least.status != "optimal":
        return "time_limit"
    return "optimal" if least.gap <= asked.gap and asked.gap == 0 else "within_gap"


def _prices(model: _Model, aim: Any, count_row: int | None = None) -> Json:
    """Prices of the rows from the LP, at least 0, as decimal text; a price of 0 is left out."""
    model.block.aim(aim)
    relaxed = model.block.solve(relaxed=True)
    if not relaxed.prices.size:
        return {}
    found = {":".join(name): max(0.0, -float(relaxed.prices[row])) for name, row in model.rows.items()}
    if count_row is not None:
        found["count"] = max(0.0, float(relaxed.prices[count_row]))
    return {name: text for name, price in sorted(found.items()) if (text := _text(price))}


def _text(price: float) -> str:
    text = str(number(Fraction(f"{price:.{_PLACES}f}")))
    return "" if text == "0" else text


def bounds(scene: Scene, own: Market, found: Found, count: int) -> Mapping[str, Fraction]:
    """At most so many mergers, at least so many pupil-minutes with ``count`` of them: by prices, without a solver."""
    prices = found.prices
    return {
        "mergers": -bound_of(scene, own, prices.get("mergers", {}), None),
        "pupil_minutes": bound_of(scene, own, prices.get("pupil_minutes", {}), count),
    }
