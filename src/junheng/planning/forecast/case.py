"""A frozen forecast problem as look-ups: pupils by unit, year and grade, births, interruptions."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from junheng.planning.frozen import Json, exact

Unit = tuple[str, str]  # school, stage
Grades = dict[int, int]


@dataclass(frozen=True)
class Case:
    """What ``estimate``, ``project`` and the back-test ask of a problem. Pupils are whole; nothing here is rounded."""

    problem: Json

    @cached_property
    def stages(self) -> dict[str, list[int]]:
        """Grades by stage, first stage first."""
        return {row["id"]: row["grades"] for row in self.problem["stages"]}

    @cached_property
    def zone(self) -> dict[Unit, str]:
        """The zone of every school-stage that exists today."""
        return {(row["school"], row["stage"]): row["zone"] for row in self.problem["units"]}

    @cached_property
    def place(self) -> dict[Unit, str]:
        """The zone of every school-stage that is or will be."""
        return {(row["school"], row["stage"]): row["zone"] for row in self.problem["openings"]} | self.zone

    @cached_property
    def members(self) -> dict[tuple[str, str], list[Unit]]:
        """School-stages by stage and pool: a zone, or the county ("")."""
        found: dict[tuple[str, str], list[Unit]] = {}
        for unit in sorted(self.zone):
            for pool in (self.zone[unit], ""):
                found.setdefault((unit[1], pool), []).append(unit)
        return found

    @cached_property
    def graded(self) -> dict[Unit, dict[int, Grades]]:
        """Pupils by unit, year and grade, where they are reported by grade."""
        found: dict[Unit, dict[int, Grades]] = {unit: {} for unit in self.zone}
        for row in self.problem["history"]:
            if "grades" in row:
                key = (row["school"], row["stage"])
                found[key][row["year"]] = {int(grade): n for grade, n in row["grades"].items()}
        return found

    @cached_property
    def totals(self) -> dict[Unit, dict[int, int]]:
        """Pupils by unit and year, reported by grade or not."""
        found: dict[Unit, dict[int, int]] = {unit: {} for unit in self.zone}
        for row in self.problem["history"]:
            found[row["school"], row["stage"]][row["year"]] = (
                sum(row["grades"].values()) if "grades" in row else row["total"]
            )
        return found

    @cached_property
    def births(self) -> dict[tuple[str, int], int]:
        """Children by zone and year of birth."""
        return {(row["zone"], row["year"]): row["births"] for row in self.problem["births"]}

    @cached_property
    def lags(self) -> list[tuple[int, Fraction]]:
        """Years from birth to the first grade, and the share of a year's births that takes so long."""
        return [(row["years"], exact(row["share"])) for row in self.problem["method"]["lags"]]

    def children(self, zone: str, year: int) -> Fraction | None:
        """Children of ``zone`` of an age to begin school in ``year``; None where births are not known."""
        found = Fraction(0)
        for years, share in self.lags:
            births = self.births.get((zone, year - years))
            if births is None:
                return None
            found += share * births
        return found

    def units(self, stage: str) -> list[Unit]:
        """School-stages of ``stage``, sorted."""
        return self.members.get((stage, ""), [])

    def window(self, origin: int) -> list[tuple[int, int]]:
        """Years that are looked at from ``origin``, the latest first, with their weights."""
        return [(origin - back, weight) for back, weight in enumerate(self.problem["method"]["weights"])]

    def taught(self, unit: Unit, origin: int) -> range:
        """Grades a school teaches: from the lowest to the highest that had pupils in the window.

        A teaching point may end with the third grade. Too few years do not show that: then all grades of the stage.
        """
        known, grades = self.graded[unit], self.stages[unit[1]]
        years = [known[year] for year, _ in self.window(origin) if year in known]
        filled = {grade for pupils in years for grade, n in pupils.items() if n}
        if len(years) < self.problem["method"]["least_years"] or not filled:
            return range(grades[0], grades[-1] + 1)
        return range(min(filled), max(filled) + 1)

    def usable(self, year: int, origin: int, zones: Iterable[str], school: str = "") -> bool:
        """Whether what happened on the way into ``year`` may speak for later years, as known at ``origin``."""
        reach = {"", *zones}
        for row in self.problem["interruptions"]:
            hit = row["school"] == school if row.get("school") else row.get("zone", "") in reach
            if not hit or row["year"] > origin:
                continue
            if year == row["year"] or (row["effect"] == "restart" and year < row["year"]):
                return False
        return True
