"""From the solver's doubles to a plan in whole persons and steps that passes exact arithmetic.

The switches are rounded, quantities asked for anew from the exact shortfalls, what is missing by a rounding error is
bought, what nobody needs is dropped.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import numpy as np

from junheng.planning.invest.county import FLOOR, FULL, County, Flags, Places
from junheng.planning.invest.model import Model
from junheng.planning.solver import Doubles


@dataclass
class Plan:
    """What every school gets, all in whole numbers: persons, and steps of an offer's unit."""

    county: County
    steps: Places  # (row or school, offer) bought, or persons received
    given: Places  # (row, offer)
    exempt: Flags  # (row, indicator): may stay at its floor
    comply: Flags  # (row,) counted on by the model

    def units(self, at: int, place: int) -> Fraction:
        """Units bought of an offer."""
        return Fraction(int(self.steps[at, place]), self.county.offers[place].steps)

    def amount(self, row: int, key: str) -> Fraction:
        """Numerator of an indicator after the plan: the stage's own, or the whole school's."""
        entry = self.county.rows[row]
        found = entry.stock[key]
        for place in self.county.givers(entry.stage, key):
            offer = self.county.offers[place]
            net = int(self.steps[row if offer.stage else entry.school, place])
            net -= int(self.given[row, place]) * offer.steps
            if net:
                found += offer.gives[key] * Fraction(net, offer.steps)
        return found

    def lacks(self, row: int, key: str) -> tuple[bool, bool]:
        """Whether the line, and the floor, is missed."""
        entry = self.county.rows[row]
        gained = self.amount(row, key) - entry.stock[key]
        return gained < entry.lack[key][FULL], gained < entry.lack[key][FLOOR]


def polish(model: Model, values: Doubles, *, kept: frozenset[str] = frozenset()) -> Plan:
    """The plan of a solution. ``kept``: indicators whose excess stays, because a CV limit may ask for it."""
    county = model.county
    steps = np.zeros(model.bought.shape, np.int64)
    for place, offer in enumerate(county.offers):
        has = np.flatnonzero(model.bought[:, place] >= 0)
        units = values[model.bought[has, place]]
        steps[has, place] = (
            np.round(units) if offer.is_whole else np.ceil(units * offer.steps - 1e-3).clip(min=0)
        )
    given = np.where(model.given >= 0, np.round(values[model.given]), 0).astype(np.int64)
    both = np.minimum(steps[: len(given)], given)  # nobody comes and goes
    steps[: len(given)] -= both
    given = given - both
    plan = Plan(county, steps, given, values[model.exempt] > 0.5, values[model.comply] > 0.5)
    for row in np.flatnonzero(plan.comply).tolist():
        _meet_persons(plan, row)
    _meet_shared(plan, kept)
    for row in range(len(county.rows)):
        _drop_persons(plan, row, kept)
    return plan


def _needed(plan: Plan, row: int, key: str, at: int) -> Fraction:
    """What has to be gained of an indicator for the stage to comply."""
    return plan.county.rows[row].lack[key][FLOOR if plan.exempt[row, at] else FULL]


def _meet_persons(plan: Plan, row: int) -> None:
    """Buy what rounding left out, by the least dear offer with room."""
    county = plan.county
    for at, indicator in enumerate(county.indicators):
        key = indicator["id"]
        if indicator["shared"]:
            continue
        missing = ceil(_needed(plan, row, key, at) - (plan.amount(row, key) - county.rows[row].stock[key]))
        for place in _by_price(county, key, county.rows[row].stage) if missing > 0 else ():
            more = int(min(missing, county.caps[row, place] - plan.steps[row, place]))
            plan.steps[row, place] += max(0, more)
            missing -= max(0, more)


def _by_price(county: County, key: str, stage: str) -> list[int]:
    found = [
        place
        for place, offer in enumerate(county.offers)
        if offer.stage == stage and key in offer.gives and not offer.is_move
    ]
    return sorted(found, key=lambda place: (county.offers[place].once + county.offers[place].yearly, place))


def _meet_shared(plan: Plan, kept: frozenset[str]) -> None:
    """Exactly what the neediest complying stage asks for; with several offers only what is missing is added."""
    county = plan.county
    for at, indicator in enumerate(county.indicators):
        makers = county.makers.get(indicator["id"], ())
        if not indicator["shared"] or not makers:
            continue
        needs = [Fraction(0)] * len(county.schools)
        for row in np.flatnonzero(plan.comply).tolist():
            school = county.rows[row].school
            needs[school] = max(needs[school], _needed(plan, row, indicator["id"], at))
        for school, need in enumerate(needs):
            _buy_shared(plan, school, makers, indicator["id"], need, is_kept=indicator["id"] in kept)


def _buy_shared(
    plan: Plan, school: int, makers: tuple[int, ...], key: str, need: Fraction, *, is_kept: bool
) -> None:
    offers = plan.county.offers
    if len(makers) == 1:
        place = makers[0]
        asked = ceil(need / offers[place].gives[key] * offers[place].steps)
        plan.steps[school, place] = max(asked, int(plan.steps[school, place])) if is_kept else asked
        return
    got = sum((offers[place].gives[key] * plan.units(school, place) for place in makers), Fraction(0))
    for place in makers:
        if got < need:
            offer = offers[place]
            room = int(min(1e15, plan.county.caps[school, place] * offer.steps)) - int(
                plan.steps[school, place]
            )
            more = min(room, ceil((need - got) / offer.gives[key] * offer.steps))
            plan.steps[school, place] += more
            got += offer.gives[key] * Fraction(more, offer.steps)


def _drop_persons(plan: Plan, row: int, kept: frozenset[str]) -> None:
    """Nobody is hired or trained whom no complying stage needs."""
    county = plan.county
    stage = county.rows[row].stage
    spare = {}
    for at, indicator in enumerate(county.indicators):
        if not indicator["shared"]:
            key = indicator["id"]
            gained = plan.amount(row, key) - county.rows[row].stock[key]
            least = _needed(plan, row, key, at) if plan.comply[row] else -county.rows[row].stock[key]
            spare[key] = 0 if key in kept else int(gained - ceil(least))
    places = [
        place
        for place, offer in enumerate(county.offers)
        if offer.stage == stage and not offer.is_move and plan.steps[row, place] > 0
    ]
    for place in sorted(
        places, key=lambda place: (-county.offers[place].once - county.offers[place].yearly, place)
    ):
        fewer = min(int(plan.steps[row, place]), *(max(0, spare[key]) for key in county.offers[place].gives))
        plan.steps[row, place] -= fewer
        for key in county.offers[place].gives:
            spare[key] -= fewer
