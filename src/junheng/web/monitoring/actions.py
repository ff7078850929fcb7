"""What people do to gaps. None of it closes one: only ``rechecking`` does, by newer data."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from junheng.basics import Text
from junheng.web.evidence.models import Evidence
from junheng.web.front.words import half
from junheng.web.monitoring.clocks import level_name, level_of
from junheng.web.monitoring.models import Gap
from junheng.web.monitoring.states import STANDING, Act, State
from junheng.web.monitoring.writing import NEEDS_REASON, NEEDS_REPORT, Told, locked, way_of, words_of, write
from junheng.web.people.models import Account, Organisation
from junheng.web.people.queries import posts_of
from junheng.web.people.roles import Role


@dataclass(frozen=True, slots=True)
class Owned:
    """Who answers: an account, or (``account`` None) whoever holds ``role`` in ``place``."""

    place: Organisation
    role: str = ""
    account: Account | None = None


@transaction.atomic
def take(actor: Account, gap: Gap, now: datetime) -> Gap:
    """The owner takes it in hand."""
    return _moved(actor, gap, Act.TAKE, Text("", ""), now)


@transaction.atomic
def report(actor: Account, gap: Gap, words: str, now: datetime) -> Gap:
    """The owner tells what was done. Raises ValidationError without words, or where the state forbids it."""
    return _moved(actor, gap, Act.REPORT, words_of(words, needed=NEEDS_REPORT), now)


@transaction.atomic
def send_back(actor: Account, gap: Gap, words: str, now: datetime) -> Gap:
    """The officer is not satisfied. Raises ValidationError without a reason, or where the state forbids it."""
    return _moved(actor, gap, Act.SEND_BACK, words_of(words, needed=NEEDS_REASON), now)


@transaction.atomic
def pass_on(actor: Account, gap: Gap, words: str, now: datetime) -> Gap:
    """The officer passes it on: newer data decide. Raises ValidationError where the state forbids it."""
    return _moved(actor, gap, Act.PASS_ON, words_of(words), now)


def _moved(actor: Account, gap: Gap, act: Act, words: Text, now: datetime) -> Gap:
    held = locked(gap.pk)
    held.state = way_of(held, act).after
    held.save(update_fields=["state"])
    write(held, Told(act.value, words), actor, now)
    return held


@transaction.atomic
def attach(actor: Account, gap: Gap, evidence: Evidence, now: datetime) -> Gap:
    """A file goes with the gap. Raises ValidationError when it is closed."""
    held = _standing(gap)
    write(held, Told("file", Text(evidence.words, evidence.words), evidence), actor, now)
    return held


@transaction.atomic
def order(actor: Account, gap: Gap, words: str, now: datetime) -> Gap:
    """An inspector puts the gap under their eye (督办). Raises ValidationError without words, or when it is closed."""
    said = words_of(words, needed=NEEDS_REASON)
    held = _standing(gap)
    held.ordered_by, held.ordered_at = actor, now
    held.save(update_fields=["ordered_by", "ordered_at"])
    write(held, Told("order", said), actor, now)
    return held


@transaction.atomic
def amend(actor: Account, gap: Gap, due_on: date, owned: Owned, words: str, now: datetime) -> Gap:
    """Another deadline or owner, with the reason. Escalation already reached stays. Raises ValidationError."""
    said = words_of(words, needed=NEEDS_REASON)
    held = _standing(gap)
    require_owner(held.county, held.school, owned)
    was = f"{held.due_on} {held.owner_name}"
    held.due_on, held.owner, held.owner_place, held.owner_role = (
        due_on,
        owned.account,
        owned.place,
        owned.role,
    )
    held.save(update_fields=["due_on", "owner", "owner_place", "owner_role"])
    became = f"{was} → {held.due_on} {held.owner_name}"
    write(held, Told("amend", Text(f"{said.zh}（{became}）", f"{said.en} ({became})")), actor, now)
    return held


def _standing(gap: Gap) -> Gap:
    held = locked(gap.pk)
    if held.state not in STANDING:
        raise ValidationError(half(Text("这一项已销号", "the gap is closed")))
    return held


def require_owner(county: Organisation, school: Organisation | None, owned: Owned) -> None:
    """Raises ValidationError for an owner who works neither in the county's bureau nor in the school it is about."""
    places = {one.pk for one in (county, school) if one is not None}
    has_post = owned.account is None or any(
        post.organisation_id == owned.place.pk for post in posts_of(owned.account)
    )
    is_post = owned.account is not None or owned.role in Role.values
    if owned.place.pk not in places or not has_post or not is_post:
        raise ValidationError(
            half(
                Text(
                    "责任人须是本县教育局或该校的在岗人员",
                    "the owner must hold a post in the bureau or that school",
                )
            )
        )


def run_clocks(now: datetime, today: date) -> int:
    """Tell each newly reached step of escalation, once; how many were told. A clock that jumps back untells nothing."""
    told = 0
    for pk in Gap.objects.filter(state__in=STANDING, due_on__lt=today).values_list("pk", flat=True):
        told += _escalated(pk, now, today)
    return told


@transaction.atomic
def _escalated(pk: int, now: datetime, today: date) -> int:
    gap = locked(pk)
    level = level_of(gap.due_on, today)
    if gap.state == State.CLOSED or level <= gap.level:
        return 0
    gap.level = level
    gap.save(update_fields=["level"])
    name, over = level_name(level), (today - gap.due_on).days
    words = Text(f"逾期 {over} 天，升级至{name.zh}", f"{over} days overdue, escalated to the {name.en}")
    write(gap, Told("escalate", words), None, now)
    return 1
