"""What the frame of a page and the first page of a place show: parts, what waits, the tour."""

from collections.abc import Mapping
from typing import Any

from django import template

from junheng.web.front import first_steps as firsts
from junheng.web.front import waiting as waits
from junheng.web.front.models import Toured
from junheng.web.front.navigation import Frame, frame_of
from junheng.web.front.tours import tour_of
from junheng.web.people.models import Account, Organisation

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context: dict[str, Any]) -> Frame | None:
    """The bar of the page's place; None on pages without one."""
    request = context.get("request")
    return frame_of(request) if request is not None and hasattr(request, "user") else None


@register.inclusion_tag("front/waiting.html", takes_context=True)
def waiting(context: dict[str, Any], place: Organisation) -> dict[str, Any]:
    """What waits at a place for whoever looks."""
    person = context["request"].user
    return {"lines": waits.waiting(person, place) if isinstance(person, Account) else []}


@register.inclusion_tag("front/first_steps.html", takes_context=True)
def first_steps(context: dict[str, Any], place: Organisation) -> dict[str, Any]:
    """What a county without a finding does first, for whoever looks."""
    person = context["request"].user
    steps = firsts.first_steps(person, place) if isinstance(person, Account) else []
    return {"steps": steps, "now": next((one for one in steps if not one.is_done), None)}


@register.inclusion_tag("front/tour.html", takes_context=True)
def tour(context: dict[str, Any], place: Organisation) -> dict[str, Any]:
    """The tour, to whom it was not shown yet or who asks for it again (``?tour``)."""
    request = context["request"]
    person, asked = request.user, "tour" in request.GET
    if not isinstance(person, Account) or not (asked or not Toured.objects.filter(account=person).exists()):
        return {"steps": ()}
    return {"steps": tour_of(person, place), "request": request, "csrf_token": context.get("csrf_token")}


@register.filter
def at(ways: Mapping[str, str], route: str) -> str:
    """The address of a part, "" where it is not this person's."""
    return ways.get(route, "")
