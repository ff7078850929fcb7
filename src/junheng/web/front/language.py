"""The language a person chose: a browser set to English does not switch an office's pages."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from junheng.web.front.words import CHINESE, ENGLISH


class ChosenLanguage:
    """Middleware: the choice kept in a cookie by the switch; Chinese without one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language chosen."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        with translation.override(ENGLISH if chosen == ENGLISH else CHINESE):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or CHINESE)
        return response
