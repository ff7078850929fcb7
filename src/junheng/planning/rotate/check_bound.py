"""For the check alone: what no plan can do better than, from prices; weak duality, no solver.

For any prices y of the rows (≥ 0 on a floor, ≤ 0 on a ceiling) every plan costs at least
  Σ y·limit + Σ_{school-stage, attribute} min_b [f(b) + y_net·(b - b₀)] + Σ_{persons} min(0, cheapest way at prices y),
because each school's count and each person may be chosen alone once the rows are paid for. Integers b make it sharp.
"""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

from junheng.planning.frozen import exact
from junheng.planning.rotate.check_figures import most_moved, shares
from junheng.planning.rotate.check_people import Roster

Json = dict[str, Any]
Unit = tuple[str, str]  # school, stage
_FLOORS = ("backbone", "graduating", "principals", "source")


class Priced:
    """A problem with prices; ``is_shortfall``: of the question by how many persons the floors are missed at least."""

    def __init__(self, roster: Roster, prices: Mapping[str, Any], is_shortfall: bool = False) -> None:
        self.roster, self.is_shortfall = roster, is_shortfall
        self.prices = {row: exact(price) for row, price in prices.items()}
        self.ratio = exact(roster.rule["backbone_of_moved"])
        self._ways: dict[tuple[Any, ...], Fraction] = {}

    def at(self, *row: str) -> Fraction:
        """The price of a row; 0 where none is stated."""
        return self.prices.get(":".join(row), Fraction(0))

    def wrong_signs(self) -> list[str]:
        """Rows whose price has a sign that proves nothing, or more than a person's shortfall costs."""
        has_most = "most_moved_of_eligible" in self.roster.rule
        found = []
        for row, price in self.prices.items():
            kind = row.partition(":")[0]
            is_floor = kind in _FLOORS or (kind == "moved" and not has_most)
            worth = price * (self.ratio.denominator if kind == "backbone" else 1)
            is_dear = self.is_shortfall and kind in {*_FLOORS, "moved"} and worth > 1
            if (is_floor and price < 0) or (kind == "out" and price > 0) or is_dear:
                found.append(row)
        return found

    def bound(self) -> Fraction:
        """The bound."""
        total = self._limits() + (0 if self.is_shortfall else self._counts())
        return total + sum((self._person(name) for name in self.roster.open_to), start=Fraction(0))

    def _limits(self) -> Fraction:
        """Σ price × limit of the rows on numbers of persons."""
        roster, rule = self.roster, self.roster.rule
        sizes = {share: len(names) for share, (_, names) in shares(roster, set()).items()}
        eligible, price = sizes["moved_of_eligible"], self.at("moved")
        most = most_moved(rule, eligible)
        limit = ceil(exact(rule["moved_of_eligible"]) * eligible) if price >= 0 or most is None else most
        total = price * limit
        for row, share in (("graduating", "graduating_of_eligible"), ("principals", "principals_of_due")):
            if share in rule:
                total += self.at(row) * ceil(exact(rule[share]) * sizes[share])
        for share, size in sizes.items():
            kind, _, school = share.partition(":")
            if school:
                total += self.at("source", school) * ceil(exact(rule[kind]) * size)
        if "most_out_of_school" in rule:
            for (school, stage), listed in roster.units().items():
                most_out = max(1, floor(exact(rule["most_out_of_school"]) * len(listed)))
                total += self.at("out", stage, school) * most_out
        return total

    def _counts(self) -> Fraction:
        """Σ over school-stages and attributes of the least f(b) + price·(b - b₀), b whole and within reach."""
        roster, total = self.roster, Fraction(0)
        units, spans = roster.units(), self._spans()
        for attribute in roster.problem["attributes"]:
            name, weight = attribute["id"], exact(attribute["weight"])
            start = {
                unit: sum(name in roster.persons[p]["has"] for p in listed) for unit, listed in units.items()
            }
            for stage in ("primary", "junior"):
                mine = [unit for unit in units if unit[1] == stage]
                persons, pupils = sum(start[u] for u in mine), sum(roster.pupils[u] for u in mine)
                if not persons or not weight:
                    continue
                for unit in mine:
                    price, (fall, rise) = (
                        self.at("net", stage, unit[0], name),
                        spans.get((unit, name), (0, 0)),
                    )
                    values = range(start[unit] - fall, start[unit] + rise + 1)
                    share = Fraction(roster.pupils[unit], pupils)
                    cost = self._square if roster.problem["objective"] == "cv" else self._apart
                    total += min(
                        weight * cost(b, share, persons, pupils) + price * (b - start[unit]) for b in values
                    )
        return total

    def _spans(self) -> dict[tuple[Unit, str], tuple[int, int]]:
        """By how much each count can fall and rise: of a post no more come than leave, no more leave than come."""
        out: Counter[tuple[Unit, str, str]] = Counter()
        into: Counter[tuple[Unit, str, str]] = Counter()
        for name, schools in self.roster.open_to.items():
            unit, post = self.roster.place(name), self.roster.post(name)
            for attribute in ["", *self.roster.persons[name]["has"]]:  # "": everybody
                out[unit, post, attribute] += 1
                for school in schools:
                    into[(school, unit[1]), post, attribute] += 1
        spans: dict[tuple[Unit, str], tuple[int, int]] = {}
        for unit, post, attribute in {*out, *into}:
            fall, rise = spans.get((unit, attribute), (0, 0))
            fall += min(out[unit, post, attribute], into[unit, post, ""])
            rise += min(into[unit, post, attribute], out[unit, post, ""])
            spans[unit, attribute] = (fall, rise)
        return spans

    @staticmethod
    def _apart(count: int, share: Fraction, persons: int, pupils: int) -> Fraction:
        return 100 * abs(count - persons * share) / pupils

    @staticmethod
    def _square(count: int, share: Fraction, persons: int, _pupils: int) -> Fraction:
        return count**2 / (share * persons**2) - share

    def _person(self, name: str) -> Fraction:
        """The cheapest way of one person at the prices, staying at 0 included."""
        roster = self.roster
        person, post, is_counted = roster.persons[name], roster.post(name), roster.counts(name)
        is_teacher = person["role"] == "teacher"
        has, stage, school = tuple(person["has"]), person["stage"], person["school"]
        toll = self.at("out", stage, school)
        if is_counted:
            is_backbone = "backbone" in has
            gain = self.ratio.denominator * is_backbone - self.ratio.numerator
            toll += self.at("moved") + self.at("backbone") * gain + self.at("source", school)
        if is_teacher and person.get("graduating") == 1:
            toll += self.at("graduating")
        if not is_teacher:
            toll += self.at("principals")
        away = self._presence(stage, school, post, has)
        return min(
            Fraction(0),
            min(away - self._presence(stage, to, post, has) for to in roster.open_to[name]) - toll,
        )

    def _presence(self, stage: str, school: str, post: str, has: tuple[str, ...]) -> Fraction:
        """What rows are paid for one such person more at a school-stage."""
        key = (stage, school, post, has)
        if key not in self._ways:
            nets = (Fraction(0) if self.is_shortfall else self.at("net", stage, school, name) for name in has)
            self._ways[key] = self.at("balance", stage, school, post) + sum(nets, start=Fraction(0))
        return self._ways[key]
