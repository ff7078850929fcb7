"""The least a school pays for what it lacks, at given prices: never above the truth.

Prices and costs are whole numbers of a small unit, already rounded down, so every answer is a safe lower bound.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import accumulate
from math import ceil, floor, prod

from junheng.planning.invest.check_divided import INFINITE, WIDTH, Needs, divided

Table = Callable[[Needs], int]
Free = tuple[tuple[int, Needs], ...]  # price and what a unit gives, without limit
Level = list[tuple[int, Needs]]  # cost and what is given, for 0, 1, 2 … units of a limited source
_NOTHING = Fraction(0)
_MANY = 300  # ways to take limited sources that are all tried
_STEP = 100  # the table is filled in steps of so many units: Python's stack is not deep


@dataclass(frozen=True, slots=True)
class Source:
    """Something that can be bought: ``price`` per unit, what a unit ``gives`` by indicator, at most ``limit`` units."""

    price: int
    gives: tuple[Fraction, ...]
    limit: Fraction | None
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """What a school can do about one group of indicators, once all that pays for itself has been taken.

    ``earned`` is the cost of that (negative), ``taken`` what it gives, ``left`` the other sources; ``whole``: the same
    in whole numbers – price, what a unit gives, limit – where all are whole.
    """

    earned: int
    taken: tuple[Fraction, ...]
    left: tuple[Source, ...]
    whole: tuple[tuple[int, Needs, int | None], ...] | None
    tables: dict[Free, Table]

    def least(self, needs: Sequence[Fraction | None]) -> int:
        """A lower bound of the cost of ``needs`` (None: nothing asked); exact for whole units that give whole amounts."""
        lacking = [
            max(_NOTHING, need - taken) if need is not None else _NOTHING
            for need, taken in zip(needs, self.taken, strict=True)
        ]
        if not any(lacking):
            return self.earned
        if self.whole is not None:
            return self.earned + self._in_whole_units(self.whole, tuple([ceil(need) for need in lacking]))
        return self.earned + max(_divisible(self.left, place, need) for place, need in enumerate(lacking))

    def _in_whole_units(self, sources: Sequence[tuple[int, Needs, int | None]], needs: Needs) -> int:
        """The least over what is taken of every limited source, the rest from a table of every smaller need.

        Where there are too many ways to take them, units count as divisible: a little less, never more.
        """
        free, levels = _sorted_out(sources, needs)
        if prod(map(len, levels)) > _MANY and len(needs) <= WIDTH:
            return divided(sources, needs)
        table = self._table_of(free, needs)
        if not levels:
            return table(needs)
        loose = self._table_of(tuple([(price, gives) for price, gives, _ in sources]), needs)
        return _search(levels, needs, table, loose)

    def _table_of(self, free: Free, needs: Needs) -> Table:
        table = self.tables.get(free)
        if table is None:
            useful = _useful(free)
            table = self.tables[free] = self.tables.setdefault(useful, _table(useful))
        for size in range(_STEP, max(needs), _STEP):
            table(tuple(min(need, size) for need in needs))
        return table


def cover(sources: Sequence[Source], width: int, tables: dict[Free, Table]) -> Cover:
    """Take what costs less than nothing up to its limit; the rest is bought as needed. ``tables`` are shared.

    Raises ValueError where something that pays for itself has no limit: no bound follows from such prices.
    """
    earned, taken, left = 0, [Fraction(0)] * width, []
    for source in sources:
        if source.price >= 0:
            left.append(source)
            continue
        if source.limit is None:
            raise ValueError("a price below zero without a limit")
        earned += floor(source.price * source.limit)
        for place, gives in enumerate(source.gives):
            taken[place] += gives * source.limit
    return Cover(earned, tuple(taken), tuple(left), _in_whole_numbers(left), tables)


def _in_whole_numbers(sources: Sequence[Source]) -> tuple[tuple[int, Needs, int | None], ...] | None:
    if not all(one.is_whole and all(part.denominator == 1 for part in one.gives) for one in sources):
        return None
    return tuple(
        (
            one.price,
            tuple(part.numerator for part in one.gives),
            None if one.limit is None else floor(one.limit),
        )
        for one in sources
    )


def _useful(sources: Sequence[tuple[int, Needs]]) -> Free:
    """Without those beside which another gives as much and costs no more."""
    found: list[tuple[int, Needs]] = []
    for price, gives in sorted(set(sources), key=lambda one: (one[0], [-give for give in one[1]])):
        if not any(all(have >= give for have, give in zip(kept, gives, strict=True)) for _, kept in found):
            found.append((price, gives))
    return tuple(found)


def _sorted_out(sources: Sequence[tuple[int, Needs, int | None]], needs: Needs) -> tuple[Free, list[Level]]:
    """Sources without a limit that matters, and what can be taken of the others: limited single units are merged."""
    free: list[tuple[int, Needs]] = []
    levels: list[Level] = []
    singles: list[list[int]] = [[] for _ in needs]
    for price, gives, limit in sources:
        useful = max(
            [-(-need // give) for need, give in zip(needs, gives, strict=True) if give > 0], default=0
        )
        if limit is None or limit >= useful:
            free.append((price, gives))
        elif sum(gives) == max(gives) == 1:
            singles[gives.index(1)] += [price] * limit
        else:
            levels.append(
                [(count * price, tuple([count * give for give in gives])) for count in range(limit + 1)]
            )
    for place, prices in enumerate(singles):
        costs = [0, *accumulate(sorted(prices))][: needs[place] + 1]
        unit = [int(other == place) for other in range(len(needs))]
        levels.append([(cost, tuple(count * one for one in unit)) for count, cost in enumerate(costs)])
    return tuple(free), [level for level in levels if len(level) > 1]


def _search(levels: Sequence[Level], needs: Needs, table: Table, loose: Table) -> int:
    """Every choice of the levels, cut off where even without limits (``loose``) nothing better could follow."""
    best = table(needs)

    def take(at: int, spent: int, rest: Needs) -> None:
        nonlocal best
        if at == len(levels):
            best = min(best, spent + table(rest))
            return
        for cost, gives in reversed(levels[at]):
            left = tuple([need - give if need > give else 0 for need, give in zip(rest, gives, strict=True)])
            if spent + cost + loose(left) < best:
                take(at + 1, spent + cost, left)

    take(0, 0, needs)
    return best


def _table(free: Free) -> Table:
    """Least cost of whole needs from sources without a limit, remembered."""

    @cache
    def least(needs: Needs) -> int:
        if not any(needs):
            return 0
        found = INFINITE
        for price, gives in free:
            left = tuple([need - give if need > give else 0 for need, give in zip(needs, gives, strict=True)])
            if left != needs:
                found = min(found, price + least(left))
        return found

    return least


def _divisible(sources: Sequence[Source], place: int, need: Fraction) -> int:
    """The least cost of ``need`` of one indicator, whatever the others: the best value first, in divisible units."""
    useful = [source for source in sources if source.gives[place] > 0]
    useful.sort(key=lambda source: Fraction(source.price) / source.gives[place])
    cost = Fraction(0)
    for source in useful:
        units = need / source.gives[place]
        if source.limit is not None:
            units = min(units, source.limit)
        cost, need = cost + units * source.price, need - units * source.gives[place]
        if need <= 0:
            return floor(cost)
    return INFINITE if need > 0 else floor(cost)
