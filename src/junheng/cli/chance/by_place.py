"""How families fare who wished a school in a place of their list: simulated draws of the whole market.

For every school and place: the share of those families admitted there, and the share of those admitted whom no better wish
had placed already. Each simulated draw gives one share between 0 and 1; the draws are independent, so the interval of
their mean needs no further assumption (Chernoff and Hoeffding: D·KL(mean ‖ p) ≤ ln(2/α)). It is wide rather than bold.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from junheng.basics import Text
from junheng.cli.chance.simulated import simulated_ranks

if TYPE_CHECKING:
    import numpy as np

    from junheng.admissions import Market
    from junheng.cli.chance.one_family import Simulation

    Floats = np.ndarray[Any, np.dtype[np.float64]]

INTERVAL = Text(
    "Chernoff–Hoeffding 区间，不假定分布", "interval of Chernoff and Hoeffding, no distribution assumed"
)
_STEPS = 60  # bisections: doubles are exhausted before


@dataclass(frozen=True)
class Mean:
    """A mean share over ``draws`` simulated draws with its interval; None where no draw had such a family."""

    value: float | None
    low: float
    high: float
    draws: int


@dataclass(frozen=True)
class Cell:
    """Families that wished ``school`` in place ``choice`` (from 1): ``children``, admitted there, and if still waiting."""

    school: str
    name: str
    choice: int
    children: int
    admitted: Mean
    waiting: Mean


def place_table(market: "Market", simulation: "Simulation", advance: Callable[[int], None]) -> list[Cell]:
    """The cells of every school and place that some family wished, school by school in the rule's order."""
    import numpy as np

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
        Cell(
            school=school.id,
            name=school.name,
            choice=place + 1,
            children=int(counts[cell]),
            admitted=mean_of(float(sums[0, cell]), int(defined[0, cell]), alpha),
            waiting=mean_of(float(sums[1, cell]), int(defined[1, cell]), alpha),
        )
        for index, school in enumerate(market.problem.schools)
        for place in range(longest)
        if counts[cell := index * longest + place]
    ]


def _one_draw(
    market: "Market", simulation: "Simulation", number: int, counts: Any
) -> tuple["Floats", "Floats"]:
    """The shares of one simulated draw by cell: of all who wished so, and of those still waiting then (nan: nobody)."""
    import numpy as np

    from junheng.admissions import assign

    ranks = simulated_ranks(market, simulation.seed, number)
    found = assign(market, ranks, simulation.engine)  # type: ignore[arg-type]  # the room checks the engine
    granted = found.application[market.applicant]
    application = np.arange(market.school.size)
    weight, cells, size = market.size[market.applicant], _cell_of(market), counts.size
    admitted = np.bincount(cells, weight * (granted == application), size)
    before = np.bincount(cells, weight * ((granted >= 0) & (granted < application)), size)
    with np.errstate(invalid="ignore", divide="ignore"):
        return admitted / counts, admitted / (counts - before)


def _longest(market: "Market") -> int:
    return int(market.choice.max(initial=-1)) + 1


def _cells(market: "Market") -> int:
    return _longest(market) * len(market.problem.schools)


def _cell_of(market: "Market") -> Any:
    return market.school.astype("int64") * _longest(market) + market.choice


def mean_of(total: float, draws: int, alpha: float) -> Mean:
    """The mean of ``draws`` independent values between 0 and 1 with its interval of confidence 1 - ``alpha``."""
    if not draws:
        return Mean(None, 0.0, 1.0, 0)
    value = min(1.0, max(0.0, total / draws))
    limit = math.log(2 / alpha) / draws
    return Mean(value, _bound(value, 0.0, limit), _bound(value, 1.0, limit), draws)


def _bound(value: float, end: float, limit: float) -> float:
    """The farthest p towards ``end`` with KL(value ‖ p) ≤ limit."""
    if _divergence(value, end) <= limit:
        return end
    near, far = value, end
    for _ in range(_STEPS):
        middle = (near + far) / 2
        if _divergence(value, middle) <= limit:
            near = middle
        else:
            far = middle
    return near


def _divergence(a: float, p: float) -> float:
    """KL of two coins, a against p; infinite where p rules out what a allows."""
    found = 0.0
    for mine, other in ((a, p), (1 - a, 1 - p)):
        if mine > 0:
            found += math.inf if other <= 0 else mine * math.log(mine / other)
    return found
