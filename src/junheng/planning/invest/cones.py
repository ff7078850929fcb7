"""Limits on coefficients of variation: second-order cones, met by tangents of lifted squares,
only where they bind.

Enrolments are fixed, so CV ≤ θ ⟺ W·Σ w·r² ≤ (1+θ²)·(Σ w·r)², a cone in r. With R the mean and V ≥ r²/R by tangents
(2q·r - q²·R for any q), Σ (w/W)·V ≤ (1+θ²)·R (homogenised: Vielma, Dunning, Huchette & Lubin 2017).
The model's θ is a hair tighter, so that the first whole point passes the exact test; the proven bound uses the true θ.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import numpy as np

from junheng.planning.frozen import exact
from junheng.planning.invest.county import FLOOR, FULL, County, Doubles, Places
from junheng.planning.invest.model import ConePlaces, Model
from junheng.planning.solver import INFINITY, Solved, Term

TIGHTER = 1e-5
_NEAR = 2e-6  # of CV²: how far a relaxed point may stay beyond the tightened limit
_FIRST = (0.5, 1.0, 1.5, 2.5)
_ROUNDS = 60


@dataclass(frozen=True)
class Limit:
    """One limit: which rows count, with which weights, and how r (value over line) follows from what is bought."""

    stage: str
    indicator: str
    theta: Fraction
    rows: Places
    weights: Doubles  # add up to 1
    stock: Doubles  # r of what is there
    unit: Doubles  # r of one numerator more


def limits(county: County) -> list[Limit]:
    """Every limit of the problem; none where it says ``cv: off`` or a stage has fewer than two rows."""
    kind = county.problem.get("cv", "off")
    found = []
    for stage in county.stages if kind != "off" else ():
        rows = np.array([at for at, row in enumerate(county.rows) if row.stage == stage], np.int64)
        pupils = np.array([county.rows[at].pupils for at in rows], float)
        weights = pupils / pupils.sum() if kind != "unweighted" else np.full(len(rows), 1 / len(rows))
        for indicator in county.indicators:
            line = indicator["lines"][stage]
            if "cv" not in line or len(rows) < 2:
                continue
            shares = [county.rows[at].share if indicator["shared"] else 1 for at in rows]
            unit = np.array([float(share) for share in shares]) / pupils
            unit *= float(exact(indicator["scale"]) / exact(line["line"]))
            stock = unit * np.array([float(county.rows[at].stock[indicator["id"]]) for at in rows])
            found.append(Limit(stage, indicator["id"], exact(line["cv"]), rows, weights, stock, unit))
    return found


def ratios(model: Model, limit: Limit, values: Doubles) -> Doubles:
    """r of every row of a limit at a solution."""
    found = limit.stock.copy()
    for places, gives in _terms(model, limit):
        found += (np.where(places >= 0, values[places], 0.0) * gives).sum(1)
    return found


def variation(limit: Limit, found: Doubles) -> float:
    """CV of the ratios ``found``; 0 where all are."""
    mean = float(limit.weights @ found)
    square = float(limit.weights @ (found - mean) ** 2)
    return float(np.sqrt(square) / mean) if mean > 0 else 0.0


def _terms(model: Model, limit: Limit) -> list[Term]:
    """(row, offer) places and the r that one unit adds."""
    county = model.county
    found: list[Term] = []
    for place, offer in enumerate(county.offers):
        gives = float(offer.gives.get(limit.indicator, 0)) * limit.unit
        if not gives.any() or offer.stage not in ("", limit.stage):
            continue
        at = limit.rows if offer.stage else county.row_school[limit.rows]
        found.append((model.bought[at, place][:, None], gives[:, None]))
        if offer.is_move:
            found.append((model.given[limit.rows, place][:, None], -gives[:, None]))
    return found


def open_cone(model: Model, limit: Limit, theta: float) -> ConePlaces:
    """The variables and the sum row of a limit, with the first tangents."""
    block, size = model.block, len(limit.rows)
    _allow_more(model, limit)
    lifted, mean = block.var(size), int(block.var(()))
    terms = _terms(model, limit)
    block.rows(
        (),
        limit.weights @ limit.stock,
        limit.weights @ limit.stock,
        (mean, 1),
        *((places.reshape(-1), -(gives * limit.weights[:, None]).reshape(-1)) for places, gives in terms),
    )
    sum_row = int(block.rows((), -INFINITY, 0, (lifted, limit.weights), (mean, -(1 + theta**2))))
    cone = ConePlaces(limit.rows, lifted, mean, sum_row)
    model.cones[limit.stage, limit.indicator] = cone
    for point in _FIRST:
        touch(model, limit, cone, np.full(size, point), np.arange(size))
    return cone


def _allow_more(model: Model, limit: Limit) -> None:
    """More persons than a stage lacks are of use now: only what may be hired, trained or received at most counts."""
    county = model.county
    for place, offer in enumerate(county.offers):
        if offer.stage == limit.stage and limit.indicator in offer.gives:
            model.block.bound(model.bought[limit.rows, place], upper=county.caps[limit.rows, place])


def touch(model: Model, limit: Limit, cone: ConePlaces, points: Doubles, which: Places) -> None:
    """Tangents at ``points`` (r over mean, by row) for the rows ``which``."""
    q = points[which]
    terms = [(places[which], -2 * q[:, None] * gives[which]) for places, gives in _terms(model, limit)]
    rows = model.block.rows(
        len(which), 2 * q * limit.stock[which], INFINITY, (cone.lifted[which], 1), (cone.mean, q**2), *terms
    )
    full = np.full(len(limit.rows), -1, np.int64)
    full[which] = rows
    cone.tangents.append((full, points))


def tighten(
    model: Model, every: list[Limit], point: Callable[[Limit], Doubles], *, slack: float = _NEAR
) -> int:
    """Add what a point (its r by limit) breaks: cones not yet there, tangents where they are loose. How many it broke."""
    broken = 0
    for limit in every:
        theta = float(limit.theta) - TIGHTER
        found = point(limit)
        if variation(limit, found) ** 2 <= theta**2 + slack:
            continue
        broken += 1
        cone = model.cones.get((limit.stage, limit.indicator)) or open_cone(model, limit, theta)
        points = found / (limit.weights @ found)
        near = np.min([np.abs(points - known) for _, known in cone.tangents], axis=0)
        which = np.flatnonzero(near > 1e-4)
        if which.size:
            touch(model, limit, cone, points, which)
    return broken


def relax(model: Model, every: list[Limit], solve: Callable[[], Solved]) -> Solved:
    """The linear relaxation with every limit met: solve, add tangents, again."""
    found = solve()
    for _ in range(_ROUNDS):
        values = found.values
        if not found.is_found or not tighten(model, every, partial(_ratios_of, model, values)):
            break
        found = solve()
    return found


def anchor(model: Model, every: list[Limit], values: Doubles) -> None:
    """Tangents where a plan's rows will most likely end: at what is there, at the line, at the floor."""
    county = model.county
    for limit in every:
        cone = model.cones.get((limit.stage, limit.indicator))
        if cone is None:
            continue
        mean = limit.weights @ ratios(model, limit, values)
        lack = [county.rows[row].lack[limit.indicator] for row in limit.rows.tolist()]
        is_whole = any(row["whole"] for row in county.indicators if row["id"] == limit.indicator)
        for kind in (None, FULL, FLOOR):
            more = np.array([0.0 if kind is None else max(0.0, float(short[kind])) for short in lack])
            points = (limit.stock + limit.unit * (np.ceil(more - 1e-9) if is_whole else more)) / mean
            near = np.min([np.abs(points - known) for _, known in cone.tangents], axis=0)
            which = np.flatnonzero(near > 1e-4)
            if which.size:
                touch(model, limit, cone, points, which)


def _ratios_of(model: Model, values: Doubles, limit: Limit) -> Doubles:
    return ratios(model, limit, values)
