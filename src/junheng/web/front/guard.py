"""Every route's guard: who may ask, of which object. A view without one does not exist (tests walk
all routes)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from junheng.web.people.models import Account

View = Callable[..., HttpResponse]
May = Callable[[Any, Any], bool]


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


def _guarded(view: View, guard: Guard) -> View:
    @wraps(view)
    def asked(request: HttpRequest, **route: Any) -> HttpResponse:
        if request.method not in guard.methods:
            return HttpResponseNotAllowed(sorted(guard.methods))
        if guard.may is None:
            return view(request, **route)
        if isinstance(request.user, AnonymousUser):
            return redirect_to_login(request.get_full_path())
        if guard.load is None:
            return view(request, **route)
        found = guard.load(**route)
        if not guard.may(request.user, found):
            raise Http404
        request.found = found  # type: ignore[attr-defined] # what the frame of the page goes by
        return view(request, found)

    asked.guard = guard  # type: ignore[attr-defined] # read by the test that walks all routes
    return asked
