"""The design of the made-up district: its schools, and on which side of each line they lie."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from junheng.basics import STAGES, Stage

Zone = Literal["urban", "town", "rural"]
INDICATORS = ("R1", "R2", "R3", "R4", "R5", "R6", "R7")
STAFF_INDICATORS = INDICATORS[:3]
PREMISES_INDICATORS = INDICATORS[3:]

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class SchoolDesign:
    """One row of the design. ``pupils`` are those of the last year; ``patterns`` has a letter per indicator.

    A: at or above the line; B: between floor and line; C: below the floor; no pattern: not counted.
    """

    school_id: str
    name: str
    kind: str
    zone: Zone
    parent_school_id: str | None
    is_counted: bool
    is_dense_core: bool
    opened: int
    pupils: Mapping[Stage, int]
    patterns: Mapping[Stage, str]
    row: Mapping[str, str]

    def weights(self, design: "Design") -> dict[Stage, Fraction]:
        """Weight of one pupil of each stage when premises are shared between the stages."""
        given = design.split.get(self.kind, {})
        return {stage: given.get(stage, Fraction(1)) for stage in self.pupils}


@dataclass(frozen=True, slots=True)
class Design:
    """Everything the made-up district is drawn from."""

    county_code: str
    years: tuple[int, ...]
    lines: Mapping[str, Mapping[str, Fraction]]
    floor_ratio: Fraction
    scale: Mapping[str, Fraction]
    step: Mapping[str, Fraction]
    split: Mapping[str, Mapping[Stage, Fraction]]
    spread: Mapping[str, Mapping[str, Mapping[Zone, tuple[float, float]]]]
    pupil_growth: Mapping[Zone, float]
    growth: Mapping[str, float]
    class_size: Mapping[Zone, int]
    shares: Mapping[str, Mapping[Zone, tuple[float, float]]]
    fund: Mapping[str, int]
    rooms: Mapping[str, Any]
    monitored: Mapping[int, tuple[str, ...]]
    attested: Mapping[str, str]
    expired: Sequence[str]
    schools: tuple[SchoolDesign, ...]

    def campuses(self, school: SchoolDesign) -> tuple[SchoolDesign, ...]:
        """The rows that are not counted as schools and belong to ``school``."""
        return tuple(
            other
            for other in self.schools
            if other.parent_school_id == school.school_id and not other.is_counted
        )

    def ending(self, last: int) -> "Design":
        """The same story told of other years: its last is ``last``."""
        later = last - self.years[-1]
        schools = (replace(one, opened=one.opened + later if one.opened else 0) for one in self.schools)
        return replace(
            self,
            years=tuple(year + later for year in self.years),
            monitored={year + later: subjects for year, subjects in self.monitored.items()},
            schools=tuple(schools),
        )


@cache
def load_design() -> Design:
    """The shipped design of XX区, read once."""
    given: dict[str, Any] = yaml.safe_load((_FOLDER / "district.yaml").read_text(encoding="utf-8"))
    growth = dict(given["growth"])
    return Design(
        county_code=given["county_code"],
        years=tuple(given["years"]),
        lines={stage: _fractions(found) for stage, found in given["lines"].items()},
        floor_ratio=Fraction(given["floor_ratio"]),
        scale=_fractions(given["scale"]),
        step=_fractions(given["step"]),
        split={kind: _fractions(found) for kind, found in given["split"].items()},
        spread=given["spread"],
        pupil_growth=growth.pop("pupils"),
        growth=growth,
        class_size=given["class_size"],
        **{key: given[key] for key in ("shares", "fund", "rooms", "monitored", "attested", "expired")},
        schools=_schools(_FOLDER / "district.csv"),
    )


def _fractions(given: Mapping[Any, Any]) -> dict[Any, Fraction]:
    return {key: Fraction(str(value)) for key, value in given.items()}


def _schools(path: Path) -> tuple[SchoolDesign, ...]:
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(_school(row) for row in csv.DictReader(stream))


def _school(row: dict[str, str]) -> SchoolDesign:
    patterned: tuple[Stage, ...] = ("primary", "junior")
    return SchoolDesign(
        school_id=row["school_id"],
        name=row["name"],
        kind=row["kind"],
        zone=row["zone"],  # type: ignore[arg-type]  # the design file holds no other word
        parent_school_id=row["parent_school_id"] or None,
        is_counted=row["is_counted"] == "1",
        is_dense_core=row["is_dense_core"] == "1",
        opened=int(row["opened"] or 0),
        pupils={stage: int(row[stage]) for stage in STAGES if row[stage]},
        patterns={stage: row[f"{stage}_pattern"] for stage in patterned if row[f"{stage}_pattern"]},
        row=row,
    )
