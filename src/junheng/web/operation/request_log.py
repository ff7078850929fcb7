"""Every request gets a number and one line in the log."""

import logging
import re
import time
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from junheng.web.operation.log_lines import request_id, shown_path
from junheng.web.people.models import Account

HEADER = "X-Request-ID"
_GIVEN = re.compile(r"[0-9a-f]{32}")  # nginx's $request_id; anything else is not taken over
_log = logging.getLogger("junheng.access")


class RequestLog:
    """Middleware, the outermost: number, header, line. The number stands on the error page as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and write the line."""
        given = request.headers.get(HEADER, "")
        number = given if _GIVEN.fullmatch(given) else uuid4().hex
        token, began = request_id.set(number), time.perf_counter()
        try:
            response = self.get_response(request)
            response.headers[HEADER] = number
            self._write(request, response, began)
        finally:
            request_id.reset(token)
        return response

    def _write(self, request: HttpRequest, response: HttpResponse, began: float) -> None:
        if request.path.startswith("/static/") and response.status_code < 400:
            return
        _log.info(
            "request",
            extra={
                "account": _account(request),
                "method": request.method,
                "path": shown_path(request),
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - began) * 1000),
            },
        )


def _account(request: HttpRequest) -> int | None:
    """The account's number where the request asked for it; the log itself asks the database nothing."""
    person = getattr(request, "_cached_user", None)
    return person.pk if isinstance(person, Account) else None
