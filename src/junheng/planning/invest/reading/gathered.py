"""Everything that a problem names, read and checked, before it is put together."""

from dataclasses import dataclass
from typing import Any

from junheng.basics import Text
from junheng.planning.gathered import Gathered
from junheng.planning.invest.reading.base import Base, read_base
from junheng.planning.invest.reading.budgets import read_budgets
from junheng.planning.invest.reading.costs import read_costs
from junheng.planning.invest.reading.forecast import Forecast, read_forecast
from junheng.planning.invest.reading.limits import Limits, read_limits
from junheng.planning.invest.reading.lines import Lines, lines_of
from junheng.planning.invest.reading.measures import possible_measures
from junheng.planning.invest.reading.problem_file import Asked
from junheng.planning.invest.reading.transfers import Transfers, read_transfers
from junheng.standards import resolve, school_year_start

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a problem. ``money``: ``budgets`` and ``carry_over`` of the frozen problem."""

    asked: Asked
    base: Base
    lines: Lines
    measures: list[Json]
    transfers: Transfers
    limits: Limits
    forecast: Forecast
    money: Json


def gather(asked: Asked, faults: Gathered) -> Parts:
    """Read all that ``asked`` names. Raises UserError for a file that cannot be read; all else goes to ``faults``."""
    base = read_base(asked)
    standard = resolve(
        asked.standard, on=school_year_start(asked.target), region=base.county, overlays=asked.overlays
    )
    lines = lines_of(standard, has_cv=asked.has_cv)
    _check_names(asked, base, lines, faults)
    transfers = read_transfers(asked, lines, faults)
    measures = read_costs(asked.costs, lines, possible_measures(lines), asked.leave_out, faults)
    goods = {measure["id"]: measure for measure in measures} | transfers.as_goods()
    stages = frozenset((row["school_id"], row["stage"]) for row in base.rows["stage"])
    limits = read_limits(asked.limits, goods, asked.years, stages, faults, elsewhere=base.elsewhere)
    forecast = read_forecast(
        asked.forecast,
        base,
        asked.years,
        lines.parameters,
        asked.file.where("forecast"),
        faults,
    )
    return Parts(
        asked, base, lines, measures, transfers, limits, forecast, read_budgets(asked, measures, faults)
    )


def _check_names(asked: Asked, base: Base, lines: Lines, faults: Gathered) -> None:
    schools = {row["school_id"] for row in base.rows["school"]}
    for place, school in enumerate(asked.weak or ()):
        if school not in schools:
            where = asked.file.where("weak", place)
            fix = Text("请核对代码", "check the code")
            faults.add(where, f"数据中没有学校 {school}", f"the input has no school {school}", fix)
    for key in sorted(asked.leave_out - {row["id"] for row in lines.indicators}):
        told = "、".join(row["id"] for row in lines.indicators)
        fix = Text(f"可写 {told}", f"use {told}")
        faults.add(
            asked.file.where("leave_out"), f"标准没有指标 {key}", f"the standard has no indicator {key}", fix
        )
