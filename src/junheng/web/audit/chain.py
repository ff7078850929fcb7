"""Adding to the trail, and telling whether it is whole."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from junheng.basics import Text, sha256_bytes
from junheng.draws import canonical_bytes
from junheng.web.audit.models import Entry

if TYPE_CHECKING:
    from junheng.web.people.models import Account

FIRST = "0" * 64  # what the first entry follows
_LOCK = 0x4A48_4155  # PostgreSQL's advisory lock of the trail
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One act to record; ``detail`` holds text and integers only."""

    action: str
    kind: str
    object_id: object
    detail: Json | None = None
    organisation_id: int | None = None


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
    return record_all(actor, [Act(action, kind, object_id, detail, organisation_id)])[0]


def record_all(actor: "Account | None", acts: Iterable[Act]) -> list[Entry]:
    """Add many acts of one change, in their order. Raises RuntimeError outside a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("an act is recorded in the transaction of its change")
    _alone()
    last = Entry.objects.order_by("-number").only("number", "digest").first()
    number, previous = (last.number, last.digest) if last else (0, FIRST)
    entries: list[Entry] = []
    for act in acts:
        number += 1
        entry = _entry(actor, act, number, previous)
        previous = entry.digest
        entries.append(entry)
    if len(entries) == 1:
        entries[0].save(force_insert=True)
    else:
        Entry.objects.bulk_create(entries, batch_size=500)
    return entries


def _entry(actor: "Account | None", act: Act, number: int, previous: str) -> Entry:
    entry = Entry(
        number=number,
        at=datetime.now(UTC),
        actor_id=actor.pk if actor else None,
        actor_name=actor.name if actor else "系统",
        action=act.action,
        object_kind=act.kind,
        object_id=str(act.object_id),
        organisation_id=act.organisation_id,
        detail=canonical_bytes(dict(act.detail or {})).decode("utf-8"),
        previous=previous,
    )
    entry.digest = digest_of(entry)
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


def faults(after: int = 0, count: int | None = None) -> Iterator[Text]:
    """What is wrong with the trail, row by row: a row changed, taken out or put in between.

    ``after`` and ``count`` bound the work: ``count`` rows from the first whose number is above ``after``.
    """
    before = Entry.objects.filter(number=after).first() if after else None
    number, previous = after, (before.digest if before else FIRST)
    if after and before is None:
        yield Text(f"缺第 {after} 条", f"entry {after} is missing")
    found = Entry.objects.filter(number__gt=after).order_by("number")
    for entry in (found if count is None else found[:count]).iterator(chunk_size=2000):
        if entry.number != number + 1:
            missing = entry.number - number - 1
            yield Text(f"第 {number} 条之后缺 {missing} 条", f"{missing} entries missing after {number}")
        if entry.previous != previous:
            yield Text(
                f"第 {entry.number} 条与前一条接不上",
                f"entry {entry.number} does not follow the one before",
            )
        if entry.digest != digest_of(entry):
            yield Text(f"第 {entry.number} 条的内容被改过", f"entry {entry.number} was altered")
        number, previous = entry.number, entry.digest


def _alone() -> None:
    """One writer of the trail at a time. SQLite's immediate transactions already are; PostgreSQL is asked."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


__all__ = ["FIRST", "Act", "digest_of", "faults", "record", "record_all", "transaction"]
