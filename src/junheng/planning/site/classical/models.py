"""The five models of the literature: arrays in, plan and proof out."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil

import numpy as np

from junheng.planning.clock import Clock
from junheng.planning.site.classical.centre import centre
from junheng.planning.site.classical.covering import CoverProof, cover
from junheng.planning.site.classical.facility import facility, finish
from junheng.planning.site.classical.facility_prices import FacilityPrices, Market
from junheng.planning.site.classical.found import NOTHING, Backing, Found, Vector, packed
from junheng.planning.site.classical.hopeless import hopeless
from junheng.planning.site.classical.instance import Instance, Whole
from junheng.planning.site.classical.median import Proof, median, settle
from junheng.planning.site.classical.tree import Branch


def run(own: Instance, clock: Clock) -> Found:
    """The plan of ``own.model``, or the reasons why there is none."""
    reasons, serving = hopeless(own, clock)
    if reasons:
        return Found(NOTHING, Fraction(0), Fraction(0), None, None, None, reasons)
    if own.model == "p_median":
        return _median(median_costs(own), own.count, clock, serving)
    return MODELS[own.model](own, clock)


def median_costs(own: Instance) -> Whole:
    """Weight × way; a pair without a way costs more than any plan could gain by it."""
    costs = own.weight[:, None] * own.ways
    far = int(np.where(own.barred, 0, costs).max(1).sum()) + 1
    return np.where(own.barred, far, costs)


def _median(costs: Whole, count: int, clock: Clock, serving: Whole | None = None) -> Found:
    search, proof = median(costs, count, clock, serving)
    solver = None
    if (
        ceil(proof.bound) < search.least
        and not _is_near(search.least, proof.bound, clock)
        and not clock.is_over()
    ):
        solver = settle(search, proof, clock)
    bound = min(search.least, ceil(proof.bound))
    solver = None if solver is None else Fraction(min(search.least, ceil(solver)))
    return Found(search.best, Fraction(search.least), Fraction(bound), solver, _backing(proof))


def _is_near(least: int, bound: Fraction, clock: Clock) -> bool:
    return 0 < least - bound <= Fraction(clock.gap) * least


def _backing(proof: Proof) -> Backing:
    leaves = [(leaf.branch, Vector(leaf.prices)) for leaf in proof.leaves]
    return packed([Vector(proof.root.prices)], proof.rules, leaves)


def _maximal_covering(own: Instance, clock: Clock) -> Found:
    """A p-median in which a point costs its weight where nobody is within the radius."""
    reached = (own.ways <= own.radius) & ~own.barred
    found = _median(np.where(reached, 0, own.weight[:, None]), own.count, clock)
    total = int(own.weight.sum())
    solver = None if found.solver is None else total - found.solver
    return Found(found.sites, total - found.value, total - found.bound, solver, found.backing)


def _set_covering(own: Instance, clock: Clock) -> Found:
    proof = cover((own.ways <= own.radius) & ~own.barred, own.cost, clock)
    value = Fraction(int(own.cost[proof.sites].sum()))
    bound = min(value, Fraction(ceil(proof.bound)))
    return Found(proof.sites, value, bound, min(value, proof.solver), _cover_backing(proof))


def _cover_backing(proof: CoverProof, radius: int | None = None) -> Backing:
    leaves = [(leaf.branch, Vector(leaf.prices)) for leaf in proof.leaves]
    return packed([], Branch(), leaves, radius)


def _p_centre(own: Instance, clock: Clock) -> Found:
    found = centre(own.ways, own.barred, own.count, clock)
    if found is None:
        raise RuntimeError("a p-centre that should exist was not found")
    lengths = own.ways[~own.barred]
    if found.proof is None or found.shorter is None:
        bound = int(np.where(own.barred, lengths.max(), own.ways).min(1).max())
        return Found(found.sites, Fraction(found.radius), Fraction(bound), Fraction(found.solver), None)
    bound = int(lengths[lengths > found.shorter].min())
    backing = _cover_backing(found.proof, found.shorter)
    return Found(found.sites, Fraction(found.radius), Fraction(bound), Fraction(found.solver), backing)


def _capacitated(own: Instance, clock: Clock) -> Found:
    market = Market(barred_costs(own), own.weight, own.cost, own.capacity, own.barred)
    works, proof = facility(market, clock)
    solver = finish(works, proof)
    if works.best is None:
        raise RuntimeError("no plan was found in the time given")
    units = np.zeros(own.ways.shape, np.int64)
    units[:, works.best.sites] = works.best.units
    bound = min(works.best.cost, proof.bound)
    solver = None if solver is None else min(works.best.cost, solver)
    leaves = [(leaf.branch, _vector(leaf.prices)) for leaf in proof.leaves]
    backing = packed([_vector(proof.root)], proof.rules, leaves)
    return Found(works.best.sites, works.best.cost, bound, solver, backing, units)


def barred_costs(own: Instance) -> Whole:
    """Costs of serving; a pair without a way costs twice the dearest of all."""
    return np.where(own.barred, 2 * int(own.ways.max()) + 1, own.ways)


def _vector(prices: FacilityPrices) -> Vector:
    return Vector(prices.serve, prices.room, prices.cover)


MODELS: Mapping[str, Callable[[Instance, Clock], Found]] = {
    "p_centre": _p_centre,
    "set_covering": _set_covering,
    "maximal_covering": _maximal_covering,
    "capacitated": _capacitated,
}
