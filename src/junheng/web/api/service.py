"""How an operation of the interface is declared, and what the OpenAPI document says of it."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Router, Schema
from ninja.constants import NOT_SET

from junheng import __version__
from junheng.basics import Text
from junheng.web.api.auth import Bearer, anyone
from junheng.web.api.kinds import Scope
from junheng.web.api.problems import MEDIA, TITLES, Problem, install

PREFIX = "/api/v1/"
Id = Annotated[int, Path(ge=1, le=2**63 - 1)]
Code = Annotated[str, Path(pattern=r"^[0-9A-Za-z_.-]{1,40}$")]
_ALWAYS = (400, 401, 404, 422, 429)
_WRITES = (409, 413)
_SAME, _WITHOUT_SCOPE, _NO_FORMAT = 304, 403, 406
_ABOUT = (
    "均衡的程序接口。每个机构的管理员发令牌，放在 Authorization: Bearer 中；令牌只有本机构的权限。错误为 problem+json。"
    " | The interface of Junheng for programs. A token of an organisation goes into Authorization: Bearer and may what the"
    " organisation's people may. Errors are problem+json."
)


class Api(NinjaAPI):
    """NinjaAPI whose document tells problems by their own media type."""

    def get_openapi_schema(self, **told: Any) -> Any:
        """The document, OpenAPI 3.1."""
        document = super().get_openapi_schema(path_prefix=PREFIX, **told)
        for operations in document["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if int(status) in TITLES:
                        response["description"] = str(TITLES[int(status)])
                        response["content"] = {MEDIA: _problem()}
        return document

    def create_response(self, request: HttpRequest, data: Any, **told: Any) -> HttpResponse:
        """Nothing that a token opened stays in a cache."""
        answer = super().create_response(request, data, **told)
        answer.headers["Cache-Control"] = "private, no-store"
        return answer


def _problem() -> dict[str, Any]:
    return {"schema": {"$ref": "#/components/schemas/Problem"}}


api = Api(
    title="均衡 Junheng", version=__version__, description=_ABOUT, urls_namespace="api", docs_url=None, openapi_url=None
)  # fmt: skip
install(api)
Operation = Callable[[Callable[..., Any]], Callable[..., Any]]


def operation(
    router: Router, method: str, path: str, scope: Scope | None, summary: Text, told: Any = NOT_SET, *,
    status: int = 200, media: Mapping[str, Any] | None = None, also: tuple[int, ...] = (),
) -> Operation:  # fmt: skip
    """Declare an operation: which scope it needs (None: public), what it answers, in which media types beside JSON.

    ``also``: statuses besides those every operation may answer with.
    """
    extra: dict[str, Any] = {"x-junheng-scope": scope.value if scope else "public"}
    if media is not None:
        extra["responses"] = {status: {"description": "OK", "content": dict(media)}}
        also = (*also, _NO_FORMAT)
    answers = {status: told if media is None else None, **_refusals(method, scope, also)}

    def put(view: Callable[..., Any]) -> Callable[..., Any]:
        declared: Callable[..., Any] = router.api_operation(
            [method],
            path,
            auth=Bearer(scope) if scope else anyone,
            response=answers,
            summary=f"{summary.zh} | {summary.en}",
            operation_id=f"{view.__module__.rpartition('routes_')[2]}_{view.__name__}",
            openapi_extra=extra,
        )(view)
        return declared

    return put


def _refusals(method: str, scope: Scope | None, also: tuple[int, ...]) -> dict[int, Any]:
    """What an operation may answer besides success: problems, and 304 without a body."""
    found = {*_ALWAYS, *((_WITHOUT_SCOPE,) if scope else ()), *(_WRITES if method != "GET" else ()), *also}
    return {one: None if one == _SAME else Problem for one in sorted(found)}


def binary(*kinds: str) -> dict[str, Any]:
    """Media types of files."""
    return {kind: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}


__all__ = ["Code", "Id", "PREFIX", "Schema", "api", "binary", "operation"]
