"""Pages of findings: a county's overview, a school, and what a figure rests on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from junheng.basics import UserError
from junheng.judgement import explain_indicator, read_finding
from junheng.web.findings import queries
from junheng.web.findings.models import Finding
from junheng.web.findings.permissions import may_see_finding, may_see_school
from junheng.web.front.guard import allowed
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import may_see
from junheng.web.people.roles import Kind


def _finding(finding: int) -> Finding:
    return get_object_or_404(Finding.objects.select_related("county"), pk=finding)


def _school(finding: int, school: str) -> tuple[Finding, str]:
    return _finding(finding), school


def _figure(finding: int, school: str, indicator: str) -> tuple[Finding, str, str]:
    return _finding(finding), school, indicator


def _organisation(organisation: int) -> Organisation:
    return get_object_or_404(Organisation.objects.select_related("parent"), pk=organisation)


@allowed(_organisation, may_see)
def place(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """An organisation's own page: a county's findings, a school's, or the counties below, worst first."""
    if organisation.kind == Kind.COUNTY:
        found = queries.current(organisation)
        return render(request, "findings/county.html", {"place": organisation, "findings": found})
    if organisation.kind == Kind.SCHOOL:
        county = (
            organisation.parent if organisation.parent and organisation.parent.kind == Kind.COUNTY else None
        )
        codes = list(organisation.codes.all())
        rows = [
            (finding, code.code)
            for finding in (queries.current(county) if county else [])
            for code in codes
            if code.first_year <= finding.year <= (code.last_year or finding.year)
        ]
        return render(request, "findings/own_school.html", {"place": organisation, "rows": rows})
    return render(
        request, "findings/region.html", {"place": organisation, "findings": queries.below(organisation)}
    )


@allowed(_finding, may_see_finding)
def overview(request: HttpRequest, finding: Finding) -> HttpResponse:
    """Verdict, reasons, gauges, heat table of one stage, years."""
    stages = queries.stages_of(finding)
    stage = request.GET.get("stage", stages[0][0] if stages else "")
    if stage not in dict(stages):
        raise Http404
    told = queries.verdict_of(finding)
    return render(
        request,
        "findings/overview.html",
        {
            "finding": finding,
            "county": told["county"],
            "stages": stages,
            "stage": stage,
            "told": told["stages"][stage],
            "heat": queries.heat(finding, stage),
            "gauges": queries.gauges(finding, stage),
            "years": queries.trend(finding),
            "names": queries.indicator_names(finding),
        },
    )


@allowed(_school, may_see_school)
def school(request: HttpRequest, asked: tuple[Finding, str]) -> HttpResponse:
    """One school: every indicator with line, value and what it lacks."""
    finding, school_id = asked
    rows = queries.rows_of_school(finding, school_id)
    if not rows:
        raise Http404
    names = queries.indicator_names(finding)
    return render(request, "findings/school.html", {"finding": finding, "rows": rows, "names": names})


@allowed(_figure, lambda person, asked: may_see_school(person, asked[:2]))
def figure(request: HttpRequest, asked: tuple[Finding, str, str]) -> HttpResponse:
    """What one figure rests on: formula, cells, clause, as ``junheng explain`` tells it."""
    finding, school_id, indicator = asked
    try:
        explanation = explain_indicator(read_finding(finding.folder), school_id, indicator)
    except UserError as error:
        raise Http404 from error
    context = {"finding": finding, "school_id": school_id, "explanation": explanation}
    return render(request, "findings/figure.html", context)
