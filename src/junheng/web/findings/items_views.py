"""Pages of the declared items: all parts, one item with the schools that miss it."""

from collections.abc import Iterable, Mapping

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.judgement import explain_county
from junheng.web.evidence.models import Evidence
from junheng.web.findings import queries
from junheng.web.findings.heat_body import PAGE
from junheng.web.findings.items import Attested, has_items, lines_of, parts_of
from junheng.web.findings.loading import clause_of, finding_of
from junheng.web.findings.models import Finding
from junheng.web.findings.permissions import may_see_finding
from junheng.web.findings.reading import read_of
from junheng.web.findings.school_items import columns_of, missing, table_of
from junheng.web.front.guard import allowed


@allowed(finding_of, may_see_finding)
def items(request: HttpRequest, finding: Finding) -> HttpResponse:
    """All parts with their items, and the schools of a stage by the items that ask each of them."""
    stages = queries.stages_of(finding)
    stage = request.GET.get("stage", stages[0][0] if stages else "")
    if stage not in dict(stages):
        raise Http404
    rows = table_of(finding, stage)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "finding": finding, "parts": parts_of(finding), "has_items": has_items(finding), "stages": stages,
        "stage": stage, "columns": columns_of(finding), "page": page, "here": f"?stage={stage}",
    }  # fmt: skip
    return render(request, "findings/items.html", context)


@allowed(clause_of, lambda person, asked: may_see_finding(person, asked[0]))
def item(request: HttpRequest, asked: tuple[Finding, str]) -> HttpResponse:
    """One item: its tests, relaxations and evidence, the schools that miss it, and what all of it rests on."""
    finding, key = asked
    line = lines_of(finding).get(key)
    if line is None:
        raise Http404
    page = Paginator(missing(finding, key), PAGE).get_page(request.GET.get("page"))
    part = next(one.part for one in parts_of(finding) if one.part.key == line.part)
    context = {
        "finding": finding, "item": line, "part": part, "page": page,
        "papers": _papers(finding, line.attested), "explanation": explain_county(read_of(finding), key),
    }  # fmt: skip
    return render(request, "findings/item.html", context)


def _papers(finding: Finding, attested: Iterable[Attested]) -> list[tuple[Attested, list[Evidence]]]:
    """Attestations with the files the site keeps of their SHA-256, where it keeps any. At most one query."""
    told = list(attested)
    hashes = {each for one in told for each in one.sha256.split()}
    kept: Mapping[str, Evidence] = {}
    if hashes:
        mine = Evidence.objects.filter(
            sha256__in=hashes, organisation__path__startswith=finding.county.path
        ).order_by("pk")
        kept = {one.sha256: one for one in mine}
    return [(one, [kept[each] for each in one.sha256.split() if each in kept]) for one in told]
