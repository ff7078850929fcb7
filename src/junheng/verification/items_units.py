"""Facts of single schools, school-stages and results, each with a value of its own (items.md, 2: each)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from junheng.standards import Item, ItemTest, Limit
from junheng.verification.items_facts import ItemFact, blanks
from junheng.verification.items_limits import is_least, line_for, one_line, widest, word_of
from junheng.verification.items_relaxed import Standing
from junheng.verification.items_scene import Row, Scene, StageKey
from junheng.verification.items_total import ONE, concerns, conditions
from junheng.verification.judging import CANNOT_TELL, MET, NOT_MET
from junheng.verification.meaning import condition_of, number_of
from junheng.verification.spread import holds
from junheng.verification.syntax import Node

Pair = tuple[Fraction, Fraction]
Part = tuple[Row, Node, Node]  # a row, its numerator and its denominator


@dataclass(frozen=True, slots=True)
class Each:
    """One unit and its parts: one row, or the classes of a school-stage.

    ``home`` is the school's row; ``stages`` are those whose lines hold for it; ``open`` names the blank cells of
    conditions that cannot be told.
    """

    fact: ItemFact
    item: Item
    key: StageKey
    home: Row
    stages: tuple[str, ...]
    parts: Sequence[Part]
    word: str
    open: tuple[str, ...] = ()

    def line(self, limit: Limit) -> Fraction | None:
        """The figure ``limit`` has for the unit."""
        if self.fact.over == "monitoring":
            return one_line(limit, self.fact, self.item, "")
        of_stage = self.fact.over in (
            "school_stage",
            "class",
        )  # a stage has its own figure, whatever the school's kind
        kind = "" if of_stage else str(self.home.cells.get("kind") or "")
        return line_for(limit, self.word, kind, self.stages)

    def stand(self, limits: Sequence[Limit]) -> Standing:
        """How the unit stands to the widest of ``limits``."""
        line = widest(self.word, [found for limit in limits if (found := self.line(limit)) is not None])
        pairs = [(number_of(above, r.cells), number_of(below, r.cells)) for r, above, below in self.parts]
        known = [(above, below) for above, below in pairs if above is not None and below]
        over = [] if line is None or self.open else self._beyond(known, line)
        if not over and (self.open or len(known) < len(pairs) or line is None):
            return Standing(CANNOT_TELL, None, line, why=self._why())
        value = (min if is_least(self.word) else max)(above / below for above, below in known)
        size = sum((abs(above) for above, _ in known), Fraction(0))
        if not over or line is None:
            return Standing(MET, value, line, Fraction(0), size)
        lacks = [gap(self.word, self.fact.whole, above, below, line) for above, below in over]
        return Standing(NOT_MET, value, line, sum(lacks, Fraction(0)), size)

    def _beyond(self, known: Sequence[Pair], line: Fraction) -> list[Pair]:
        """The parts that fail: one class too large fails a school, whatever the others turn out to be."""
        return [(above, below) for above, below in known if not holds(self.word, above / below, line)]

    def _why(self) -> str:
        """The blank cells; where there are none, it is a division by nought."""
        cells = [cell for r, *trees in self.parts for cell in blanks(trees, r.cells, r.tables)]
        names = self.open or tuple(dict.fromkeys(cells))
        return f"missing:{','.join(names)}" if names else "no_value"


def gap(word: str, whole: bool, above: Fraction, below: Fraction, line: Fraction) -> Fraction:
    """How far a numerator is from its line; whole things rounded up, and beyond a line that must be passed."""
    found = abs(line * below - above)
    if not whole:
        return found
    return Fraction(floor(found) + 1 if word in {"大于", "小于"} else ceil(found))


def each_units(fact: ItemFact, item: Item, test: ItemTest, scene: Scene) -> Iterator[Each]:
    """The units of ``fact`` that the test is for, by code and stage."""
    word = word_of(item.limits[test.limit], fact)
    groups = {"school": _schools, "class": _classes}.get(fact.over, _results)
    for key, home, stages, parts in groups(fact, scene):
        held = [(part, concerns(fact, item, test, part[0])) for part in parts]
        kept = [part for part, found in held if found is not False]
        unsure = [part[0] for part, found in held if found is None]
        if kept:
            cells = [cell for r in unsure for cell in blanks(conditions(fact, test), r.cells, r.tables)]
            cells += unsure_of(fact, home) if key[0] else ()
            yield Each(fact, item, key, home, stages, kept, word, tuple(dict.fromkeys(cells)))


Group = tuple[StageKey, Row, tuple[str, ...], list[Part]]


def is_of(fact: ItemFact, school: Row) -> bool | None:
    """Whether a fact of schools is for this one."""
    return True if "of" not in fact.trees else condition_of(fact.trees["of"], school.cells)


def unsure_of(fact: ItemFact, school: Row) -> tuple[str, ...]:
    """The blank cells for which that cannot be told."""
    return tuple(blanks([fact.trees["of"]], school.cells, school.tables)) if "of" in fact.trees else ()


def _part(fact: ItemFact, row: Row) -> Part:
    return row, fact.numerator[""], fact.trees.get("denominator", ONE)


def _schools(fact: ItemFact, scene: Scene) -> Iterator[Group]:
    for school in scene.schools():
        if is_of(fact, school.row) is not False:
            yield school.row.key, school.row, school.stages, [_part(fact, school.row)]


def _classes(fact: ItemFact, scene: Scene) -> Iterator[Group]:
    """School-stages with the classes of all that was merged into them; where none is listed, its largest."""
    for school in scene.schools():
        for stage in school.stages if is_of(fact, school.row) is not False else ():
            parts = [part for member in school.members for part in _of_stage(fact, (member, stage), scene)]
            if parts:
                yield (school.row.key[0], stage), school.row, (stage,), parts


def _of_stage(fact: ItemFact, key: StageKey, scene: Scene) -> list[Part]:
    """The classes listed; where none is, the largest as reported. Where nobody learns there is none."""
    listed = [_part(fact, row) for row in scene.classes(key)]
    if listed or key not in scene.reported.stages or scene.reported.stages[key]["pupils"] == 0:
        return listed
    return [(scene.stage_row(key), fact.trees["otherwise"], ONE)]


def _results(fact: ItemFact, scene: Scene) -> Iterator[Group]:
    for row in scene.rows(fact.over):
        yield ("", ""), row, (), [_part(fact, row)]
