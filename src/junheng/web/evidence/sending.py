"""Bytes sent to be saved: never opened in the site's own name."""

from collections.abc import Iterable
from typing import TypeVar
from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

Answer = TypeVar("Answer", bound=HttpResponseBase)


def as_attachment(content: bytes, name: str) -> HttpResponse:
    """``content`` under ``name``, whatever signs it has (RFC 6266, RFC 8187)."""
    return _to_save(HttpResponse(content, content_type="application/octet-stream"), name)


def streamed(parts: Iterable[bytes], name: str) -> StreamingHttpResponse:
    """``parts`` one after the other, under ``name``."""
    return _to_save(StreamingHttpResponse(parts, content_type="application/octet-stream"), name)


def _to_save(answer: Answer, name: str) -> Answer:
    answer.headers["Content-Disposition"] = f"attachment; filename*=utf-8''{quote(name, safe='')}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
