"""The place a page belongs to: what its guard found, and the post of whoever looks."""

from typing import Any

from django.http import HttpRequest

from junheng.web.people.models import Account, Organisation
from junheng.web.people.queries import posts_of

_WAYS = ("organisation", "county", "county_year", "filing", "finding")  # from an object to its place


def organisation_of(found: Any) -> Organisation | None:
    """The organisation an object of the site belongs to; None where it belongs to none (a person, a notice)."""
    if found is None or isinstance(found, Organisation):
        return found
    if isinstance(found, tuple):
        return organisation_of(found[0])
    for name in _WAYS:
        if (held := getattr(found, name, None)) is not None:
            return organisation_of(held)
    return None


def place_of(request: HttpRequest) -> Organisation | None:
    """The place whose parts the page shows: the object's own for whoever has a post there or above it, else the own post
    below it; on a page of no place the only post there is. None for the public, and on public pages."""
    person = getattr(request, "user", None)
    if not isinstance(person, Account) or _is_public(request):
        return None
    posts = [post.organisation for post in posts_of(person)]
    found = organisation_of(getattr(request, "found", None))
    if found is None:
        return posts[0] if len({one.pk for one in posts}) == 1 else None
    if any(found.path.startswith(one.path) for one in posts):
        return found
    return next((one for one in posts if one.path.startswith(found.path)), None)


def _is_public(request: HttpRequest) -> bool:
    match = request.resolver_match
    guard = getattr(match.func, "guard", None) if match else None
    return guard is not None and guard.is_public
