"""Whether a school has enough rooms of sufficient size (docs/method/items.md, 2: enough)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from junheng.standards import Item, ItemTest, Limit
from junheng.verification.items_facts import ItemFact, blanks
from junheng.verification.items_limits import line_of_room, widest, word_of
from junheng.verification.items_relaxed import Standing
from junheng.verification.items_scene import Row, Scene, School, StageKey
from junheng.verification.items_units import is_of, unsure_of
from junheng.verification.judging import CANNOT_TELL, MET, NOT_MET
from junheng.verification.meaning import condition_of, number_of
from junheng.verification.spread import holds
from junheng.verification.syntax import columns_of


@dataclass(frozen=True, slots=True)
class Enough:
    """One school and its ``rooms``; ``sized`` is False for those whose kind is unknown. None: nothing reported.

    ``unsure`` names the blank cells for which nobody can tell whether the school is one that needs them.
    """

    fact: ItemFact
    school: School
    rooms: Sequence[tuple[Row, bool]] | None
    need: Fraction | None
    word: str
    unsure: tuple[str, ...] = ()

    @property
    def key(self) -> StageKey:
        """Whose rooms they are."""
        return self.school.row.key

    @property
    def home(self) -> Row:
        """The school's row."""
        return self.school.row

    def line(self, limit: Limit, stage: str = "") -> Fraction | None:
        """The size ``limit`` asks of a room for ``stage``, or for the whole school."""
        return line_of_room(limit, self.word, self.school.kind, stage, self.school.stages)

    def stand(self, limits: Sequence[Limit]) -> Standing:
        """How many rooms reach the widest of ``limits``, against the number needed."""
        line = self._widest(limits, "")
        if self.rooms is None or self.need is None or self.unsure:
            return Standing(CANNOT_TELL, None, line, why=self._missing())
        large = [self._is_large(row, sized, limits) for row, sized in self.rooms]
        have, maybe = large.count(True), large.count(None)
        if have < self.need <= have + maybe:
            return Standing(CANNOT_TELL, None, line, why=f"missing:{','.join(self._size())}")
        if have >= self.need:
            return Standing(MET, Fraction(have), line, Fraction(0))
        return Standing(NOT_MET, Fraction(have), line, self.need - have)

    def _widest(self, limits: Sequence[Limit], stage: str) -> Fraction | None:
        return widest(
            self.word, [found for limit in limits if (found := self.line(limit, stage)) is not None]
        )

    def _is_large(self, row: Row, sized: bool, limits: Sequence[Limit]) -> bool | None:
        size = number_of(self.fact.trees["size"], row.cells)
        line = self._widest(limits, str(row.cells.get("stage") or ""))
        if size is None or line is None or not sized:
            return None
        return holds(self.word, size, line)

    def _size(self) -> list[str]:
        """Where the size of a room stands."""
        return [f"{self.fact.over}.{name}" for name in columns_of(self.fact.trees["size"])]

    def _missing(self) -> str:
        """What is blank: of a county without any room, what a room would have; and what the need is made of."""
        need = blanks([self.fact.trees["need"]], self.home.cells, self.home.tables)
        return f"missing:{','.join([*self.unsure, *(self._size() if self.rooms is None else []), *need])}"


def enough_units(fact: ItemFact, item: Item, test: ItemTest, scene: Scene) -> Iterator[Enough]:
    """The schools that need such rooms, by code; and those of which nobody can tell whether they do."""
    written = item.limits[test.per].value
    per = Fraction(written) if isinstance(written, Decimal) else Fraction(1)
    word, told = word_of(item.limits[test.limit], fact), scene.has_rooms()
    for school in scene.schools():
        asked = is_of(fact, school.row)
        if asked is not False:
            quantity = number_of(fact.trees["need"], school.row.cells)
            need = None if quantity is None else Fraction(ceil(quantity / per))
            rooms = _rooms(fact, scene, school) if told else None
            yield Enough(fact, school, rooms, need, word, () if asked else unsure_of(fact, school.row))


def _rooms(fact: ItemFact, scene: Scene, school: School) -> list[tuple[Row, bool]]:
    """The school's rooms of that kind, and whether they surely are."""
    where = fact.trees.get("where")
    found = [(row, None if where is None else condition_of(where, row.cells)) for row in scene.rooms(school)]
    return [(row, where is None or held is True) for row, held in found if where is None or held is not False]
