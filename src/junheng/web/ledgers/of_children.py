"""Reminders of the children's ledger: numbers of entries alone, never a name."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from junheng.basics import Text
from junheng.enrolment import clocks_of
from junheng.web.clocks.giving import Message
from junheng.web.ledgers.child_acts import rules_on
from junheng.web.ledgers.models import Child, ChildLedger
from junheng.web.ledgers.models.children import CLOSED
from junheng.web.ledgers.permissions import CHILDREN, is_officer_of
from junheng.web.people.models import Account, Organisation, Post
from junheng.web.people.queries import held_today
from junheng.web.people.roles import Role

_BEFORE = timedelta(days=7)  # told so long before the day
Letter = tuple[Account, Message]


def of_children(now: datetime) -> Iterator[Letter]:
    """To heads and officers: visits due in the school's month, the county's quarterly report. A few queries in all."""
    today = timezone.localdate(now)
    counties = list(ChildLedger.objects.select_related("county"))
    if not counties:
        return
    yield from _to_heads(today)
    clock = clocks_of(rules_on(today), today)["county"]
    due = date.fromisoformat(clock["due"])
    for held in counties:
        yield from _to_officers(held.county, today, due)


def _to_heads(today: date) -> Iterator[Letter]:
    waiting = Child.objects.exclude(state=CLOSED).filter(school__isnull=False, due_on__lte=today + _BEFORE)
    rows = list(waiting.order_by().values("school_id", "due_on").annotate(count=Count("pk")))
    schools = {row["school_id"] for row in rows}
    posts = Post.objects.filter(
        held_today(), organisation__in=schools, role=Role.HEAD, account__is_active=True
    ).select_related("account")
    heads: dict[int, list[Account]] = {}
    for post in posts:
        heads.setdefault(post.organisation_id, []).append(post.account)
    for row in rows:
        due, count = row["due_on"], row["count"]
        words = Text(
            f"控辍保学：本校 {count} 个条目须在 {due} 前走访",
            f"children not at school: {count} to visit by {due}",
        )
        address = reverse("children", args=[row["school_id"]])
        message = Message(f"children:{row['school_id']}:{due}", words, address, due)
        yield from ((account, message) for account in heads.get(row["school_id"], []))


def _to_officers(county: Organisation, today: date, due: date) -> Iterator[Letter]:
    posts = Post.objects.filter(
        held_today(), organisation=county, role=Role.OFFICER, account__is_active=True, account__token=None
    ).select_related("account")
    officers = {post.account.pk: post.account for post in posts}
    keepers = [one for one in officers.values() if is_officer_of(one, county, CHILDREN)]
    address = reverse("children", args=[county.pk])
    late = Child.objects.exclude(state=CLOSED).filter(Q(county=county), due_on__lt=today)
    newest = late.order_by("-due_on").values_list("due_on", flat=True).first()
    if newest is not None:
        words = Text(
            f"{county.name}：控辍保学条目逾期未走访",
            f"{county.name}: entries of children are past their visit",
        )
        message = Message(f"children-late:{county.pk}:{newest}", words, f"{address}?tab=overdue", newest)
        yield from ((account, message) for account in keepers)
    if due - today <= _BEFORE:
        words = Text(
            f"{county.name}：控辍保学季报 {due} 前报送",
            f"{county.name}: the quarterly report is due on {due}",
        )
        message = Message(f"children-report:{county.pk}:{due}", words, address, due)
        yield from ((account, message) for account in keepers)
