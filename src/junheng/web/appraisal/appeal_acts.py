"""Appeals against an item of a round: filed by the subject, decided by somebody who did not score it."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from junheng.basics import Text
from junheng.web.appraisal.acts import locked, require_unsigned, words_of
from junheng.web.appraisal.models import Appeal, Round, Subject
from junheng.web.appraisal.models.marks import AppealState
from junheng.web.appraisal.permissions import levels
from junheng.web.appraisal.reading import held_of, scored
from junheng.web.audit.chain import record
from junheng.web.front.words import half
from junheng.web.people.models import Account


@transaction.atomic
def appeal(actor: Account, subject: Subject, turn: Round, item: str, ground: str) -> Appeal:
    """Appeal against an item. Raises ValidationError: not scored yet, signed off, or one stands open on the item."""
    held_subject, today = locked(subject), timezone.localdate()
    held = held_of(subject.appraisal, held_subject)
    if not held.is_complete(held_subject, turn, held.marked()):
        raise ValidationError(half(Text("这一轮还没有评完", "the round is not scored yet")))
    require_unsigned(held, held_subject, turn, today)
    if held.system.item(item) is None:
        raise ValidationError(half(Text("指标体系没有这一项", "the system has no such item")))
    if any((one.round_id, one.item) == (turn.pk, item) for one in held.appeals):
        raise ValidationError(half(Text("这一项已经申诉过", "there was an appeal on this item already")))
    number = f"S{len(held.appeals) + 1:02d}-{subject.code}"
    made = Appeal.objects.create(
        subject=held_subject, round=turn, number=number, item=item, ground=words_of(ground), filed_on=today,
        filed_by=actor, due_on=today + timedelta(days=levels()["appeal_days"]),
    )  # fmt: skip
    detail: dict[str, object] = {"number": number, "item": item, "words": made.ground}
    record(actor, "appraisal.appeal", "subject", subject.pk, detail, organisation_id=subject.place_id)
    return made


@transaction.atomic
def decide(actor: Account, asked: Appeal, state: str, points: str, answer: str) -> None:
    """Uphold it with new points, or reject it with a reason. Raises ValidationError; the library judges the points."""
    subject = locked(asked.subject)
    held = Appeal.objects.select_for_update(of=("self",)).select_related("round").get(pk=asked.pk)
    if held.state != AppealState.FILED:
        raise ValidationError(half(Text("已经有决定", "it was decided already")))
    held.state = AppealState.UPHELD if state == AppealState.UPHELD else AppealState.REJECTED
    held.decided_on, held.decided_by, held.answer = timezone.localdate(), actor, words_of(answer)
    held.points = points.strip()[:12] if held.state == AppealState.UPHELD else ""
    held.save()
    found, outcome = scored(held_of(subject.appraisal, subject), timezone.localdate())
    taken = next(one for one in outcome["appeals"] if one["id"] == held.number)
    if not taken["is_taken"]:
        why = next((one.what for one in found.faults if one.cause.startswith("appeals.")), None)
        raise ValidationError(half(why or Text("复核得分不合用", "the points do not fit")))
    detail: dict[str, object] = {"number": held.number, "state": str(held.state), "words": held.answer}
    if held.points:
        detail["value"] = held.points
    record(actor, "appraisal.decide", "subject", subject.pk, detail, organisation_id=subject.place_id)
