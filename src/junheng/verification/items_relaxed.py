"""A unit against its own line, or the widest of those a relaxation gives it (docs/method/items.md, 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from junheng.standards import Item, ItemRelaxation, ItemTest, Limit
from junheng.verification.items_facts import blanks
from junheng.verification.items_scene import Row, StageKey
from junheng.verification.judging import CANNOT_TELL, MET, NOT_MET
from junheng.verification.meaning import condition_of
from junheng.verification.parse import parse


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit stands to one line. ``size`` is what the shortfall was taken from; ``why`` a code."""

    verdict: str
    value: Fraction | None
    line: Fraction | None
    shortfall: Fraction | None = None
    size: Fraction = Fraction(0)
    why: str = ""
    relaxed: tuple[str, ...] = ()


class Unit(Protocol):
    """A school, a school-stage or a result of the monitoring, under one test."""

    @property
    def key(self) -> StageKey:
        """Whose it is; the stage is "" for a whole school."""

    @property
    def home(self) -> Row:
        """The row on which the conditions of relaxations are read."""

    def stand(self, limits: Sequence[Limit]) -> Standing:
        """How it stands to the widest of ``limits``."""

    def line(self, limit: Limit) -> Fraction | None:
        """The figure ``limit`` has for it."""


def stand(unit: Unit, item: Item, test: ItemTest) -> Standing:
    """The unit's outcome by its own line, else by the widest of the lines whose condition surely holds."""
    own = item.limits[test.limit]
    plain = unit.stand([own])
    offers = [offer for offer in item.relaxations if test.limit in offer.limits]
    if plain.verdict == MET or not offers:
        return _coded(plain, test, ())
    held = [condition_of(parse(offer.when), unit.home.cells) for offer in offers]
    sure = [offer for offer, holds in zip(offers, held, strict=True) if holds is True]
    unsure = [offer for offer, holds in zip(offers, held, strict=True) if holds is None]
    lines = [own, *(offer.limits[test.limit] for offer in sure)]
    best = unit.stand(lines)
    names = tuple(offer.id for offer in sure if unit.line(offer.limits[test.limit]) == best.line)
    hoped = unit.stand([*lines, *(offer.limits[test.limit] for offer in unsure)])
    if best.verdict == NOT_MET and hoped.verdict != NOT_MET:
        best = _open(best, unit, unsure)
    return _coded(best, test, names if best.line != plain.line else ())


def _open(best: Standing, unit: Unit, unsure: Sequence[ItemRelaxation]) -> Standing:
    """The outcome while nobody can tell whether ``unsure`` hold."""
    cells = blanks([parse(offer.when) for offer in unsure], unit.home.cells, unit.home.tables)
    return Standing(CANNOT_TELL, None, best.line, why=f"missing:{','.join(cells)}")


def _coded(found: Standing, test: ItemTest, names: tuple[str, ...]) -> Standing:
    why = f"below:{test.limit}" if found.verdict == NOT_MET else found.why
    return Standing(found.verdict, found.value, found.line, found.shortfall, found.size, why, names)
