"""Pages of the standing sheets: after-school service, off-campus firms, equipment and books."""

from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from junheng.basics import Text
from junheng.judgement.ledgers import ledgers
from junheng.web.audit.chain import record
from junheng.web.evidence.sending import XLSX, as_attachment
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.ledgers.asked import place_of, row_of, sheet_at
from junheng.web.ledgers.models import Sheet, SheetRow
from junheng.web.ledgers.permissions import (
    may_change_row,
    may_list_sheet,
    may_record,
    may_write_sheet,
)
from junheng.web.ledgers.reading import county_in
from junheng.web.ledgers.sheet_acts import put_row, remove_row
from junheng.web.ledgers.sheet_forms import RowForm
from junheng.web.ledgers.sheet_reading import sheet_report, whole_book
from junheng.web.ledgers.sheet_telling import facts_of, renewal_of, shown_columns, shown_of
from junheng.web.monitoring.asked import tried
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import may_see_county
from junheng.web.people.roles import Kind

_A_PAGE = 25


def _rows(place: Organisation, sheet: str) -> QuerySet[SheetRow]:
    of = {"county": place} if place.kind == Kind.COUNTY else {"place": place}
    return SheetRow.objects.filter(**of, sheet=sheet, removed_at=None).select_related("place", "evidence")


@allowed(sheet_at, may_list_sheet)
def listed(request: HttpRequest, found: tuple[Organisation, str]) -> HttpResponse:
    """One sheet: of a county with the library's sums and names, of a school its own rows."""
    place, sheet = found
    today, is_county = timezone.localdate(), place.kind == Kind.COUNTY
    rows = list(_rows(place, sheet))
    years = sorted({one.key for one in rows}, reverse=True) if sheet == Sheet.SERVICE else []
    year = request.GET.get("tab", "")
    year = year if year in years else next(iter(years), "")
    chosen = [one for one in rows if not years or one.key == year or not is_county]
    report = sheet_report(county_in(place, today), chosen, sheet, today)
    context = {
        "place": place, "sheet": sheet, "name": Sheet(sheet).label, "is_county": is_county, "years": years, "tab": year,
        "columns": shown_columns(sheet), "facts": facts_of(report, sheet) if is_county else [],
        "renewal": renewal_of(report), "report": report, "faults": report.faults if is_county else (),
        "page": Paginator([(one, shown_of(one)) for one in chosen], _A_PAGE).get_page(request.GET.get("page")),
        "may_write": may_write_sheet(request.user, found), "may_change": may_record(request.user, place),
    }  # fmt: skip
    return render(request, "ledgers/sheet.html", context)


@allowed(sheet_at, may_write_sheet, "GET", "POST")
def new(request: HttpRequest, found: tuple[Organisation, str]) -> HttpResponse:
    """Enter a row."""
    place, sheet = found
    form = RowForm(sheet, *_posted(request))
    return _written(request, place, sheet, form, None)


@allowed(row_of, may_change_row, "GET", "POST")
def changed(request: HttpRequest, found: SheetRow) -> HttpResponse:
    """Write a row anew."""
    cells = {**found.cells, **({"year": found.key} if found.sheet == Sheet.SERVICE else {})}
    return _written(
        request, found.place, found.sheet, RowForm(found.sheet, *_posted(request), cells=cells), found
    )


def _posted(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _written(
    request: HttpRequest, place: Organisation, sheet: str, form: RowForm, row: SheetRow | None
) -> HttpResponse:
    """File and row stand together or not at all."""
    if request.method == "POST" and form.is_valid():
        person = asker(request)
        with transaction.atomic():
            evidence = form.kept(person, place, str(Sheet(sheet).label))
            given = (person, place, sheet, form.key(), form.cells(), evidence, row)
            if not form.errors and tried(request, lambda: put_row(*given), Text("已保存", "Saved")):
                return redirect("ledger_sheet", organisation=place.pk, sheet=sheet)
            transaction.set_rollback(True)
    context = {"place": place, "sheet": sheet, "name": Sheet(sheet).label, "form": form, "row": row}
    return render(request, "ledgers/sheet_row.html", context)


@allowed(row_of, may_change_row, "POST")
def removed(request: HttpRequest, found: SheetRow) -> HttpResponse:
    """Take a row out."""
    tried(request, lambda: remove_row(asker(request), found), Text("已移除", "Removed"))
    return redirect("ledger_sheet", organisation=found.place_id, sheet=found.sheet)


@allowed(place_of, lambda person, place: place.kind == Kind.COUNTY and may_see_county(person, place))
def book(request: HttpRequest, place: Organisation) -> HttpResponse:
    """The very workbook ``junheng ledger read`` reads, of the ledger asked for."""
    chosen = request.GET.get("ledger", "")
    ledger = chosen if chosen in ledgers() else "conduct"
    content = whole_book(county_in(place, timezone.localdate()), ledger)
    with transaction.atomic():
        told = {"ledger": ledger, "format": "xlsx"}
        record(asker(request), "export.take", "organisation", place.pk, told, organisation_id=place.pk)
    name = half(
        Text(f"{place.name}{ledgers()[ledger].name.zh}台账底表.xlsx", f"{place.name} {ledger} rows.xlsx")
    )
    return as_attachment(content, name, XLSX)
