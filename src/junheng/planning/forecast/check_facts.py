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

    def children(self, zone: str, year: int) -> Fraction | None:
        """Children who begin school in ``year``, from births."""
        parts = [
            (exact(lag["share"]), self.births.get((zone, year - lag["years"]))) for lag in self.method["lags"]
        ]
        if any(n is None for _, n in parts):
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
