"""Pages of hazards: the list of a place, a new one, one with its story, and what each may do to it."""

from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from junheng.basics import Text
from junheng.judgement.ledgers import Ledger, ledgers
from junheng.web.front.guard import allowed, asker
from junheng.web.ledgers import queries
from junheng.web.ledgers.asked import hazard_of, ledger_at, place_of
from junheng.web.ledgers.forms import HazardForm, MendForm
from junheng.web.ledgers.hazard_acts import MENDABLE, REVIEWABLE, Found, find, mend, review
from junheng.web.ledgers.models import Hazard
from junheng.web.ledgers.models.hazards import Result
from junheng.web.ledgers.permissions import may_find, may_list, may_mend, may_review, may_see_hazard
from junheng.web.ledgers.telling import told_mended, told_new, told_reviewed
from junheng.web.monitoring.asked import tried
from junheng.web.monitoring.clocks import clocks
from junheng.web.people.models import Organisation
from junheng.web.people.queries import within
from junheng.web.people.roles import Kind

_PAGE = 30


@allowed(place_of, may_list)
def hazards(request: HttpRequest, place: Organisation) -> HttpResponse:
    """Hazards of a county or a school, overdue ones and those that wait for review on tabs of their own."""
    tabs = queries.tabbed(queries.lines_of(queries.hazards_of(place), timezone.localdate()))
    tab = request.GET.get("tab", "")
    tab = tab if tab in tabs else "standing"
    context = {
        "place": place,
        "tab": tab,
        "tabs": [(key, words, len(tabs[key])) for key, words in queries.TABS.items()],
        "page": Paginator(tabs[tab], _PAGE).get_page(request.GET.get("page")),
        "findable": [one for one in ledgers().values() if may_find(request.user, place, one.id)],
        "is_county": place.kind == Kind.COUNTY,
        "clocks": clocks(),
    }
    return render(request, "ledgers/hazards.html", context)


def _may_find(person: Any, found: tuple[Organisation, Ledger]) -> bool:
    return may_find(person, found[0], found[1].id)


@allowed(ledger_at, _may_find, "GET", "POST")
def new(request: HttpRequest, found: tuple[Organisation, Ledger]) -> HttpResponse:
    """A finding at a school of the county, in one ledger."""
    county, ledger = found
    schools = {
        str(one.pk): one for one in within(county).filter(kind=Kind.SCHOOL, closed_on=None).order_by("name")
    }
    choices = [("", "—"), *((key, one.name) for key, one in schools.items())]
    form = HazardForm(ledger, choices, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = _entered(request, found, form, schools[form.cleaned_data["school"]])
        if made is not None:
            told_new(made)
            return redirect("hazard", hazard=made.pk)
    return render(request, "ledgers/hazard_new.html", {"place": county, "ledger": ledger, "form": form})


def _entered(
    request: HttpRequest, found: tuple[Organisation, Ledger], form: HazardForm, school: Organisation
) -> Hazard | None:
    """The hazard with its photo, or neither."""
    (county, ledger), told, person = found, form.cleaned_data, asker(request)
    made: list[Hazard] = []
    with transaction.atomic():
        before = form.kept(person, school, told["what"])
        said = Found(
            ledger, told["item"], told["what"], told["severity"], told["found_on"], told["due_on"], before
        )
        enter = lambda: made.append(find(person, county, school, said))  # noqa: E731 # tried takes one act
        if form.errors or not tried(request, enter, Text("已列入台账", "entered in the ledger")):
            transaction.set_rollback(True)
    return made[0] if made else None


@allowed(hazard_of, may_see_hazard)
def hazard(request: HttpRequest, found: Hazard) -> HttpResponse:
    """One hazard: what, where, until when, its story, and what the asker may do now."""
    return _shown(request, found, MendForm())


def _shown(request: HttpRequest, found: Hazard, form: MendForm) -> HttpResponse:
    person = request.user
    (line,) = queries.lines_of([found], timezone.localdate())
    context = {
        "hazard": found,
        "line": line,
        "item": line.ledger.item(found.item),
        "steps": found.steps.select_related("evidence"),
        "form": form,
        "may_mend": line.entry.state in MENDABLE and may_mend(person, found),
        "may_review": line.entry.state in REVIEWABLE and may_review(person, found),
    }
    return render(request, "ledgers/hazard.html", context)


@allowed(hazard_of, may_mend, "POST")
def mended(request: HttpRequest, found: Hazard) -> HttpResponse:
    """The school reports it mended."""
    form, person = MendForm(request.POST, request.FILES), asker(request)
    if not form.is_valid():
        return _shown(request, found, form)
    words = form.cleaned_data["words"]
    with transaction.atomic():
        after = form.kept(person, found.school, words)
        if after is None:
            return _shown(request, found, form)
        if tried(request, lambda: mend(person, found, words, after), Text("已报告整改", "reported mended")):
            told_mended(found)
        else:
            transaction.set_rollback(True)
    return redirect("hazard", hazard=found.pk)


@allowed(hazard_of, may_review, "POST")
def reviewed(request: HttpRequest, found: Hazard) -> HttpResponse:
    """Another officer passes it, or returns it with a reason."""
    person, words = asker(request), request.POST.get("words", "")
    result = Result.PASSED if request.POST.get("result") == Result.PASSED else Result.RETURNED
    if tried(request, lambda: review(person, found, result, words), Text("已复查", "reviewed")):
        told_reviewed(found)
    return redirect("hazard", hazard=found.pk)
