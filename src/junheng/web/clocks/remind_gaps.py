"""Reminders of monitoring: gaps past their day, and alerts a run of the rules raised anew."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from junheng.basics import Text
from junheng.web.clocks.giving import Message
from junheng.web.clocks.standing import responsible
from junheng.web.monitoring.models import Alert, AlertState, Gap
from junheng.web.monitoring.models.alerts import NO_DATA
from junheng.web.monitoring.states import STANDING
from junheng.web.people.models import Account, Organisation, Post
from junheng.web.people.queries import held_today

_NEWS_DAYS = 7  # a worker that slept for a while still tells of them
Letter = tuple[Account, Message]


def of_monitoring(now: datetime) -> Iterator[Letter]:
    """What is to be told today: of gaps to who answers for them, to the officers a line a county. A query a county."""
    today = timezone.localdate(now)
    late = list(
        Gap.objects.filter(state__in=STANDING, due_on__lt=today)
        .select_related("county", "school", "owner", "owner_place")
        .order_by("county_id", "due_on", "pk")
    )
    yield from _to_owners(late)
    news = _news(now)
    counties = Organisation.objects.in_bulk([*{one.county_id for one in late}, *{one.county for one in news}])
    for pk, county in sorted(counties.items()):
        officers = responsible(county, today).get(pk, ())
        own = [one for one in late if one.county_id == pk]
        told = [_late_words(county, own)] if own else []
        told += [_news_words(county, one) for one in news if one.county == pk]
        for account in officers:
            yield from ((account, message) for message in told)


def _to_owners(late: Sequence[Gap]) -> Iterator[Letter]:
    holders = _holders(late)
    for gap in late:
        people = [gap.owner] if gap.owner else holders.get((gap.owner_place_id, gap.owner_role), [])
        words = Text(
            f"整改项“{gap.title}”已过期限 {gap.due_on}，请报告进展",
            f"the gap “{gap.title}” was due on {gap.due_on}: report what was done",
        )
        message = Message(f"gap:{gap.pk}:{gap.due_on}", words, reverse("gap", args=[gap.pk]), gap.due_on)
        yield from ((account, message) for account in people)


def _holders(gaps: Sequence[Gap]) -> Mapping[tuple[int, str], list[Account]]:
    """Who holds the posts that gaps without a person name. One query."""
    asked = Q(pk__in=[])
    for gap in gaps:
        if gap.owner is None and gap.owner_role:
            asked |= Q(organisation=gap.owner_place_id, role=gap.owner_role)
    found: dict[tuple[int, str], list[Account]] = {}
    posts = Post.objects.filter(held_today(), asked, account__is_active=True).select_related("account")
    for post in posts:
        found.setdefault((post.organisation_id, str(post.role)), []).append(post.account)
    return found


def _late_words(county: Organisation, late: Sequence[Gap]) -> Message:
    """One line for all; told again when a further one passes its day."""
    words = Text(
        f"{county.name}：{len(late)} 项整改已过期限", f"{county.name}: {len(late)} gaps are past their day"
    )
    newest: date = max(one.due_on for one in late)
    return Message(
        f"gaps:{county.pk}:{newest}", words, f"{reverse('gaps', args=[county.pk])}?tab=overdue", newest
    )


@dataclass(frozen=True, slots=True)
class _News:
    """The alerts one run raised in a county."""

    county: int
    standard: str
    first_seen: datetime
    count: int
    red: int


def _news(now: datetime) -> list[_News]:
    """Alerts raised lately that still ask, counted by the run that raised them. One query."""
    fresh = Alert.objects.filter(state=AlertState.OPEN, first_seen__gte=now - timedelta(days=_NEWS_DAYS))
    rows = fresh.exclude(kind=NO_DATA).order_by().values("county", "standard", "first_seen")
    counted = rows.annotate(count=Count("pk"), red=Count("pk", filter=Q(level="red")))
    return [_News(**row) for row in counted]


def _news_words(county: Organisation, one: _News) -> Message:
    count, red = one.count, one.red
    words = Text(
        f"{county.name}：监测规则新发现 {count} 项预警，其中红色 {red} 项",
        f"{county.name}: the rules raised {count} new alerts, {red} of them red",
    )
    return Message(
        f"alerts:{county.pk}:{one.standard}:{one.first_seen.isoformat()}"[:120],
        words,
        reverse("monitoring", args=[county.pk]),
    )
