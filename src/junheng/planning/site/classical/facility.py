"""Capacitated siting: prices, transport from the sites they take, exchanges, a tree of prices.

Small problems are also given to the solver whole (strong rows x ≤ y), so that their optimum is known to the last digit.
"""

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from junheng.planning.clock import Clock
from junheng.planning.site.classical.facility_flows import Flows, transport
from junheng.planning.site.classical.facility_prices import (
    FINE,
    FacilityPrices,
    Guide,
    Market,
    Whole,
    ascend,
    covered,
    exactly,
    fewest,
    knapsacks,
)
from junheng.planning.site.classical.facility_rows import rowed
from junheng.planning.site.classical.tree import Branch, Leaf, grow

_ROUNDS, _BRANCH_ROUNDS, _EVERY, _LEAVES = 500, 40, 60, 240
_TRIED_SWAPS = 5
_SMALL = 4_000  # pairs of demand point and site
_GUESS = 1.05  # of the bound, while no plan is known


@dataclass
class Works:
    """The market, the clock and the best plan so far; ``floor``: the bound so far; ``seen``: sets of sites whose flows are
    known."""

    market: Market
    clock: Clock
    best: Flows | None = None
    floor: float = 0.0
    seen: dict[tuple[int, ...], Fraction | None] = field(default_factory=dict)

    def least(self) -> float:
        """The best plan's cost; infinite without one."""
        return float("inf") if self.best is None else float(self.best.cost)

    def flows(self, sites: Whole) -> Flows | None:
        """The flows from ``sites`` where they are new; None where known, useless or impossible."""
        key = tuple(sorted(sites.tolist()))
        if key in self.seen:
            return None
        found = transport(self.market, np.array(key, np.int64))
        self.seen[key] = None if found is None else found.cost
        if found is not None and (self.best is None or found.cost < self.best.cost):
            self.best = found
            self.clock.tell(float(found.cost), self.floor)
        return found

    def offer(self, sites: Whole) -> None:
        """Plan from ``sites``, filled up with the cheapest others where their capacity falls short."""
        market, chosen = self.market, list(sites)
        others = sorted(
            set(range(market.fixed.size)) - set(chosen),
            key=lambda j: (market.fixed[j] / market.capacity[j], j),
        )
        while market.capacity[chosen].sum() < market.demand.sum() and others:
            chosen.append(others.pop(0))
        self.flows(np.array(chosen, np.int64))


def exchange(works: Works, allowed: Whole) -> None:
    """From the best plan: drop, add or swap a site of ``allowed``, the most promising by the prices first."""
    while works.best is not None and not works.clock.is_over():
        before = works.best
        for sites in _neighbours(works, before, allowed)[:_TRIED_SWAPS]:
            works.flows(sites)
            if works.best is not before or works.clock.is_over():
                break
        if works.best is before:
            return


def _neighbours(works: Works, plan: Flows, allowed: Whole) -> list[Whole]:
    """Sets of sites one step from ``plan`` whose bound at its prices is below its cost, the lowest bound first."""
    market = works.market
    value, _, _ = knapsacks(market, plan.serve, np.arange(market.fixed.size))
    worth = market.fixed + value
    base, total = float(plan.serve.sum()), int(market.demand.sum())
    outside: list[int | None] = [None, *(int(j) for j in allowed if j not in plan.sites)]
    found = []
    for out in (None, *plan.sites.tolist()):
        for new in outside:
            sites = np.array(sorted({*plan.sites.tolist(), new} - {out, None}), np.int64)
            if out == new or market.capacity[sites].sum() < total or tuple(sites.tolist()) in works.seen:
                continue
            bound = base + float(worth[sites].sum())
            if bound < works.least():
                found.append((bound, tuple(sites.tolist())))
    return [np.array(sites, np.int64) for _, sites in sorted(found)]


@dataclass(frozen=True, slots=True)
class FacilityProof:
    """As the p-median's proof: rules that follow from ``root`` alone, and leaves over the sites left free."""

    root: FacilityPrices
    rules: Branch
    leaves: tuple[Leaf, ...]
    bound: Fraction


def facility(market: Market, clock: Clock) -> tuple[Works, FacilityProof]:
    """The best plan found and the proof of a lower bound."""
    works = Works(market, clock)
    cheapest = np.argsort(market.fixed / market.capacity, kind="stable")
    works.offer(cheapest[: fewest(market.capacity, int(market.demand.sum()))])
    if works.best is None:  # some pairs have no way: all sites together can do it
        works.flows(np.arange(market.fixed.size))
    root = _priced(works, _start(market), Branch(), _ROUNDS, _EVERY)
    exchange(works, _promising(works, root))
    if float(root.bound) < works.least() * (1 - clock.gap):
        root = _priced(works, root.serve / FINE, Branch(), _ROUNDS // 2, _EVERY // 2)
        exchange(works, _promising(works, root))
    return works, prove(works, root)


def _start(market: Market) -> npt.NDArray[np.float64]:
    """Prices to begin with: what a demand point pays at a middling near site."""
    place = min(market.fixed.size - 1, fewest(market.capacity, int(market.demand.sum())))
    found: npt.NDArray[np.float64] = 1.3 * np.sort(market.costs.astype(np.float64), axis=1)[:, place]
    return found


def _priced(
    works: Works, start: npt.NDArray[np.float64], branch: Branch, rounds: int, every: int
) -> FacilityPrices:
    def least() -> float:
        known = works.least()
        return known if np.isfinite(known) else float(start.sum()) * _GUESS

    guide = Guide(least, works.offer, works.clock.is_over, every)
    found = ascend(works.market, start, rounds, branch, guide)
    if not branch.opened and not branch.shut:
        works.floor = max(works.floor, float(found.bound))
    return found


def _promising(works: Works, root: FacilityPrices) -> Whole:
    """Sites the prices do not rule out."""
    rules = ruled(works, root)
    return np.setdiff1d(np.arange(works.market.fixed.size), rules.shut)


def ruled(works: Works, root: FacilityPrices) -> Branch:
    """Sites no better plan can open, or can do without, each by the prices of ``root`` alone."""
    if works.best is None:
        return Branch()
    opened, shut = [], []
    for site in range(works.market.fixed.size):
        if _at(works, root, Branch((site,))).bound >= works.best.cost:
            shut.append(site)
        elif _at(works, root, Branch((), (site,))).bound >= works.best.cost:
            opened.append(site)
    return Branch(tuple(opened), tuple(shut))


def _at(works: Works, priced: FacilityPrices, branch: Branch) -> FacilityPrices:
    """The same prices in another branch."""
    part = covered(priced.worth, works.market, priced.cover, branch)
    bound = Fraction(int(priced.serve.sum()) + part, FINE)
    return FacilityPrices(priced.serve, priced.room, priced.cover, bound, priced.worth, priced.often)


def prove(works: Works, root: FacilityPrices) -> FacilityProof:
    """The tree below ``root``, to the gap the clock asks for."""
    rules = Branch() if _is_closed(works, root.bound) else ruled(works, root)
    top = _leaf(works, _at(works, root, rules), rules)

    def bound_of(branch: Branch, parent: Leaf) -> Leaf:
        same = _at(works, parent.prices, branch)
        if _is_closed(works, same.bound):
            return Leaf(branch, same.bound, same, -1)
        better = _priced(works, parent.prices.serve / FINE, branch, _BRANCH_ROUNDS, _BRANCH_ROUNDS - 1)
        return _leaf(works, better if better.bound > same.bound else same, branch)

    leaves = grow(
        top, bound_of, lambda bound: _is_closed(works, bound), _LEAVES, lambda _leaves: works.clock.is_over()
    )
    bound = min(leaf.bound for leaf in leaves)
    if works.best is not None:
        bound = min(bound, works.best.cost)
    return FacilityProof(root, rules, tuple(leaves), bound)


def _is_closed(works: Works, bound: Fraction) -> bool:
    return works.best is not None and float(bound) >= float(works.best.cost) * (1 - works.clock.gap)


def _leaf(works: Works, priced: FacilityPrices, branch: Branch) -> Leaf:
    """A leaf to split on the site the steps could least decide about; where all are decided, by the transport's prices."""
    free = np.setdiff1d(np.arange(priced.often.size), (*branch.opened, *branch.shut))
    if free.size:
        return Leaf(branch, priced.bound, priced, int(free[np.abs(priced.often[free] - 0.5).argmin()]))
    flows = transport(works.market, np.array(branch.opened, np.int64))
    if flows is not None:
        sharp = _sharp(works.market, flows, branch)
        priced = sharp if sharp.bound > priced.bound else priced
    return Leaf(branch, priced.bound, priced, -1)


def _sharp(market: Market, flows: Flows, branch: Branch) -> FacilityPrices:
    """The prices of a transport solved to its end."""
    _, room, _ = knapsacks(market, flows.serve, np.arange(market.fixed.size))
    return exactly(market, flows.serve, room, 0.0, branch)


def finish(works: Works, proof: FacilityProof) -> Fraction | None:
    """The solver's optimum on the sites left free, and its bound, where the problem is small: then it is known to the last
    digit; or where the tree left a gap. None where it is too large for rows."""
    is_small = works.market.costs.size <= _SMALL
    if works.clock.is_over() or (_is_closed(works, proof.bound) and not is_small):
        return None
    found = rowed(works.market, proof.rules, works.clock)
    if found is None:
        return None
    if found.sites is not None:
        works.flows(found.sites)
    return max(found.bound, proof.bound)
