"""Pages of sources: what was given, where it disagrees, what was decided."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from junheng.basics import Text, UserError
from junheng.web.evidence.sending import XLSX, as_attachment
from junheng.web.filing.asked import place_of, tried, year_of
from junheng.web.filing.models import CountyYear
from junheng.web.filing.sections import sections
from junheng.web.front.guard import allowed, asker
from junheng.web.front.numbers import whole_number
from junheng.web.front.words import half
from junheng.web.jobs.queries import open_readings
from junheng.web.people.models import Organisation
from junheng.web.sources import giving
from junheng.web.sources.asking import LEAST, PAGE, asked_of, page_token
from junheng.web.sources.board import lines_of
from junheng.web.sources.first import order_of, speaking
from junheng.web.sources.forms import GiveForm, OrderForm
from junheng.web.sources.models import Decision, SourceKind, SourceTable
from junheng.web.sources.permissions import may_decide, may_give, may_list, may_see_board
from junheng.web.sources.reading import is_large, read_given, read_later
from junheng.web.sources.workbook import board_workbook

_YEARS = (2000, 2100)
_LATER = Text(
    "文件较大，在后台读取；可以离开本页，读完后数据列在“其他来源”，文件随即删除",
    "A large file: it is read in the background. You may leave; its figures will be listed under Sources, and the file is "
    "removed at once",
)


def _year_asked(request: HttpRequest, place: Organisation) -> int:
    asked = whole_number(request.GET.get("year", ""))
    if asked is not None and _YEARS[0] <= asked <= _YEARS[1]:
        return asked
    last = CountyYear.objects.filter(county=place).first()
    return last.year if last else timezone.localdate().year


@allowed(place_of, may_list)
def sources(request: HttpRequest, place: Organisation) -> HttpResponse:
    """The sources of a county's year."""
    return _sources(request, place, GiveForm())


def _sources(request: HttpRequest, place: Organisation, form: GiveForm) -> HttpResponse:
    year = _year_asked(request, place)
    order = order_of(place, year)
    given = SourceTable.objects.filter(county=place, year=year).select_related("uploaded_by")
    context = {
        "place": place,
        "year": year,
        "given": given.order_by(F("replaced_at").desc(nulls_first=True), "kind", "-pk")[:50],
        "opened": CountyYear.objects.filter(county=place, year=year).first(),
        "can_give": may_give(asker(request), place),
        "reading": open_readings(place, year),
        "form": form,
        "order": order,
        "order_form": OrderForm(order),
    }
    return render(request, "sources/sources.html", context)


@allowed(place_of, may_give, "POST")
def give(request: HttpRequest, place: Organisation) -> HttpResponse:
    """Read an upload and keep what it says."""
    form, year = GiveForm(request.POST, request.FILES), _year_asked(request, place)
    if not form.is_valid():
        return _sources(request, place, form)
    told = form.cleaned_data
    try:
        if is_large(told["file"]):
            asked = {"kind": told["kind"], "year": year, "mapping": told["mapping"]}
            job = read_later(asker(request), place, told["file"], asked)
            messages.success(request, half(_LATER))
            return redirect("job", job=job.pk)
        given = read_given(told["file"], SourceKind(told["kind"]), year, told["mapping"])
        kept = giving.keep(asker(request), place, year, given, told["mapping"])
    except ValidationError as error:
        form.add_error("file", error)
    except UserError as error:
        for line in error.lines():
            form.add_error("file", half(line))
    else:
        _said(request, kept)
        return redirect(_address(place, year))
    return _sources(request, place, form)


def _said(request: HttpRequest, kept: list[SourceTable]) -> None:
    for one in kept:
        messages.success(request, half(giving.told_of(one)))


def _address(place: Organisation, year: int) -> str:
    return f"{reverse('sources', args=[place.pk])}?year={year}"


@allowed(place_of, may_give, "POST")
def order(request: HttpRequest, place: Organisation) -> HttpResponse:
    """Say which source fills returns first."""
    year = _year_asked(request, place)
    form = OrderForm(order_of(place, year), request.POST)
    if form.is_valid():
        done = half(Text("顺序已保存", "Order kept"))
        tried(request, lambda: giving.set_order(asker(request), place, year, form.order()), done)
    return redirect(_address(place, year))


@allowed(year_of, may_see_board)
def board(request: HttpRequest, opened: CountyYear) -> HttpResponse:
    """Where sources disagree, worst first."""
    asked = asked_of(request.GET)
    lines = lines_of(opened, asked)
    shown = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    chosen = {name: getattr(asked, name) for name in ("school", "table", "kind", "state", "least", "order")}
    return render(
        request,
        "sources/board.html",
        {
            "year": opened,
            "asked": asked,
            "query": urlencode(chosen),
            "lines": shown,
            "seen": page_token(shown),
            "total": len(lines),
            "sources": speaking(opened.county, opened.year),
            "schools": opened.filings.values_list("code", "school__name"),
            "tables": list(sections()),
            "least": LEAST,
            "can_decide": may_decide(asker(request), opened),
        },
    )


@allowed(year_of, may_see_board)
def decisions(request: HttpRequest, opened: CountyYear) -> HttpResponse:
    """Everything decided, newest first, with what the sources said then."""
    found = Decision.objects.filter(filing__county_year=opened).select_related("filing__school")
    context: dict[str, Any] = {
        "year": opened,
        "decisions": Paginator(found, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "sources/decisions.html", context)


@allowed(year_of, may_see_board)
def export(request: HttpRequest, opened: CountyYear) -> HttpResponse:
    """The board, as filtered, as a workbook."""
    kinds = [SourceKind(one.kind) for one in speaking(opened.county, opened.year)]
    content = board_workbook(lines_of(opened, asked_of(request.GET)), kinds)
    return as_attachment(content, f"sources-{opened.year}.xlsx", XLSX)
