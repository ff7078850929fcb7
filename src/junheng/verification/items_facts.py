"""What declared items rest on, read as data: which rows, which expressions (docs/method/items.md, 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from junheng.basics import Text, UserError
from junheng.verification.absence import made_up_for
from junheng.verification.cells import Cells
from junheng.verification.definitions import ITEM_FACTS, entries
from junheng.verification.meaning import value_of
from junheng.verification.parse import parse
from junheng.verification.syntax import Node, columns_of

ByStage = Mapping[str, Node]  # key "": for every stage


@dataclass(frozen=True, slots=True)
class ItemFact:
    """One fact. ``gives`` is total, each or enough; ``trees`` holds the expressions it has, by their key."""

    id: str
    over: str
    gives: str
    whole: bool
    truth: bool
    unit: Text
    numerator: ByStage
    trees: Mapping[str, Node]
    filters: Mapping[str, Node]
    once_per: str
    at_most: Fraction | None


_TREES = ("of", "where", "denominator", "size", "need", "otherwise", "expected_when")


@cache
def item_facts() -> Mapping[str, ItemFact]:
    """All facts by id."""
    return {str(entry["id"]): _fact(entry) for entry in entries(ITEM_FACTS)}


def fact_named(name: str) -> ItemFact:
    """The fact a test names. Raises UserError where no file defines it."""
    if name not in item_facts():
        raise UserError(Text(f"条款事实没有定义：{name}", f"A fact of items is not defined: {name}"))
    return item_facts()[name]


def _fact(entry: Mapping[str, Any]) -> ItemFact:
    numerator = entry.get("numerator", {})
    by_stage = numerator if isinstance(numerator, Mapping) else {"": numerator}
    unit = entry["quantity_unit"]
    most = entry.get("at_most")
    return ItemFact(
        id=str(entry["id"]),
        over=str(entry["over"]),
        gives=str(entry["gives"]),
        whole=bool(entry.get("whole")),
        truth=bool(entry.get("truth")),
        unit=Text(unit["zh"], unit["en"]),
        numerator={str(stage): parse(str(text)) for stage, text in by_stage.items()},
        trees={key: parse(str(entry[key])) for key in _TREES if key in entry},
        filters={str(name): parse(str(text)) for name, text in entry.get("filters", {}).items()},
        once_per=str(entry.get("once_per") or ""),
        at_most=None if most is None else Fraction(str(most)),
    )


def blanks(trees: list[Node], cells: Cells, table: Mapping[str, str]) -> list[str]:
    """The absent cells for want of which ``trees`` cannot be told, as ``table.column``, once each, in order.

    A column whose absence COALESCE makes up for is not missed. ``table`` says where each column stands.
    """
    untold = [tree for tree in trees if value_of(tree, cells) is None]
    optional = {name for tree in untold for name in made_up_for(tree)}
    columns = [name for tree in untold for name in columns_of(tree) if name not in optional]
    return list(dict.fromkeys(_place(table[name], name) for name in columns if cells.get(name) is None))


def _place(table: str, column: str) -> str:
    """Where a column stands; one made up from another has that one's whole place."""
    return table if "." in table else f"{table}.{column}"
