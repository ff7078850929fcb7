"""Who must have a second factor sets it before anything else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from junheng.web.people.access import has_second_factor, needs_second_factor
from junheng.web.people.models import Account
from junheng.web.people.queries import posts_of

_OPEN = ("/account/", "/static/", "/language", "/health", "/open")
_KEPT = "junheng.second_factor"  # in the session: it was seen, and a session ends when it is taken off


class SecondFactor:
    """Middleware: leads to the page where it is set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead there."""
        person = request.user
        if isinstance(person, Account) and not request.path.startswith(_OPEN):
            if not needs_second_factor(person, posts_of(person)) or _KEPT in request.session:
                return self.get_response(request)
            if not has_second_factor(person):
                return redirect("mfa_activate_totp")
            request.session[_KEPT] = True
        return self.get_response(request)
