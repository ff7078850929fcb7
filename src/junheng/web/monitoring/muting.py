"""Muting an alert with a reason until a day, and un-muting it; when it asks again by itself."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from junheng.basics import Text
from junheng.web.audit.chain import record
from junheng.web.front.words import half
from junheng.web.monitoring.library import is_worse
from junheng.web.monitoring.models import Alert, AlertState
from junheng.web.monitoring.writing import NEEDS_REASON, words_of
from junheng.web.people.models import Account

_TOLD_WORDS = ("state", "muted_until", "muted_by", "muted_why", "muted_said")


def _held(alert: Alert) -> Alert:
    return Alert.objects.select_for_update(of=("self",)).select_related("county", "school").get(pk=alert.pk)


@transaction.atomic
def mute(actor: Account, alert: Alert, words: str, until: date, today: date) -> Alert:
    """Ask no more before ``until`` is past or the value gets worse. Raises ValidationError without reason or a coming day."""
    said = words_of(words, needed=NEEDS_REASON)
    if until <= today:
        raise ValidationError(half(Text("截止日须在今天之后", "the day must be later than today")))
    held = _held(alert)
    if held.state == AlertState.GONE:
        raise ValidationError(half(Text("这条预警已消除", "the alert is gone")))
    held.state, held.muted_until, held.muted_by = AlertState.MUTED, until, actor
    held.muted_why, held.muted_said = said.zh, held.said
    held.save(update_fields=_TOLD_WORDS)
    detail = {"key": held.key, "until": until.isoformat(), "words": said.zh}
    record(actor, "alert.mute", "alert", held.pk, detail, organisation_id=(held.school or held.county).pk)
    return held


@transaction.atomic
def unmute(actor: Account, alert: Alert) -> Alert:
    """It asks again. Raises ValidationError where it is not muted."""
    held = _held(alert)
    if held.state != AlertState.MUTED:
        raise ValidationError(half(Text("这条预警没有设为暂不提醒", "the alert is not muted")))
    ask_again(held)
    held.save(update_fields=_TOLD_WORDS)
    organisation = (held.school or held.county).pk
    record(actor, "alert.unmute", "alert", held.pk, {"key": held.key}, organisation_id=organisation)
    return held


def ask_again(alert: Alert) -> None:
    """Open, with nothing left of the muting (not saved)."""
    alert.state = AlertState.OPEN
    alert.muted_until = alert.muted_by = alert.muted_said = None
    alert.muted_why = ""


def is_over(alert: Alert, today: date) -> bool:
    """Whether a muted alert asks again: its day is past, or what it says is worse than what was muted."""
    return not alert.is_muted(today) or (
        alert.muted_said is not None and is_worse(alert.said, alert.muted_said)
    )
