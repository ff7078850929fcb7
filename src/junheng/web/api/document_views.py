"""The OpenAPI document, the page that tells it to people, and the answer where there is no operation."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from junheng.basics import Text
from junheng.web.api.kinds import Scope
from junheng.web.api.problems import answer, bilingual
from junheng.web.api.routes import document
from junheng.web.front.guard import public
from junheng.web.front.words import pair

_SCOPES = {"public": pair("不需令牌", "no token"), **{one.value: one.label for one in Scope}}


@public()
def openapi(request: HttpRequest) -> HttpResponse:
    """/api/v1/openapi.json, OpenAPI 3.1."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


@public()
def page(request: HttpRequest) -> HttpResponse:
    """The operations by subject, made from the document itself."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, operations in document()["paths"].items():
        for method, told in operations.items():
            groups.setdefault(told["tags"][0], []).append(_told(path, method, told))
    named = [(bilingual(tag), found) for tag, found in groups.items()]
    example = request.build_absolute_uri("/api/v1/me")
    return render(request, "api/document.html", {"groups": named, "example": example, "scopes": _SCOPES})


def _told(path: str, method: str, told: dict[str, Any]) -> dict[str, Any]:
    """One operation, as the page shows it."""
    scope = told["x-junheng-scope"]
    return {
        "id": told["operationId"],
        "path": path,
        "method": method.upper(),
        "summary": bilingual(told["summary"]),
        "about": _about(told.get("description", "")),
        "scope": scope,
        "scope_name": _SCOPES[scope],
        "asks": [
            (one["name"], one["in"], _about(one["schema"].get("description", "")))
            for one in told["parameters"]
        ],
        "body": next(iter(told.get("requestBody", {}).get("content", {})), ""),
        "answers": [(status, ", ".join(one.get("content", {}))) for status, one in told["responses"].items()],
    }


def _about(words: str) -> Text:
    return bilingual(" ".join(words.split()))


@csrf_exempt
@public("GET", "POST", "PUT", "PATCH", "DELETE")
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """No such operation."""
    return answer(
        404, [Text(f"接口没有 {request.method} 这个地址", f"no operation here for {request.method}")]
    )
