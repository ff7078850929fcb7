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

    def children(self, zone: str, year: int, known: int) -> Fraction | None:
        """Children of ``zone`` of an age to begin school in ``year``; None where births are not known.

        Seen from a year ``known`` before the base year, later births are not known; from the base year what is stated is.
        """
        found = Fraction(0)
        for years, share in self.lags:
            births = self.births.get((zone, year - years))
            if births is None or year - years > known < self.problem["base_year"]:
                return None
            found += share * births
        return found

    @cached_property
    def heard_of(self) -> dict[Unit, int]:
        """The first year a school-stage is heard of: by grade, by total, or by a row left blank."""
        found: dict[Unit, int] = {}
        for row in (*self.problem["history"], *self.problem["blanks"]):
            unit = (row["school"], row["stage"])
            found[unit] = min(row["year"], found.get(unit, row["year"]))
        return found

    @cached_property
    def _closed(self) -> dict[Unit, int]:
        return {(r["school"], r["stage"]): r["closed"] for r in self.problem["units"] if "closed" in r}

    def stands(self, unit: Unit, year: int) -> bool:
        """Whether a school is there in ``year``: heard of by then, not closed yet. One never heard of is nowhere counted."""
        first = self.heard_of.get(unit)
        return first is not None and first <= year < self._closed.get(unit, year + 1)

    @cached_property
    def holes(self) -> dict[tuple[str, str], set[int]]:
        """Years by stage and pool in which a school that stands is not known by grade: their sums would be partial."""
        found: dict[tuple[str, str], set[int]] = {}
        for unit, first in self.heard_of.items():
            unknown = {
                year
                for year in range(first, self.problem["base_year"] + 1)
                if self.stands(unit, year) and year not in self.graded[unit]
            }
            for pool in (self.zone[unit], ""):
                found.setdefault((unit[1], pool), set()).update(unknown)
        return found

    def whole(self, stage: str, pool: str, year: int) -> bool:
        """Whether every school of a pool that stands in ``year`` is known by grade."""
        return year not in self.holes.get((stage, pool), set())

    @cached_property
    def _begins(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for (_, stage), year in self.heard_of.items():
            found[stage] = min(year, found.get(stage, year))
        return found

    def years_known(self, stage: str, origin: int) -> int:
        """How many years up to ``origin`` have pupils by grade in a stage."""
        return len({year for unit in self.units(stage) for year in self.graded[unit] if year <= origin})

    def settled(self, unit: Unit, grade: int, year: int) -> bool:
        """Whether a grade had pupils long enough before ``year`` for its moves to speak: a new school fills up first.

        A grade with pupils in the first year of the whole history has stood before it.
        """
        filled = [at for at, pupils in self.graded[unit].items() if pupils[grade] and at <= year]
        if not filled:
            return False
        since = min(filled)
        return since == self._begins[unit[1]] or year - since >= self.problem["method"]["filling_years"]

    def young(self, unit: Unit) -> bool:
        """Whether a school opened so lately that it is still filling up in the base year."""
        first, base = self.heard_of.get(unit), self.problem["base_year"]
        if first is None or first == self._begins[unit[1]]:
            return False
        return bool(base - first < self.problem["method"]["filling_years"])

    def counted(self, units: Iterable[Unit], year: int) -> int | None:
        """All pupils of ``units`` in ``year``; None where one that stands did not report, or nobody did."""
        there = [unit for unit in units if year in self.totals[unit] or self.stands(unit, year)]
        if not there or any(year not in self.totals[unit] for unit in there):
            return None
        return sum(self.totals[unit][year] for unit in there)

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
