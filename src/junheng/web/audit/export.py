"""Entries as CSV or JSON, streamed, with what is needed to compute each hash again."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC

from django.db.models import QuerySet

from junheng.web.audit.models import Entry
from junheng.web.people.models import Organisation

_KEYS = (
    *("number", "at", "actor_id", "actor_name", "action", "object_kind", "object_id", "organisation_id"),
    *("detail", "previous", "digest"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would carry out
_CHUNK = 1000


def as_csv(found: QuerySet[Entry]) -> Iterator[str]:
    """UTF-8 with its mark; text a spreadsheet would take for a formula begins with an apostrophe."""
    yield "\ufeff" + _line(_KEYS)
    for entry in found.iterator(chunk_size=_CHUNK):
        yield _line([_quiet(value) for value in _values(entry).values()])


def as_json(place: Organisation, found: QuerySet[Entry]) -> Iterator[str]:
    """One document: whose trail, how a hash is made, the entries."""
    rule = "digest = SHA-256 of the canonical JSON (RFC 8785) of the other fields; null ones left out"
    head = {"place": place.pk, "name": place.name, "rule": rule}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "entries": [\n'
    before = ""
    for entry in found.iterator(chunk_size=_CHUNK):
        yield before + json.dumps(_values(entry), ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"


def _values(entry: Entry) -> dict[str, object]:
    found = {key: getattr(entry, key) for key in _KEYS}
    return {**found, "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds")}


def _line(values: object) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(values)  # type: ignore[arg-type] # any row of values
    return out.getvalue()


def _quiet(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
