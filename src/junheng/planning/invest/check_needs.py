"""What one school needs at given prices, by groups of indicators bought apart from the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

from junheng.planning.invest.check_county import ZERO, County, Good, Indicator, Key, Part, Place
from junheng.planning.invest.check_cover import Cover, Free, Source, Table, cover
from junheng.planning.invest.check_prices import Prices
from junheng.planning.invest.check_state import most_units

GRAIN = 10**15  # prices are rounded down to this part of their unit
Choice = frozenset[str] | None  # the indicators that only reach their floor; None: the stage does not comply


@dataclass(frozen=True, slots=True)
class Question:
    """Prices to judge by, and who has to comply: ``must``: all but the barred; else all may; barred stages never do.

    ``affordable``: units of every measure that all the money in play would buy, where something limits the money.
    """

    county: County
    prices: Prices
    barred: frozenset[Key]
    must: bool
    affordable: Mapping[str, int]
    movable: Mapping[str, int]
    tables: dict[Free, Table] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Needed:
    """Indicators bought together, what lacks of each, and ``due`` whatever happens; answers are remembered."""

    stages: Sequence[str]
    names: frozenset[str]
    lacking: Sequence[
        tuple[str, Sequence[tuple[Fraction, Fraction]]]
    ]  # indicator: to line and floor by stage
    due: int
    cover: Cover
    found: dict[tuple[Choice, ...], int] = field(default_factory=dict)

    def least(self, choices: Mapping[str, Choice]) -> int:
        """The least cost at the prices, once every stage has made its choice (by stage)."""
        own = [choices[stage] for stage in self.stages]
        key = tuple([None if choice is None else choice & self.names for choice in own])
        if key not in self.found:
            self.found[key] = self.due + self.cover.least([self._need(*row, key) for row in self.lacking])
        return self.found[key]

    def _need(
        self, name: str, lacking: Sequence[tuple[Fraction, Fraction]], choices: Sequence[Choice]
    ) -> Fraction | None:
        """What the most demanding of the complying stages lacks; None where none complies."""
        wanted = [
            levels[name in choice]
            for levels, choice in zip(lacking, choices, strict=True)
            if choice is not None
        ]
        return max(wanted, default=None)


def _needed(
    parts: Sequence[Part], rows: Sequence[Indicator], stock: Sequence[Fraction], due: int, group: Cover
) -> Needed:
    lacking = []
    for row, have in zip(rows, stock, strict=True):
        by_stage = []
        for part in parts:
            limit, per = (
                row.by_stage[part.stage],
                part.pupils / row.scale / (part.share if row.is_shared else 1),
            )
            by_stage.append((limit.line * per - have, limit.floor * per - have))
        lacking.append((row.id, by_stage))
    return Needed([part.stage for part in parts], frozenset(row.id for row in rows), lacking, due, group)


def personal_needs(question: Question, part: Part) -> Needed:
    """The indicators a stage has of its own. Whoever may go is counted as gone unless it is bought that they stay."""
    county, prices = question.county, question.prices
    rows = [row for row in county.indicators.values() if not row.is_shared]
    stock, due = [part.stock.get(row.id, ZERO) for row in rows], 0
    sources = [
        _source(question, part, good, rows, prices.units[good.id], _limit(question, part, good))
        for good in county.measures.values()
        if good.stage == part.stage
    ]
    for good in county.transfers.values():
        if good.stage != part.stage:
            continue
        mine = Fraction(part.movable.get(good.id, 0))
        others = question.movable[good.id] - mine
        sources.append(_source(question, part, good, rows, prices.coming[good.id], others))
        staying = -prices.going[good.id]
        sources.append(_source(question, part, good, rows, staying, mine))
        stock = [have - mine * good.gives.get(row.id, ZERO) for have, row in zip(stock, rows, strict=True)]
        due += floor(-mine * _price(question, part, good, staying) * GRAIN)
    group = cover([one for one in sources if any(one.gives)], len(rows), question.tables)
    return _needed([part], rows, stock, due, group)


def shared_needs(question: Question, place: Place, parts: Sequence[Part]) -> list[Needed]:
    """What the stages of a school share, in groups that no measure ties together."""
    county, found = question.county, []
    for names in _groups(county):
        rows = [county.indicators[name] for name in names]
        sources = [
            _shared_source(question, parts, good, rows)
            for good in county.measures.values()
            if not good.stage and set(names) & set(good.gives)
        ]
        stock = [place.stock.get(name, ZERO) for name in names]
        found.append(_needed(parts, rows, stock, 0, cover(sources, len(rows), question.tables)))
    return found


def _groups(county: County) -> list[list[str]]:
    """Shared indicators, those that one measure adds to together."""
    groups = [{row.id} for row in county.indicators.values() if row.is_shared]
    for good in county.measures.values():
        if not good.stage:
            tied = [group for group in groups if group & set(good.gives)]
            groups = [group for group in groups if group not in tied] + [set().union(*tied)]
    return [sorted(group) for group in groups if group]


def _price(question: Question, part: Part, good: Good, price: Fraction) -> Fraction:
    """With what a unit does to the differences between schools."""
    weights = question.prices.weights
    for name, gives in good.gives.items() if weights else ():
        price += gives * weights.get((part.key, name), ZERO)
    return price


def _source(
    question: Question,
    part: Part,
    good: Good,
    rows: Sequence[Indicator],
    price: Fraction,
    limit: Fraction | None,
) -> Source:
    gives = tuple([good.gives.get(row.id, ZERO) for row in rows])
    return Source(_grains(_price(question, part, good, price)), gives, limit, good.is_whole)


def _grains(price: Fraction) -> int:
    """In whole grains, rounded down."""
    return price.numerator * GRAIN // price.denominator


def _shared_source(
    question: Question, parts: Sequence[Part], good: Good, rows: Sequence[Indicator]
) -> Source:
    weights, price = question.prices.weights, question.prices.units[good.id]
    for part in parts if weights else ():
        for name, gives in good.gives.items():
            price += part.share * gives * weights.get((part.key, name), ZERO)
    gives_all = tuple([good.gives.get(row.id, ZERO) for row in rows])
    return Source(_grains(price), gives_all, _limit(question, parts[0], good), good.is_whole)


def _limit(question: Question, part: Part, good: Good) -> Fraction | None:
    """What the school may buy; where nothing limits it, what all the money in play would buy."""
    limit = most_units(question.county, part, good)
    if limit is not None or good.id not in question.affordable:
        return limit
    return Fraction(question.affordable[good.id])


def affordable(county: County, money: Fraction | None) -> dict[str, int]:
    """Units of every measure that ``money`` (None: without limit) would buy at its least dear, and one more."""
    if money is None:
        return {}
    least = {
        name: min(county.unit_cost(good, year) for year in county.years)
        for name, good in county.measures.items()
    }
    return {name: floor(money / cost) + 1 for name, cost in least.items() if cost > 0}
