"""One search: relaxation with prices, whole solve, polish, exact CV test, dates;
again where CV is broken."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from junheng.planning.clock import Clock
from junheng.planning.invest.cones import Limit, relax, tighten
from junheng.planning.invest.county import County, Doubles, Flags
from junheng.planning.invest.model import Model, build
from junheng.planning.invest.polish import Plan, polish
from junheng.planning.invest.prices import Prices, from_relaxation, proven
from junheng.planning.invest.screen import Screen
from junheng.planning.invest.timing import Schedule, schedule
from junheng.planning.solver import INFINITY, Solved

_ROUNDS = 20


@dataclass(frozen=True)
class Best:
    """A plan, dated where asked; ``tree``: the solver's bound (10,000 yuan, or minus stages).

    ``is_cut``: ended by time or wish.
    """

    plan: Plan
    schedule: Schedule | None
    values: Doubles
    tree: float
    is_cut: bool


class Search:
    """The model of a county and what has been found on it."""

    def __init__(self, county: County, screen: Screen, limits: list[Limit], clock: Clock) -> None:
        self.county, self.screen, self.limits, self.clock = county, screen, limits, clock
        self.model: Model = build(county, screen)
        self.is_infeasible = False

    def relaxed(self) -> Solved:
        """The linear relaxation, CV limits met by tangents."""
        block, clock = self.model.block, self.clock
        return relax(
            self.model, self.limits, lambda: block.solve(relaxed=True, seconds=clock.left, stop=clock.stop)
        )

    def certificate(self, found: Solved, must: Flags, *, counts_stages: bool = False) -> tuple[Prices, float]:
        """Prices of a relaxation and what they prove."""
        prices = from_relaxation(self.model, found, self.limits, counts_stages=counts_stages)
        return proven(self.county, prices, must, self.screen.is_open)

    def whole(self, *, share: float = 1.0, start: Doubles | None = None) -> Solved:
        """The whole-number solve within a share of the time left."""
        clock = self.clock
        return self.model.block.solve(
            gap=clock.gap,
            seconds=max(clock.least, clock.left * share),
            start=start,
            watch=clock.watch,
            stop=clock.stop,
            restarts=not self.model.cones,
        )

    def best(
        self,
        *,
        share: float = 1.0,
        start: Doubles | None = None,
        is_dated: bool = True,
        first: Solved | None = None,
    ) -> Best | None:
        """Solve, polish and date (unless only a number is asked for).

        Where the exact CV test fails, tangents at the plan are added and it is solved again. ``first`` is a plan found
        before: if it is near enough to its bound no other is looked for, else the solve starts from it.
        """
        tree, start_here = -INFINITY, first.values if first is not None else start
        for _ in range(_ROUNDS):
            is_near = first is not None and first.gap <= self.clock.gap
            found = first if first is not None and is_near else self.whole(share=share, start=start_here)
            first = None
            tree = max(tree, found.bound)
            if not found.is_found:
                self.is_infeasible = found.status == "infeasible"
                return None
            plan = self.polished(found.values)
            if not self._tightened(plan):
                is_cut = found.status in ("limit", "interrupted")
                dated = self.dated(plan, found.values) if is_dated else None
                if dated is None and is_dated:
                    return None
                return Best(plan, dated, found.values, tree, is_cut)
            start_here = None
            if self.clock.is_over():
                return None
        return None

    def dated(self, plan: Plan, values: Doubles) -> Schedule | None:
        """The plan's dates; where its totals find none, those of the solver's own, from which nothing is dropped."""
        kept = frozenset(row["id"] for row in self.county.indicators)
        return schedule(plan) or schedule(polish(self.model, values, kept=kept))

    def polished(self, values: Doubles) -> Plan:
        """Whole quantities; what a CV limit in the model asks for stays."""
        return polish(self.model, values, kept=frozenset(indicator for _, indicator in self.model.cones))

    def _tightened(self, plan: Plan) -> bool:
        """Whether the plan breaks a limit exactly; if so the model now knows."""
        broken = [limit for limit in self.limits if not holds(plan, limit)]
        if broken:
            tighten(self.model, broken, lambda limit: plan_ratios(plan, limit), slack=-INFINITY)
        return bool(broken)


def plan_ratios(plan: Plan, limit: Limit) -> Doubles:
    """r of every row of a limit after the plan."""
    gained = [float(plan.amount(row, limit.indicator)) for row in limit.rows.tolist()]
    found: Doubles = limit.unit * np.array(gained)
    return found


def holds(plan: Plan, limit: Limit) -> bool:
    """Exactly: Σw·Σw·v² ≤ (1+θ²)·(Σw·v)²."""
    square, mean = spread(plan, limit)
    return square <= (1 + limit.theta**2) * mean**2


def spread(plan: Plan, limit: Limit) -> tuple[Fraction, Fraction]:
    """Σw·v² and Σw·v with weights that add up to 1, v per pupil, in fractions."""
    county, rows = plan.county, limit.rows.tolist()
    is_shared = next(bool(row["shared"]) for row in county.indicators if row["id"] == limit.indicator)
    plain = county.problem["cv"] == "unweighted"
    square = mean = heavy = Fraction(0)
    for row in rows:
        entry = county.rows[row]
        value = plan.amount(row, limit.indicator) * (entry.share if is_shared else 1) / entry.pupils
        weight = 1 if plain else entry.pupils
        square, mean, heavy = square + weight * value**2, mean + weight * value, heavy + weight
    return square / heavy, mean / heavy
