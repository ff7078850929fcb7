"""The distance between schools, exactly: a convex function of each school's count.

Totals and pupils are fixed, so the mean of a stage is fixed too. With B persons, P_s pupils of P, b_s persons:
gap: (100/P)·Σ|b_s - B·P_s/P|, the mean deviation in persons per 100 pupils, weighted by pupils.
cv:  CV² = P·Σ b_s²/P_s / B² - 1 (policy: population form weighted by pupils).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor

from junheng.planning.frozen import exact
from junheng.planning.rotate.people import People, Unit

_PER = 100  # pupils


@dataclass(frozen=True, slots=True)
class Term:
    """What one school-stage adds for one attribute when it has b persons: ``at(b)``."""

    unit: Unit
    attribute: str
    start: int
    share: Fraction  # of the pupils of the stage
    total: int  # persons of the stage
    scale: Fraction  # of one person's deviation (gap) or of b² (cv)
    is_square: bool

    def at(self, count: int) -> Fraction:
        """The exact contribution."""
        if self.is_square:
            return self.scale * (count * count / self.share - self.share * self.total**2)
        return self.scale * abs(count - self.target)

    @property
    def target(self) -> Fraction:
        """The count that is this school's part by pupils."""
        return self.share * self.total

    @property
    def least(self) -> Fraction:
        """No count brings the contribution below this."""
        return -self.scale * self.share * self.total**2 if self.is_square else Fraction(0)

    def breaks(self, low: int, high: int) -> list[int]:
        """Counts k of low…high-1 whose secants k→k+1 together are ``at`` on all whole counts of low…high."""
        if low >= high:
            return []
        if self.is_square:
            return list(range(low, high))
        return sorted({low, min(max(floor(self.target), low), high - 1), high - 1})


class Measure:
    """The objective of a problem."""

    def __init__(self, people: People) -> None:
        self._people = people

    @cached_property
    def terms(self) -> Mapping[tuple[Unit, str], Term]:
        """Terms of all school-stages and weighted attributes someone has."""
        people, problem = self._people, self._people.problem
        pupils: Counter[str] = Counter()
        for (_, stage), number_of in people.units.items():
            pupils[stage] += number_of
        found = {}
        for attribute in problem["attributes"]:
            name, weight = attribute["id"], exact(attribute["weight"])
            counts = {unit: sum(name in p["has"] for p in listed) for unit, listed in people.listed.items()}
            totals: Counter[str] = Counter()
            for (_, stage), count in counts.items():
                totals[stage] += count
            for unit, count in counts.items():
                if weight and (total := totals[unit[1]]):
                    whole = pupils[unit[1]]
                    is_square = problem["objective"] == "cv"
                    scale = weight / total**2 if is_square else weight * _PER / whole
                    share = Fraction(people.units[unit], whole)
                    found[unit, name] = Term(unit, name, count, share, total, Fraction(scale), is_square)
        return found

    def value(self, net: Mapping[tuple[Unit, str], int]) -> Fraction:
        """The objective when each school-stage's counts change by ``net``."""
        return sum(
            (term.at(term.start + net.get(key, 0)) for key, term in self.terms.items()), start=Fraction(0)
        )
