"""A request that announces more than the site takes is refused before a byte of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from junheng.web.operation.log_lines import request_id

_MIB = 2**20
_API = "/api/"


class BodyLimit:
    """Middleware: 413 where ``Content-Length`` is above ``BODY_BYTES``; what sends without one is counted as it comes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or refuse; the connection ends, for nobody reads what is still coming."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length[:20]) <= settings.BODY_BYTES:
            return self.get_response(request)
        answer = _problem() if request.path.startswith(_API) else _page()
        answer.headers["Connection"] = "close"
        return answer


def _problem() -> HttpResponse:
    from junheng.web.api.problems import answer  # the interface, only where it was asked

    return answer(413)


def _page() -> HttpResponse:
    told = {"request_id": request_id.get(), "limit": settings.UPLOAD_BYTES // _MIB}
    return HttpResponse(render_to_string("413.html", told), status=413)
