"""Pages on which the county enters what rests on evidence: all items, and one item school by school."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from junheng.basics import Text
from junheng.web.evidence.forms import EvidenceForm
from junheng.web.filing import attesting
from junheng.web.filing.actions import require_open
from junheng.web.filing.asked import filing_of, tried
from junheng.web.filing.attested import (
    COLUMNS,
    SCHOOL,
    TABLE,
    asked_in,
    entries_of,
    key_of,
    lines_of,
    none_yet,
    owners_of,
)
from junheng.web.filing.models import Filing, Origin
from junheng.web.filing.permissions import may_fill_table, may_read
from junheng.web.filing.refusing import at_once
from junheng.web.filing.views import panel_of
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.people.permissions import Person

PAGE = 100
_CELL, _WAS = "c-", "w-"


def county_filing(filing: int) -> Filing:
    """A county's own return; a school's has no attestations."""
    found = filing_of(filing)
    if not found.is_county:
        raise Http404
    return found


def _asked(filing: int, clause: str) -> tuple[Filing, str]:
    found = county_filing(filing)
    if clause not in asked_in(found):
        raise Http404
    return found, clause


def _owned(filing: int, clause: str, school: str, field: str) -> tuple[Filing, str, str, str]:
    found, item = _asked(filing, clause)
    if field not in COLUMNS:
        raise Http404
    return found, item, school, field


def may_attest(person: Person, filing: Filing) -> bool:
    """Enter ratings: the section that fills the table of attestations."""
    return may_fill_table(person, filing, TABLE)


def _context(request: HttpRequest, filing: Filing) -> dict[str, Any]:
    try:
        require_open(filing)
        is_open = True
    except ValidationError:
        is_open = False
    can_fill = is_open and may_attest(asker(request), filing)
    return {**panel_of(filing), "can_fill": can_fill, "section": {"table": TABLE}, "columns": COLUMNS}


@allowed(county_filing, may_read)
def attestations(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Every item that rests on evidence: the county's rating, its dates, its files, and how it will be taken."""
    context = {**_context(request, filing), "lines": lines_of(filing), "file_form": EvidenceForm()}
    return render(request, "filing/attestations.html", context)


@allowed(_asked, lambda person, asked: may_read(person, asked[0]))
def attestation_schools(request: HttpRequest, asked: tuple[Filing, str]) -> HttpResponse:
    """One item school by school, with entry for many at once."""
    filing, item = asked
    names = owners_of(filing)
    page = Paginator(list(names.items()), PAGE).get_page(request.GET.get("page"))
    entries = entries_of(filing, [key_of(item, code, filing) for code in names])
    rows = [(code, name, entries.get(f"{SCHOOL}|{code}|{item}", none_yet())) for code, name in page]
    context = {
        **_context(request, filing), "asked": asked_in(filing)[item], "rows": rows, "page": page, "here": "?",
        "entered": sum(one.state != "" for one in entries.values()), "all": len(names), "file_form": EvidenceForm(),
    }  # fmt: skip
    return render(request, "filing/attestation_schools.html", context)


@allowed(_owned, lambda person, asked: may_attest(person, asked[0]), "POST")
def attest_cell(request: HttpRequest, asked: tuple[Filing, str, str, str]) -> HttpResponse:
    """One cell as it was typed; 409 where it may not be changed now."""
    filing, item, owner, column = asked
    typed, seen = request.POST.get("value", ""), request.POST.get("seen")
    try:
        done = attesting.attest(asker(request), filing, {(item, owner): {column: typed}})
    except ValidationError as error:
        return JsonResponse({"error": at_once(error)}, status=409)
    before = done.before[item, owner, column]
    overtaken = before if seen is not None and seen != before else None
    told = {"value": " ".join(typed.split()), "origin": str(Origin.TYPED.label)}
    return JsonResponse({**told, "overtaken": overtaken, "revision": done.revision})


@allowed(county_filing, may_attest, "POST")
def attest(request: HttpRequest, filing: Filing) -> HttpResponse:
    """The whole page at once, without a script: only what differs from what it showed is kept."""
    typed: dict[tuple[str, str], dict[str, str]] = {}
    for name, value in request.POST.items():
        item, _, rest = name.removeprefix(_CELL).partition("|")
        owner, _, column = rest.rpartition("|")
        if (
            name.startswith(_CELL)
            and column
            and value != request.POST.get(_WAS + name.removeprefix(_CELL), "")
        ):
            typed.setdefault((item, owner), {})[column] = str(value)
    done = half(Text("已保存", "Saved"))
    tried(request, lambda: attesting.attest(asker(request), filing, typed), done)
    return redirect(_back(request, filing))


@allowed(_asked, lambda person, asked: may_attest(person, asked[0]), "POST")
def attest_many(request: HttpRequest, asked: tuple[Filing, str]) -> HttpResponse:
    """One rating and its dates for all schools that are ticked; what is left empty stays as it is."""
    filing, item = asked
    owners = request.POST.getlist("owner")
    given = {column: request.POST.get(column, "") for column in COLUMNS}
    typed = {column: value for column, value in given.items() if value.strip()}
    if not owners or not typed:
        messages.error(
            request,
            half(Text("请勾选学校，并填写评定结果或日期", "tick schools, and give a rating or a date")),
        )
    else:
        done = half(Text(f"已填 {len(owners)} 所学校", f"entered for {len(owners)} schools"))
        tried(
            request,
            lambda: attesting.attest(asker(request), filing, {(item, owner): typed for owner in owners}),
            done,
        )
    return redirect(_back(request, filing, item))


@allowed(_asked, lambda person, asked: may_attest(person, asked[0]), "POST")
def attest_file(request: HttpRequest, asked: tuple[Filing, str]) -> HttpResponse:
    """Keep a file and put it behind the item: of the county, or of the schools that are ticked."""
    filing, item = asked
    form, person = EvidenceForm(request.POST, request.FILES), asker(request)
    owners = request.POST.getlist("owner") or [filing.code]

    def act() -> None:
        require_open(filing)  # before the file is kept: what is refused leaves nothing
        if kept := form.kept(person, filing.school):
            attesting.put_paper(person, filing, item, owners, kept)

    if form.is_valid() and tried(request, act, "") and not form.errors:
        messages.success(
            request, half(Text("材料已附上，指纹已填入", "The file was attached, its fingerprint entered"))
        )
    for errors in form.errors.values():
        for line in errors:
            messages.error(request, str(line))
    return redirect(_back(request, filing, item if request.POST.getlist("owner") else ""))


def _back(request: HttpRequest, filing: Filing, item: str = "") -> str:
    item = item or request.POST.get("clause", "")
    page = request.POST.get("page", "")
    if item in asked_in(filing):
        address = reverse("filing_attestation", args=[filing.pk, item])
        return f"{address}?check=1&page={page}" if page.isdigit() else f"{address}?check=1"
    return reverse("filing_attestations", args=[filing.pk]) + "?check=1"
