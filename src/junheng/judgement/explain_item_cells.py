"""The cells behind one test of an item, as ``item_cells.parquet`` holds them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from junheng.basics import STAGE_NAMES, Text, UserError
from junheng.data import load_dictionary
from junheng.indicators import ItemFact, expressions_of, parse_expression, place_of, scope_of
from junheng.judgement.explanation import CellReference
from junheng.judgement.finding import Finding
from junheng.standards import Item

Row = Mapping[str, Any]
Places = dict[tuple[str, str], None]
_NAMING: Mapping[str, tuple[str, ...]] = {
    "special_room": ("room_id", "kind"),
    "class": ("grade", "class_no"),
    "monitoring": ("subject", "grade"),
}


class ItemCells:
    """The cells of a finding's items, read once."""

    def __init__(self, finding: Finding) -> None:
        self._rows: list[Row] = finding.item_cells().to_pylist()
        self._names = {
            row["school_id"]: row["name"]
            for row in (*finding.verdict["schools"], *finding.verdict["skipped"])
        }

    def of_county(self, fact: ItemFact) -> tuple[CellReference, ...]:
        """Every cell of numerator and denominator, with whose it is."""
        places = _places(fact, with_school=False)
        return tuple(self._reference(row, True) for row in self._rows if _place(row) in places)

    def of_school(
        self, fact: ItemFact, item: Item, school: str, stage: str | None
    ) -> tuple[CellReference, ...]:
        """The cells of one school and what is merged into it, those of its relaxations among them."""
        places = _places(fact, with_school=True)
        for relaxation in item.relaxations:
            for name in parse_expression(relaxation.when, kind="boolean", table="unit").columns:
                places[place_of("unit", name)] = None
        for table in {table for table, _ in places}:
            for column in _NAMING.get(table, ()):
                places[table, column] = None
        mine = [
            row
            for row in self._rows
            if _place(row) in places
            and _is_of(row, school)
            and (stage is None or row["stage"] in (None, stage))
        ]
        return tuple(self._reference(row, False) for row in sorted(mine, key=_order))

    def of_attestation(self, item: Item) -> tuple[CellReference, ...]:
        """The rows of evidence for ``item``."""
        mine = {
            (row["file"], row["sheet"], row["row"])
            for row in self._rows
            if _place(row) == ("attestation", "item") and row["text"] == item.id
        }
        shown = [
            row
            for row in self._rows
            if row["table"] == "attestation" and (row["file"], row["sheet"], row["row"]) in mine
        ]
        return tuple(self._reference(row, True) for row in sorted(shown, key=_order))

    def _reference(self, row: Row, with_owner: bool) -> CellReference:
        return CellReference.of(row, self._label(row, with_owner), _note(row))

    def _label(self, row: Row, with_owner: bool) -> Text:
        spec = load_dictionary().tables[row["table"]].columns.get(row["column"])
        heading = spec.heading if spec else Text(row["column"], row["column"])
        stage = next((name for key, name in STAGE_NAMES.items() if key == row["stage"]), None)
        whose = self._names.get(row["school_id"], "") if with_owner else ""
        zh = "".join(filter(None, (f"{whose} " if whose else "", stage.zh if stage else "", heading.zh)))
        en = " ".join(filter(None, (whose, stage.en if stage else "", heading.en)))
        return Text(zh, en)


def _places(fact: ItemFact, *, with_school: bool) -> Places:
    """(table, column) of everything the fact's expressions name; of a total only its own rows."""
    found: Places = {}
    for scope, expression in expressions_of(fact):
        if not with_school and scope != scope_of(fact):
            continue  # which rows were to be expected: not among what was added up
        for name in expression.columns:
            table, column = place_of(scope, name)
            if with_school or table != "school":
                found[table, column] = None
    return found


def _place(row: Row) -> tuple[str, str]:
    return row["table"], row["column"]


def _is_of(row: Row, school: str) -> bool:
    return school in (row["school_id"], row["merged_into"]) or row["table"] == "county"


def _order(row: Row) -> tuple[str, int, str]:
    return str(row["table"]), row["row"] or 0, str(row["column"])


def _note(row: Row) -> Text | None:
    if row["from_register"]:
        return Text("由名册汇总", "counted from the register")
    if row["value"] is None and row["text"] is None:
        if row["raw"]:
            return Text("违反逻辑规则，按缺失处理", "breaks a rule of logic: taken as missing")
        return Text("缺失", "missing")
    return None


def formula_of(fact: ItemFact, stage: str | None) -> Text:
    """The fact as a formula: over the dictionary's headings in Chinese, over its columns beside."""
    if fact.gives == "enough":
        return Text(
            f"{_spoken(fact, fact.where, fact.over)} 且够大的间数 ≥ ⌈{_spoken(fact, fact.need, 'unit')} ÷ 每间班数⌉",
            f"rooms large enough where {fact.where} ≥ ⌈{fact.need} ÷ classes per room⌉",
        )
    top = (
        fact.numerator
        if isinstance(fact.numerator, str)
        else next(
            (text for key, text in fact.numerator.items() if key == stage),
            next(iter(fact.numerator.values())),
        )
    )
    shown = _spoken(fact, top, "")
    if fact.denominator == "1":
        return Text(shown, top)
    return Text(f"({shown}) ÷ ({_spoken(fact, fact.denominator, '')})", f"({top}) ÷ ({fact.denominator})")


def _spoken(fact: ItemFact, text: str, scope: str) -> str:
    own = scope or scope_of(fact)
    names: Sequence[str] = sorted(_columns(text, own), key=len, reverse=True)
    for name in names:
        table, column = place_of(own, name)
        spec = load_dictionary().tables[table].columns[column]
        text = _replaced(text, name, spec.heading.zh)
    return text


def _columns(text: str, scope: str) -> Iterator[str]:
    kinds = ("number", "boolean", "text")
    for kind in kinds:
        try:
            yield from parse_expression(text, kind=kind, table=scope).columns
        except UserError:
            continue
        return


def _replaced(text: str, name: str, heading: str) -> str:
    return re.sub(
        rf"'[^']*'|\b{name}\b", lambda found: heading if found.group(0) == name else found.group(0), text
    )
