"""Bytes sent to be saved: never opened in the site's own name. The one place that says under which name."""

from collections.abc import Iterable
from typing import TypeVar
from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

Answer = TypeVar("Answer", bound=HttpResponseBase)
BYTES = "application/octet-stream"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_attachment(content: bytes, name: str, kind: str = BYTES) -> HttpResponse:
    """``content`` under ``name``, whatever signs it has (RFC 6266, RFC 8187); ``kind`` is its media type."""
    return _to_save(HttpResponse(content, content_type=kind), name)


def streamed(parts: Iterable[bytes | str], name: str, kind: str = BYTES) -> StreamingHttpResponse:
    """``parts`` one after the other, under ``name``."""
    return _to_save(StreamingHttpResponse(parts, content_type=kind), name)


def _to_save(answer: Answer, name: str) -> Answer:
    answer.headers["Content-Disposition"] = f"attachment; filename*=utf-8''{quote(name, safe='')}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
