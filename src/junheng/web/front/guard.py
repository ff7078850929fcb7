"""Every route's guard: who may ask, of which object. A view without one does not exist (tests walk
all routes)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from junheng.basics import Text
from junheng.web.front.words import half
from junheng.web.operation.log_lines import request_id
from junheng.web.people.models import Account

View = Callable[..., HttpResponse]
May = Callable[[Any, Any], bool]
_NOT_SAVED = Text(
    "您已退出登录，刚才提交的内容没有保存；登录后回到原来的页面，请再提交一次",
    "You were signed out and what you sent was not saved; sign in, and send it again from the page you were on",
)


@dataclass(frozen=True, slots=True)
class Guard:
    """What stands before a view: how its object is found, who may see it, which methods it answers."""

    load: Callable[..., Any] | None
    may: May | None
    methods: frozenset[str]

    @property
    def is_public(self) -> bool:
        """Whether anybody may ask."""
        return self.may is None

    def may_open(self, person: Any, found: Any) -> bool:
        """Whether the view behind would answer this person about this object."""
        return self.may is None or self.may(person, found)


def asker(request: HttpRequest) -> Account:
    """The account that asks, in views behind a guard that lets only people in. Raises PermissionDenied."""
    if isinstance(request.user, Account):
        return request.user
    raise PermissionDenied


def public(*methods: str) -> Callable[[View], View]:
    """A view anybody may ask for, by ``methods`` (default GET)."""

    def put(view: View) -> View:
        return _guarded(view, Guard(None, None, _methods(methods)))

    return put


def signed_in(*methods: str) -> Callable[[View], View]:
    """A view of one's own affairs: any signed-in person."""

    def put(view: View) -> View:
        return _guarded(view, Guard(None, lambda person, _: True, _methods(methods)))

    return put


def allowed(load: Callable[..., Any], may: May, *methods: str) -> Callable[[View], View]:
    """A view of the object ``load(**route)`` returns, for whom ``may(person, object)``; the view gets the object.

    Who is not signed in is asked to; to who is and may not, the object does not exist: a refusal tells nothing.
    """

    def put(view: View) -> View:
        return _guarded(view, Guard(load, may, _methods(methods)))

    return put


def _methods(methods: tuple[str, ...]) -> frozenset[str]:
    return frozenset(methods or ("GET",)) | {"HEAD", "OPTIONS"}


def _not_so(request: HttpRequest, guard: Guard) -> HttpResponse:
    """405; a browser that asks for an address which takes forms alone gets a page, not an empty window."""
    methods = sorted(guard.methods)
    words = render_to_string("405.html", {"request_id": request_id.get()}) if request.method == "GET" else ""
    return HttpResponseNotAllowed(methods, words)


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in, and from there to a page that can be shown: what a form was sent to often cannot."""
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    came_from = request.headers.get("Referer", "")
    is_own = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    page = urlsplit(came_from) if is_own else urlsplit("/")
    messages.error(request, half(_NOT_SAVED))
    return redirect_to_login(urlunsplit(("", "", page.path or "/", page.query, "")))


def _guarded(view: View, guard: Guard) -> View:
    @wraps(view)
    def asked(request: HttpRequest, **route: Any) -> HttpResponse:
        if request.method not in guard.methods:
            return _not_so(request, guard)
        if guard.may is None:
            return view(request, **route)
        if isinstance(request.user, AnonymousUser):
            return _sign_in_first(request)
        if guard.load is None:
            return view(request, **route)
        found = guard.load(**route)
        if not guard.may(request.user, found):
            raise Http404
        request.found = found  # type: ignore[attr-defined] # what the frame of the page goes by
        return view(request, found)

    asked.guard = guard  # type: ignore[attr-defined] # read by the test that walks all routes
    return asked
