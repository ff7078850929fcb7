"""Facts of single schools, school-stages or results, each held against its own line (items.md, 2)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from junheng.standards import Item, ItemRelaxation, ItemTest, Limit
from junheng.verification.items_facts import ItemFact, blanks, fact_named
from junheng.verification.items_limits import is_least, lines_for, one_line, widest, word_of
from junheng.verification.items_scene import Row, Scene, School, StageKey
from junheng.verification.items_total import ONE, concerns, conditions
from junheng.verification.judging import CANNOT_TELL, MET, NOT_MET
from junheng.verification.meaning import condition_of, number_of
from junheng.verification.spread import holds
from junheng.verification.syntax import Node


@dataclass(frozen=True, slots=True)
class UnitTest:
    """One unit against its line. ``size`` is what its shortfall was taken from; ``why`` a code, "" if met."""

    key: StageKey
    verdict: str
    value: Fraction | None
    line: Fraction | None
    shortfall: Fraction | None
    size: Fraction
    why: str
    relaxed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit stands to one line: the outcome, and what it lacks."""

    verdict: str
    line: Fraction | None
    shortfall: Fraction | None
    value: Fraction | None
    size: Fraction = Fraction(0)
    why: str = ""


def relaxed(unit: "Unit", item: Item, test: ItemTest) -> UnitTest:
    """The unit's verdict by its own line, else by the widest of those whose condition holds (items.md, 2)."""
    own = item.limits[test.limit]
    plain = unit.stand([own])
    offers = [offer for offer in item.relaxations if test.limit in offer.limits]
    if plain.verdict == MET or not offers:
        return _told(unit, plain, test, ())
    held = {offer.id: condition_of(_when(offer), unit.school.cells) for offer in offers}
    sure = [offer.limits[test.limit] for offer in offers if held[offer.id] is True]
    best = unit.stand([own, *sure])
    names = tuple(
        offer.id
        for offer in offers
        if held[offer.id] is True and best.line != plain.line and unit.line([offer.limits[test.limit]]) == best.line
    )
    unsure = [offer for offer in offers if held[offer.id] is None]
    if best.verdict == NOT_MET and unsure:
        hoped = unit.stand([own, *sure, *(offer.limits[test.limit] for offer in unsure)])
        if hoped.verdict != NOT_MET:
            empty = blanks([_when(offer) for offer in unsure], unit.school.cells, unit.school.tables)
            best = Standing(CANNOT_TELL, best.line, None, best.value, why=f"missing:{','.join(empty)}")
    return _told(unit, best, test, names)


def _when(offer: ItemRelaxation) -> Node:
    from junheng.verification.parse import parse

    return parse(offer.when)


def _told(unit: "Unit", found: Standing, test: ItemTest, names: tuple[str, ...]) -> UnitTest:
    why = f"below:{test.limit}" if found.verdict == NOT_MET else found.why
    return UnitTest(
        unit.key, found.verdict, found.value, found.line, found.shortfall, found.size, why, names
    )
