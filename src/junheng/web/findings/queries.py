"""What the overview shows of a finding: read from its files, nothing computed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from junheng.basics import STAGE_NAMES
from junheng.judgement import Group, GroupFigure
from junheng.web.findings.lines import Lines, lines_of
from junheng.web.findings.models import Finding
from junheng.web.findings.reading import (
    AREAS,
    Json,
    groups_of,
    names_of,
    totals_of,
    verdict_of,
    years_of,
)
from junheng.web.front.words import half
from junheng.web.people.models import Organisation

__all__ = ["current", "gauges", "indicator_names", "parts", "shortfalls", "stages_of", "trend", "verdict_of"]


def current(county: Organisation) -> QuerySet[Finding]:
    """The findings of a county that count, newest year first."""
    return Finding.objects.filter(county=county, is_current=True)


def indicator_names(finding: Finding) -> Mapping[str, str]:
    """Names of the indicators by key, in the reader's language."""
    return {key: half(text) for key, text in names_of(finding).items()}


def stages_of(finding: Finding) -> list[tuple[str, str]]:
    """The stages judged, with their names."""
    return [(stage, half(STAGE_NAMES[stage])) for stage in verdict_of(finding)["stages"]]


@dataclass(frozen=True, slots=True)
class Gauge:
    """A coefficient of variation beside its limit; ``share`` of a scale that ends at twice the limit (per mille).

    ``cv`` is the coefficient the standard compares. ``met`` None where the standard sets no line.
    """

    key: str
    name: str
    cv: float | None
    limit: float | None
    verdict: str
    met: int | None
    schools: int
    share: int


def gauges(finding: Finding, stage: str) -> list[Gauge]:
    """Each indicator's CV and how many schools reach its line."""
    told = verdict_of(finding)["stages"][stage]
    names = indicator_names(finding)
    return [
        Gauge(
            key, names.get(key, key), found["cv_compared"], found["cv_limit"], found["cv_verdict"] or "",
            _met(found), told["schools"], _share(found["cv_compared"], found["cv_limit"]),
        )
        for key, found in told["indicators"].items()
    ]  # fmt: skip


def _met(found: Json) -> int | None:
    return int(found["met"]) if found["met"] + found["not_met"] + found["undecided"] else None


def _share(cv: float | None, limit: float | None) -> int:
    if cv is None:
        return 0
    return min(1000, round(500 * cv / limit)) if limit else min(1000, round(1000 * cv))


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What all schools of a stage together lack of one indicator's line and floor, in units."""

    key: str
    name: str
    unit: str
    amount: float
    schools: int
    floor_amount: float | None
    floor_schools: int | None
    undecided: int


def shortfalls(finding: Finding, stage: str) -> list[Shortfall]:
    """The library's sums; none for a standard without lines."""
    names = indicator_names(finding)
    has_floor = {
        key
        for school in verdict_of(finding)["schools"]
        if school["stage"] == stage
        for key, found in school["indicators"].items()
        if found["floor"] is not None
    }
    limits = {gauge.key for gauge in gauges(finding, stage) if gauge.met is not None}
    return [
        Shortfall(
            key, names.get(key, key), half(told["unit"]), told["shortfall"], told["schools"],
            told["floor_shortfall"] if key in has_floor else None,
            told["floor_schools"] if key in has_floor else None, told["undecided"],
        )
        for key, told in totals_of(finding).get(stage, {}).items()
        if key in limits
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trend:
    """One indicator over the years: the coefficient beside its limit, and schools that reach the line of all."""

    key: str
    name: str
    cv: Lines | None
    met: Lines | None
    years: list[tuple[int, float | None, int | None, int]]  # year, coefficient, met, schools


def trend(finding: Finding, stage: str) -> list[Trend]:
    """Every indicator of the stage over the years the input holds."""
    years = [
        (int(year["year"]), year["stages"][stage]) for year in years_of(finding) if stage in year["stages"]
    ]
    return [_trend(gauge, years) for gauge in gauges(finding, stage)]


def _trend(gauge: Gauge, years: list[tuple[int, Json]]) -> Trend:
    told = [(year, told["indicators"].get(gauge.key), told["schools"]) for year, told in years]
    rows = [
        (year, found["cv_compared"] if found else None, _met(found) if found else None, schools)
        for year, found, schools in told
    ]
    shares = [(year, None if met is None or not schools else met / schools) for year, _, met, schools in rows]
    return Trend(
        gauge.key,
        gauge.name,
        lines_of([(year, cv) for year, cv, _, _ in rows], gauge.limit),
        lines_of(shares, None, top=1.0),
        rows,
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A row of the table of urban, town and rural schools, or of groups; ``figures`` in the order of the gauges."""

    words: str
    group: Group
    figures: list[tuple[str, GroupFigure | None]]


def parts(finding: Finding, what: str, stage: str) -> list[Part]:
    """The rows by ``area`` or ``group``; none where fewer than two parts are told apart by the input."""
    keys = list(verdict_of(finding)["stages"][stage]["indicators"])
    held = [one for one in groups_of(finding, what) if one.stage == stage]
    if what == "area":
        held.sort(key=lambda one: list(AREAS).index(one.label))
    if len(held) < 2:
        return []
    return [
        Part(
            half(AREAS[one.label]) if what == "area" else one.label,
            one,
            [(k, one.indicators.get(k)) for k in keys],
        )
        for one in held
    ]


def skipped(finding: Finding, stage: str) -> Iterator[tuple[str, str]]:
    """Schools of the stage that are not judged, and why."""
    for row in verdict_of(finding)["skipped"]:
        if row["stage"] == stage:
            yield row["name"] or row["school_id"], half(row["reason"])
