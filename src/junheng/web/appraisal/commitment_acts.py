"""What people do to commitments: set, tell progress, report reached, accept, return; every step kept and in the trail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from junheng.basics import Text
from junheng.judgement.promises import Promise
from junheng.web.appraisal.facts import figures_of, lines_of, require_measure
from junheng.web.appraisal.models import Commitment, CommitmentStep
from junheng.web.appraisal.models.commitments import WORDS, Kind
from junheng.web.audit.chain import record
from junheng.web.evidence.models import Evidence
from junheng.web.front.words import half
from junheng.web.people.models import Account, Organisation
from junheng.web.people.queries import county_of

_DIGITS = 3
_JOINED = ("county", "place", "evidence", "reported_by", "reviewed_by")


@dataclass(frozen=True, slots=True)
class Said:
    """What is committed to. ``measure``: an expression over the newest finding's facts, or ""."""

    kind: str
    title: str
    due_on: date | None
    owner: str = ""
    source: str = ""
    year: int | None = None
    measure: str = ""


@transaction.atomic
def commit(actor: Account | None, place: Organisation, said: Said) -> Commitment:
    """Enter it. Raises ValidationError or UserError for a target without its day, a measure nobody understands."""
    county, today = county_of(place) or place, timezone.localdate()
    if said.kind != Kind.PROMISE and said.due_on is None:
        raise ValidationError(half(Text("目标要写明期限", "a target has a day")))
    require_measure(said.measure, place, county, today)
    made = Commitment(
        county=county, place=place, kind=said.kind, number=_next_number(county, today.year),
        title=_words(said.title), source=said.source, year=said.year, owner=said.owner, due_on=said.due_on,
        measure=said.measure,
    )  # fmt: skip
    made.save()
    _write(made, "set", actor, made.title, None)
    return made


def _next_number(county: Organisation, year: int) -> str:
    """The next number of the year; the county's row is held until the transaction ends, so that two never meet."""
    Organisation.objects.select_for_update().get(pk=county.pk)
    prefix = f"M{year}-"
    taken = Commitment.objects.filter(county=county, number__startswith=prefix).values_list(
        "number", flat=True
    )
    last = max((int(one.removeprefix(prefix)) for one in taken), default=0)
    return f"{prefix}{last + 1:0{_DIGITS}}"


@transaction.atomic
def take_up(actor: Account, county: Organisation, promises: Iterable[Promise]) -> list[Commitment]:
    """The promises of a report that do not stand here yet, each as a commitment of the county."""
    held = Commitment.objects.filter(county=county, kind=Kind.PROMISE)
    known = set(held.values_list("title", flat=True))
    return [
        commit(actor, county, Said(Kind.PROMISE, one.text[:WORDS], one.due, source=one.report[:100]))
        for one in promises
        if one.text[:WORDS] not in known
    ]


@transaction.atomic
def progress(actor: Account, commitment: Commitment, words: str, evidence: Evidence | None) -> None:
    """Tell how far it has come. Raises ValidationError once it is reached."""
    held = _locked(commitment)
    _require_open(held)
    _write(held, "progress", actor, _words(words), evidence)


@transaction.atomic
def report(actor: Account, commitment: Commitment, words: str, evidence: Evidence) -> None:
    """Report it reached, with the paper that shows it; another person accepts. Raises ValidationError."""
    held = _locked(commitment)
    _require_open(held)
    held.reported_on, held.reported_by, held.evidence = timezone.localdate(), actor, evidence
    held.reviewed_by = None
    held.save()
    _write(held, "report", actor, _words(words), evidence)


@transaction.atomic
def accept(actor: Account, commitment: Commitment, words: str) -> None:
    """Reached, as of the day it was reported. Raises ValidationError: by who reported it, or where its figure says no."""
    held = _reported(actor, commitment)
    held.reviewed_by, held.achieved_on = actor, held.reported_on
    if held.measure:
        today = timezone.localdate()
        (line,) = lines_of([held], figures_of(held.county, today), today)
        if line.standing.state != "kept":
            raise ValidationError(half(line.standing.reason))
    held.save()
    _write(held, "accept", actor, " ".join(words.split())[:WORDS], None)


@transaction.atomic
def send_back(actor: Account, commitment: Commitment, words: str) -> None:
    """Not reached yet, with the reason. Raises ValidationError."""
    held = _reported(actor, commitment)
    held.reported_on, held.reported_by, held.evidence, held.reviewed_by = None, None, None, None
    held.save()
    _write(held, "return", actor, _words(words), None)


def _reported(actor: Account, commitment: Commitment) -> Commitment:
    held = _locked(commitment)
    _require_open(held)
    if held.reported_on is None:
        raise ValidationError(half(Text("还没有报告达到", "it is not reported as reached")))
    if held.reported_by_id == actor.pk:
        raise ValidationError(half(Text("须由另一人审核", "another person must review it")))
    return held


def _locked(commitment: Commitment) -> Commitment:
    return Commitment.objects.select_for_update(of=("self",)).select_related(*_JOINED).get(pk=commitment.pk)


def _require_open(held: Commitment) -> None:
    if held.achieved_on is not None:
        raise ValidationError(half(Text("已经审核通过", "it was accepted already")))


def _words(given: str) -> str:
    said = " ".join(given.split())[:WORDS]
    if not said:
        raise ValidationError(half(Text("请写明情况", "say what it is")))
    return said


def _write(held: Commitment, act: str, actor: Account | None, words: str, evidence: Evidence | None) -> None:
    """One line of its story and one entry of the trail, in the transaction of the change."""
    name = actor.name if actor else "系统"
    CommitmentStep.objects.create(
        commitment=held, at=timezone.now(), by=actor, by_name=name, act=act, words=words, evidence=evidence
    )
    detail: dict[str, object] = {"number": held.number, "words": words}
    if held.due_on:
        detail["due_on"] = held.due_on.isoformat()
    if evidence is not None:
        detail |= {"evidence": evidence.pk, "sha256": evidence.sha256}
    record(actor, f"commitment.{act}", "commitment", held.pk, detail, organisation_id=held.place_id)
