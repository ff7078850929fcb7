"""Home, health, the language switch, and the pages of what went wrong."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.i18n import set_language

from junheng.web.front.guard import public, signed_in
from junheng.web.operation.health import is_well
from junheng.web.operation.log_lines import request_id
from junheng.web.people.models import Account
from junheng.web.people.queries import posts_of

_AGAIN_SECONDS = "10"


@signed_in()
def home(request: HttpRequest) -> HttpResponse:
    """One's places; with a single one, straight there."""
    person = request.user
    posts = posts_of(person) if isinstance(person, Account) else []
    if len(posts) == 1:
        return redirect("place", organisation=posts[0].organisation_id)
    return render(request, "front/home.html", {"posts": posts})


@public()
def health(request: HttpRequest) -> HttpResponse:
    """``ok``, or ``not_ok`` with status 503: the database is gone or the disk is nearly full. A browser gets a page."""
    well = is_well()
    status = 200 if well else 503
    if well and request.get_preferred_type(["application/json", "text/html"]) == "text/html":
        answer = render(request, "operation/well.html")
    elif request.get_preferred_type(["application/json", "text/html"]) == "text/html":
        answer = _alone(request, "503.html", status)
    else:
        answer = JsonResponse({"status": "ok" if well else "not_ok"}, status=status)
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer


@public("POST")
def language(request: HttpRequest) -> HttpResponse:
    """Switch between Chinese and English."""
    return set_language(request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What does not exist, or is not for this person to see: the same words."""
    return render(request, "front/not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What the site cannot make sense of."""
    return _alone(request, "400.html", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What this person may not do."""
    return _alone(request, "403.html", 403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open for too long, or that another site sent."""
    return _alone(request, "403_csrf.html", 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of our own (500), or a database that does not answer now (503); with the number it has in the log."""
    is_away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    answer = _alone(request, "503.html" if is_away else "500.html", 503 if is_away else 500)
    if is_away:
        answer.headers["Retry-After"] = _AGAIN_SECONDS
    return answer


def _alone(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A page that asks the database nothing: no context processor runs."""
    from django.template.loader import render_to_string

    return HttpResponse(render_to_string(template, {"request_id": request_id.get()}), status=status)
