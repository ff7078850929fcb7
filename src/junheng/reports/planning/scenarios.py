"""Scenarios side by side: a table in a workbook, and a picture of money against schools."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from junheng.basics import Text
from junheng.planning import Cell, Column, Table
from junheng.reports.planning.book import write_plan_book
from junheng.reports.planning.pictures import curve_picture
from junheng.reports.word.blocks import Picture


@dataclass(frozen=True, slots=True)
class Scenario:
    """One plan among others: its name, its figures by column, and its sentences."""

    name: str
    figures: dict[Column, Cell]
    summary: Sequence[Text]


def write_scenarios(path: Path, scenarios: Sequence[Scenario], more: Sequence[Table] = ()) -> Table:
    """Write the comparison to ``path``, ``more`` tables behind it; returns the table, a row a scenario. Raises OSError."""
    columns = list(dict.fromkeys(column for scenario in scenarios for column in scenario.figures))
    rows = [[scenario.name, *(scenario.figures.get(column) for column in columns)] for scenario in scenarios]
    table = Table(Text("方案比较", "scenarios"), [Column(Text("方案", "scenario")), *columns], rows)
    summary = [
        Text(f"{scenario.name}：{line.zh}", f"{scenario.name}: {line.en}")
        for scenario in scenarios
        for line in scenario.summary
    ]
    write_plan_book(path, "方案比较", summary, [table, *more])
    return table


def scenario_picture(points: Sequence[tuple[str, float, int]], total: int) -> Picture:
    """Each scenario as a point: 万元 and school-stages that comply."""
    return curve_picture([], total, [(money, count, name) for name, money, count in points])
