"""Demand from a seat forecast (``junheng forecast``): pupils by zone and year in three scenarios,
as whole children.

The forecast counts pupils where their school is; a zone's number is spread over its blocks by their children now.
"""

from fractions import Fraction

from junheng.data.books import Place
from junheng.data.books import Record as Row
from junheng.planning.folder import PLAN, read_plan
from junheng.planning.frozen import exact
from junheng.planning.sheet_records import Record
from junheng.planning.site.reading.demand import SCENARIOS
from junheng.planning.site.reading.settings import Settings


def forecast_rows(settings: Settings, towns: set[str]) -> list[Record]:
    """A row of demand for every zone and year of the plan; zones are named as the blocks name their towns.

    A number that the forecast could not tell stays blank: reading the demand says so. UserError: no forecast there.
    """
    folder = settings.path.parent / str(settings.given["forecast"])
    problem, outcome = read_plan(folder)
    if problem.get("kind") != "forecast":
        settings.faults.add(
            settings.at("forecast"), "这个文件夹不是学位预测", "this folder holds no seat forecast"
        )
        return []
    names = {row["id"]: row["name"] for row in problem.get("zones", [])}
    found = []
    for number, row in enumerate(outcome["zones"], 1):
        if row["stage"] == settings.stage and row["year"] in settings.years:
            name = names.get(row["zone"], row["zone"])
            cells = {"town": row["zone"] if row["zone"] in towns else name, "year": str(row["year"])}
            cells |= {key: str(_whole(row[key])) for key in SCENARIOS if key in row}
            found.append(Record(Row(Place(f"{folder.name}/{PLAN} zones", row=number), cells, {})))
    return found


def _whole(value: int | str) -> int:
    """The nearest whole number of children, halves up."""
    return int(exact(value) + Fraction(1, 2))
