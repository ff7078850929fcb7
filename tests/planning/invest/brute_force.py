"""A tiny county solved by trying everything: every purchase, move and split over the years.

Shares nothing with the model or the check. Whole units only. The answer is an objective, not a plan.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import product
from typing import Any

Json = dict[str, Any]
Counts = tuple[int, ...]
STAGES = ("primary", "junior")
BEYOND = 1  # units tried beyond what the lines ask: a CV may need them


class BruteForce:
    """Every end state of the county that can be bought, with its least cost."""

    def __init__(self, problem: Json) -> None:
        self.problem = problem
        self.year = str(problem["target"])
        self.goods = [*problem["measures"], *problem["transfers"]]
        self.indicators = {row["id"]: row for row in problem["indicators"]}
        self._costs: dict[Counts, int | None] = {}

    def best(self) -> tuple[int, int] | None:
        """Cost and complying stages of the best plan of the problem's mode; None: there is none."""
        best: tuple[tuple[int, ...], int] | None = None
        for key, totals, count in sorted(self._candidates()):
            if best is not None and key >= best[0]:
                break
            cost = self._least_cost(totals)
            if cost is not None and (best is None or (*key[:-1], cost) < best[0]):
                best = ((*key[:-1], cost), count)
        return None if best is None else (best[0][-1], best[1])

    def _candidates(self) -> Iterator[tuple[tuple[int, ...], Counts, int]]:
        """Every end state that the mode allows, keyed by its worth at the least cost it could have."""
        mode = self.problem["mode"]
        for totals, count, weak, missing, sums in self._states():
            if mode["kind"] == "all_by" and (missing or not self._even(sums)):
                continue
            if mode["kind"] == "least_for" and count < mode["stages"]:
                continue
            cheapest = sum(
                units * (good["cost_yuan"] + good.get("yearly_yuan", 0))
                for units, good in zip(totals, self.goods, strict=True)
            )
            yield ((-weak, -count, cheapest) if mode["kind"] == "most_within" else (cheapest,)), totals, count

    def _states(self) -> Iterator[tuple[Counts, int, int, int, Counts]]:
        """Units by good, complying stages (all, weak, missing though able) and the sums of the CVs; moves balance."""
        start = (
            *((0,) * len(part) for part in (self.goods, self.problem["transfers"], "123")),
            self._sums([]),
        )
        combined = [start]
        for school in self.problem["schools"]:
            ways = _worthwhile(self._ways(school))
            combined = _worthwhile(
                tuple(tuple(map(sum, zip(*pair, strict=True))) for pair in zip(one, other, strict=True))
                for one in combined
                for other in ways
            )
        for totals, balance, counts, sums in combined:
            if not any(balance):
                yield totals, *counts, sums

    def _ways(self, school: Json) -> Iterator[tuple[Counts, ...]]:
        """What a school may buy and move, and where that brings it; the four parts that are summed over schools."""
        names = [good["id"] for good in self.goods]
        tried = []
        for amounts in product(*(self._range(school, good) for good in self.goods)):
            units = dict(zip(names, amounts, strict=True))
            moved = tuple(units[row["id"]] for row in self.problem["transfers"])
            tried.append((tuple(max(0, count) for count in amounts), moved, self._stock(school, units)))
        able = [any(self._complies(own[at]) for _, _, own in tried) for at in range(len(school["stages"]))]
        for bought, moved, stock in tried:
            good = [self._complies(part) for part in stock]
            missing = sum(can and not does for can, does in zip(able, good, strict=True))
            yield bought, moved, (sum(good), sum(good) * school["weak"], missing), self._sums(stock)

    def _range(self, school: Json, good: Json) -> range:
        parts = {part["stage"]: part for part in school["stages"]}
        stage = good.get("stage")
        if stage is not None and stage not in parts:
            return range(1)
        if "level" not in good:
            mine, others = self._movable(good, school)
            return range(-mine, min(others, 1) + 1)
        lacking = [
            self._lacking(school, parts.values() if stage is None else [parts[stage]], key)
            for key in good["gives"]
        ]
        most = max(lacking) + (BEYOND if self.problem["cv"] != "off" else 0)
        limits = school["limits"] if stage is None else parts[stage]["limits"]
        if good["kind"] == "train":
            most = min(
                most, *(parts[stage]["full_time"] - parts[stage]["stock"][key] for key in good["gives"])
            )
        return range(max(0, min(most, limits.get(good["id"], most))) + 1)

    def _movable(self, transfer: Json, school: Json) -> tuple[int, int]:
        found = [0, 0]
        for row in self.problem["schools"]:
            for part in row["stages"]:
                if part["stage"] == transfer["stage"]:
                    found[row is not school] += part["movable"].get(transfer["id"], 0)
        return found[0], found[1]

    def _lacking(self, school: Json, parts: Iterable[Json], key: str) -> int:
        row = self.indicators[key]
        found = 0
        for part in parts:
            share = self._share(school, part) if row["shared"] else 1
            need = (
                Fraction(row["lines"][part["stage"]]["line"])
                * part["pupils"][self.year]
                / row["scale"]
                / share
            )
            have = (school if row["shared"] else part)["stock"][key]
            gone = sum(part["movable"].values()) if not row["shared"] else 0
            found = max(found, -int(-(need - have) // 1) + gone)
        return found

    def _share(self, school: Json, part: Json) -> Fraction:
        weighted = {
            row["stage"]: Fraction(self.problem["weights"][row["stage"]]) * row["pupils"][self.year]
            for row in school["stages"]
        }
        return weighted[part["stage"]] / sum(weighted.values())

    def _stock(self, school: Json, units: dict[str, int]) -> tuple[Any, ...]:
        """(stage, pupils, numerators by indicator) of every stage, shared ones split."""
        found = []
        for part in school["stages"]:
            amounts = []
            for key, row in self.indicators.items():
                have = Fraction((school if row["shared"] else part)["stock"][key])
                for good in self.goods:
                    if good.get("stage", part["stage"]) == part["stage"]:
                        have += good["gives"].get(key, 0) * units[good["id"]]
                amounts.append(have * (self._share(school, part) if row["shared"] else 1))
            found.append((part["stage"], part["pupils"][self.year], tuple(amounts)))
        return tuple(found)

    def _complies(self, part: tuple[Any, ...]) -> bool:
        stage, pupils, amounts = part
        lines = floors = 0
        for row, have in zip(self.indicators.values(), amounts, strict=True):
            value = row["scale"] * have / pupils
            lines += value >= Fraction(row["lines"][stage]["line"])
            floors += value >= Fraction(row["lines"][stage]["floor"])
        return floors == len(self.indicators) and lines >= self.problem["rule"]["needed"]

    def _sums(self, stock: Iterable[Any]) -> tuple[Fraction, ...]:
        """By stage and indicator: weights, weighted values and weighted squares; nothing where no CV is asked for."""
        found = {
            (stage, place): [Fraction(0)] * 3 for stage in STAGES for place in range(len(self.indicators))
        }
        for stage, pupils, amounts in stock:
            for place, have in enumerate(amounts):
                weight, value = pupils if self.problem["cv"] == "weighted" else 1, have / pupils
                sums = found[stage, place]
                sums[0], sums[1], sums[2] = (
                    sums[0] + weight,
                    sums[1] + weight * value,
                    sums[2] + weight * value**2,
                )
        return () if self.problem["cv"] == "off" else tuple(part for sums in found.values() for part in sums)

    def _even(self, sums: tuple[Fraction, ...]) -> bool:
        """Every CV within its limit: the mean of squares less the square of the mean, over the latter."""
        if not sums:
            return True
        pairs = product(STAGES, self.indicators.values())
        for at, (stage, indicator) in enumerate(pairs):
            weight, total, square = sums[3 * at : 3 * at + 3]
            limit = Fraction(indicator["lines"][stage]["cv"])
            if weight and square / weight - (total / weight) ** 2 > limit**2 * (total / weight) ** 2:
                return False
        return True

    def _least_cost(self, totals: Counts) -> int | None:
        if totals not in self._costs:
            found = [
                self._cost(split)
                for split in product(*(self._splits(*pair) for pair in zip(self.goods, totals, strict=True)))
            ]
            self._costs[totals] = min((cost for cost in found if cost is not None), default=None)
        return self._costs[totals]

    def _splits(self, good: Json, total: int) -> list[tuple[int, int]]:
        """Ways to buy ``total`` in the two years within the ceilings."""
        ceilings = [good.get("ceilings", {}).get(str(year), total) for year in self.problem["years"]]
        return [
            (one, total - one)
            for one in range(total + 1)
            if one <= ceilings[0] and total - one <= ceilings[1]
        ]

    def _cost(self, split: tuple[tuple[int, int], ...]) -> int | None:
        """Money of a split over the years; None: beyond a budget."""
        first = second = 0
        for good, (early, late) in zip(self.goods, split, strict=True):
            yearly = good.get("yearly_yuan", 0)
            first += early * (good["cost_yuan"] + yearly)
            second += late * (good["cost_yuan"] + yearly) + early * yearly
        budgets = self.problem.get("budgets")
        if budgets is not None:
            one, two = budgets.values()
            kept = one - first if self.problem["carry_over"] else 0
            if first > one or second > two + kept:
                return None
        return first + second


def _worthwhile(ways: Iterable[tuple[Counts, ...]]) -> list[tuple[Counts, ...]]:
    """Without those that buy as much and more of something and lead to the same."""
    by_effect: dict[tuple[Counts, ...], set[Counts]] = defaultdict(set)
    for totals, *effect in ways:
        by_effect[tuple(effect)].add(totals)
    found = []
    for effect, bought in by_effect.items():
        kept: list[Counts] = []
        for totals in sorted(bought, key=sum):
            if not any(all(a <= b for a, b in zip(less, totals, strict=True)) for less in kept):
                kept.append(totals)
        found += [(totals, *effect) for totals in kept]
    return found
