"""What people do in an appraisal: score, answer vetoes, sign. The library says what it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from junheng.basics import Text
from junheng.judgement.scoring import given_scores, score
from junheng.web.appraisal.models import Mark, Round, Signature, Subject, Veto
from junheng.web.appraisal.models.marks import AppealState
from junheng.web.appraisal.permissions import SELF
from junheng.web.appraisal.reading import Held, held_of, rater_name, scored
from junheng.web.appraisal.systems import system_of
from junheng.web.audit.chain import record
from junheng.web.front.words import half
from junheng.web.people.models import Account


@dataclass(frozen=True, slots=True)
class Given:
    """What a rater says of an item: a word of the scale, or points."""

    rating: str = ""
    points: str = ""
    evidence: str = ""


def locked(subject: Subject) -> Subject:
    """The subject, its row held until the transaction ends: two acts on it never meet."""
    joined = ("appraisal__county", "place")
    return Subject.objects.select_for_update(of=("self",)).select_related(*joined).get(pk=subject.pk)


def is_signed(held: Held, subject: Subject, turn: Round, today: date) -> bool:
    """Whether every role signed what stands now."""
    found, _ = scored(held, today)
    return any(
        not one.missing for one in found.rounds if (one.subject, one.round) == (subject.code, turn.name)
    )


def require_unsigned(held: Held, subject: Subject, turn: Round, today: date) -> None:
    """Raise ValidationError once the round is signed off."""
    if is_signed(held, subject, turn, today):
        raise ValidationError(
            half(Text("这一轮已签字齐全，不能再改", "the round is signed off: nothing changes"))
        )


@transaction.atomic
def mark(
    actor: Account, subject: Subject, turn: Round, given: Mapping[str, Given], visited_on: date | None
) -> int:
    """Keep a rater's marks of a round, in place of the earlier ones. Raises ValidationError for what the library refuses,
    for a round that is not open yet or was signed off. Returns how many items are marked."""
    held_subject, today = locked(subject), timezone.localdate()
    if turn.opens_on > today:
        raise ValidationError(half(Text("这一轮还没有开始", "the round is not open yet")))
    if visited_on is not None and visited_on > today:
        raise ValidationError(half(Text("到校日期在今天之后", "the visit is after today")))
    require_unsigned(held_of(subject.appraisal, held_subject), held_subject, turn, today)
    said = {item: one for item, one in given.items() if one.rating or one.points}
    _require_readable(actor, held_subject, turn, said, today)
    own = _own_marks(actor, held_subject, turn)
    before = own.count()
    own.delete()
    now = timezone.now()
    Mark.objects.bulk_create(
        Mark(
            subject=held_subject, round=turn, rater=actor, item=item, rating=one.rating, points=one.points,
            visited_on=visited_on, evidence=one.evidence, at=now,
        )
        for item, one in said.items()
    )  # fmt: skip
    detail: dict[str, object] = {
        "round": turn.name,
        "was": before,
        "value": len(said),
    }
    detail["marks"] = ";".join(f"{item}={one.rating or one.points}" for item, one in sorted(said.items()))
    record(actor, "appraisal.mark", "subject", subject.pk, detail, organisation_id=subject.place_id)
    return len(said)


def _own_marks(actor: Account, subject: Subject, turn: Round) -> Any:
    """A rater's own marks; a self-evaluation is the place's one, whoever of its people fills it in."""
    marks = Mark.objects.filter(subject=subject, round=turn)
    return marks if turn.name == SELF else marks.filter(rater=actor)


def _require_readable(
    actor: Account, subject: Subject, turn: Round, said: Mapping[str, Given], today: date
) -> None:
    """Raise ValidationError with what the library says of rows it would not take."""
    system = system_of(subject.appraisal)
    rows = [
        {
            "subject": subject.code, "round": turn.name, "rater": rater_name(actor), "item": item,
            "rating": one.rating, "points": one.points, "evidence": one.evidence,
        }
        for item, one in said.items()
    ]  # fmt: skip
    tables: dict[str, Any] = {"scores": rows}
    read = given_scores(system.name.zh, system, {**tables, "listed": [{"subject": subject.code}]}, today)
    faults = [
        *read.faults,
        *(one for one in score(read.problem).faults if one.cause.startswith("scores.points")),
    ]
    if faults:
        raise ValidationError([half(one.what) for one in faults])


@transaction.atomic
def answer_veto(actor: Account, subject: Subject, veto: str, *, found: bool, words: str) -> None:
    """Say whether a veto was found. Raises ValidationError for one the system does not have, or without a reason."""
    if veto not in {one.id for one in system_of(subject.appraisal).vetoes}:
        raise ValidationError(half(Text("指标体系没有这一否决项", "the system has no such veto")))
    said = words_of(words)
    Veto.objects.update_or_create(
        subject=locked(subject), veto=veto,
        defaults={"found": found, "evidence": said, "by": actor, "at": timezone.now()},
    )  # fmt: skip
    detail: dict[str, object] = {"veto": veto, "value": "是" if found else "否", "words": said}
    record(actor, "appraisal.veto", "subject", subject.pk, detail, organisation_id=subject.place_id)


@transaction.atomic
def sign(actor: Account, subject: Subject, turn: Round, role: str) -> None:
    """Sign what stands now. Raises ValidationError: not all scored, an appeal open, signed for another role already."""
    held_subject, today = locked(subject), timezone.localdate()
    held = held_of(subject.appraisal, held_subject)
    entry = next(one for one in held.system.rounds if one.id == turn.name)
    if role not in {one.zh for one in entry.signers}:
        raise ValidationError(half(Text("这一轮不由这一角色签字", "this role does not sign this round")))
    if not held.is_complete(held_subject, turn, held.marked()):
        raise ValidationError(half(Text("还没有评完，不能签字", "not everything is scored yet")))
    if any(one.round_id == turn.pk and one.state == AppealState.FILED for one in held.appeals):
        raise ValidationError(half(Text("还有申诉待复核", "an appeal is still open")))
    others = [one for one in held.signatures if one.round_id == turn.pk and one.role != role]
    if any(one.by_id == actor.pk for one in others):
        raise ValidationError(half(Text("您已以另一角色签字", "you signed for another role already")))
    now = fingerprint_of(held, held_subject, turn, today)
    if any((one.round_id, one.role, one.fingerprint) == (turn.pk, role, now) for one in held.signatures):
        raise ValidationError(half(Text("这一角色已经签过", "this role signed already")))
    Signature.objects.update_or_create(
        subject=held_subject, round=turn, role=role,
        defaults={"by": actor, "by_name": actor.name, "signed_on": today, "fingerprint": now},
    )  # fmt: skip
    detail: dict[str, object] = {"round": turn.name, "role_word": role, "sha256": now}
    record(actor, "appraisal.sign", "subject", subject.pk, detail, organisation_id=subject.place_id)


def fingerprint_of(held: Held, subject: Subject, turn: Round, today: date) -> str:
    """The library's fingerprint of what stands in a round of a subject; "" where nothing does."""
    found, _ = scored(held, today)
    rounds = (one for one in found.rounds if (one.subject, one.round) == (subject.code, turn.name))
    return next((one.fingerprint for one in rounds), "")


def words_of(given: str) -> str:
    """A ground or reason on one line. Raises ValidationError for none."""
    said = " ".join(given.split())[:200]
    if not said:
        raise ValidationError(half(Text("请写明依据或理由", "say on what ground")))
    return said
