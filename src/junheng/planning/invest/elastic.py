"""Why there is no plan: what money, posts and CV limits would have to give at least, each by itself.

The rows are loosened with slack of a price (elastic model): first money alone, then posts alone, then both; every CV limit
besides is asked for the smallest value that can be reached at all, whatever is spent.
"""

from dataclasses import dataclass

import numpy as np

from junheng.basics import Text
from junheng.planning.frozen import Json
from junheng.planning.invest.cones import Limit, open_cone, ratios, relax, touch, variation
from junheng.planning.invest.county import WAN, County, Doubles, Flags, Places
from junheng.planning.invest.model import Model, build
from junheng.planning.invest.reasons import stage_name
from junheng.planning.invest.screen import Screen
from junheng.planning.solver import INFINITY, Solved

_ROUNDS, _HALVINGS = 40, 14
_NEAR = 1e-6


@dataclass
class Infeasible:
    """Reasons in words, and the smallest coefficients of variation that can be reached."""

    reasons: list[Text]
    smallest_cv: list[Json]


def _by_year(county: County, yuan: Doubles) -> list[tuple[int, float]]:
    return [(year, float(value)) for year, value in zip(county.years, yuan, strict=True) if value >= 1]


def explain(county: County, screen: Screen, must: Flags, stages: int, limits: list[Limit]) -> Infeasible:
    """Which limits contradict the wish that ``must`` comply, and ``stages`` in all; linear models, so a moment's work."""
    loose = _Loose(county, screen, must, stages)
    reasons = []
    for limit in limits:
        if not loose.allows([limit]):
            reasons.append(loose.cv_reason(limit))
    smallest = [row for limit in limits if (row := loose.smallest.get((limit.stage, limit.indicator)))]
    if not reasons:
        fitting = loose.fitting(limits)
        reasons = [text for text in (loose.money(fitting), loose.posts(fitting), loose.both(fitting)) if text]
    if not reasons:
        reasons = [
            Text(
                "各项限制单独都能满足，按整数人数、间数同时满足则不能",
                "each limit can be met by itself, but not all of them together in whole persons and rooms",
            )
        ]
    return Infeasible(reasons, smallest)


class _Loose:
    """The county's model with budgets and ceilings loosened by slack variables."""

    def __init__(self, county: County, screen: Screen, must: Flags, stages: int) -> None:
        self.county, self.screen, self.must, self.stages = county, screen, must, stages
        self.smallest: dict[tuple[str, str], Json] = {}

    def build(self, *, money: bool, posts: bool) -> tuple[Model, Places, Places]:
        """A model and the places of its slack: by year for money (10,000 yuan), by offer and year for posts."""
        model = build(self.county, self.screen, is_loose=True)
        block, county = model.block, self.county
        block.bound(model.comply, lower=self.must.astype(float))
        if self.stages:
            model.ask("stages", self.stages)
        more = block.var(len(county.years), upper=INFINITY if money else 0.0)
        over = block.var(model.totals.shape, upper=INFINITY if posts else 0.0)
        for place, offer in enumerate(county.offers):
            for at, year in enumerate(county.years):
                if year in offer.ceilings:
                    block.rows(
                        (),
                        -INFINITY,
                        offer.ceilings[year],
                        (model.totals[place, at], 1),
                        (over[place, at], -1),
                    )
        if county.budgets:
            counts, available = county.budget_rows
            loads = np.einsum("ty,oby->tob", counts, county.money)
            block.rows(
                len(available), -INFINITY, available, (model.totals[None], loads), (more[None], -counts)
            )
        return model, more, over

    def allows(self, limits: list[Limit]) -> bool:
        """Whether the limits can be met when money and posts are no matter."""
        return self._solved(limits, money=True, posts=True)[0].is_found

    def fitting(self, limits: list[Limit]) -> list[Limit]:
        """The limits, if they can be met together; else none, so that the other reasons can still be told."""
        return limits if self.allows(limits) else []

    def _solved(self, limits: list[Limit], *, money: bool, posts: bool) -> tuple[Solved, Places, Places]:
        model, more, over = self.build(money=money, posts=posts)
        model.block.aim([(more, 1.0), (over, 1.0)])
        return relax(model, limits, lambda: model.block.solve(relaxed=True)), more, over

    def money(self, limits: list[Limit]) -> Text | None:
        """More money alone."""
        found, more, _ = self._solved(limits, money=True, posts=False)
        if not found.is_found or not self.county.budgets:
            return None
        parts = _by_year(self.county, found.values[more] * WAN)
        if not parts:
            return None
        return Text(
            f"仅靠追加资金：至少还需 {'、'.join(f'{year} 年 {value:,.0f} 元' for year, value in parts)}",
            f"by money alone: at least {', '.join(f'{value:,.0f} yuan more in {year}' for year, value in parts)}",
        )

    def posts(self, limits: list[Limit]) -> Text | None:
        """More posts alone."""
        found, _, over = self._solved(limits, money=False, posts=True)
        if not found.is_found:
            return None
        return self._posts_told(found.values[over], Text("仅靠增加名额：", "by posts alone: "))

    def both(self, limits: list[Limit]) -> Text | None:
        """Told only where neither alone is enough."""
        if any(self._solved(limits, money=money, posts=not money)[0].is_found for money in (True, False)):
            return None
        found, more, over = self._solved(limits, money=True, posts=True)
        if not found.is_found:
            return None
        parts = _by_year(self.county, found.values[more] * WAN)
        money = Text(
            f"资金与名额都须增加：{'、'.join(f'{year} 年 {value:,.0f} 元' for year, value in parts)}；",
            f"money and posts both: {', '.join(f'{value:,.0f} yuan more in {year}' for year, value in parts)}; ",
        )
        return self._posts_told(found.values[over], money) or (money if parts else None)

    def _posts_told(self, over: Doubles, head: Text) -> Text | None:
        told = []
        for place, offer in enumerate(self.county.offers):
            units = float(over[place].sum())
            if units > _NEAR:
                stage = stage_name(offer.stage).zh if offer.stage else ""
                told.append(
                    Text(
                        f"{stage}{offer.zh} {np.ceil(units - _NEAR):,.0f}",
                        f"{np.ceil(units - _NEAR):,.0f} {offer.id}",
                    )
                )
        if not told:
            return None
        return Text(head.zh + "、".join(row.zh for row in told), head.en + ", ".join(row.en for row in told))

    def cv_reason(self, limit: Limit) -> Text:
        """The smallest CV that can be reached, by halving, and the school that drives it."""
        low, high, at = float(limit.theta), variation(limit, limit.stock), None
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            point = self._reached(limit, middle)
            low, high, at = (low, middle, point) if point is not None else (middle, high, at)
        found = limit.stock if at is None else at
        mean = limit.weights @ found
        driver = int(np.argmax(limit.weights * (found - mean) ** 2))
        row = self.county.rows[limit.rows[driver]]
        school = self.county.schools[row.school]
        times = found[driver] / mean
        self.smallest[limit.stage, limit.indicator] = {
            "stage": limit.stage,
            "indicator": limit.indicator,
            "value": f"{high:.6f}",
            "school_id": school["id"],
        }
        stage = stage_name(limit.stage)
        return Text(
            f"{stage.zh} {limit.indicator} 的差异系数最小只能到 {high:.4f}，限值 {float(limit.theta)}；"
            f"主要由 {school['id']} {school['name']} 造成（为全县平均的 {times:.2f} 倍），可考虑调剂其多余部分",
            f"the CV of {limit.indicator} ({stage.en}) cannot go below {high:.4f}, its limit is {float(limit.theta)}; "
            f"it is driven by {school['id']} ({times:.2f} times the county's mean): consider moving its surplus",
        )

    def _reached(self, limit: Limit, theta: float) -> Doubles | None:
        """Ratios of a point with the CV at most theta; None where there is none."""
        model, _, _ = self.build(money=True, posts=True)
        model.block.aim([])
        cone = open_cone(model, limit, theta)
        for _ in range(_ROUNDS):
            found = model.block.solve(relaxed=True)
            if not found.is_found:
                return None
            point = ratios(model, limit, found.values)
            if variation(limit, point) <= theta + 1e-4:
                return point
            touch(model, limit, cone, point / (limit.weights @ point), np.arange(len(limit.rows)))
        return None
