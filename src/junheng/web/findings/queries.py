"""What pages show of a finding: read from its files, nothing computed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from junheng.basics import STAGE_NAMES
from junheng.web.findings.models import Finding
from junheng.web.people.models import Organisation
from junheng.web.people.queries import within

Json = Mapping[str, Any]
_MARKS = {"met": "good", "floor": "floor", "not_met": "bad", "cannot_tell": "unknown"}


def current(county: Organisation) -> QuerySet[Finding]:
    """The findings of a county that count, newest year first."""
    return Finding.objects.filter(county=county, is_current=True)


def below(organisation: Organisation) -> QuerySet[Finding]:
    """The current findings of all counties of a city, a province or the nation."""
    return (
        Finding.objects.filter(is_current=True, county__in=within(organisation))
        .select_related("county")
        .order_by("-year", "passed", "county__path")
    )


@lru_cache(maxsize=64)
def _verdict(folder: Path) -> Json:
    found: Json = json.loads((folder / "verdict.json").read_bytes())
    return found


def verdict_of(finding: Finding) -> Json:
    """verdict.json of a finding; folders never change, so it is read once a process."""
    return _verdict(finding.folder)


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One school's indicator: the word for its colour, its value, what it lacks, and a sentence for readers."""

    key: str
    mark: str
    value: float | None
    line: float | None
    lacks: str
    said: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One school of a stage in the heat table."""

    school_id: str
    name: str
    stage: str
    verdict: str
    met: int
    pupils: float | None
    cells: tuple[HeatCell, ...]


def heat(finding: Finding, stage: str) -> list[HeatRow]:
    """Schools of a stage, those that meet fewest indicators first, then by name."""
    rows = [_row(school) for school in verdict_of(finding)["schools"] if school["stage"] == stage]
    return sorted(rows, key=lambda row: (row.verdict == "met", row.met, row.name))


def rows_of_school(finding: Finding, school_id: str) -> list[HeatRow]:
    """A school's rows, one a stage."""
    return [_row(school) for school in verdict_of(finding)["schools"] if school["school_id"] == school_id]


def _row(school: Json) -> HeatRow:
    cells = tuple(_cell(key, found) for key, found in school["indicators"].items())
    return HeatRow(
        school["school_id"], school["name"], school["stage"], school["verdict"], school["met"], school["pupils"], cells
    )  # fmt: skip


def _cell(key: str, found: Json) -> HeatCell:
    verdict = found["verdict"]
    is_floor = verdict == "not_met" and found["floor_verdict"] == "met"
    lacks, unit = found["shortfall"], (found["shortfall_unit"] or {}).get("zh", "")
    words = {"met": "达标", "not_met": "达底线" if is_floor else "未达标", "cannot_tell": "无法判定"}[verdict]
    reason = (found["reason"] or {}).get("zh", "") if isinstance(found["reason"], dict) else ""
    lacking = f"还差 {lacks:,.6g} {unit}" if lacks else ""
    mark = _MARKS["floor" if is_floor else verdict]
    said = "，".join(part for part in (words, lacking, reason) if part)
    return HeatCell(key, mark, found["value"], found["threshold"], lacking, said)


@dataclass(frozen=True, slots=True)
class Gauge:
    """A coefficient of variation beside its limit; ``share`` of a scale that ends at twice the limit (per mille)."""

    key: str
    name: str
    cv: float | None
    limit: float | None
    verdict: str
    met: int
    schools: int
    share: int


def gauges(finding: Finding, stage: str) -> list[Gauge]:
    """Each indicator's CV and how many schools reach its line."""
    told = verdict_of(finding)["stages"][stage]
    names = indicator_names(finding)
    return [
        Gauge(
            key,
            names.get(key, key),
            found["cv"],
            found["cv_limit"],
            found["cv_verdict"] or "",
            found["met"],
            told["schools"],
            min(1000, round(500 * found["cv"] / found["cv_limit"]))
            if found["cv"] is not None and found["cv_limit"]
            else 0,
        )
        for key, found in told["indicators"].items()
    ]


@lru_cache(maxsize=64)
def _names(folder: Path) -> Mapping[str, str]:
    standard = json.loads((folder / "standard.json").read_bytes())
    return {key: measure["name"]["zh"] for key, measure in standard.get("measures", {}).items()}


def indicator_names(finding: Finding) -> Mapping[str, str]:
    """Chinese names of the indicators by key."""
    return _names(finding.folder)


def stages_of(finding: Finding) -> list[tuple[str, str]]:
    """The stages judged, with their Chinese names."""
    return [(stage, STAGE_NAMES[stage].zh) for stage in verdict_of(finding)["stages"]]


def trend(finding: Finding) -> list[Json]:
    """Year by year: schools that comply, by stage (trends.json)."""
    path = finding.folder / "trends.json"
    years = json.loads(path.read_bytes())["years"] if path.exists() else []
    return [
        {
            "year": year["year"],
            "stages": [
                {"name": STAGE_NAMES[stage].zh, "passed": told["passed"], "schools": told["schools"]}
                for stage, told in year["stages"].items()
            ],
        }
        for year in years
    ]
