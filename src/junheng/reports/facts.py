"""A finding as the chapters read it: its files joined into frozen values, nothing judged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = Mapping[str, Any]

AREAS = ("urban", "town", "rural")
AREA_NAMES = {"urban": "城区", "town": "镇区", "rural": "乡村"}
VERDICT_WORDS = {"met": "达标", "not_met": "未达标", "cannot_tell": "无法判定", None: "不判定"}


@dataclass(frozen=True, slots=True)
class Line:
    """What one stage is held to by one indicator; None where the standard sets nothing."""

    threshold: float | None
    floor: float | None
    cv_limit: float | None


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """One indicator rule of the standard with its words and its lines by stage."""

    key: str
    name: str
    unit: str
    clause: str
    citation: Json
    lines: Mapping[str, Line]


@dataclass(frozen=True, slots=True)
class SchoolIndicator:
    """One indicator of one school-stage; numbers are None where they are not known."""

    value: float | None
    numerator: float | None
    denominator: float | None
    verdict: str | None
    shortfall: float | None
    shortfall_unit: str
    below_floor: bool
    reason: str
    relaxed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """One school-stage. ``area`` is urban, town, rural or empty when not known."""

    school_id: str
    name: str
    stage: str
    area: str
    pupils: float | None
    verdict: str | None
    met: int
    indicators: Mapping[str, SchoolIndicator]


@dataclass(frozen=True, slots=True)
class StageFacts:
    """One stage of the county: verdict.json's counts, and its school-stages."""

    stage: str
    name: str
    counts: Json
    schools: tuple[SchoolFacts, ...]

    @property
    def total(self) -> int:
        """Judged school-stages."""
        return int(self.counts["schools"])

    def indicator(self, key: str) -> Json:
        """verdict.json's counts and variation of one indicator; empty when the stage has none."""
        found: Json = self.counts.get("indicators", {}).get(key, {})
        return found


@dataclass(frozen=True, slots=True)
class Facts:
    """One finding, ready to be told."""

    folder: Path
    verdict: Json
    standard: Json
    manifest: Json
    sensitivity: Json
    trends: Any
    problems: Any
    indicators: tuple[IndicatorFacts, ...]
    stages: tuple[StageFacts, ...]
    made_up: bool
    promises: Json = field(default_factory=dict)

    @property
    def county_name(self) -> str:
        """The county's name, or its code where the input has no name."""
        county = self.verdict["county"]
        return str(county.get("name") or county.get("code") or "")

    @property
    def year(self) -> int:
        """The calendar year of the September in which the school year begins."""
        return int(self.verdict["year"])

    @property
    def school_year(self) -> str:
        """“2024—2025学年”."""
        return f"{self.year}—{self.year + 1}学年"

    @property
    def has_thresholds(self) -> bool:
        """Whether the standard sets a level for any indicator and stage."""
        return any(line.threshold is not None for rule in self.indicators for line in rule.lines.values())

    @property
    def has_limits(self) -> bool:
        """Whether the standard sets any level or limit by which something could be found wanting."""
        limits = [line.cv_limit for rule in self.indicators for line in rule.lines.values()]
        limits += [stage.counts.get("composite_limit") for stage in self.stages]
        return self.has_thresholds or any(limit is not None for limit in limits)

    @property
    def has_school_rule(self) -> bool:
        """Whether schools pass or fail as a whole."""
        return bool(self.standard.get("school_rule"))

    def used(self, stage: StageFacts) -> Iterator[IndicatorFacts]:
        """The indicators this stage has results for, in the standard's order."""
        return (rule for rule in self.indicators if stage.indicator(rule.key))
