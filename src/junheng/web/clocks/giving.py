"""Giving a notice at once: what happened to somebody's return, told to those who answer for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from junheng.basics import Text
from junheng.web.clocks.models import Notice
from junheng.web.people.models import Account


@dataclass(frozen=True, slots=True)
class Message:
    """What is told; ``key`` names what it is of, so that it is told once. ``address``: a path of the site."""

    key: str
    words: Text
    address: str
    due_on: date | None = None


def give(people: Iterable[Account], message: Message, now: datetime) -> None:
    """A notice to each of ``people`` who has not got it yet. One query."""
    Notice.objects.bulk_create(
        (
            Notice(
                account=one, key=message.key, zh=message.words.zh[:300], en=message.words.en[:300],
                address=message.address, due_on=message.due_on, made_at=now,
            )
            for one in people
        ),
        ignore_conflicts=True,
    )  # fmt: skip
