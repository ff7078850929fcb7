"""Chances as files: JSON for programs, a workbook for the consultation desk."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.basics import Text, atomic_file
from junheng.cli.chance.show import NOT_A_PROMISE, cell_words
from junheng.cli.trial import write_json

if TYPE_CHECKING:
    from junheng.admissions import Chances, MeanShare, PlaceChance, Simulation

TABLE_ASSUMES = (
    Text("号码完全随机，每种次序可能性相同", "numbers are random, every order is equally likely"),
    Text(
        "全部家庭的志愿与报名表完全相同，规则和计划不变",
        "all families wish as on the forms; rule and plans stay",
    ),
    Text(
        "是这样填报的家庭的平均机会；各家类别和其他志愿不同，机会也不同，具体的志愿单请用 --wish",
        "an average of the families who wished so: classes and other wishes differ; for a list of your own use --wish",
    ),
    Text(
        "“前面落空后”只算更前志愿都没录取的孩子；他们的号码往往靠后",
        "“if still waiting” counts children whom no better wish had placed: their numbers tend to be late",
    ),
)


def write_family(path: Path, found: "Chances") -> None:
    """One list to ``path``, .json or .xlsx by its ending. Raises UserError when it cannot be written."""
    with atomic_file(path) as temporary:
        if path.suffix.lower() == ".json":
            write_json(temporary, {"format": "junheng/chance/1", **found.as_json()})
        else:
            _family_book(temporary, found)


def _family_book(path: Path, found: "Chances") -> None:
    from junheng.reports.admissions import write_chance_book

    heads = ("志愿", "学校", "被这一志愿录取", "被这一或更前志愿录取")
    rows = [
        [f"第 {c.choice} 志愿", f"{c.name} {c.school}".strip(), c.here.words(), c.by_here.words()]
        for c in found.choices
    ]
    rows += [["统筹安排", "", found.leftover.words(), ""], ["未录取", "", found.unplaced.words(), ""]]
    notes = [
        f"规则：{found.mechanism.zh} {found.mechanism.en}",
        f"括号内为 {found.confidence:.0%} {found.interval.zh}，每项各自成立。",
        *(f"前提：{text.zh}。{text.en}." for text in (*found.assumes, NOT_A_PROMISE)),
        *([f"填报提醒：{found.warning.zh}。{found.warning.en}."] if found.warning else []),
    ]
    write_chance_book(path, "录取机会", heads, (12, 30, 28, 28), rows, notes)


def write_cells(
    path: Path, cells: Sequence["PlaceChance"], mechanism: Text, simulation: "Simulation", smallest: int
) -> None:
    """The table to ``path``, .json or .xlsx by its ending. Raises UserError when it cannot be written."""
    with atomic_file(path) as temporary:
        if path.suffix.lower() == ".json":
            write_json(temporary, _document(cells, mechanism, simulation, smallest))
        else:
            _table_book(temporary, cells, mechanism, simulation, smallest)


def _document(
    cells: Sequence["PlaceChance"], mechanism: Text, simulation: "Simulation", smallest: int
) -> dict[str, Any]:
    from junheng.admissions import MEAN_INTERVAL

    return {
        "format": "junheng/chance-table/1",
        "mechanism": {"zh": mechanism.zh, "en": mechanism.en},
        "draws": simulation.draws,
        "interval": {"zh": MEAN_INTERVAL.zh, "en": MEAN_INTERVAL.en, "confidence": simulation.confidence},
        "smallest_cell": smallest,
        "assumes": [{"zh": text.zh, "en": text.en} for text in (*TABLE_ASSUMES, NOT_A_PROMISE)],
        "cells": [
            {
                "school": cell.school,
                "name": cell.name,
                "choice": cell.choice,
                "children": cell.children if cell.children >= smallest else None,
                "admitted": _mean(cell.admitted) if cell.children >= smallest else None,
                "waiting": _mean(cell.waiting) if cell.children >= smallest else None,
            }
            for cell in cells
        ],
    }


def _mean(found: "MeanShare") -> dict[str, Any]:
    return {"mean": found.value, "low": found.low, "high": found.high, "draws": found.draws}


def _table_book(
    path: Path, cells: Sequence["PlaceChance"], mechanism: Text, simulation: "Simulation", smallest: int
) -> None:
    from junheng.admissions import MEAN_INTERVAL
    from junheng.reports.admissions import write_chance_book

    heads = ("学校代码", "学校", "志愿", "填报人数", "录取机会", "前面落空后的机会")
    rows = [[cell.school, cell.name, f"第 {cell.choice} 志愿", *cell_words(cell, smallest)] for cell in cells]
    notes = [
        f"规则：{mechanism.zh} {mechanism.en}",
        f"模拟 {simulation.draws} 次抽签；括号内为 {simulation.confidence:.0%} {MEAN_INTERVAL.zh}。",
        *(f"前提：{text.zh}。{text.en}." for text in (*TABLE_ASSUMES, NOT_A_PROMISE)),
    ]
    write_chance_book(path, "各校各志愿录取机会", heads, (12, 26, 12, 12, 28, 28), rows, notes)
