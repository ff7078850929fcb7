"""One school of a finding: its values against the lines, its peers, its years, its gaps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from junheng.basics import STAGE_NAMES, Text
from junheng.judgement import PeerFigure, Peers, peers
from junheng.web.findings.heat import HeatCell, HeatRow, row_of
from junheng.web.findings.lines import Lines, lines_of
from junheng.web.findings.models import Finding
from junheng.web.findings.reading import (
    AREAS,
    About,
    Json,
    abouts_of,
    names_of,
    read_of,
    units_of,
    verdict_of,
)
from junheng.web.front.words import half
from junheng.web.people.models import OrganisationCode

MOST_YEARS = 12
_NOWHERE = About("", "", "", None, None, {})
_FACTS = (
    ("classes", Text("班数", "classes")),
    ("full_time", Text("专任教师", "full-time teachers")),
    ("max_class_size", Text("最大班额", "largest class")),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """An indicator of the school. Places are per mille of a scale from 0; None where there is nothing to show."""

    cell: HeatCell
    name: str
    unit: str
    value: int | None
    line: int | None
    floor: int | None
    low: int | None
    high: int | None
    median: int | None
    peer: PeerFigure | None
    years: Lines | None

    @property
    def wide(self) -> int:
        """The width of the peers' band."""
        return (self.high or 0) - (self.low or 0)


@dataclass(frozen=True, slots=True)
class StagePage:
    """One stage of the school. ``facts``: words and numbers of its record, and a limit with it where there is one."""

    row: HeatRow
    stage: str
    area: str
    facts: list[tuple[str, float | None, str]]
    peers: Peers | None
    bars: list[Bar]


def pages_of(finding: Finding, school_id: str, history: list[Finding]) -> list[StagePage]:
    """The school's stages; ``history``: findings of the county whose years are shown, this one among them."""
    about = abouts_of(finding).get(school_id, _NOWHERE)
    found = [school for school in verdict_of(finding)["schools"] if school["school_id"] == school_id]
    return [_page(finding, school, about, history) for school in found]


def has_school(finding: Finding, school_id: str) -> bool:
    """Whether the finding judges or leaves out a school of just this code."""
    told = verdict_of(finding)
    return any(row["school_id"] == school_id for row in (*told["schools"], *told["skipped"]))


def opens_for_school(finding: Finding, school_id: str, key: str) -> bool:
    """Whether the key opens what is the school's own: an item that asks the whole county names other schools."""
    if key in names_of(finding):
        return has_school(finding, school_id)
    told = verdict_of(finding)
    rows = (*told["schools"], *told["skipped"])
    return any(row["school_id"] == school_id and key in row.get("items", {}) for row in rows)


def skipped_of(finding: Finding, school_id: str) -> list[tuple[str, str, str]]:
    """Name, stage and reason of the school's stages that are not judged."""
    return [
        (row["name"] or school_id, half(STAGE_NAMES[row["stage"]]), half(row["reason"]))
        for row in verdict_of(finding)["skipped"]
        if row["school_id"] == school_id
    ]


def _page(finding: Finding, school: Json, about: About, history: list[Finding]) -> StagePage:
    row = row_of(school, about)
    like = peers(read_of(finding), row.school_id, row.stage)
    past = _past(history, finding, row)
    bars = [_bar(finding, cell, like, past.get(cell.key, [])) for cell in row.cells]
    area = half(AREAS[about.area]) if about.area else ""
    return StagePage(row, half(STAGE_NAMES[row.stage]), area, _facts(finding, row), like, bars)


def _facts(finding: Finding, row: HeatRow) -> list[tuple[str, float | None, str]]:
    held = row.about.held.get(row.stage, {})
    facts = [(half(Text("学生", "pupils")), row.pupils, "")]
    for key, words in _FACTS:
        limit = _class_limit(finding, row.stage) if key == "max_class_size" else ""
        facts.append((half(words), held.get(key), limit))
    return facts


def _class_limit(finding: Finding, stage: str) -> str:
    """The largest class the standard allows, as it writes it."""
    for item in verdict_of(finding)["items"].values():
        told: Any = item["limit"].get("class_size")
        if told and isinstance(told["value"], dict) and stage in told["value"]:
            return half(
                Text(
                    f"标准：{told['comparison']} {told['value'][stage]}",
                    f"standard: ≤ {told['value'][stage]}",
                )
            )
    return ""


def _bar(finding: Finding, cell: HeatCell, like: Peers | None, past: list[tuple[int, float | None]]) -> Bar:
    peer = like.figures.get(cell.key) if like else None
    drawn = [cell.value, cell.line, cell.floor]
    drawn += [peer.low, peer.median, peer.high] if peer else [None] * 3
    highest = max((one for one in drawn if one is not None), default=0.0) * 1.1 or 1.0
    places = [None if one is None else max(0, min(1000, round(1000 * one / highest))) for one in drawn]
    value, line, floor, low, median, high = places
    unit = units_of(finding).get(cell.key, Text("", ""))
    name = names_of(finding).get(cell.key, Text(cell.key, cell.key))
    return Bar(
        cell, half(name), half(unit), value, line, floor, low, high, median, peer, lines_of(past, cell.line)
    )


def _past(
    history: list[Finding], finding: Finding, row: HeatRow
) -> Mapping[str, list[tuple[int, float | None]]]:
    """Every indicator's value by year; a year in which the school had another code is found by it."""
    codes = _codes(finding, row.school_id, history)
    found: dict[str, list[tuple[int, float | None]]] = {}
    for one in sorted(history, key=lambda past: past.year):
        schools = verdict_of(one)["schools"]
        own = next(
            (s for s in schools if s["school_id"] == codes.get(one.year) and s["stage"] == row.stage), None
        )
        for cell in row.cells:
            told = own["indicators"].get(cell.key) if own else None
            found.setdefault(cell.key, []).append((one.year, told["value"] if told else None))
    return found


def _codes(finding: Finding, school_id: str, history: list[Finding]) -> Mapping[int, str]:
    """The code the school had in each year; codes are reused, so where the site knows the school its own are taken."""
    below = OrganisationCode.objects.filter(organisation__path__startswith=finding.county.path)
    now = Q(first_year__lte=finding.year) & (Q(last_year=None) | Q(last_year__gte=finding.year))
    owner = below.filter(now, code=school_id).values("organisation")
    codes = list(below.filter(organisation__in=owner).values_list("code", "first_year", "last_year"))
    if not codes:
        return {one.year: school_id for one in history}
    return {
        one.year: code
        for one in history
        for code, first, last in codes
        if first <= one.year and (last is None or last >= one.year)
    }


def history_of(finding: Finding) -> list[Finding]:
    """The county's current findings by the same standard, at most ``MOST_YEARS`` up to this one's year."""
    found = Finding.objects.filter(
        county_id=finding.county_id, standard=finding.standard, is_current=True, year__lt=finding.year
    ).order_by("-year")
    return [finding, *found[: MOST_YEARS - 1]]
