"""Adding to the trail, and telling whether it is whole."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from junheng.basics import sha256_bytes
from junheng.draws import canonical_bytes
from junheng.web.audit.models import Entry

if TYPE_CHECKING:
    from junheng.web.people.models import Account

FIRST = "0" * 64  # what the first entry follows
_LOCK = 0x4A48_4155  # PostgreSQL's advisory lock of the trail
Json = Mapping[str, Any]


def record(
    actor: "Account | None",
    action: str,
    kind: str,
    object_id: object,
    detail: Json | None = None,
    *,
    organisation_id: int | None = None,
) -> Entry:
    """Add one act, in the transaction of the change itself: both stand or neither. ``detail``: text and integers only.

    Raises RuntimeError outside a transaction: a change without its entry must not be possible.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an act is recorded in the transaction of its change")
    _alone()
    last = Entry.objects.order_by("-number").only("number", "digest").first()
    entry = Entry(
        number=last.number + 1 if last else 1,
        at=datetime.now(UTC),
        actor_id=actor.pk if actor else None,
        actor_name=actor.name if actor else "系统",
        action=action,
        object_kind=kind,
        object_id=str(object_id),
        organisation_id=organisation_id,
        detail=canonical_bytes(dict(detail or {})).decode("utf-8"),
        previous=last.digest if last else FIRST,
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    return entry


def digest_of(entry: Entry) -> str:
    """SHA-256 (hex) over the canonical JSON of the row, the previous digest among it."""
    content: dict[str, Any] = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_name": entry.actor_name,
        "action": entry.action,
        "object_kind": entry.object_kind,
        "object_id": entry.object_id,
        "detail": entry.detail,
        "previous": entry.previous,
    }
    for key in ("actor_id", "organisation_id"):
        if (value := getattr(entry, key)) is not None:
            content[key] = value
    return sha256_bytes(canonical_bytes(content))


def faults() -> Iterator[str]:
    """What is wrong with the trail, row by row: a row changed, taken out or put in between."""
    number, previous = 0, FIRST
    for entry in Entry.objects.order_by("number").iterator(chunk_size=2000):
        if entry.number != number + 1:
            yield f"第 {number} 条之后缺 {entry.number - number - 1} 条 | entries missing after {number}"
        if entry.previous != previous:
            yield f"第 {entry.number} 条与前一条接不上 | entry {entry.number} does not follow the one before"
        if entry.digest != digest_of(entry):
            yield f"第 {entry.number} 条的内容被改过 | entry {entry.number} was altered"
        number, previous = entry.number, entry.digest


def _alone() -> None:
    """One writer of the trail at a time. SQLite's immediate transactions already are; PostgreSQL is asked."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


__all__ = ["FIRST", "digest_of", "faults", "record", "transaction"]
