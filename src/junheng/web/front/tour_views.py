"""The page "怎样开始 Getting started", and the note that a person needs the tour no more."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.web.front.guard import asker, signed_in
from junheng.web.front.models import Toured
from junheng.web.front.navigation import ways_of
from junheng.web.front.tours import tours_of


@signed_in()
def start(request: HttpRequest) -> HttpResponse:
    """How to begin, for each post of whoever asks; each step with the way to its page, where it is theirs."""
    person = asker(request)
    told = [
        (post, steps, {way.route: way.address for way in ways_of(person, post.organisation)})
        for post, steps in tours_of(person)
    ]
    return render(request, "front/start.html", {"told": told})


@signed_in("POST")
def toured(request: HttpRequest) -> HttpResponse:
    """Remember that the tour was seen or skipped; a second time changes nothing."""
    Toured.objects.get_or_create(account=asker(request))
    return redirect("home")
