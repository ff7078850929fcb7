"""The trail of an organisation and all below it: read, checked, exported, its last hash noted."""

import time
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from junheng.web.audit import queries
from junheng.web.audit.chain import faults
from junheng.web.audit.export import as_csv, as_json
from junheng.web.audit.forms import LookForm, ReceiptForm
from junheng.web.audit.models import Entry
from junheng.web.audit.telling import shown
from junheng.web.evidence.sending import streamed
from junheng.web.front.guard import allowed
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import may_audit

_PAGE = 50
_CHECKED = 5_000  # rows a click checks; the whole trail by ``python -m junheng.web audit``
_SHOWN = 50  # faults told on a page


def _organisation(organisation: int) -> Organisation:
    return get_object_or_404(Organisation, pk=organisation)


@allowed(_organisation, may_audit)
def trail(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Newest first, a page at a time, by what is asked for."""
    form = LookForm(request.GET)
    is_readable = form.is_valid()
    found = queries.entries(organisation, form.asked())
    below = form.cleaned_data.get("below") if is_readable else None
    rows, following = queries.page(found, below, _PAGE)
    kept = request.GET.copy()
    kept.pop("below", None)
    context = {
        "place": organisation,
        "form": form,
        "rows": shown(rows),
        "following": following,
        "query": kept.urlencode(),
        "is_later": below is not None,
    }
    return render(request, "audit/trail.html", context)


@allowed(_organisation, may_audit)
def check(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Whether the chain holds: so many rows a click, from ``after`` on; how long it took."""
    given = request.GET.get("after", "0")
    after = int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0
    began = time.perf_counter()
    wrong = list(faults(after, _CHECKED))
    took = round((time.perf_counter() - began) * 1000)
    last = queries.last_entry()
    until = Entry.objects.filter(number__gt=after).order_by("number").values_list("number", flat=True)
    numbers = list(until[_CHECKED - 1 : _CHECKED])
    end = numbers[0] if numbers else (last.number if last else 0)
    context = {
        "place": organisation,
        "faults": wrong[:_SHOWN],
        "more": max(0, len(wrong) - _SHOWN),
        "first": after + 1,
        "end": end,
        "took": took,
        "following": end if last and end < last.number else None,
        "last": last,
    }
    return render(request, "audit/check.html", context)


@allowed(_organisation, may_audit)
def receipt(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The last hash to note elsewhere, and whether one noted earlier still stands."""
    form = ReceiptForm(request.GET) if "digest" in request.GET else None
    stands = None
    if form is not None and form.is_valid():
        number, digest = form.cleaned_data["number"], form.cleaned_data["digest"].strip().lower()
        entry = Entry.objects.filter(number=number).only("digest").first()
        stands = "missing" if entry is None else ("same" if entry.digest == digest else "other")
    context = {
        "place": organisation,
        "last": queries.last_entry(),
        "now": timezone.now(),
        "form": form or ReceiptForm(),
        "stands": stands,
    }
    return render(request, "audit/receipt.html", context)


@allowed(_organisation, may_audit)
def export(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What is asked for as CSV or JSON, with the hashes."""
    form = LookForm(request.GET)
    form.is_valid()
    found = queries.entries(organisation, form.asked())
    kind = "json" if request.GET.get("as") == "json" else "csv"
    lines = as_json(organisation, found) if kind == "json" else as_csv(found)
    types = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
    answer: Any = streamed(lines, f"trail-{organisation.pk}.{kind}", types[kind])
    return cast(HttpResponse, answer)  # streamed: Django answers with it all the same
