"""Entries as the page tells them: who did what to what, with which data."""

from collections.abc import Sequence
from dataclasses import dataclass

from junheng.basics import Text
from junheng.web.audit.detail_words import told_detail
from junheng.web.audit.models import Entry
from junheng.web.audit.object_names import kind_words, object_names
from junheng.web.audit.words import action_words


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in words. ``name`` of its object is "" where it is gone or has none; the id is told then."""

    entry: Entry
    action: Text
    kind: Text
    name: str
    detail: str


def shown(entries: Sequence[Entry]) -> list[Told]:
    """The entries of a page in words; a few queries whatever their number."""
    names = object_names(entries)
    return [
        Told(
            entry,
            action_words(entry.action),
            kind_words(entry.object_kind),
            names.get((entry.object_kind, entry.object_id), ""),
            told_detail(entry.action, entry.detail, names),
        )
        for entry in entries
    ]
