"""Pages of appraisals: those of a place, a new one, one with its rounds and results, its workbook."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from junheng.basics import Text
from junheng.standards.scoring import IndexSystem
from junheng.web.appraisal.asked import appraisal_of, place_of
from junheng.web.appraisal.forms import OpenForm, RoundForm
from junheng.web.appraisal.models import Appraisal, Subject
from junheng.web.appraisal.opening import Days, candidates, open_appraisal, systems
from junheng.web.appraisal.overview import counting_round, overview_of
from junheng.web.appraisal.permissions import SELF, is_bureau, may_list, may_see_appraisal
from junheng.web.appraisal.reading import book_of, held_of
from junheng.web.appraisal.systems import system_of
from junheng.web.appraisal.telling import told_open
from junheng.web.audit.chain import record
from junheng.web.evidence.sending import XLSX, as_attachment
from junheng.web.front.guard import allowed, asker
from junheng.web.front.words import half
from junheng.web.monitoring.asked import tried
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Kind

_A_PAGE = 30


@allowed(place_of, may_list)
def listed(request: HttpRequest, place: Organisation) -> HttpResponse:
    """The appraisals of a county, or those a school is scored in."""
    if place.kind == Kind.SCHOOL:
        own = Subject.objects.filter(place=place).select_related("appraisal")
        lines: list[tuple[Appraisal, Subject | None]] = [
            (one.appraisal, one) for one in own.order_by("-appraisal__year", "appraisal__system")
        ]
    else:
        lines = [(one, None) for one in place.appraisals.all()]
    told = [(one, subject, system_of(one)) for one, subject in lines]
    context = {
        "place": place,
        "lines": told,
        "is_bureau": is_bureau(request.user, place),
        "systems": systems(timezone.localdate()),
    }
    return render(request, "appraisal/appraisals.html", context)


@allowed(place_of, is_bureau, "GET", "POST")
def new(request: HttpRequest, county: Organisation) -> HttpResponse:
    """Open one: first the index system, then the days of its rounds and who scores in each."""
    known = {one.id: one for one in systems(timezone.localdate())}
    given = request.POST if request.method == "POST" else None
    name = (given or request.GET).get("system", "")
    form = OpenForm([(one.id, half(one.name)) for one in known.values()], given, initial={"system": name})
    system = known.get(name)
    if system is None:
        return render(request, "appraisal/appraisal_new.html", {"place": county, "form": form})
    people = candidates(county)
    turns = _turns(system, people, given)
    if given is not None and form.is_valid() and all(one.is_valid() for _, one in turns):
        days = {entry.id: _days(one, people.get(entry.id, [])) for entry, one in turns if one.is_held}
        person, year = asker(request), form.cleaned_data["year"]
        with transaction.atomic():
            if tried(
                request,
                lambda: told_open(open_appraisal(person, county, system, year, days)),
                Text("已开评", "Opened"),
            ):
                return redirect("appraisals", organisation=county.pk)
    context = {"place": county, "form": form, "system": system, "turns": turns}
    return render(request, "appraisal/appraisal_new.html", context)


def _turns(system: IndexSystem, people: Mapping[str, Any], given: Any) -> list[tuple[Any, RoundForm]]:
    found = []
    for entry in system.rounds:
        named = [] if entry.id == SELF else people.get(entry.id, [])
        found.append((entry, RoundForm(named, given, prefix=entry.id)))
    return found


def _days(form: RoundForm, people: Any) -> Days:
    told = form.cleaned_data
    chosen = set(told.get("raters", ()))
    raters = tuple(one for one in people if str(one.pk) in chosen)
    return Days(told["opens_on"], told["due_on"], raters)


@allowed(appraisal_of, may_see_appraisal)
def one(request: HttpRequest, found: Appraisal) -> HttpResponse:
    """Whose round is open, who has scored, the results beside one another, spread, appeals."""
    told = overview_of(held_of(found), timezone.localdate())
    context = {
        "appraisal": found, "place": found.county, "system": told.held.system, "told": told,
        "page": Paginator(told.subjects, _A_PAGE).get_page(request.GET.get("page")),
        "counting": counting_round(told.held.system), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "appraisal/appraisal.html", context)


@allowed(appraisal_of, may_see_appraisal)
def book(request: HttpRequest, found: Appraisal) -> HttpResponse:
    """The very workbook ``junheng score`` reads. Not before every rater is done would it show marks to other raters."""
    told = overview_of(held_of(found), timezone.localdate())
    if any(
        line.done < line.whole and any(rater.pk == request.user.pk for rater in line.turn.raters.all())
        for line in told.rounds
    ):
        raise Http404
    with transaction.atomic():
        detail: dict[str, object] = {"system": found.system, "year": found.year, "format": "xlsx"}
        record(asker(request), "export.take", "appraisal", found.pk, detail, organisation_id=found.county_id)
    name = half(
        Text(f"{found.county.name}评分表{found.year}.xlsx", f"{found.county.name} scores {found.year}.xlsx")
    )
    return as_attachment(book_of(told.held), name, XLSX)
