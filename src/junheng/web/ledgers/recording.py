"""A school records an item of a ledger: one record a day, the trail knows what it said before."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from junheng.basics import Text
from junheng.judgement.ledgers import Ledger, LedgerItem, LedgerSchool, given_book, report_of
from junheng.web.audit.chain import record
from junheng.web.evidence.models import Evidence
from junheng.web.front.words import half
from junheng.web.ledgers.models import Record
from junheng.web.people.models import Account, Organisation


@dataclass(frozen=True, slots=True)
class Given:
    """What is recorded of an item."""

    item: LedgerItem
    value: str
    dated_on: date
    expires_on: date | None
    note: str
    evidence: Evidence | None


@transaction.atomic
def put(actor: Account, school: Organisation, ledger: Ledger, given: Given) -> Record:
    """Record it; a second time on one day it takes the place of the first. Raises ValidationError for what the library
    would not read."""
    today = timezone.localdate()
    if given.dated_on > today:
        raise ValidationError(half(Text("核查日期在今天之后", "the day of the check is after today")))
    if given.expires_on is not None and given.expires_on < given.dated_on:
        raise ValidationError(half(Text("有效期早于核查日期", "it would expire before its own day")))
    _readable(ledger, given)
    at: dict[str, Any] = {
        "school": school,
        "ledger": ledger.id,
        "item": given.item.id,
        "dated_on": given.dated_on,
    }
    before = Record.objects.select_for_update().filter(**at).first()
    told: dict[str, Any] = {
        "value": given.value, "expires_on": given.expires_on, "note": given.note, "by": actor,
        "by_name": actor.name, "at": timezone.now(),
        "evidence": given.evidence or (before.evidence if before else None),
    }  # fmt: skip
    made, _ = Record.objects.update_or_create(**at, defaults=told)
    detail: dict[str, object] = {
        "ledger": ledger.id, "item": given.item.id, "was": before.value if before else "", "value": given.value,
        "dated_on": given.dated_on.isoformat(), "expires": str(given.expires_on or ""),
    }  # fmt: skip
    if given.evidence is not None:
        detail["sha256"] = given.evidence.sha256
    record(actor, "ledger.record", "ledger_record", made.pk, detail, organisation_id=school.pk)
    return made


def _readable(ledger: Ledger, given: Given) -> None:
    """Raise ValidationError with what the library says of the row, if it would not take it."""
    row = {
        "school_id": "s",
        "item": given.item.id,
        "value": given.value,
        "dated_on": given.dated_on,
        "expires_on": given.expires_on,
    }
    book = given_book(ledger.name.zh, {"record": [row]})
    schools = {"s": LedgerSchool("s", "", None, None, None)}
    faults = report_of(book, ledger, schools, Text("", ""), given.dated_on.year, given.dated_on).faults
    if faults:
        raise ValidationError([half(one.what) for one in faults])
