"""Home and health."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.i18n import set_language

from junheng import __version__
from junheng.web.front.guard import public, signed_in
from junheng.web.people.models import Account
from junheng.web.people.queries import posts_of


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
    """Whether the site and its database answer; for whoever watches over the machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"status": "ok", "version": __version__, "database": connection.vendor})


@public("POST")
def language(request: HttpRequest) -> HttpResponse:
    """Switch between Chinese and English."""
    return set_language(request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What does not exist, or is not for this person to see: the same words."""
    return render(request, "front/not_found.html", status=404)
