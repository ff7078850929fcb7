"""The frozen problem as arrays: what each school-stage lacks, what can be done there,
and what it costs in which year.

Demands are exact: whole persons, and steps of what is bought (a whole unit, or a small part of one), rounded up from
fractions. Money is in 10,000 yuan in all arrays and in yuan in ``Offer``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import combinations
from math import ceil, floor
from typing import Any

import numpy as np
import numpy.typing as npt

from junheng.planning.frozen import Json, exact

Doubles = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
WAN = 10_000
STEPS = 10_000  # of a unit that may be divided: fine enough that rounding up costs less than a millionth
FULL, FLOOR = 0, 1


@lru_cache
def exempt_sets(indicators: int, needed: int) -> tuple[tuple[int, ...], ...]:
    """Every set of indicators that may stay at their floor, the empty one first."""
    return tuple(
        chosen for size in range(indicators - needed + 1) for chosen in combinations(range(indicators), size)
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """A measure or (``is_move``) a transfer. ``stage`` is "" where it serves the whole school."""

    id: str
    stage: str
    gives: Mapping[str, Fraction]
    is_whole: bool
    is_move: bool
    is_training: bool
    once: Fraction
    yearly: Fraction
    ceilings: Mapping[int, int]
    zh: str
    en: str

    def money(self, bought: int, year: int) -> Fraction:
        """Yuan that a unit bought in ``bought`` takes in ``year``."""
        return (self.once if bought == year else Fraction(0)) + (
            self.yearly if bought <= year else Fraction(0)
        )

    @property
    def steps(self) -> int:
        """Steps in one unit."""
        return 1 if self.is_whole else STEPS


@dataclass(frozen=True, slots=True)
class Row:
    """One judged school-stage with pupils. ``lack`` by indicator: (to the line, to the floor), signed, in numerators."""

    school: int
    stage: str
    pupils: int
    share: Fraction
    stock: Mapping[str, Fraction]
    lack: Mapping[str, tuple[Fraction, Fraction]]
    data: Json


@dataclass(frozen=True)
class County:
    """The problem read once; rows are in order of school id and stage."""

    problem: Json
    years: tuple[int, ...]
    rows: tuple[Row, ...]
    schools: tuple[Json, ...]
    indicators: tuple[Json, ...]
    offers: tuple[Offer, ...]
    budgets: tuple[Fraction, ...]  # empty: no budget row at all
    carries_over: bool
    needed: int

    @cached_property
    def persons(self) -> tuple[str, ...]:
        """Indicators counted by stage."""
        return tuple(row["id"] for row in self.indicators if not row["shared"])

    @cached_property
    def shared(self) -> tuple[str, ...]:
        """Indicators counted by school and split."""
        return tuple(row["id"] for row in self.indicators if row["shared"])

    @cached_property
    def stages(self) -> tuple[str, ...]:
        """Stages with a judged row."""
        return tuple(sorted({row.stage for row in self.rows}))

    @cached_property
    def row_school(self) -> Places:
        """The school of each row."""
        return np.array([row.school for row in self.rows], np.int64)

    @cached_property
    def rows_by_school(self) -> list[Places]:
        """(school, stage) row places, schools with one judged stage first, then those with two."""
        of_school: dict[int, list[int]] = {}
        for at, row in enumerate(self.rows):
            of_school.setdefault(row.school, []).append(at)
        sizes = sorted({len(rows) for rows in of_school.values()})
        return [
            np.array([rows for rows in of_school.values() if len(rows) == size], np.int64) for size in sizes
        ]

    @cached_property
    def _rows_of(self) -> dict[str, Places]:
        return {
            stage: np.array([at for at, row in enumerate(self.rows) if row.stage == stage], np.int64)
            for stage in self.stages
        }

    def rows_of(self, stage: str) -> Places:
        """The rows of a stage."""
        return self._rows_of[stage]

    @cached_property
    def shares(self) -> Doubles:
        """(row,) part of the school's shared resources."""
        return np.array([float(row.share) for row in self.rows])

    @cached_property
    def stock_persons(self) -> Doubles:
        """(row, person indicator) persons there."""
        return np.array([[float(row.stock[key]) for key in self.persons] for row in self.rows]).reshape(
            len(self.rows), len(self.persons)
        )

    @cached_property
    def is_weak(self) -> Flags:
        """Whether the row's school is marked weak."""
        return np.array([bool(self.schools[row.school].get("weak", 0)) for row in self.rows], bool)

    @cached_property
    def lack_persons(self) -> Doubles:
        """(row, full|floor, person indicator): whole persons lacking, negative where there are more."""
        return np.array(
            [
                [[ceil(row.lack[key][kind]) for key in self.persons] for kind in (FULL, FLOOR)]
                for row in self.rows
            ],
            float,
        ).reshape(len(self.rows), 2, len(self.persons))

    @cached_property
    def person_cases(self) -> tuple[Doubles, Places]:
        """(row, case, person indicator) persons asked for, signed, and the case of each choice.

        Case 0: the stage need not comply, and no stock may fall below nothing; then by the persons exempt.
        """
        sets = exempt_sets(len(self.indicators), self.needed)
        own = [at for at, row in enumerate(self.indicators) if not row["shared"]]
        exempt = [tuple(at for at in chosen if at in own) for chosen in sets]
        cases = sorted(set(exempt), key=lambda case: (len(case), case))
        is_floor = np.array([[at in case for at in own] for case in cases], bool).reshape(
            len(cases), len(own)
        )
        lack = self.lack_persons
        asked = np.where(is_floor, lack[:, FLOOR, None], lack[:, FULL, None])
        demands = np.concatenate([-self.stock_persons[:, None], asked], axis=1)
        return demands, np.array([0, *(1 + cases.index(one) for one in exempt)])

    @cached_property
    def persons_asked(self) -> dict[str, Doubles]:
        """By stage: (row of the stage, case, person indicator) whole persons asked for, case 0 left out."""
        demands, _ = self.person_cases
        return {stage: demands[self.rows_of(stage), 1:].clip(min=0) for stage in self.stages}

    @cached_property
    def lack_shared(self) -> Doubles:
        """(row, full|floor, shared indicator): numerators of the whole school lacking, unrounded."""
        return np.array(
            [
                [[float(row.lack[key][kind]) for key in self.shared] for kind in (FULL, FLOOR)]
                for row in self.rows
            ],
            float,
        ).reshape(len(self.rows), 2, len(self.shared))

    def person_offers(self, stage: str, *, has_moves: bool) -> tuple[Doubles, Doubles, list[int], list[int]]:
        """Of a stage's hires, training and (``has_moves``) transfers: unit vectors (column, attribute), caps
        (row of the stage, column), places of what is bought or received, places of what is given away.
        """
        found = self._person_offers.get((stage, has_moves))
        if found is None:
            places = [place for place, offer in enumerate(self.offers) if offer.stage == stage]
            bought = [place for place in places if has_moves or not self.offers[place].is_move]
            given = [place for place in bought if self.offers[place].is_move]
            signed = [(place, 1) for place in bought] + [(place, -1) for place in given]
            vectors = np.array(
                [
                    [sign * float(self.offers[at].gives.get(key, 0)) for key in self.persons]
                    for at, sign in signed
                ]
            ).reshape(len(signed), len(self.persons))
            rows = self.rows_of(stage)
            caps = np.concatenate([self.caps[rows][:, bought], self.movable[rows][:, given]], axis=1)
            found = self._person_offers[stage, has_moves] = vectors, caps, bought, given
        return found

    @cached_property
    def _person_offers(self) -> dict[tuple[str, bool], tuple[Doubles, Doubles, list[int], list[int]]]:
        return {}

    @cached_property
    def makers(self) -> dict[str, tuple[int, ...]]:
        """The offers that add to each shared indicator."""
        return {
            key: tuple(place for place, offer in enumerate(self.offers) if key in offer.gives)
            for key in self.shared
        }

    def givers(self, stage: str, key: str) -> tuple[int, ...]:
        """The offers that add to an indicator of a stage, its school's among them."""
        return self._givers.get((stage, key), ())

    @cached_property
    def _givers(self) -> dict[tuple[str, str], tuple[int, ...]]:
        return {
            (stage, row["id"]): tuple(
                place
                for place, offer in enumerate(self.offers)
                if row["id"] in offer.gives and offer.stage in ("", stage)
            )
            for stage in self.stages
            for row in self.indicators
        }

    @cached_property
    def is_simple(self) -> bool:
        """One offer at most for each shared indicator, one training for each other: what the closed form needs."""
        trained = [(offer.stage, key) for offer in self.offers if offer.is_training for key in offer.gives]
        few = all(len(makers) <= 1 for makers in self.makers.values()) and len(self.persons) <= 3
        return few and len(trained) == len(set(trained))

    @cached_property
    def lack_steps(self) -> Doubles:
        """Like ``lack_shared``, in steps of the one offer, rounded up; infinite where nothing can be bought."""
        found = np.zeros((len(self.rows), 2, len(self.shared)))
        for place, key in enumerate(self.shared):
            offer = self.offers[self.makers[key][0]] if self.makers[key] else None
            for at, row in enumerate(self.rows):
                for kind in (FULL, FLOOR):
                    found[at, kind, place] = _steps(row.lack[key][kind], key, offer)
        return found

    @cached_property
    def money(self) -> Doubles:
        """(offer, year bought, year paid) in 10,000 yuan."""
        return np.array(
            [
                [[float(offer.money(bought, year)) / WAN for year in self.years] for bought in self.years]
                for offer in self.offers
            ]
        ).reshape(len(self.offers), len(self.years), len(self.years))

    @cached_property
    def caps(self) -> Doubles:
        """(school or row, offer) as ``cap`` says: rows for offers of a stage, schools for those of the school."""
        found = np.full((max(len(self.rows), len(self.schools)), len(self.offers)), np.inf)
        for place, offer in enumerate(self.offers):
            if offer.stage:
                for at, row in enumerate(self.rows):
                    found[at, place] = self._stage_cap(row, offer)
            else:
                for at, school in enumerate(self.schools):
                    found[at, place] = _least(school.get("limits", {}).get(offer.id), offer, self.years)
        return found

    def _stage_cap(self, row: Row, offer: Offer) -> float:
        """Units one stage may buy, or receive by a transfer; 0 for the offers of other stages."""
        if row.stage != offer.stage:
            return 0.0
        if offer.is_move:
            return float(self._all_movable[offer.id] - int(row.data.get("movable", {}).get(offer.id, 0)))
        found = _least(row.data.get("limits", {}).get(offer.id), offer, self.years)
        if offer.is_training and "full_time" in row.data:
            left = [exact(row.data["full_time"]) - row.stock.get(key, Fraction(0)) for key in offer.gives]
            found = min(found, *(max(0.0, float(floor(lacking))) for lacking in left))
        return found

    @cached_property
    def _all_movable(self) -> dict[str, int]:
        return {
            offer.id: sum(
                int(row.data.get("movable", {}).get(offer.id, 0))
                for row in self.rows
                if row.stage == offer.stage
            )
            for offer in self.offers
            if offer.is_move
        }

    @cached_property
    def movable(self) -> Doubles:
        """(row, offer): persons a stage may give up."""
        return np.array(
            [
                [
                    float(row.data.get("movable", {}).get(offer.id, 0))
                    if offer.is_move and offer.stage == row.stage
                    else 0.0
                    for offer in self.offers
                ]
                for row in self.rows
            ]
        ).reshape(len(self.rows), len(self.offers))

    @cached_property
    def budget_rows(self) -> tuple[Doubles, Doubles]:
        """(row, year) what of a year's money counts, and what there is (10,000 yuan)."""
        size = len(self.budgets)
        counts = np.tril(np.ones((size, size))) if self.carries_over else np.eye(size)
        return counts, counts @ np.array([float(money) / WAN for money in self.budgets])

    @cached_property
    def is_coupled(self) -> bool:
        """Whether anything ties schools to each other: money, ceilings, transfers (CV limits are asked for apart)."""
        return bool(self.budgets) or any(offer.ceilings or offer.is_move for offer in self.offers)


def _steps(lack: Fraction, key: str, offer: Offer | None) -> float:
    if offer is None:
        return np.inf if lack > 0 else 0.0
    return float(ceil(lack / offer.gives[key] * offer.steps))


def _least(limit: Any, offer: Offer, years: tuple[int, ...]) -> float:
    """The smaller of a school's own limit and what the county can buy in all years, in units that can be bought."""
    bounds = [exact(limit)] if limit is not None else []
    if all(year in offer.ceilings for year in years):
        bounds.append(Fraction(sum(offer.ceilings.values())))
    if not bounds:
        return np.inf
    return floor(max(Fraction(0), min(bounds)) * offer.steps) / offer.steps
