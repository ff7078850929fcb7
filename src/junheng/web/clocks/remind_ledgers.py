"""Reminders of the ledgers and of appraisals: hazards and targets past their day, children to be visited, appeals."""

from collections.abc import Iterator
from datetime import datetime

from junheng.web.clocks.giving import Message
from junheng.web.people.models import Account


def of_ledgers(now: datetime) -> Iterator[tuple[Account, Message]]:
    """What is to be told today; the ledgers know, and are asked only here: they in turn give notices by this app."""
    from junheng.web.appraisal.reminding import of_appraisal
    from junheng.web.ledgers.of_children import of_children
    from junheng.web.ledgers.telling import of_hazards

    yield from of_hazards(now)
    yield from of_children(now)
    yield from of_appraisal(now)
