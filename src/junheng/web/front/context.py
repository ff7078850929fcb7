"""What every page's frame shows: the person's places."""

from typing import Any

from django.http import HttpRequest

from junheng import __version__
from junheng.web.front.words import is_english
from junheng.web.people.models import Account
from junheng.web.people.queries import posts_of


def around(request: HttpRequest) -> dict[str, Any]:
    """``posts`` of the person signed in, the software's version, and whether the reader switched to English."""
    person = getattr(request, "user", None)
    return {
        "posts": posts_of(person) if isinstance(person, Account) else [],
        "version": __version__,
        "english": is_english(),
    }
