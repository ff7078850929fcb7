"""Pages of findings: a county's overview and map, a school, a figure, and counties side by side."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.basics import UserError
from junheng.judgement import explain_indicator
from junheng.web.findings import queries, regions, tables
from junheng.web.findings import school_map as maps
from junheng.web.findings.addresses import school_address
from junheng.web.findings.figure_rows import read_rows
from junheng.web.findings.heat import heat
from junheng.web.findings.heat_body import PAGE, body
from junheng.web.findings.items import has_items, lines_of, parts_of
from junheng.web.findings.loading import figure_of, finding_of, organisation_of, school_of
from junheng.web.findings.models import Finding
from junheng.web.findings.permissions import may_see_finding, may_see_school
from junheng.web.findings.reading import read_of
from junheng.web.findings.school_items import of_school
from junheng.web.findings.school_page import history_of, opens_for_school, pages_of, skipped_of
from junheng.web.findings.wishes import choices, heads, wish_of, wished
from junheng.web.front.guard import allowed, asker
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import may_see
from junheng.web.people.queries import county_of
from junheng.web.people.roles import Kind


@allowed(organisation_of, may_see)
def place(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """An organisation's own page: a county's findings, a school's, or the counties below, worst first."""
    if organisation.kind == Kind.COUNTY:
        found = queries.current(organisation)
        return render(request, "findings/county.html", {"place": organisation, "findings": found})
    if organisation.kind in (Kind.GROUP, Kind.SCHOOL, Kind.CAMPUS):
        return _school_place(request, organisation)
    return _region(request, organisation)


def _school_place(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """A school's years, each with the way to its page; a group has no findings of its own."""
    county = county_of(organisation)
    codes = list(organisation.codes.all())
    rows = [
        (finding, code.code)
        for finding in (queries.current(county) if county else [])
        for code in codes
        if code.first_year <= finding.year <= (code.last_year or finding.year)
    ]
    return render(request, "findings/own_school.html", {"place": organisation, "rows": rows})


def _region(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    offered = regions.offered(organisation)
    asked = regions.asked_of(request.GET, offered)
    context: dict[str, Any] = {"place": organisation, "offered": offered, "asked": asked}
    if asked:
        rows = regions.children(organisation, asked)
        pages = regions.Pages(regions.counties(organisation, asked), sum(row.found for row in rows))
        context |= {
            "heads": regions.heads(asked), "here": asked.address(),
            "standards": [standard for year, standard, _ in offered if year == asked.year],
            "page": pages.get_page(request.GET.get("page")),
            "children": rows if any(row.place.kind != Kind.COUNTY for row in rows) else [],
            "unjudged": [row.place for row in rows if row.place.kind == Kind.COUNTY and not row.found],
        }  # fmt: skip
    return render(request, "findings/region.html", context)


def _stage(request: HttpRequest, finding: Finding) -> tuple[list[tuple[str, str]], str]:
    stages = queries.stages_of(finding)
    stage = request.GET.get("stage", stages[0][0] if stages else "")
    if stage not in dict(stages):
        raise Http404
    return stages, stage


@allowed(finding_of, may_see_finding)
def overview(request: HttpRequest, finding: Finding) -> HttpResponse:
    """Verdict, reasons, gauges, shortfalls, heat table of one stage, years, urban and rural, groups."""
    stages, stage = _stage(request, finding)
    told, wish = queries.verdict_of(finding), wish_of(request.GET)
    rows, gauges, trend = heat(finding, stage), queries.gauges(finding, stage), queries.trend(finding, stage)
    page = Paginator(wished(rows, wish), PAGE).get_page(request.GET.get("page"))
    context = {
        "finding": finding, "county": told["county"], "stages": stages, "stage": stage,
        "told": told["stages"][stage], "all": len(rows), "page": page, "heat": body(finding, stage, list(page)), "wish": wish,
        "choices": choices(rows, wish), "gauges": gauges,
        "has_cv": any(gauge.cv is not None for gauge in gauges), "has_years": len(trend[0].years) > 1 if trend else False,
        "has_lines": any(gauge.met is not None for gauge in gauges),
        "heads": heads({gauge.key: gauge.name for gauge in gauges}, wish, stage),
        "shortfalls": queries.shortfalls(finding, stage), "trend": trend,
        "areas": queries.parts(finding, "area", stage), "groups": queries.parts(finding, "group", stage),
        "parts": parts_of(finding), "has_items": has_items(finding),
        "skipped": list(queries.skipped(finding, stage)), "here": wish.address(stage),
    }  # fmt: skip
    return render(request, "findings/overview.html", context)


@allowed(finding_of, may_see_finding)
def school_map(request: HttpRequest, finding: Finding) -> HttpResponse:
    """Where the schools of a stage lie, coloured and shaped by verdict or one indicator."""
    stages, stage = _stage(request, finding)
    gauges = queries.gauges(finding, stage)
    by = request.GET.get("by", "verdict")
    if by not in {"verdict", *(gauge.key for gauge in gauges)}:
        raise Http404
    rows = sorted(heat(finding, stage), key=lambda row: row.name)
    one = maps.drawn(finding, stage, rows, by)
    spots = maps.spots(rows, by)
    context = {
        "finding": finding, "stages": stages, "stage": stage, "by": by, "gauges": gauges,
        "svg": maps.as_svg(one) if one else "", "schools_at": school_address(finding),
        "placed": [spot for spot in spots if spot.row.about.lon is not None and spot.row.about.lat is not None],
        "unplaced": [spot for spot in spots if spot.row.about.lon is None or spot.row.about.lat is None],
    }  # fmt: skip
    return render(request, "findings/map.html", context)


@allowed(school_of, may_see_school)
def school(request: HttpRequest, asked: tuple[Finding, str]) -> HttpResponse:
    """One school: every indicator with line, value, peers, years and what it lacks."""
    finding, school_id = asked
    pages, skipped = pages_of(finding, school_id, history_of(finding)), skipped_of(finding, school_id)
    if not pages and not skipped:
        raise Http404
    context = {
        "finding": finding, "school_id": school_id, "pages": pages, "skipped": skipped,
        "items": of_school(finding, school_id), "item_names": lines_of(finding),
        "name": pages[0].row.name if pages else skipped[0][0], "peer_note": tables.peer_note(),
        "may_see_all": may_see_finding(asker(request), finding),
    }  # fmt: skip
    return render(request, "findings/school.html", context)


@allowed(figure_of, lambda person, asked: may_see_school(person, asked[:2]))
def figure(request: HttpRequest, asked: tuple[Finding, str, str]) -> HttpResponse:
    """What one figure rests on: formula, cells, clause, as ``junheng explain`` tells it; and the rows as read."""
    finding, school_id, indicator = asked
    if not may_see_finding(asker(request), finding) and not opens_for_school(finding, school_id, indicator):
        raise Http404  # the library answers a merged campus with the school it was merged into, which is not theirs
    try:
        explanation = explain_indicator(read_of(finding), school_id, indicator)
    except UserError as error:
        raise Http404 from error
    context = {
        "finding": finding, "school_id": school_id, "indicator": indicator, "explanation": explanation,
        "rows": read_rows(finding, school_id, explanation),
    }  # fmt: skip
    return render(request, "findings/figure.html", context)
