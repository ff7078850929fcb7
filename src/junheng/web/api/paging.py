"""Long lists by cursor: what follows a key; nothing is skipped or told twice while rows come and go."""

import base64
import binascii
from collections.abc import Callable
from typing import Annotated, Generic, TypeVar

from django.db.models import Model, QuerySet
from ninja import Query, Schema

from junheng.basics import Text
from junheng.web.api.problems import Refusal

Item = TypeVar("Item")
Row = TypeVar("Row", bound=Model)
MOST = 200
Cursor = Annotated[str, Query(description="上一页的 next | `next` of the page before", max_length=200)]
Limit = Annotated[int, Query(ge=1, le=MOST, description="每页最多几项 | items a page")]


class Page(Schema, Generic[Item]):
    """One page; ``next`` is null on the last."""

    items: list[Item]
    next: str | None


def page(
    rows: QuerySet[Row],
    key: str,
    cursor: str,
    limit: int,
    tell: Callable[[Row], Item],
    *,
    is_down: bool = True,
) -> Page[Item]:
    """The ``limit`` rows after ``cursor`` by the unique column ``key``, newest first or (not ``is_down``) ascending.

    Raises Refusal (422) for a cursor that is none of this list.
    """
    ordered = rows.order_by(f"-{key}" if is_down else key)
    if cursor:
        ordered = ordered.filter(**{f"{key}__{'lt' if is_down else 'gt'}": _read(cursor, key)})
    found = list(ordered[: limit + 1])
    last = getattr(found[limit - 1], key) if len(found) > limit else None
    return Page(items=[tell(row) for row in found[:limit]], next=None if last is None else _written(last))


def _written(key: object) -> str:
    return base64.urlsafe_b64encode(str(key).encode("ascii")).decode("ascii").rstrip("=")


def _read(cursor: str, key: str) -> str | int:
    try:
        text = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode("ascii")
    except (ValueError, binascii.Error) as error:
        raise _bad() from error
    if (
        not text
        or not set(text) <= set("0123456789/")
        or (key == "pk" and not text.isdigit())
        or len(text) > 100
    ):
        raise _bad()
    return min(int(text), 2**63 - 1) if key == "pk" else text


def _bad() -> Refusal:
    return Refusal(422, Text("cursor 不是这张列表的", "not a cursor of this list"))
