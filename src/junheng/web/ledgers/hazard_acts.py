"""What people do to a hazard. Whether it may be done is the library's answer to the row as it would then stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from junheng.basics import Text
from junheng.judgement.ledgers import STATE_NAMES, FindingEntry, Ledger, ledgers
from junheng.web.audit.chain import record
from junheng.web.evidence.models import Evidence
from junheng.web.front.words import half
from junheng.web.ledgers.hazard_numbers import next_number
from junheng.web.ledgers.models import Hazard, HazardStep
from junheng.web.ledgers.models.hazards import WORDS, Result
from junheng.web.ledgers.reading import hazard_row, told_of
from junheng.web.people.models import Account, Organisation

MENDABLE, REVIEWABLE = frozenset({"open", "overdue", "returned"}), frozenset({"to_review"})
_JOINED = ("county", "school", "found_by", "reviewed_by", "before", "after")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found. ``due_on`` None: by the ledger's days for the severity."""

    ledger: Ledger
    item: str
    what: str
    severity: str
    found_on: date
    due_on: date | None
    before: Evidence | None


def told(hazard: Hazard, today: date) -> FindingEntry:
    """The library's word on one hazard: state, due day, days late, reason."""
    row = hazard_row(hazard, {})
    return told_of(ledgers()[hazard.ledger], [row], today)[hazard.number]


@transaction.atomic
def find(actor: Account, county: Organisation, school: Organisation, found: Found) -> Hazard:
    """Enter a finding. Raises ValidationError where the ledger has no days for it and none were given, or no photo."""
    if found.ledger.photos and found.before is None:
        raise ValidationError(half(Text("这本台账要有整改前照片", "this ledger asks for a photo before")))
    made = Hazard(
        county=county, school=school, ledger=found.ledger.id, number=next_number(county, found.found_on.year),
        item=found.item, what=_words(found.what), severity=found.severity, found_on=found.found_on,
        found_by=actor, needs_before=found.ledger.photos, before=found.before,
    )  # fmt: skip
    made.due_on = _due(made, found)
    made.save()
    _write(made, "find", actor, made.what, found.before, {"due_on": made.due_on.isoformat()})
    return made


def _due(hazard: Hazard, found: Found) -> date:
    """The day given, else by the ledger's days for the severity, as the library reckons it. Raises ValidationError."""
    row = {**hazard_row(hazard, {}), "due_on": found.due_on}
    due = told_of(found.ledger, [row], found.found_on)[hazard.number].due_on
    if due is None:
        raise ValidationError(half(Text("请写明整改期限", "say until when it is to be mended")))
    if due < found.found_on:
        raise ValidationError(half(Text("整改期限早于发现日期", "it would be due before it was found")))
    return due


@transaction.atomic
def mend(actor: Account, hazard: Hazard, words: str, after: Evidence) -> Hazard:
    """The school reports it mended, with a photo or paper. Raises ValidationError where the state forbids it."""
    held, today = _locked(hazard), timezone.localdate()
    _require(told(held, today), MENDABLE)
    held.mended_on, held.mended_by, held.after = today, actor, after
    held.reviewed_on, held.reviewed_by, held.result = None, None, Result.NONE
    _require(told(held, today), REVIEWABLE)
    held.save()
    _write(held, "mend", actor, _words(words), after)
    return held


@transaction.atomic
def review(actor: Account, hazard: Hazard, result: Result, words: str) -> Hazard:
    """Another officer closes it, or returns it with a reason. Raises ValidationError where the library does not agree."""
    held, today = _locked(hazard), timezone.localdate()
    _require(told(held, today), REVIEWABLE)
    if actor.pk in (held.found_by_id, held.mended_by_id):
        raise ValidationError(half(Text("须由另一人复查", "another person must review it")))
    said = _words(words) if result == Result.RETURNED else " ".join(words.split())[:WORDS]
    held.reviewed_on, held.reviewed_by, held.result = today, actor, result
    now = told(held, today)
    if now.state != ("closed" if result == Result.PASSED else "returned"):
        raise ValidationError(half(now.reason))  # what the library lacks to close it
    held.save()
    _write(held, "pass" if result == Result.PASSED else "return", actor, said, None)
    return held


def _locked(hazard: Hazard) -> Hazard:
    return Hazard.objects.select_for_update(of=("self",)).select_related(*_JOINED).get(pk=hazard.pk)


def _require(entry: FindingEntry, states: frozenset[str]) -> None:
    if entry.state not in states:
        name = STATE_NAMES[entry.state]
        raise ValidationError(
            half(Text(f"现在是“{name.zh}”，不能这样做", f"it is “{name.en}” now: this is not open"))
        )


def _words(given: str) -> str:
    said = " ".join(given.split())[:WORDS]
    if not said:
        raise ValidationError(half(Text("请写明情况", "say what it is")))
    return said


def _write(
    hazard: Hazard,
    act: str,
    actor: Account,
    words: str,
    evidence: Evidence | None,
    more: Mapping[str, str] | None = None,
) -> None:
    """One line of its story and one entry of the trail, in the transaction of the change."""
    now: datetime = timezone.now()
    HazardStep.objects.create(
        hazard=hazard, at=now, by=actor, by_name=actor.name, act=act, words=words, evidence=evidence
    )
    detail: dict[str, object] = {"number": hazard.number, "words": words, **(more or {})}
    if evidence is not None:
        detail |= {"evidence": evidence.pk, "sha256": evidence.sha256}
    record(actor, f"hazard.{act}", "hazard", hazard.pk, detail, organisation_id=hazard.school_id)
