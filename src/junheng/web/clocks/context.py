"""What the bell in every page's header shows."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from junheng.web.clocks.models import Notice
from junheng.web.people.models import Account


def bell(request: HttpRequest) -> dict[str, Any]:
    """``unread``: how many notices the person has not read; one query, and only where it is shown."""
    person = getattr(request, "user", None)
    return {"unread": _counted(person) if isinstance(person, Account) else 0}


def _counted(person: Account) -> Callable[[], int]:
    return lambda: Notice.objects.filter(account=person, read_at=None).count()
