"""Facts of a whole county: the sum of numerators over the sum of denominators (docs/method/items.md, 2)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from junheng.standards import Item, ItemTest
from junheng.verification.cells import empty
from junheng.verification.items_facts import ItemFact, blanks
from junheng.verification.items_limits import is_one_of
from junheng.verification.items_scene import Row, Scene
from junheng.verification.meaning import condition_of, number_of, value_of
from junheng.verification.syntax import Literal, Node

ONE: Node = Literal(Fraction(1))
NONE_CONCERNED = "none_concerned"  # school-stages there are, and the test is for none of them


@dataclass(frozen=True, slots=True)
class Total:
    """What a fact comes to in the county; ``why`` is the code where ``value`` is None."""

    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | None
    why: str = ""


def total(fact: ItemFact, item: Item, test: ItemTest, stage: str, scene: Scene) -> Total:
    """The value of ``fact``; with a ``stage``, over its rows alone (a county's row has none)."""
    numerator = fact.numerator.get(stage) or fact.numerator[""]
    trees = [numerator, fact.trees.get("denominator", ONE)]
    rows = [row for row in scene.rows(fact.over) if not stage or row.key[1] in {"", stage}]
    chosen = [(row, held) for row in rows if (held := concerns(fact, item, test, row)) is not False]
    lacking = [found for row, held in chosen if (found := _lacking(fact, test, trees, row, held))]
    lacking += [blanks(trees, row.cells, row.tables) for row in _expected(fact, stage, scene)]
    if lacking:
        columns = ",".join(dict.fromkeys(column for found in lacking for column in found))
        return Total(None, None, None, f"missing_in:{len(lacking)}:{columns}")
    if not chosen and rows and fact.over == "school_stage":
        return Total(None, None, None, NONE_CONCERNED)
    if not chosen:
        return Total(None, None, None, f"no_rows:{scene.table(fact.over)}")
    return _quotient(fact, trees, [row for row, _ in chosen])


def concerns(fact: ItemFact, item: Item, test: ItemTest, row: Row) -> bool | None:
    """Whether a row is one the test is for: its ``where`` and every filter; None where that cannot be told."""
    where = fact.trees.get("where")
    held = [True if where is None else condition_of(where, row.cells)]
    for name, key in test.only.items():
        value = value_of(fact.filters[name], row.cells)
        held.append(None if value is None else is_one_of(value, item.limits[key]))
    if False in held:
        return False
    return None if None in held else True


def conditions(fact: ItemFact, test: ItemTest) -> list[Node]:
    """The expressions that say whether a row is one the test is for."""
    where = [fact.trees["where"]] if "where" in fact.trees else []
    return [*where, *(fact.filters[name] for name in test.only)]


def _lacking(fact: ItemFact, test: ItemTest, trees: Sequence[Node], row: Row, held: bool | None) -> list[str]:
    """The blank cells for which a row has no numerator or no denominator; none where it has both."""
    if held is None:
        return blanks(conditions(fact, test), row.cells, row.tables)
    return blanks(list(trees), row.cells, row.tables)


def _expected(fact: ItemFact, stage: str, scene: Scene) -> Iterator[Row]:
    """An empty row for every school-stage that should have one and has none."""
    expected = fact.trees.get("expected_when")
    if expected is None:
        return
    there = {row.key for row in scene.rows(fact.over)}
    for key in scene.stage_keys():
        concerned = key not in there and (not stage or key[1] == stage)
        if concerned and condition_of(expected, scene.stage_row(key).cells) is True:
            yield Row(key, empty(fact.over), dict.fromkeys(empty(fact.over), fact.over))


def _quotient(fact: ItemFact, trees: Sequence[Node], rows: Sequence[Row]) -> Total:
    above, below = ([number_of(tree, row.cells) or Fraction(0) for row in rows] for tree in trees)
    numerator = sum(above, Fraction(0))
    if fact.once_per:
        once: Mapping[object, set[Fraction]] = {row.cells[fact.once_per]: set() for row in rows}
        for row, part in zip(rows, below, strict=True):
            once[row.cells[fact.once_per]].add(part)
        if any(len(parts) > 1 for parts in once.values()):
            columns = blanks([trees[1]], empty(fact.over), rows[0].tables)
            return Total(None, None, None, f"conflict:{','.join(columns)}")
        below = [part for parts in once.values() for part in parts]
    denominator = sum(below, Fraction(0))
    if denominator == 0:
        return Total(numerator, denominator, None, "no_value")
    value = numerator / denominator
    return Total(numerator, denominator, value if fact.at_most is None else min(value, fact.at_most))
