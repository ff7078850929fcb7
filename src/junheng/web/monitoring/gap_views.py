"""Pages of the ledger: gaps of a place, a new one, one gap, and what each may do to it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from junheng.basics import Text
from junheng.web.evidence.forms import EvidenceForm
from junheng.web.front.guard import allowed, asker
from junheng.web.front.numbers import whole_number
from junheng.web.front.words import half
from junheng.web.monitoring import actions, queries
from junheng.web.monitoring.asked import gap_of, place_of, tried
from junheng.web.monitoring.clocks import clocks, proposed_due
from junheng.web.monitoring.forms import AmendForm, GapForm
from junheng.web.monitoring.models import Alert, Gap
from junheng.web.monitoring.opening import Opening, open_gap
from junheng.web.monitoring.permissions import (
    is_owner,
    may_act,
    may_inspect,
    may_open_gap,
    may_order,
    may_review,
    may_see_gap,
    may_watch,
)
from junheng.web.monitoring.running import recheck_gap
from junheng.web.monitoring.states import STANDING, Act
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Kind

_PAGE, _MOST = 30, 50
_DONE = Text("已记下", "Done")


@allowed(place_of, may_watch)
def gaps(request: HttpRequest, place: Organisation) -> HttpResponse:
    """The ledger of a county or a school, overdue ones on a tab of their own."""
    if place.kind not in (Kind.COUNTY, Kind.SCHOOL):
        return redirect("monitoring", organisation=place.pk)
    today = timezone.localdate()
    tab = request.GET.get("tab", "")
    tab = tab if tab in queries.GAP_TABS else "standing"
    page = Paginator(queries.gaps_of(place, tab, today), _PAGE).get_page(request.GET.get("page"))
    counts = queries.gap_counts(place, today)
    names = {
        "standing": Text("未销号", "Standing"),
        "overdue": Text("逾期", "Overdue"),
        "closed": Text("已销号", "Closed"),
    }
    context = {
        "place": place,
        "tab": tab,
        "tabs": [(key, names[key], counts[key]) for key in queries.GAP_TABS],
        "page": page,
        "lines": [queries.line_of(one, today) for one in page.object_list],
        "clocks": clocks(),
    }
    return render(request, "monitoring/gaps.html", context)


@allowed(place_of, may_open_gap, "GET", "POST")
def new(request: HttpRequest, county: Organisation) -> HttpResponse:
    """A gap of the alerts chosen (``alert``, several); an inspector's is an order."""
    asked = (request.POST if request.method == "POST" else request.GET).getlist("alert")
    keys = [key for one in asked[:_MOST] if (key := whole_number(one)) is not None]
    alerts = list(Alert.objects.filter(county=county, pk__in=keys).select_related("school"))
    if not alerts or len({one.school_code for one in alerts}) > 1:
        words = Text("请选一条预警，或同一所学校的几条", "choose one alert, or several of one school")
        messages.error(request, half(words))
        return redirect("monitoring", organisation=county.pk)
    form = GapForm(county, alerts[0].school, request.POST or None, initial=_proposed(alerts))
    is_order = may_inspect(request.user, county)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        said = Opening(
            told["title"], form.owned(), told["due_on"], told["measures"], told["passing"], is_order
        )
        made: list[Gap] = []
        opened = lambda: made.append(open_gap(asker(request), county, alerts, said, timezone.now()))  # noqa: E731 # tried takes one act
        if tried(request, opened, Text("已列入台账", "entered in the ledger")):
            return redirect("gap", gap=made[0].pk)
    context = {"place": county, "alerts": alerts, "form": form, "is_order": is_order}
    return render(request, "monitoring/gap_new.html", context)


def _proposed(alerts: list[Alert]) -> dict[str, Any]:
    """A title, deadline and passing condition to start from, in the reader's language."""
    names = list(dict.fromkeys(half(one.said["name"]) for one in alerts))
    where = alerts[0].school_name or str(alerts[0].county)
    passing = Text("较新的评估结论中，所含预警全部解除", "in a newer finding every alert listed is resolved")
    return {
        "title": f"{where} {half(Text('、', ', ')).join(names)}"[:200],
        "due_on": proposed_due(timezone.localdate()),
        "passing": half(passing),
    }


@allowed(gap_of, may_see_gap)
def gap(request: HttpRequest, found: Gap) -> HttpResponse:
    """One gap: what, who, until when, what happened, and what the asker may do now."""
    return _shown(request, found)


def _shown(request: HttpRequest, found: Gap, **forms: Any) -> HttpResponse:
    person, today = request.user, timezone.localdate()
    standing = found.state in STANDING
    context = {
        "gap": found,
        "line": queries.line_of(found, today),
        "alerts": found.alerts.select_related("finding"),
        "events": found.events.select_related("evidence"),
        "after": Gap.objects.filter(before=found).first(),
        "may": {act.value: may_act(person, found, act) for act in Act},
        "is_owner": standing and is_owner(person, found),
        "may_review": standing and may_review(person, found),
        "may_order": standing and may_order(person, found),
        "evidence_form": EvidenceForm(),
        "amend_form": _amending(found),
        **forms,
    }
    return render(request, "monitoring/gap.html", context)


def _amending(found: Gap) -> AmendForm:
    who = (
        f"account:{found.owner_place_id}:{found.owner_id}"
        if found.owner_id
        else f"post:{found.owner_place_id}:{found.owner_role}"
    )
    return AmendForm(found.county, found.school, initial={"owner": who, "due_on": found.due_on})


@allowed(gap_of, is_owner, "POST")
def owner(request: HttpRequest, found: Gap) -> HttpResponse:
    """The owner takes it in hand, or reports."""
    person, words, now = asker(request), request.POST.get("words", ""), timezone.now()
    if request.POST.get("act") == Act.TAKE:
        tried(request, lambda: actions.take(person, found, now), _DONE)
    else:
        tried(request, lambda: actions.report(person, found, words, now), _DONE)
    return redirect("gap", gap=found.pk)


@allowed(gap_of, lambda person, gap: is_owner(person, gap) or may_review(person, gap), "POST")
def evidence(request: HttpRequest, found: Gap) -> HttpResponse:
    """A file goes with the gap; it is kept among the files of the school or county it is about."""
    form = EvidenceForm(request.POST, request.FILES)
    if found.state not in STANDING:
        raise Http404
    kept = form.kept(asker(request), found.place) if form.is_valid() else None
    if kept is None:
        return _shown(request, found, evidence_form=form)
    tried(request, lambda: actions.attach(asker(request), found, kept, timezone.now()), _DONE)
    return redirect("gap", gap=found.pk)


@allowed(gap_of, may_review, "POST")
def review(request: HttpRequest, found: Gap) -> HttpResponse:
    """The officer sends it back with a reason, or passes it on to the recheck."""
    person, words, now = asker(request), request.POST.get("words", ""), timezone.now()
    do = actions.send_back if request.POST.get("act") == Act.SEND_BACK else actions.pass_on
    tried(request, lambda: do(person, found, words, now), _DONE)
    return redirect("gap", gap=found.pk)


@allowed(gap_of, may_review, "POST")
def recheck(request: HttpRequest, found: Gap) -> HttpResponse:
    """Ask the newest data now; they decide, not the officer."""
    tried(request, lambda: recheck_gap(found, timezone.now()), Text("已复算", "rechecked"))
    return redirect("gap", gap=found.pk)


@allowed(gap_of, may_review, "POST")
def amend(request: HttpRequest, found: Gap) -> HttpResponse:
    """Another owner or deadline."""
    form = AmendForm(found.county, found.school, request.POST)
    if not form.is_valid():
        return _shown(request, found, amend_form=form)
    told, owned = form.cleaned_data, form.owned()
    person, now = asker(request), timezone.now()
    tried(request, lambda: actions.amend(person, found, told["due_on"], owned, told["words"], now), _DONE)
    return redirect("gap", gap=found.pk)


@allowed(gap_of, may_order, "POST")
def order(request: HttpRequest, found: Gap) -> HttpResponse:
    """An inspector puts it under their eye."""
    person, words, now = asker(request), request.POST.get("words", ""), timezone.now()
    tried(request, lambda: actions.order(person, found, words, now), Text("已督办", "ordered"))
    return redirect("gap", gap=found.pk)
