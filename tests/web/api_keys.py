"""Tokens for the tests of the interface, and programs that hold them."""

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from tests.web.conftest import Site

from junheng.web.api.hooks import register
from junheng.web.api.kinds import Scope
from junheng.web.api.models import Token
from junheng.web.api.tokens import make
from junheng.web.people.models import Account, Organisation

API = "/api/v1"
ALL = tuple(Scope)


def key(
    maker: Account, place: Organisation, scopes: Iterable[Scope] = ALL, days: int = 30
) -> tuple[Token, str]:
    """A token and its word."""
    return make(maker, place, "教务系统", scopes, timezone.now() + timedelta(days=days))


class Program:
    """A program with a token: no cookies, no browser."""

    def __init__(self, word: str = "") -> None:
        self.client = Client(raise_request_exception=False)
        self.head = {"Authorization": f"Bearer {word}"} if word else {}

    def ask(self, method: str, path: str, body: Any = None, **head: str) -> Any:
        """The response."""
        given = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return self.client.generic(method, f"{API}{path}", headers={**self.head, **head}, **given)

    def get(self, path: str, **head: str) -> Any:
        """GET."""
        return self.ask("GET", path, **head)


def route_values(site: Site, maker: Account) -> dict[str, object]:
    """A token and a webhook of the first county, for the walk over all routes."""
    hook = register(maker, site.county, "https://example.org/in", ["job.done"])
    return {"api_token": key(maker, site.county)[0].pk, "hook": hook.pk}


__all__ = ["ALL", "API", "Program", "Scope", "Token", "key", "route_values"]
