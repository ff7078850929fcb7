"""Pages of a return: its sections, its checks, its history."""

from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.web.evidence.forms import EvidenceForm
from junheng.web.filing.asked import cell_of, filing_of, history_of, place_of
from junheng.web.filing.attaching import attached, places_of
from junheng.web.filing.checking import Found, is_checked, problems_of
from junheng.web.filing.models import Filing, Row
from junheng.web.filing.permissions import (
    may_act,
    may_fill,
    may_fill_all,
    may_fill_table,
    may_list,
    may_open,
    may_read,
    tables_of_review,
)
from junheng.web.filing.queries import due_on, remarks_sent, returns_of, years_of
from junheng.web.filing.section_page import section_of
from junheng.web.filing.sections import fields_of, row_name, sections_in, shown
from junheng.web.filing.states import EDITABLE, Act, State
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.people.models import Account, Organisation
from junheng.web.people.permissions import may_see_county
from junheng.web.people.roles import Kind


@allowed(place_of, may_list)
def years(request: HttpRequest, place: Organisation) -> HttpResponse:
    """A county's years, or a school's returns."""
    if place.kind == Kind.SCHOOL:
        return render(request, "filing/school_returns.html", {"place": place, "filings": returns_of(place)})
    context = {"place": place, "years": years_of(place), "can_open": may_open(asker(request), place)}
    return render(request, "filing/years.html", context)


@allowed(filing_of, may_read)
def show(request: HttpRequest, filing: Filing) -> HttpResponse:
    """A return by sections: a form for the school, the figures and its reasons for the bureau."""
    tables = sections_in(filing)
    table = request.GET.get("section", next(iter(tables)))
    if table not in tables:
        raise Http404
    asks = "check" in request.GET or is_checked(filing)
    found = problems_of(filing) if asks else []
    is_office = may_see_county(asker(request), filing.county_year.county)
    context = {
        **_panel(filing, found),
        **_files(filing, found),
        **_rights(asker(request), filing, table),
        "section": section_of(filing, table, found, is_office),
        **_tabs(filing, found, table),
        "remarks": remarks_sent(filing),
        "due_on": None if filing.county_year.frozen_at else due_on(filing),
        "is_office": is_office,
    }
    return render(request, "filing/return.html", context)


def _rights(person: Account, filing: Filing, table: str) -> dict[str, Any]:
    """What the person may do to the return, and to this table of it."""
    is_reviewed = filing.state == State.SUBMITTED and not filing.county_year.frozen_at
    reviewed = tables_of_review(person, filing)
    names = [half(spec.sheet) for name, spec in sections_in(filing).items() if name in reviewed]
    return {
        "can_fill": may_fill_table(person, filing, table) and _is_open(filing),
        "can_upload": may_fill_all(person, filing) and _is_open(filing),
        "can_submit": may_act(person, filing, Act.SUBMIT, State(filing.state)),
        "can_review": is_reviewed and table in reviewed,
        "can_decide": may_act(person, filing, Act.ACCEPT, State(filing.state)),
        "can_reopen": may_act(person, filing, Act.REOPEN, State(filing.state)),
        "reviewed": names if is_reviewed else [],
    }


def _files(filing: Filing, found: list[Found]) -> dict[str, Any]:
    """The files behind the return, and the form to give one."""
    return {"files": attached(filing), "places": places_of(filing, found), "file_form": EvidenceForm()}


def _is_open(filing: Filing) -> bool:
    return filing.state in EDITABLE and not filing.county_year.frozen_at


def _tabs(filing: Filing, found: list[Found], table: str) -> dict[str, Any]:
    """The sections, with how many problems each has; and the one after ``table``."""
    count, tables = Counter(one.table for one in found), sections_in(filing)
    tabs = [{"key": name, "title": spec.sheet, "problems": count[name]} for name, spec in tables.items()]
    following = list(tables).index(table) + 1
    return {"tabs": tabs, "following": tabs[following] if following < len(tabs) else None}


def panel_of(filing: Filing) -> dict[str, Any]:
    """The list of problems of a return, found now where they are not known."""
    return _panel(filing, problems_of(filing))


def _panel(filing: Filing, found: list[Found]) -> dict[str, Any]:
    """What the list of problems shows."""
    words = dict(filing.explanations.values_list("key", "words"))
    told = [{"problem": one, "words": words.get(one.key, "")} for one in found]
    return {
        "filing": filing,
        "is_checked": is_checked(filing),
        "told": sorted(told, key=lambda one: (not one["problem"].is_logic, bool(one["words"]))),
        "explained": words,
    }


@allowed(filing_of, may_read)
def checks(request: HttpRequest, filing: Filing) -> HttpResponse:
    """The list of problems alone, for the page that is being typed into."""
    can_fill = may_fill(asker(request), filing) and _is_open(filing)
    context = {**_panel(filing, problems_of(filing)), "can_fill": can_fill}
    return render(request, "filing/checks.html", context)


@allowed(cell_of, lambda person, asked: may_read(person, asked[0]))
def history(request: HttpRequest, asked: tuple[Filing, Row, str]) -> HttpResponse:
    """Everything that ever stood in a cell."""
    filing, row, column = asked
    spec = next(one for one in fields_of(row.table) if one.name == column)
    found = history_of(row, column)
    changes = (
        [(one, shown(spec, one.old), shown(spec, one.new)) for one in found.changes.all()] if found else []
    )
    context = {"filing": filing, "row": row, "name": row_name(row.table, row.key), "spec": spec}
    now = {"cell": found, "changes": changes, "shown": shown(spec, found.value) if found else ""}
    last = shown(spec, found.last_year) if found else ""
    return render(request, "filing/history.html", {**context, **now, "last_year": last})
