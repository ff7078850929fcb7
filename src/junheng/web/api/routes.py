"""All operations, in the order the document tells them; and the document."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from junheng.web.api import (
    routes_export,
    routes_filing,
    routes_findings,
    routes_jobs,
    routes_places,
    routes_public,
    routes_reference,
    routes_submit,
)
from junheng.web.api.service import api

_ROUTERS = (
    routes_places.router,
    routes_findings.router,
    routes_filing.router,
    routes_submit.router,
    routes_jobs.router,
    routes_export.router,
    routes_reference.router,
    routes_public.router,
)

for _router in _ROUTERS:
    api.add_router("", _router)


@cache
def document() -> Mapping[str, Any]:
    """The OpenAPI document; the same for everybody."""
    found: Mapping[str, Any] = api.get_openapi_schema()
    return found
