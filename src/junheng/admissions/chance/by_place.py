"""How families fare who wished a school in a place of their list: simulated draws of the whole market.

For every school and place: the share of those families admitted there, and the share of those admitted whom no better wish
had placed already. Each simulated draw gives one share between 0 and 1; mean.py says what their mean is worth.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from junheng.admissions.assign import assign
from junheng.admissions.chance.lotteries import table_lottery
from junheng.admissions.chance.mean import MeanShare, mean_share
from junheng.admissions.chance.simulation import Simulation
from junheng.admissions.market import Ints, Market

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class PlaceChance:
    """Families that wished ``school`` in place ``choice`` (from 1): ``children``, admitted there, and if still waiting."""

    school: str
    name: str
    choice: int
    children: int
    admitted: MeanShare
    waiting: MeanShare


def chances_by_place(
    market: Market, simulation: Simulation, advance: Callable[[int], None] = lambda done: None
) -> list[PlaceChance]:
    """The chances of every school and place that some family wished, school by school in the rule's order.

    ``advance`` is told after every simulated draw. Raises UserError for an engine that is unknown or not installed.
    """
    counts = np.bincount(_cell_of(market), market.size[market.applicant], _cells(market))
    sums = np.zeros((2, counts.size))
    defined = np.zeros((2, counts.size), dtype=np.int64)
    for number in range(simulation.draws):
        for kind, shares in enumerate(_one_draw(market, simulation, number, counts)):
            known = ~np.isnan(shares)
            sums[kind, known] += shares[known]
            defined[kind] += known
        advance(1)
    alpha, longest = 1 - simulation.confidence, _longest(market)
    return [
        PlaceChance(
            school=school.id,
            name=school.name,
            choice=place + 1,
            children=int(counts[cell]),
            admitted=mean_share(float(sums[0, cell]), int(defined[0, cell]), alpha),
            waiting=mean_share(float(sums[1, cell]), int(defined[1, cell]), alpha),
        )
        for index, school in enumerate(market.problem.schools)
        for place in range(longest)
        if counts[cell := index * longest + place]
    ]


def _one_draw(
    market: Market, simulation: Simulation, number: int, counts: npt.NDArray[Any]
) -> tuple[Floats, Floats]:
    """The shares of one simulated draw by cell: of all who wished so, and of those still waiting then (nan: nobody)."""
    found = assign(market, table_lottery(market, simulation.seed, number), simulation.engine)
    granted = found.application[market.applicant]
    application = np.arange(market.school.size)
    weight, cells, size = market.size[market.applicant], _cell_of(market), counts.size
    admitted = np.bincount(cells, weight * (granted == application), size)
    before = np.bincount(cells, weight * ((granted >= 0) & (granted < application)), size)
    with np.errstate(invalid="ignore", divide="ignore"):
        return admitted / counts, admitted / (counts - before)


def _longest(market: Market) -> int:
    return int(market.choice.max(initial=-1)) + 1


def _cells(market: Market) -> int:
    return _longest(market) * len(market.problem.schools)


def _cell_of(market: Market) -> Ints:
    """The cell (school, place) of every application: school by school, places within."""
    return market.school.astype(np.int64) * _longest(market) + market.choice
