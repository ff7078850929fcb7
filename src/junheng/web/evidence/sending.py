"""Bytes sent to be saved: never opened in the site's own name."""

from urllib.parse import quote

from django.http import HttpResponse


def as_attachment(content: bytes, name: str) -> HttpResponse:
    """``content`` under ``name``, whatever signs it has (RFC 6266, RFC 8187)."""
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f"attachment; filename*=utf-8''{quote(name, safe='')}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
