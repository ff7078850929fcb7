"""The county of a frozen problem, for the check: schools, stages, shares, thresholds, in fractions.

Rule text: 教督〔2017〕6号 art. 6 (lines, floors, six of seven, CV limits), 2012 indicator notes (weights of the split).
Written apart from the model that makes plans; the two share nothing but the problem.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from junheng.planning.frozen import exact

Json = Mapping[str, Any]
Key = tuple[str, str]  # school id, stage
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Part:
    """One stage of one school at the target date. ``share`` is its part of the school's shared resources."""

    school: str
    stage: str
    pupils: int
    is_judged: bool
    share: Fraction
    stock: Mapping[str, Fraction]
    limits: Mapping[str, Fraction]
    movable: Mapping[str, int]
    full_time: int | None

    @property
    def key(self) -> Key:
        """School and stage."""
        return self.school, self.stage


@dataclass(frozen=True, slots=True)
class Place:
    """A school: what its stages share, and what it may build."""

    id: str
    is_weak: bool
    stock: Mapping[str, Fraction]
    limits: Mapping[str, Fraction]
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Threshold:
    """What a stage needs of one indicator, in the indicator's own unit; ``cv`` is None where none is set."""

    line: Fraction
    floor: Fraction
    cv: Fraction | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One of the seven: value = scale · x / pupils."""

    id: str
    scale: Fraction
    is_shared: bool
    by_stage: Mapping[str, Threshold]


@dataclass(frozen=True, slots=True)
class Good:
    """A measure or a transfer: what one unit gives, and what it costs once and in every year from then on."""

    id: str
    kind: str
    stage: str  # "" for the whole school
    gives: Mapping[str, Fraction]
    is_whole: bool
    once: Fraction
    yearly: Fraction
    ceilings: Mapping[int, Fraction]
    in_all: Fraction | None  # what the county may buy in all years together; None: no limit


@dataclass(frozen=True)
class County:
    """The whole problem, read once."""

    places: Mapping[str, Place]
    parts: Mapping[Key, Part]
    indicators: Mapping[str, Indicator]
    measures: Mapping[str, Good]
    transfers: Mapping[str, Good]
    years: Sequence[int]
    budgets: Mapping[int, Fraction]
    carries_over: bool
    needed: int
    cv: str
    mode: Json

    @cached_property
    def judged(self) -> list[Part]:
        """Stages that are judged and have pupils, in order of school and stage."""
        return [part for _, part in sorted(self.parts.items()) if part.is_judged]

    @cached_property
    def movable(self) -> dict[str, int]:
        """Persons that all judged stages together could give up, by transfer."""
        return {
            name: sum(part.movable.get(name, 0) for part in self.judged if part.stage == transfer.stage)
            for name, transfer in self.transfers.items()
        }

    @property
    def budget_rows(self) -> list[list[int]]:
        """Groups of years whose money has one limit: up to a year where unspent money is kept, else one year alone.

        A year without a budget is without a limit, and so is everything summed over it.
        """
        rows = [
            self.years[: place + 1] if self.carries_over else [year] for place, year in enumerate(self.years)
        ]
        return [list(row) for row in rows if all(year in self.budgets for year in row)]

    def unit_cost(self, good: Good, year: int) -> Fraction:
        """Yuan of one unit bought in ``year``, to the last year: once, and each year from then on."""
        return good.once + good.yearly * sum(later >= year for later in self.years)

    def spent(self, good: Good, bought: int, year: int) -> Fraction:
        """Yuan that one unit bought in the year ``bought`` takes in ``year``."""
        return (good.once if bought == year else ZERO) + (good.yearly if bought <= year else ZERO)


def read_county(problem: Json) -> County:
    """The county of a frozen problem. Raises KeyError, TypeError or ValueError where it is not of the agreed form."""
    years = [int(year) for year in problem["years"]]
    weights = {stage: exact(weight) for stage, weight in problem["weights"].items()}
    places = {row["id"]: _place(row, weights, str(problem["target"])) for row in problem["schools"]}
    return County(
        places,
        {part.key: part for place in places.values() for part in place.parts},
        {row["id"]: _indicator(row) for row in problem["indicators"]},
        {row["id"]: _good(row, row["kind"], years) for row in problem["measures"]},
        {row["id"]: _good(row, "move", years) for row in problem.get("transfers", ())},
        years,
        {int(year): exact(money) for year, money in problem.get("budgets", {}).items()},
        bool(problem.get("carry_over", 1)),
        int(problem["rule"]["needed"]),
        problem["cv"],
        problem["mode"],
    )


def _numbers(row: Json) -> dict[str, Fraction]:
    return {name: exact(value) for name, value in row.items()}


def _place(row: Json, weights: Mapping[str, Fraction], target: str) -> Place:
    pupils = {part["stage"]: int(part["pupils"].get(target, 0)) for part in row["stages"]}
    whole = sum((weights[stage] * count for stage, count in pupils.items()), ZERO)
    parts = [
        Part(
            row["id"],
            part["stage"],
            pupils[part["stage"]],
            bool(part["judged"]) and pupils[part["stage"]] > 0,
            weights[part["stage"]] * pupils[part["stage"]] / whole if whole else ZERO,
            _numbers(part.get("stock", {})),
            _numbers(part.get("limits", {})),
            {name: int(count) for name, count in part.get("movable", {}).items()},
            part.get("full_time"),
        )
        for part in row["stages"]
    ]
    return Place(
        row["id"],
        bool(row.get("weak", 0)),
        _numbers(row.get("stock", {})),
        _numbers(row.get("limits", {})),
        parts,
    )


def _indicator(row: Json) -> Indicator:
    lines = {
        stage: Threshold(
            exact(line["line"]), exact(line["floor"]), exact(line["cv"]) if "cv" in line else None
        )
        for stage, line in row["lines"].items()
    }
    return Indicator(row["id"], exact(row["scale"]), bool(row["shared"]), lines)


def _good(row: Json, kind: str, years: Sequence[int]) -> Good:
    ceilings = {int(year): exact(count) for year, count in row.get("ceilings", {}).items()}
    return Good(
        row["id"],
        kind,
        row["stage"] if kind == "move" or row["level"] == "stage" else "",
        _numbers(row["gives"]),
        kind == "move" or bool(row["whole"]),
        exact(row.get("cost_yuan", 0)),
        exact(row.get("yearly_yuan", 0)),
        ceilings,
        sum((ceilings[year] for year in years), ZERO) if all(year in ceilings for year in years) else None,
    )
