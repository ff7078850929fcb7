"""No request with a NUL in it is answered: PostgreSQL keeps no such text, and no keyboard types one."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

_NUL = "\x00"


class PlainText:
    """Middleware: 400 for a NUL in the address or in a field of a form. Bodies of the interface are checked there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or refuse the address. Raises BadRequest."""
        if _NUL in request.path or any(_NUL in text for text in _texts(request.GET)):
            raise BadRequest("a NUL in the address")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, route: Any) -> None:
        """Refuse the form; after the check of its token. Raises BadRequest."""
        is_form = request.method == "POST" and not getattr(view, "csrf_exempt", False)
        if is_form and any(_NUL in text for text in _texts(request.POST)):
            raise BadRequest("a NUL in a field")


def _texts(sent: Any) -> list[str]:
    return [text for name, values in sent.lists() for text in (name, *values)]
