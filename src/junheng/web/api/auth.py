"""Who asks: the bearer of a token. The browser's session opens nothing here."""

import time

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer

from junheng.basics import Text
from junheng.web.api.kinds import Scope
from junheng.web.api.models import Token
from junheng.web.api.problems import Refusal
from junheng.web.api.tokens import count, recognise
from junheng.web.people.models import Account

_MINUTE = 60


class Bearer(HttpBearer):
    """A token with a scope, within its number of requests a minute."""

    def __init__(self, scope: Scope | None) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """The token, or None (401). Raises Refusal: 403 without the scope, 429 above the rate."""
        found = recognise(token)
        if found is None:
            return None
        most = settings.API_REQUESTS_PER_MINUTE
        if not count(found, most):
            wait = _MINUTE - int(time.time()) % _MINUTE
            words = Text(
                f"每分钟最多 {most} 次，请 {wait} 秒后再试", f"at most {most} a minute: wait {wait} seconds"
            )
            raise Refusal(429, words, headers={"Retry-After": str(wait)})
        if self.scope is not None and self.scope.value not in found.scopes:
            words = Text(f"需要“{self.scope.label}”用途", f"scope {self.scope.value!r} is needed")
            raise Refusal(403, words)
        return found


def anyone(request: HttpRequest) -> Token | bool | None:
    """Of public things: nobody needs a token; one that is shown must be good all the same."""
    if "Authorization" not in request.headers:
        return True
    found: Token | None = Bearer(None)(request)
    return found


def caller(request: HttpRequest) -> Token:
    """The token that asks, in operations that need one."""
    found = getattr(request, "auth", None)
    if isinstance(found, Token):
        return found
    raise Refusal(401)


def acts_as(request: HttpRequest) -> Account:
    """The account the token acts as."""
    return caller(request).account
