"""Pupils formed anew: each grade is asked for backwards, year by year, to the last that is known."""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from junheng.planning.forecast.check_facts import Facts, half_up
from junheng.planning.forecast.check_marks import with_marks
from junheng.planning.forecast.check_ratios import entry_ratios, migrant_share, school_ratio, shares
from junheng.planning.forecast.check_tests import band_of
from junheng.planning.frozen import Json, exact, number

Unit = tuple[str, str]
_NAMES = ("low", "mid", "high")


@dataclass
class Paths:
    """Thousandths of pupils from ``origin`` on under ``scenario``; estates approved after ``known`` are not seen."""

    facts: Facts
    origin: int
    scenario: Json
    memory: dict[tuple[Unit, int, int], int | None] = field(default_factory=dict)
    ratios: dict[tuple[Unit, int], Fraction | None] = field(default_factory=dict)
    bases: dict[tuple[str, str, int], Fraction | None] = field(default_factory=dict)

    @cached_property
    def entry(self) -> dict[str, dict[str, Fraction]]:
        """Entry ratios by stage and pool."""
        return {stage: entry_ratios(self.facts, stage, self.origin) for stage in self.facts.grades}

    @cached_property
    def share(self) -> dict[Unit, Fraction]:
        """Shares of all schools."""
        return {
            unit: part
            for stage in self.facts.grades
            for unit, part in shares(self.facts, stage, self.origin).items()
        }

    @cached_property
    def migrants(self) -> dict[str, Fraction | None]:
        """Share of 随迁 children by zone."""
        return {zone: migrant_share(self.facts, zone, self.origin) for zone in {*self.facts.zone.values()}}

    def grade(self, unit: Unit, grade: int, year: int) -> int | None:
        """Pupils of a grade, without those of new estates; None where it cannot be told."""
        if year == self.origin:
            return 1000 * self.facts.pupils[*unit, grade, year]
        key = (unit, grade, year)
        if key not in self.memory:
            first = self.facts.grades[unit[1]][0]
            self.memory[key] = self._entered(unit, year) if grade == first else self._moved(unit, grade, year)
        return self.memory[key]

    def _moved(self, unit: Unit, grade: int, year: int) -> int | None:
        if (unit, grade) not in self.ratios:
            self.ratios[unit, grade] = school_ratio(self.facts, unit, grade - 1, self.origin)
        before, ratio = self.grade(unit, grade - 1, year - 1), self.ratios[unit, grade]
        if before is None or ratio is None:
            return None
        return half_up(before * ratio * (1 + exact(self.scenario["flow"])))

    def _entered(self, unit: Unit, year: int) -> int | None:
        pool, share = self.facts.pool(unit), self.share.get(unit)
        ratio = self.entry[unit[1]].get(pool)
        if (unit[1], pool, year) not in self.bases:
            self.bases[unit[1], pool, year] = self._behind(unit[1], pool, year)
        base = self.bases[unit[1], pool, year]
        if share is None or ratio is None or base is None:
            return None
        return half_up(base * ratio * share)

    def _behind(self, stage: str, pool: str, year: int) -> Fraction | None:
        if stage == self.facts.first_stage:
            children = self.facts.children(pool, year, self.origin)
            if children is None:
                return None
            return 1000 * children * (1 + exact(self.scenario["entrants"])) * self._raised(pool)
        below = self.facts.stage_below(stage)
        top = self.facts.grades[below][-1]
        if not self.facts.all_speak(below, pool, self.origin):
            return None
        leavers = [
            self.grade(unit, top, year - 1)
            for unit in self.facts.members(below, pool)
            if self.facts.reports(unit, self.origin)
        ]
        if not leavers or any(n is None for n in leavers):
            return None
        return sum(n for n in leavers if n is not None) * (1 + exact(self.scenario["flow"]))

    def _raised(self, zone: str) -> Fraction:
        part = self.migrants.get(zone) or Fraction(0)
        more = part * (1 + exact(self.scenario["migrants"]))
        return (1 - part) / (1 - more) if more < 1 else Fraction(1)

    def estate(self, unit: Unit, year: int) -> tuple[int, bool]:
        """Thousandths a grade that estates add to a unit, and whether any estate sends there at all."""
        total, sent = 0, False
        for row in self.facts.problem["estates"]:
            part = self._part(row, unit, year) if row["known"] <= self.origin else None
            if part is None:
                continue
            rate = exact(self.facts.problem["yields"].get(unit[1], 0)) * exact(self.scenario["yield"])
            gained = _lived_in(row, year) - _lived_in(row, self.origin)
            pupils = 1000 * row["households"] * rate * gained / len(self.facts.grades[unit[1]])
            total, sent = total + half_up(pupils * part), True
        return total, sent

    def _part(self, row: Json, unit: Unit, year: int) -> Fraction | None:
        """What part of an estate's pupils go to ``unit``; None: they do not."""
        own = (row.get("school", ""), unit[1])
        opened = [(o["school"], o["stage"]) for o in self.facts.problem["openings"] if o["year"] <= year]
        stood = own in self.facts.zone
        if self.origin < self.facts.base:
            stood = stood and (self.facts.reports(own, self.origin) or self.facts.silent(own, self.origin))
        if stood or own in opened:
            return Fraction(1) if own == unit else None
        near = [u for u in self.facts.members(unit[1], row["zone"]) if u in self.share]
        whole = sum((self.share[u] for u in near), Fraction(0))
        return self.share[unit] / whole if unit in near and whole else None

    def total(self, unit: Unit, year: int) -> int | None:
        """All grades of a school-stage with its estates; None where a grade cannot be told, or it is not there."""
        extra, sent = self.estate(unit, year)
        grades = self.facts.grades[unit[1]]
        if not self.facts.reports(unit, self.origin):
            return extra * len(grades) if sent and unit not in self.facts.zone else None
        parts = [self.grade(unit, grade, year) for grade in grades]
        if any(n is None for n in parts):
            return None
        return sum(n for n in parts if n is not None) + extra * len(grades)


def _lived_in(estate: Json, year: int) -> Fraction:
    since = year - estate["delivered"]
    curve = [exact(part) for part in estate["curve"]]
    return Fraction(0) if since < 0 else curve[since] if since < len(curve) else curve[-1]


def _all_paths(facts: Facts) -> dict[str, Paths]:
    if "paths" not in facts.kept:
        facts.kept["paths"] = {row["id"]: Paths(facts, facts.base, row) for row in facts.problem["scenarios"]}
    found: dict[str, Paths] = facts.kept["paths"]
    return found


def _places(facts: Facts) -> dict[Unit, str]:
    """Zone of every school-stage that is or will be."""
    if "places" not in facts.kept:
        opened = {(row["school"], row["stage"]): row["zone"] for row in facts.problem["openings"]}
        facts.kept["places"] = opened | facts.zone
    found: dict[Unit, str] = facts.kept["places"]
    return found


def expected_pupils(facts: Facts) -> list[Json]:
    """Rows of pupils by school, stage and year; the stated ones where another body forecast."""
    if facts.problem["mode"] == "given":
        return _stated(facts)
    paths: dict[str, Paths] = _all_paths(facts)
    rows = []
    for unit, zone in sorted(_places(facts).items()):
        for year in facts.problem["years"]:
            totals = {name: path.total(unit, year) for name, path in paths.items()}
            if totals["mid"] is None:
                continue
            row: Json = {"school": unit[0], "zone": zone, "stage": unit[1], "year": year}
            row |= {name: number(Fraction(totals[name] or 0, 1000)) for name in _NAMES}
            band = band_of(facts, unit, year)
            if band is not None:
                mid = Fraction(totals["mid"], 1000)
                row |= {"from": number(mid * band[0] / 10**6), "to": number(mid * band[1] / 10**6)}
            rows.append(with_marks(facts, row))
    return rows


def _stated(facts: Facts) -> list[Json]:
    rows = []
    for row in facts.problem["given"]:
        if row["year"] not in facts.problem["years"]:
            continue
        kept = {key: row[key] for key in ("school", "stage", "year", "mid")}
        kept["zone"] = facts.zone[row["school"], row["stage"]]
        kept |= {name: row[name] if name in row else row["mid"] for name in ("low", "high")}
        rows.append(kept)
    return rows


def expected_entrants(facts: Facts) -> list[Json]:
    """Rows of first grades by zone and year."""
    if facts.problem["mode"] == "given":
        return []
    paths, rows = _all_paths(facts), []
    stage = facts.first_stage
    units: dict[str, list[Unit]] = {}
    for unit, zone in _places(facts).items():
        if unit[1] == stage:
            units.setdefault(zone, []).append(unit)
    for zone, members in sorted(units.items()):
        for year in facts.problem["years"]:
            sums = {name: _entry_sum(path, members, year) for name, path in paths.items()}
            if all(n is not None for n in sums.values()):
                told = {name: number(Fraction(n or 0, 1000)) for name, n in sums.items()}
                rows.append({"zone": zone, "year": year} | told)
    return rows


def _entry_sum(path: Paths, units: list[Unit], year: int) -> int | None:
    facts, total, anyone = path.facts, 0, False
    first = facts.grades[facts.first_stage][0]
    for unit in units:
        extra, sent = path.estate(unit, year)
        there = facts.reports(unit, path.origin)
        if not there and (facts.silent(unit, path.origin) or (sent and unit in facts.zone)):
            return None
        own = path.grade(unit, first, year) if there else 0
        if own is None:
            return None
        total, anyone = total + own + extra, anyone or there or sent
    return total if anyone else None
