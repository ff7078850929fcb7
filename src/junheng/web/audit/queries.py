"""Reading the trail of one's tree by who, what, when and which object, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from junheng.web.audit.models import Entry
from junheng.web.people.models import Organisation
from junheng.web.people.queries import within
from junheng.web.people.roles import Kind


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; "" and None ask for nothing. Days are of the site's time zone, the last included."""

    who: str = ""
    action: str = ""
    object_kind: str = ""
    object_id: str = ""
    since: date | None = None
    until: date | None = None


def entries(place: Organisation, asked: Asked) -> QuerySet[Entry]:
    """Entries of a place and all below it, newest first; for the nation also those that belong nowhere."""
    found = Entry.objects.order_by("-number")
    if place.kind != Kind.NATION:
        found = found.filter(organisation_id__in=within(place).order_by().values("pk"))
    if asked.who:
        found = found.filter(_by(asked.who))
    if asked.action:
        found = found.filter(action=asked.action)
    if asked.object_kind:
        found = found.filter(object_kind=asked.object_kind)
    if asked.object_id:
        found = found.filter(object_id=asked.object_id)
    if asked.since:
        found = found.filter(at__gte=_midnight(asked.since))
    if asked.until:
        found = found.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    return found


def page(found: QuerySet[Entry], below: int | None, size: int) -> tuple[Sequence[Entry], int | None]:
    """``size`` entries numbered under ``below``, and the number the next page begins below (None: no more)."""
    rows = list((found if below is None else found.filter(number__lt=below))[: size + 1])
    return rows[:size], rows[size - 1].number if len(rows) > size else None


def last_entry() -> Entry | None:
    """The newest row of the whole trail."""
    return Entry.objects.order_by("-number").first()


def _by(who: str) -> Q:
    named = Q(actor_name__icontains=who)
    return named | Q(actor_id=int(who)) if who.isascii() and who.isdigit() and len(who) < 19 else named


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
