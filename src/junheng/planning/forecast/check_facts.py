"""The facts of a frozen problem as the check reads them: one number per school, grade and year."""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from junheng.planning.frozen import Json, exact

Cell = tuple[str, str, int, int]  # school, stage, grade, year


@dataclass(frozen=True)
class Facts:
    """``pupils`` by cell; ``years`` a unit reports by grade; ``totals`` however reported."""

    problem: Json
    pupils: dict[Cell, int]
    years: dict[tuple[str, str], set[int]]
    totals: dict[tuple[str, str, int], int]
    zone: dict[tuple[str, str], str]
    grades: dict[str, list[int]]
    births: dict[tuple[str, int], int]
    kept: dict[Any, Any] = field(default_factory=dict)  # what several parts of the check ask for

    @classmethod
    def of(cls, problem: Json) -> "Facts":
        """Read a problem."""
        pupils: dict[Cell, int] = {}
        years: dict[tuple[str, str], set[int]] = {}
        totals: dict[tuple[str, str, int], int] = {}
        for row in problem["history"]:
            key = (row["school"], row["stage"])
            if "total" in row:
                totals[*key, row["year"]] = row["total"]
                continue
            years.setdefault(key, set()).add(row["year"])
            totals[*key, row["year"]] = sum(row["grades"].values())
            for grade, n in row["grades"].items():
                pupils[*key, int(grade), row["year"]] = n
        zone = {(row["school"], row["stage"]): row["zone"] for row in problem["units"]}
        grades = {row["id"]: row["grades"] for row in problem["stages"]}
        births = {(row["zone"], row["year"]): row["births"] for row in problem["births"]}
        return cls(problem, pupils, years, totals, zone, grades, births)

    @property
    def method(self) -> Json:
        """What the problem says of the method."""
        found: Json = self.problem["method"]
        return found

    @property
    def base(self) -> int:
        """The last year that is known."""
        return int(self.problem["base_year"])

    @cached_property
    def _groups(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for unit in sorted(self.zone):
            found.setdefault((unit[1], self.zone[unit]), []).append(unit)
            found.setdefault((unit[1], ""), []).append(unit)
        return found

    def members(self, stage: str, pool: str = "") -> list[tuple[str, str]]:
        """School-stages of a stage in a zone, or in the county (pool "")."""
        return self._groups.get((stage, pool), [])

    def reports(self, unit: tuple[str, str], year: int) -> bool:
        """Whether ``unit`` reported its grades in ``year``."""
        return year in self.years.get(unit, set())

    def pool(self, unit: tuple[str, str]) -> str:
        """The zone whose children enter a school; "" is the county."""
        own = self.first_stage == unit[1] or self.method["pool"] == "zone"
        return self.zone[unit] if own else ""

    @property
    def first_stage(self) -> str:
        """The stage that children enter from home."""
        return str(self.problem["stages"][0]["id"])

    def stage_below(self, stage: str) -> str:
        """The stage whose leavers enter ``stage``."""
        ids = [row["id"] for row in self.problem["stages"]]
        return str(ids[ids.index(stage) - 1])

    @cached_property
    def beginnings(self) -> dict[tuple[str, str], int]:
        """The year in which each school-stage first appears, with a number or with a blank."""
        seen: dict[tuple[str, str], list[int]] = {}
        for row in [*self.problem["history"], *self.problem["blanks"]]:
            seen.setdefault((row["school"], row["stage"]), []).append(row["year"])
        return {unit: min(years) for unit, years in seen.items()}

    @cached_property
    def ends(self) -> dict[tuple[str, str], int]:
        """The year from which a school is closed."""
        rows = self.problem["units"]
        return {(row["school"], row["stage"]): row["closed"] for row in rows if "closed" in row}

    def silent(self, unit: tuple[str, str], year: int) -> bool:
        """Whether a school is there in ``year`` (it appeared before, is not closed) and its grades are not known."""
        appeared = unit in self.beginnings and self.beginnings[unit] <= year
        gone = unit in self.ends and self.ends[unit] <= year
        return appeared and not gone and not self.reports(unit, year)

    def all_speak(self, stage: str, pool: str, year: int) -> bool:
        """Whether no school of the pool is silent, so that sums over it are sums of all."""
        key = ("speak", stage, pool, year)
        if key not in self.kept:
            self.kept[key] = not any(self.silent(unit, year) for unit in self.members(stage, pool))
        return bool(self.kept[key])

    def children(self, zone: str, year: int, seen_from: int) -> Fraction | None:
        """Children who begin school in ``year``, from the births that ``seen_from`` knows (the base year: all stated)."""
        limit = None if seen_from >= self.base else seen_from
        parts = [
            (exact(lag["share"]), self.births.get((zone, year - lag["years"])))
            for lag in self.method["lags"]
            if limit is None or year - lag["years"] <= limit
        ]
        if len(parts) < len(self.method["lags"]) or any(n is None for _, n in parts):
            return None
        return sum((share * n for share, n in parts if n is not None), Fraction(0))

    def open_to(self, year: int, origin: int, zone: str, school: str) -> bool:
        """Whether no interruption known at ``origin`` shuts ``year`` out for this zone (and school, if named)."""
        shut = False
        for row in self.problem["interruptions"]:
            by_school = row.get("school")
            concerned = by_school == school if by_school else row.get("zone", "") in ("", zone)
            broken = row["year"] == year or (row["effect"] == "restart" and row["year"] > year)
            shut = shut or (concerned and broken and row["year"] <= origin)
        return not shut

    def looked_at(self, origin: int) -> list[tuple[int, int]]:
        """(year, weight) of the window that ends with ``origin``."""
        weights = self.method["weights"]
        return [(origin - k, weights[k]) for k in range(len(weights))]


def half_up(value: Fraction) -> int:
    """The nearest whole number, half up."""
    return (value + Fraction(1, 2)).__floor__()
