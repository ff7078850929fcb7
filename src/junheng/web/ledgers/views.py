"""Pages of the school ledgers: all of a place's, one of a county or of a school, its workbook."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from junheng.basics import Text
from junheng.judgement.ledgers import Ledger, LedgerReport, ledgers
from junheng.reports import ledger_book
from junheng.web.audit.chain import record
from junheng.web.evidence.sending import XLSX, as_attachment
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.ledgers import queries
from junheng.web.ledgers.asked import ledger_at, place_of
from junheng.web.ledgers.forms import RecordForm
from junheng.web.ledgers.models import Record
from junheng.web.ledgers.permissions import may_find, may_list, may_open_children, may_record
from junheng.web.ledgers.reading import County, county_in, report_on
from junheng.web.ledgers.recording import Given, put
from junheng.web.monitoring.asked import tried
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import may_see_county
from junheng.web.people.roles import Kind


@allowed(place_of, may_list)
def listed(request: HttpRequest, place: Organisation) -> HttpResponse:
    """Every ledger: of a county who has not recorded and what expired; of a school what it has yet to record."""
    today = timezone.localdate()
    county = county_in(place, today)
    reports = {key: report_on(county, ledger, today) for key, ledger in ledgers().items()}
    code = county.codes.get(place.pk, "")
    lines = [_summary(one, code if place.kind == Kind.SCHOOL else None) for one in reports.values()]
    hazards = queries.tabbed(queries.lines_of(queries.hazards_of(place), today))
    context = {
        "place": place,
        "county": county,
        "lines": lines,
        "counts": {key: len(found) for key, found in hazards.items()},
        "may_find": may_find(request.user, place),
        "may_children": may_open_children(request.user, place),
        "is_counted": place.kind == Kind.COUNTY or code in county.schools,
    }
    return render(request, "ledgers/listed.html", context)


def _summary(report: LedgerReport, code: str | None) -> dict[str, object]:
    """Counts of records: of one school (``code``), or of all."""
    mine = [(rate, key) for rate in report.rates for key in rate.unrecorded if code in (None, key)]
    lapsed = {(one.item, one.school_id) for one in report.expired if code in (None, one.school_id)}
    held = sum(code in (None, school) for school, _ in report.held)
    return {
        "ledger": report.ledger,
        "held": held,
        "expired": len(lapsed),
        "unrecorded": sum((rate.item.id, key) not in lapsed for rate, key in mine),
        "failing": sum(code in (None, key) for rate in report.rates for key in rate.failing),
    }


@allowed(ledger_at, lambda person, found: may_list(person, found[0]), "GET", "POST")
def one(request: HttpRequest, found: tuple[Organisation, Ledger]) -> HttpResponse:
    """One ledger: a county's rates, or a school's items, each with its form."""
    place, ledger = found
    county = county_in(place, timezone.localdate())
    if place.kind == Kind.SCHOOL:
        return _of_school(request, place, ledger, county)
    if request.method == "POST":
        raise Http404
    report = report_on(county, ledger, timezone.localdate())
    context = {
        "place": place,
        "ledger": ledger,
        "county": county,
        "lines": queries.rate_lines(report),
        "report": report,
        "weak": queries.weak_lines(report),
        "is_of_weak": ledger.id == "weak",
        "unflagged": queries.unflagged(report),
    }
    return render(request, "ledgers/rates.html", context)


def _of_school(request: HttpRequest, school: Organisation, ledger: Ledger, county: County) -> HttpResponse:
    can_record = may_record(request.user, school)
    if request.method == "POST":
        if not can_record:
            raise Http404
        form = _recorded(request, school, ledger)
        if form is None:
            return redirect("ledger", organisation=school.pk, ledger=ledger.id)
    else:
        form = None
    own = Record.objects.filter(school=school, ledger=ledger.id).select_related("evidence")
    report = report_on(county, ledger, timezone.localdate())
    asked = request.POST.get("item", "")
    lines = queries.item_lines(report, county.codes.get(school.pk, ""), own)
    shown = [
        (line, form if form is not None and line.item.id == asked else RecordForm(line.item))
        for line in lines
    ]
    context = {
        "place": school, "ledger": ledger, "lines": shown, "asked": asked, "can_record": can_record,
        "is_counted": county.codes.get(school.pk, "") in county.schools,
    }  # fmt: skip
    return render(request, "ledgers/school.html", context)


def _recorded(request: HttpRequest, school: Organisation, ledger: Ledger) -> RecordForm | None:
    """Record what was sent; the form again where it was not right. File and record stand together or not at all."""
    item = next((one for one in ledger.items if one.id == request.POST.get("item")), None)
    if item is None:
        raise Http404
    form = RecordForm(item, request.POST, request.FILES)
    if not form.is_valid():
        return form
    told, person = form.cleaned_data, asker(request)
    words = f"{ledger.name.zh} {item.name.zh}"
    with transaction.atomic():
        evidence = form.kept(person, school, words)
        if form.errors:
            return form
        given = Given(item, told["value"], told["dated_on"], told["expires_on"], told["note"], evidence)
        if tried(request, lambda: put(person, school, ledger, given), Text("已记录", "Recorded")):
            return None
        transaction.set_rollback(True)
    return form


@allowed(ledger_at, lambda person, found: found[0].kind == Kind.COUNTY and may_see_county(person, found[0]))
def book(request: HttpRequest, found: tuple[Organisation, Ledger]) -> HttpResponse:
    """The library's workbook of a county's ledger: rates, who lacks what, findings, faults."""
    place, ledger = found
    today = timezone.localdate()
    report = report_on(county_in(place, today), ledger, today)
    content = ledger_book(report)
    with transaction.atomic():
        told = {"ledger": ledger.id, "format": "xlsx"}
        record(asker(request), "export.take", "organisation", place.pk, told, organisation_id=place.pk)
    name = half(
        Text(f"{place.name}{ledger.name.zh}台账{today}.xlsx", f"{place.name} {ledger.id} {today}.xlsx")
    )
    return as_attachment(content, name, XLSX)
