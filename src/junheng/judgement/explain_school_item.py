"""Opens a declared item of one school: its tests with line and cells, and the relaxations behind the line."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from junheng.basics import Text
from junheng.judgement.explain_item import explain_item, item_clause, relaxations
from junheng.judgement.explain_item_cells import ItemCells, formula_of
from junheng.judgement.explain_words import quantity, reason_words, stage_words, verdict_words
from junheng.judgement.explanation import Explanation, number_text
from junheng.judgement.finding import Finding
from junheng.standards import Item

Json = Mapping[str, Any]


def explain_school_item(finding: Finding, rows: Sequence[Json], item: Item) -> Explanation:
    """``item`` in the school whose school-stages are ``rows``; an item that asks no single school is the county's."""
    told = [row for row in rows if item.id in row.get("items", {})]
    if not told:
        return explain_item(finding, item)
    if told[0]["items"][item.id]["per"] == "school":
        told = told[:1]
    cells = ItemCells(finding)
    found = [_of_row(finding, row, item, cells) for row in told]
    if len(found) == 1:
        return found[0]
    name = told[0]["name"]
    return Explanation(
        Text(f"{name} {item.id} {item.name.zh}", f"{name} {item.id} {item.name.en}"), children=tuple(found)
    )


def _of_row(finding: Finding, row: Json, item: Item, cells: ItemCells) -> Explanation:
    found = row["items"][item.id]
    words = verdict_words(found["verdict"])
    by_stage = found["per"] == "stage"
    stage = stage_words(row["stage"]) if by_stage else Text("", "")
    where = Text(f"{row['name']} {stage.zh}".strip(), f"{row['name']} {stage.en}".strip())
    return Explanation(
        Text(
            f"{where.zh} {item.id} {item.name.zh}：{words.zh}",
            f"{where.en} {item.id} {item.name.en}: {words.en}",
        ),
        reason_words(found["reason"]),
        children=tuple(_parts(finding, row, item, found, cells)),
    )


def _parts(finding: Finding, row: Json, item: Item, found: Json, cells: ItemCells) -> Iterator[Explanation]:
    stage = row["stage"] if found["per"] == "stage" else None
    for test in found["tests"]:
        fact = finding.item_facts[test["fact"]]
        words = verdict_words(test["verdict"])
        formula = formula_of(fact, stage)
        lines = [
            Text(f"算法：{formula.zh}", f"formula: {formula.en}"),
            *_figures(test),
        ]
        yield Explanation(
            Text(f"{fact.name.zh}：{words.zh}", f"{fact.name.en}: {words.en}"),
            (*lines, *reason_words(test["reason"])),
            cells.of_school(fact, item, row["school_id"], stage),
        )
    yield from relaxations(item, tuple(found["relaxed"]))
    yield from item_clause(item)


def _figures(test: Json) -> Iterator[Text]:
    value, line = number_text(test["value"]), number_text(test["line"])
    yield Text(f"数值 {value}，界限 {line}", f"value {value}, line {line}")
    if test["shortfall"]:
        amount = quantity(test["shortfall"], test["shortfall_unit"])
        yield Text(f"缺口 {amount.zh}", f"short by {amount.en}")
