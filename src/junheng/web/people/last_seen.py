"""When each session was last used, written down once a minute.

A write for every request would queue the readers of SQLite behind each other.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.http import HttpRequest, HttpResponse

_SECONDS = 60.0
_SESSIONS = 10_000  # remembered by a process

Seen = tuple[str, str, str]  # session, address, browser


class LastSeen(UserSessionsMiddleware):  # type: ignore[misc] # allauth has no types
    """Middleware: allauth's, where the session, its address or its browser is new to this process or a minute passed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self._written: OrderedDict[Seen, float] = OrderedDict()
        self._lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and write down where it is time to."""
        found: HttpResponse = (super().__call__ if self._is_due(request) else self.get_response)(request)
        return found

    def _is_due(self, request: HttpRequest) -> bool:
        key = request.session.session_key
        if not key or not request.user.is_authenticated:
            return False
        heads = request.META
        seen = (key, _address(heads), heads.get("HTTP_USER_AGENT", ""))
        now = time.monotonic()
        with self._lock:
            if now - self._written.get(seen, -math.inf) < _SECONDS:
                return False
            self._written[seen] = now
            self._written.move_to_end(seen)
            if len(self._written) > _SESSIONS:
                self._written.popitem(last=False)
        return True


def _address(heads: "dict[str, str]") -> str:
    return f"{heads.get('REMOTE_ADDR', '')} {heads.get('HTTP_X_FORWARDED_FOR', '')}"
