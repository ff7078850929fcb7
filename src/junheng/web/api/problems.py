"""Refusals of the interface: problem+json (RFC 9457), in Chinese with English beside."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import override
from ninja import NinjaAPI, Schema
from ninja import errors as ninja_errors
from pydantic import Field

from junheng.basics import Text, UserError
from junheng.web.front.words import CHINESE, ENGLISH
from junheng.web.jobs.limits import MARK

MEDIA = "application/problem+json"
TITLES = {
    400: Text("请求读不懂", "bad request"),
    401: Text("没有令牌，或令牌无效、已过期、已停用", "no token, or one that is forged, expired or revoked"),
    403: Text("令牌没有这种用途", "the token has not this scope"),
    404: Text("没有这一项，或不在令牌的范围内", "it does not exist, or not for this token"),
    406: Text("没有所要的格式", "not in a format you accept"),
    409: Text("现在不能这样做", "not possible as things stand"),
    413: Text("内容过大", "too large"),
    422: Text("内容不对", "not acceptable"),
    429: Text("请求太频繁", "too many requests"),
    500: Text("站点自身出错，已记录", "a fault of the site; it is logged"),
}
_BRIDGE = " | "  # between the Chinese and the English of a refusal of the actions
_log = logging.getLogger(__name__)


class Words(Schema):
    """A sentence in both languages."""

    zh: str
    en: str


class Conflict(Schema):
    """A cell that is not what the sender had seen: what stands there now, who typed it, when."""

    row: int
    column: str
    seen: str | None
    value: str | None
    by: str | None
    at: str | None


class Problem(Schema):
    """RFC 9457; ``messages`` say what is wrong, each in both languages."""

    type: str
    title: str
    status: int
    detail: str
    messages: list[Words]
    conflicts: list[Conflict] = Field(default_factory=list)


class Refusal(Exception):  # noqa: N818 # the answer to a request, not a fault
    """A request that is answered with a problem."""

    def __init__(
        self, status: int, *messages: Text, conflicts: Iterable[Conflict] = (), headers: Mapping[str, str] | None = None
    ) -> None:  # fmt: skip
        super().__init__(status)
        self.status, self.messages = status, messages
        self.conflicts, self.headers = list(conflicts), dict(headers or {})


def answer(
    status: int, messages: Iterable[Text] = (), conflicts: Iterable[Conflict] = (), headers: Mapping[str, str] | None = None
) -> HttpResponse:  # fmt: skip
    """The problem as a response."""
    title, said = TITLES[status], list(messages)
    told = Problem(
        type=f"urn:junheng:problem:{status}",
        title=f"{title.zh} | {title.en}",
        status=status,
        detail="；".join(one.zh for one in said) or title.zh,
        messages=[Words(zh=one.zh, en=one.en) for one in said],
        conflicts=list(conflicts),
    )
    return JsonResponse(told.model_dump(), status=status, content_type=MEDIA, headers=dict(headers or {}))


def bilingual(message: str) -> Text:
    """A refusal of the actions ("中文 | English") as a pair; one language alone stands for both."""
    zh, bridge, en = message.partition(_BRIDGE)
    return Text(zh, en if bridge else zh)


def both_of(error: ValidationError) -> list[Text]:
    """What the actions refuse with, read in either language; words of one language alone stand for both."""
    told = []
    for language in (CHINESE, ENGLISH):
        with override(language):
            told.append([bilingual(text) for text in error.messages])
    return [Text(zh.zh, en.zh if en.zh != zh.zh else zh.en) for zh, en in zip(told[0], told[1], strict=True)]


def lines_of(error: UserError) -> list[Text]:
    """What, where, why and what to do."""
    return [Text(line.zh, line.en) for line in error.lines()]


def install(api: NinjaAPI) -> None:
    """Have every refusal told so."""
    handlers: Mapping[type[Exception], Any] = {
        Refusal: lambda _, one: answer(one.status, one.messages, one.conflicts, one.headers),
        ninja_errors.AuthenticationError: lambda *_: answer(401, headers={"WWW-Authenticate": "Bearer"}),
        ninja_errors.ValidationError: _unread,
        ninja_errors.HttpError: lambda _, one: answer(one.status_code if one.status_code in TITLES else 400),
        RequestDataTooBig: lambda *_: answer(413),
        SuspiciousOperation: lambda *_: answer(400),
        BadRequest: lambda *_: answer(400),
        MultiPartParserError: lambda *_: answer(400),
        UnreadablePostError: lambda *_: answer(400),
        Http404: lambda *_: answer(404),
        PermissionDenied: lambda *_: answer(404),
        ValidationError: lambda _, one: answer(409, both_of(one)),
        UserError: lambda _, one: answer(422, lines_of(one)),
        Exception: _fault,
    }
    for kind, handle in handlers.items():
        api.add_exception_handler(kind, handle)


def _unread(request: HttpRequest, error: ninja_errors.ValidationError) -> HttpResponse:
    if request.META.get(MARK):
        return answer(413)
    said = []
    for one in error.errors:
        place = ".".join(str(part) for part in one["loc"])
        said.append(Text(f"{place}：{one['msg']}", f"{place}: {one['msg']}"))
    return answer(422, said)


def _fault(request: HttpRequest, error: Exception) -> HttpResponse:
    _log.error("api %s %s", request.method, request.path, exc_info=error)
    return answer(500)
