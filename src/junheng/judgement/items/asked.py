"""What one test asks of the units of a county: its limit, what relaxes it, and the line for each unit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from junheng.indicators import ItemFact, Unit
from junheng.judgement.items.lines import figures_of, strictest, widest
from junheng.judgement.results import SchoolItemTest
from junheng.standards import Item, ItemTest, Limit

Line = Callable[[str | None], Decimal | None]  # stage of a row (None: unmarked) → the line for it


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A relaxation's limit for the test; for each school whether it holds, or the columns for want of which nobody can tell."""

    id: str
    limit: Limit
    told: Sequence[tuple[bool | None, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What one test asks of a county's units: the item, the test, its fact, its limit and what relaxes it.

    The rest keeps what is the same for many units: their lines, and what those are told that lack cells.
    """

    item: Item
    test: ItemTest
    fact: ItemFact
    limit: Limit
    relaxations: Sequence[Relaxed]
    lines: dict[tuple[str, str, tuple[str, ...]], Line] = field(default_factory=dict)
    easiest: dict[tuple[Line, ...], Line] = field(default_factory=dict)
    open_ones: dict[tuple[tuple[str, ...], Decimal | None], SchoolItemTest] = field(default_factory=dict)


def line_for(asked: Asked, relaxation: str, limit: Limit, unit: Unit) -> Line:
    """Of a school the widest of its stages' lines; of a room that is marked for no stage the strictest."""
    school = unit.school
    stages = (unit.stage,) if unit.stage else school.stages if school else ()
    kind = school.kind if school is not None and unit.stage is None else ""
    key = (relaxation, kind, stages)
    if key not in asked.lines:
        asked.lines[key] = _new_line(asked, limit, kind, stages)
    return asked.lines[key]


def _new_line(asked: Asked, limit: Limit, kind: str, stages: Sequence[str]) -> Line:
    of_rooms = asked.fact.gives == "enough"
    choose = strictest if of_rooms else widest

    @cache
    def line(stage: str | None) -> Decimal | None:
        if stage is not None and of_rooms:
            return choose(limit, figures_of(asked.item, limit, "", (stage,)))
        return choose(limit, figures_of(asked.item, limit, kind, stages))

    return line


def easiest(asked: Asked, lines: tuple[Line, ...]) -> Line:
    """Of several lines the one that is easiest to keep."""
    if lines not in asked.easiest:
        asked.easiest[lines] = cache(
            lambda stage: widest(asked.limit, [found for line in lines if (found := line(stage)) is not None])
        )
    return asked.easiest[lines]
