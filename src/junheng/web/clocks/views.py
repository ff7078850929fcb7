"""Pages of the clocks: who has not reported, counties by share, time limits, one's notices."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from junheng.basics import Text
from junheng.web.clocks.deadlines import Duty
from junheng.web.clocks.forms import TermsForm
from junheng.web.clocks.models import Notice
from junheng.web.clocks.permissions import (
    is_own,
    may_compare,
    may_see_standing,
    may_see_terms,
    may_set_terms,
)
from junheng.web.clocks.school_map import school_map
from junheng.web.clocks.shares import last_year_of, shares
from junheng.web.clocks.standing import coordinates, standings
from junheng.web.clocks.templatetags.clock_words import LOOKS
from junheng.web.clocks.terms import in_force, limits_of, set_terms
from junheng.web.filing.asked import place_of, year_of
from junheng.web.filing.models import CountyYear
from junheng.web.front.guard import allowed, asker, signed_in
from junheng.web.front.words import half
from junheng.web.people.models import Organisation

_PAGE = 50


@allowed(year_of, may_see_standing)
def standing(request: HttpRequest, opened: CountyYear) -> HttpResponse:
    """Who has not reported: a list, and a map beside it."""
    found = standings(opened)
    open_ones = [one for one in found if one.deadline.duty == Duty.SCHOOL]
    looks = {name: sum(one.look == name for one in found) for name in LOOKS}
    chosen = request.GET.get("look", "")
    shown = [one for one in found if one.look == chosen] if chosen in LOOKS else open_ones
    context = {
        "year": opened,
        "lines": Paginator(shown, _PAGE).get_page(request.GET.get("page")),
        "query": f"look={chosen if chosen in LOOKS else ''}",
        "look": chosen,
        "open": len(open_ones),
        "total": len(found),
        "legend": list(looks.items()),
        "map": school_map(opened, found, coordinates(opened)),
    }
    return render(request, "clocks/standing.html", context)


@allowed(place_of, may_compare)
def reported(request: HttpRequest, place: Organisation) -> HttpResponse:
    """Counties by how many schools have reported, worst first."""
    asked = request.GET.get("year", "")
    year = (
        int(asked)
        if asked.isascii() and asked.isdigit() and len(asked) == len("2024")
        else last_year_of(place)
    )
    lines = Paginator(shares(place, year), _PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "clocks/reported.html",
        {"place": place, "year": year, "lines": lines, "query": f"year={year}"},
    )


@allowed(place_of, may_see_terms)
def terms(request: HttpRequest, place: Organisation) -> HttpResponse:
    """A county's time limits, and the defaults they stand before."""
    return _terms(request, place, None)


def _terms(request: HttpRequest, place: Organisation, form: TermsForm | None) -> HttpResponse:
    limits = limits_of(place)
    now = in_force(limits, timezone.localdate())
    first = {"days_after_return": now.days_after_return, "days_to_review": now.days_to_review}
    can_set = may_set_terms(asker(request), place)
    context = {"place": place, "limits": limits, "now": now, "can_set": can_set}
    return render(request, "clocks/terms.html", {**context, "form": form or TermsForm(initial=first)})


@allowed(place_of, may_set_terms, "POST")
def terms_set(request: HttpRequest, place: Organisation) -> HttpResponse:
    """Set the county's own."""
    form = TermsForm(request.POST)
    if not form.is_valid():
        return _terms(request, place, form)
    told = form.cleaned_data
    set_terms(asker(request), place, told["since"], told["days_after_return"], told["days_to_review"])
    messages.success(request, half(Text("时限已保存", "Time limits kept")))
    return redirect("clocks_terms", organisation=place.pk)


@signed_in()
def notices(request: HttpRequest) -> HttpResponse:
    """One's own notices: what is unread first."""
    own = Notice.objects.filter(account=asker(request)).order_by("-pk")
    unread, read = own.filter(read_at=None), own.exclude(read_at=None)
    page = Paginator(read, _PAGE).get_page(request.GET.get("page"))
    return render(request, "clocks/notices.html", {"new": unread[:200], "lines": page, "query": ""})


def _notice(notice: int) -> Notice:
    return get_object_or_404(Notice, pk=notice)


@allowed(_notice, is_own, "POST")
def follow(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Mark it read and go where it points."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    return redirect(notice.address)


@signed_in("POST")
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all one's notices read."""
    Notice.objects.filter(account=asker(request), read_at=None).update(read_at=timezone.now())
    return redirect("notices")
