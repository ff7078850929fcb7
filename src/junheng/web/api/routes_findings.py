"""Findings: what a county's evaluation says, its figures, and what each rests on."""

from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from junheng.basics import Text, UserError
from junheng.judgement import explain_indicator, read_finding
from junheng.web.api import figures
from junheng.web.api.auth import acts_as
from junheng.web.api.explained import ExplanationOut, told_tree
from junheng.web.api.kinds import Scope
from junheng.web.api.paging import Cursor, Limit, Page, page
from junheng.web.api.routes_places import seen
from junheng.web.api.service import Code, Id, Schema, binary, operation
from junheng.web.findings.models import Finding
from junheng.web.findings.permissions import may_see_finding, may_see_school
from junheng.web.findings.reading import verdict_of
from junheng.web.findings.school_page import opens_for_school
from junheng.web.people.permissions import may_see_county
from junheng.web.people.roles import Kind

router = Router(tags=["结论 | Findings"])


class FindingOut(Schema):
    """A finding's head; ``sha256`` is of its manifest, which names the hashes of all its files."""

    id: int
    organisation: int
    standard: str
    year: int
    verdict: str
    passed: int
    judged: int
    made_at: str
    is_current: bool
    sha256: str


class TableOut(Schema):
    """A table: its columns, and its rows by column; null is missing, never 0."""

    columns: list[str]
    rows: list[dict[str, str | int | float | bool | None]]


_VALUES = {figures.JSON: {"schema": TableOut.model_json_schema()}, **binary(figures.CSV, figures.PARQUET)}


def told(one: Finding) -> FindingOut:
    """A finding as the interface tells it."""
    return FindingOut(
        id=one.pk, organisation=one.county_id, standard=one.standard, year=one.year, verdict=one.verdict,
        passed=one.passed, judged=one.judged, made_at=one.made_at.isoformat(), is_current=one.is_current,
        sha256=one.sha256,
    )  # fmt: skip


def of_county(request: HttpRequest, finding: int) -> Finding:
    """A finding this token may see whole. Raises Http404."""
    found = get_object_or_404(Finding.objects.select_related("county"), pk=finding)
    if not may_see_finding(acts_as(request), found):
        raise Http404
    return found


@operation(
    router, "GET", "/organisations/{organisation}/findings", Scope.READ, Text("一个县的结论", "Findings of a county"),
    Page[FindingOut],
)  # fmt: skip
def findings(
    request: HttpRequest,
    organisation: Id,
    current: Annotated[bool, Query(description="只要现行的 | only those that count")] = True,
    cursor: Cursor = "",
    limit: Limit = 100,
) -> Any:
    """新的在前。 | Newest first."""
    county = seen(request, organisation, Kind.COUNTY)
    if not may_see_county(acts_as(request), county):
        raise Http404
    rows = Finding.objects.filter(county=county, **({"is_current": True} if current else {}))
    return page(rows, "pk", cursor, limit, told)


@operation(
    router, "GET", "/findings/{finding}", Scope.READ, Text("一份结论", "One finding"), FindingOut, also=(304,)
)
def finding(request: HttpRequest, finding: Id) -> HttpResponse:
    """结论的头；带 ETag。 | Its head, with an ETag."""
    found = of_county(request, finding)
    tag = f"{found.sha256[:32]}-{int(found.is_current)}"
    return figures.sent_json(request, told(found).model_dump(), tag)


@operation(
    router, "GET", "/findings/{finding}/verdict.json", Scope.READ, Text("结论全文", "The verdict whole"),
    media={figures.JSON: {"schema": {"type": "object"}}}, also=(304,),
)  # fmt: skip
def verdict(request: HttpRequest, finding: Id) -> HttpResponse:
    """verdict.json，与结论文件一致。 | verdict.json as it lies in the finding."""
    found = of_county(request, finding)
    return figures.sent_json(request, dict(verdict_of(found)), f"{found.sha256[:32]}-verdict")


@operation(
    router, "GET", "/findings/{finding}/values", Scope.READ, Text("各校指标值", "Values of the indicators"),
    media=_VALUES, also=(304,),
)  # fmt: skip
def values(request: HttpRequest, finding: Id) -> HttpResponse:
    """按 Accept 给 JSON、CSV 或 Parquet。 | JSON, CSV or Parquet by Accept."""
    return figures.sent_table(request, of_county(request, finding), "values", figures.wanted(request))


@operation(
    router, "GET", "/findings/{finding}/values.{suffix}", Scope.READ,
    Text("各校指标值（按后缀）", "Values, by suffix"), media=_VALUES, also=(304,),
)  # fmt: skip
def values_as(request: HttpRequest, finding: Id, suffix: Literal["json", "csv", "parquet"]) -> HttpResponse:
    """后缀 .json、.csv 或 .parquet。 | By suffix."""
    return figures.sent_table(request, of_county(request, finding), "values", figures.KINDS[suffix])


@operation(
    router, "GET", "/findings/{finding}/schools/{school}/{indicator}", Scope.READ,
    Text("一个数字的依据", "What a figure rests on"), ExplanationOut,
)  # fmt: skip
def figure(request: HttpRequest, finding: Id, school: Code, indicator: Code) -> Any:
    """算式、条款和单元格。 | Formula, clause and cells."""
    found = get_object_or_404(Finding.objects.select_related("county"), pk=finding)
    person = acts_as(request)
    is_own = may_see_school(person, (found, school)) and opens_for_school(
        found, school, indicator
    )  # no campus merged into another, no item that names other schools
    if not (is_own or may_see_finding(person, found)):
        raise Http404
    try:
        return told_tree(explain_indicator(read_finding(found.folder), school, indicator))
    except UserError as error:
        raise Http404 from error
