"""A frozen siting problem as arrays, for one scenario: blocks, sites, ways,
what a site may become and its price.

Money is in *parts*: a yuan is ``scale`` parts, so that a pupil's way has a whole price and every sum is exact.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from junheng.planning.frozen import Json, exact

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]
PARTS_OF_WAN = 10_000  # yuan in a 万元: the solver's unit of money


@dataclass(frozen=True, slots=True)
class Rooms:
    """What each site may become; arrays by site (``standing`` by site and year: classes there if it is open)."""

    standing: Whole
    step: Whole
    least: Whole
    most: Whole
    start: Whole  # first year (its place) in which the site may open, expand or close
    must_from: Whole  # first year (its place) in which it must be open; the number of years where never
    must_steps: Whole
    is_existing: npt.NDArray[np.bool_]
    may_close: npt.NDArray[np.bool_]
    pupils_least: Whole  # in the last year, where the plan is free to do without the site; else 0
    pupils_most: Whole


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices in parts, by site: once (opening, a step, closing) and every year open (the site, a class)."""

    fixed: Whole
    step: Whole
    close: Whole
    yearly: Whole
    class_yearly: Whole


@dataclass(frozen=True)
class Case:
    """One scenario. ``block`` and ``site`` are the ends of every way, ``way`` its price in parts per pupil and year."""

    problem: Json
    scenario: str
    years: tuple[int, ...]
    scale: int
    seats_per_class: int
    blocks: tuple[str, ...]
    sites: tuple[str, ...]
    demand: Whole  # by block and year
    block: Whole
    site: Whole
    way: Whole
    rooms: Rooms
    prices: Prices
    unmet: int  # parts per seat and year; 0 where no child may be without a seat
    budget: tuple[int | None, ...]  # parts that may be spent up to the end of each year

    @property
    def may_lack(self) -> bool:
        """Whether a child may be without a seat, at a price."""
        return self.unmet > 0

    @cached_property
    def steps(self) -> int:
        """The most steps any site may take."""
        return int(self.rooms.most.max(initial=0))

    @cached_property
    def seats(self) -> Whole:
        """Seats by site, year and steps taken (0 … ``steps``), within what a school may hold."""
        taken = np.arange(self.steps + 1)
        classes = self.rooms.standing[:, :, None] + self.rooms.step[:, None, None] * taken
        found: Whole = np.minimum(self.seats_per_class * classes, self.rooms.pupils_most[:, None, None])
        return found

    @cached_property
    def running(self) -> Whole:
        """Parts a year by site, year and steps taken, the site being open."""
        taken = np.arange(self.steps + 1)
        classes = self.rooms.standing[:, :, None] + self.rooms.step[:, None, None] * taken
        found: Whole = self.prices.yearly[:, None, None] + self.prices.class_yearly[:, None, None] * classes
        return found


def case_of(problem: Json, scenario: str) -> Case:
    """The arrays of ``scenario``; sites and blocks in the order of the problem (by id)."""
    years = tuple(problem["years"])
    sites = tuple(row["id"] for row in problem["sites"])
    blocks = [row for row in problem["blocks"] if any(row["pupils"][scenario])]
    price = exact(problem["way_yuan"])
    scale = price.denominator
    place = {name: at for at, name in enumerate(sites)}
    ways = [
        (at, place[site], length * price.numerator)
        for at, row in enumerate(blocks)
        for site, length in sorted(row["ways"].items())
    ]
    ends = np.array(ways, np.int64).reshape(-1, 3)
    return Case(
        problem=problem,
        scenario=scenario,
        years=years,
        scale=scale,
        seats_per_class=problem["class_pupils"],
        blocks=tuple(row["id"] for row in blocks),
        sites=sites,
        demand=np.array([row["pupils"][scenario] for row in blocks], np.int64).reshape(-1, len(years)),
        block=ends[:, 0],
        site=ends[:, 1],
        way=ends[:, 2],
        rooms=_rooms(problem["sites"], years),
        prices=_prices(problem["sites"], scale),
        unmet=problem["unmet_yuan"] * scale if problem["unmet"] == "priced" else 0,
        budget=_budget(problem, scale),
    )


def _rooms(rows: list[Json], years: tuple[int, ...]) -> Rooms:
    def column(name: str) -> Whole:
        return np.array([row[name] for row in rows], np.int64)

    must = [row.get("must", {"year": years[-1] + 1, "steps": 0}) for row in rows]
    is_free = np.array(
        ["must" not in row and (row["may_close"] == 1 or row["existing"] == 0) for row in rows], bool
    )
    return Rooms(
        standing=np.array([row["classes"] for row in rows], np.int64).reshape(len(rows), len(years)),
        step=column("step"),
        least=column("least"),
        most=column("most"),
        start=column("from") - years[0],
        must_from=np.array([row["year"] for row in must], np.int64) - years[0],
        must_steps=np.array([row["steps"] for row in must], np.int64),
        is_existing=column("existing") == 1,
        may_close=(column("existing") == 1) & (column("may_close") == 1) & is_free,
        pupils_least=np.where(is_free, column("pupils_least"), 0),
        pupils_most=column("pupils_most"),
    )


def _prices(rows: list[Json], scale: int) -> Prices:
    def column(name: str) -> Whole:
        return np.array([row[name] for row in rows], np.int64) * scale

    names: dict[str, Any] = {
        "fixed": "fixed_yuan",
        "step": "step_yuan",
        "close": "close_yuan",
        "yearly": "yearly_yuan",
        "class_yearly": "class_yearly_yuan",
    }
    return Prices(**{key: column(name) for key, name in names.items()})


def _budget(problem: Json, scale: int) -> tuple[int | None, ...]:
    """What may be spent up to each year; unspent money is carried over. None: no limit up to that year."""
    given = problem.get("budget")
    if given is None:
        return (None,) * len(problem["years"])
    total, found = 0, []
    for year in problem["years"]:
        total += given[str(year)] * scale
        found.append(total)
    return tuple(found)
