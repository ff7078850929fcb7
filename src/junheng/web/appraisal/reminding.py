"""Reminders of appraisals, each once: what was not reached by its day, rounds near their end, appeals not decided."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import Count, F
from django.urls import reverse
from django.utils import timezone

from junheng.basics import Text
from junheng.web.appraisal.models import Appeal, Commitment, Round
from junheng.web.appraisal.models.marks import AppealState
from junheng.web.appraisal.permissions import SELF
from junheng.web.appraisal.systems import system_of
from junheng.web.clocks.giving import Message
from junheng.web.people.models import Account, Post
from junheng.web.people.queries import held_today
from junheng.web.people.roles import Role

Letter = tuple[Account, Message]
_BEFORE = timedelta(days=7)
_WORKING = (Role.HEAD, Role.OFFICER, Role.LEADER)


def of_appraisal(now: datetime) -> Iterator[Letter]:
    """What is to be told today. Five queries, however much is late."""
    yield from _of_commitments(now)
    yield from _of_appeals(now)
    yield from _of_rounds(now)


def _of_commitments(now: datetime) -> Iterator[Letter]:
    """To whose it is: past its day, and not reported."""
    today = timezone.localdate(now)
    late = list(Commitment.objects.filter(due_on__lt=today, reported_on=None, achieved_on=None, measure=""))
    people = _people({one.place_id for one in late})
    for one in late:
        words = Text(
            f"{one.number}“{one.title[:60]}”已过期限 {one.due_on}，请报告进展或佐证",
            f"{one.number} “{one.title[:60]}” was due on {one.due_on}: tell how far it has come",
        )
        address = reverse("commitment", args=[one.pk])
        message = Message(f"commitment:{one.pk}:{one.due_on}", words, address, one.due_on)
        yield from ((account, message) for account in people.get(one.place_id, []))


def _of_appeals(now: datetime) -> Iterator[Letter]:
    """To the bureau: an appeal not decided by its day."""
    today = timezone.localdate(now)
    filed = Appeal.objects.filter(state=AppealState.FILED, due_on__lt=today)
    late = list(filed.select_related("subject__appraisal"))
    people = _people({one.subject.appraisal.county_id for one in late})
    for one in late:
        words = Text(
            f"申诉 {one.number} 应在 {one.due_on} 前答复，已逾期",
            f"appeal {one.number} was to be decided by {one.due_on}",
        )
        address = reverse("appraisal_subject", args=[one.subject_id])
        message = Message(f"appeal-late:{one.pk}", words, address, one.due_on)
        yield from ((account, message) for account in people.get(one.subject.appraisal.county_id, []))


def _of_rounds(now: datetime) -> Iterator[Letter]:
    """To each named rater: the round ends within a week, and not every subject is scored by them."""
    today = timezone.localdate(now)
    near = Round.objects.filter(opens_on__lte=today, due_on__gte=today, due_on__lte=today + _BEFORE)
    rounds = near.exclude(name=SELF).select_related("appraisal").prefetch_related("raters")
    rounds = rounds.annotate(subjects=Count("appraisal__subjects", distinct=True))
    found = list(rounds)
    done = Round.objects.filter(pk__in=[one.pk for one in found]).values("pk", rater=F("marks__rater"))
    marked = {(one["pk"], one["rater"]): one["n"] for one in done.annotate(n=Count("marks"))}
    for one in found:
        system = system_of(one.appraisal)
        whole = sum(1 for _ in system.items()) * one.subjects
        words = Text(
            f"{one.appraisal.year} 年{system.name.zh}将于 {one.due_on} 截止，您还没有评完",
            f"{system.name.en} {one.appraisal.year} ends on {one.due_on} and you have not scored all",
        )
        address = reverse("appraisal", args=[one.appraisal_id])
        message = Message(f"round-near:{one.pk}:{one.due_on}", words, address, one.due_on)
        yield from ((r, message) for r in one.raters.all() if marked.get((one.pk, r.pk), 0) < whole)


def _people(places: Iterable[int]) -> dict[int, list[Account]]:
    """Heads, officers and leaders of the places, by place."""
    posts = Post.objects.filter(
        held_today(), organisation__in=places, role__in=_WORKING, account__is_active=True, account__token=None
    )
    found: dict[int, list[Account]] = {}
    for post in posts.select_related("account"):
        found.setdefault(post.organisation_id, []).append(post.account)
    return found
