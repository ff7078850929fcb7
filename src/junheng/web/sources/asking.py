"""Which figures a page of the board was asked for, and what it showed."""

from collections.abc import Iterable

from django.http import QueryDict

from junheng.basics import sha256_bytes
from junheng.web.sources.board import Asked, Line

PAGE = 30
LEAST = (0, 1, 5, 10, 20)  # per cent, to choose from: a filter, no judgement


def asked_of(told: QueryDict) -> Asked:
    """The filters of an address; what is no filter asks for the default."""
    least = told.get("least", "0")
    return Asked(
        told.get("school", ""),
        told.get("table", ""),
        told.get("kind", "differ"),
        told.get("state", "open"),
        int(least) if least in {str(one) for one in LEAST} else 0,
        "spread" if told.get("order") == "spread" else "share",
    )


def page_token(lines: Iterable[Line]) -> str:
    """SHA-256 of all figures of a page as it showed them."""
    return sha256_bytes("".join(line.token for line in lines).encode())
