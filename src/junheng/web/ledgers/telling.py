"""Reminders of the ledgers: what was found, mended or returned, at once; what is past its day, once a day."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from junheng.basics import Text
from junheng.web.clocks.giving import Message, give
from junheng.web.ledgers.models import Hazard
from junheng.web.ledgers.models.hazards import Result
from junheng.web.people.models import Account, Post
from junheng.web.people.queries import held_today
from junheng.web.people.roles import Role

_SCHOOL = (Role.HEAD, Role.CLERK)
Letter = tuple[Account, Message]


def told_new(hazard: Hazard) -> None:
    """To the school: what was found, and until when it is to be mended."""
    words = Text(
        f"问题 {hazard.number}：“{hazard.what[:80]}”，请在 {hazard.due_on} 前整改并报告",
        f"finding {hazard.number}: “{hazard.what[:80]}”, mend it and report by {hazard.due_on}",
    )
    _give(hazard, "new", words, _people(hazard.school_id, _SCHOOL))


def told_mended(hazard: Hazard) -> None:
    """To who found it: the school says that it is mended; another person reviews it."""
    words = Text(
        f"问题 {hazard.number}：{hazard.school} 报告已整改，待另一人复查",
        f"finding {hazard.number}: {hazard.school} reports it mended; another person is to review it",
    )
    others = (Role.OFFICER, Role.LEADER)
    _give(hazard, "mended", words, [hazard.found_by, *_people(hazard.county_id, others)])


def told_reviewed(hazard: Hazard) -> None:
    """To the school: closed, or returned."""
    now = Hazard.objects.get(pk=hazard.pk)
    number = hazard.number
    words = (
        Text(f"问题 {number}：复查通过，已销号", f"finding {number}: passed and closed")
        if now.result == Result.PASSED
        else Text(f"问题 {number}：复查退回，请重新整改", f"finding {number}: returned, mend it again")
    )
    _give(hazard, "reviewed", words, _people(hazard.school_id, _SCHOOL))


def _give(hazard: Hazard, act: str, words: Text, people: Iterable[Account]) -> None:
    last = hazard.steps.order_by("-pk").values_list("pk", flat=True).first()
    address = reverse("hazard", args=[hazard.pk])
    message = Message(f"hazard-{act}:{hazard.pk}:{last}", words, address, hazard.due_on)
    give({one.pk: one for one in people}.values(), message, timezone.now())


def _people(place: int, roles: Iterable[Role]) -> list[Account]:
    posts = Post.objects.filter(
        held_today(), organisation=place, role__in=list(roles), account__is_active=True, account__token=None
    )
    return [post.account for post in posts.select_related("account")]


def of_hazards(now: datetime) -> Iterator[Letter]:
    """A hazard past its day: to its school, each once. Two queries."""
    today = timezone.localdate(now)
    waiting = Q(mended_on=None) | Q(result=Result.RETURNED)
    late = list(Hazard.objects.filter(waiting, due_on__lt=today).exclude(result=Result.PASSED))
    posts = Post.objects.filter(
        held_today(),
        organisation__in={one.school_id for one in late},
        role__in=_SCHOOL,
        account__is_active=True,
    )
    people: dict[int, list[Account]] = {}
    for post in posts.select_related("account"):
        people.setdefault(post.organisation_id, []).append(post.account)
    for one in late:
        words = Text(
            f"问题 {one.number} 已过整改期限 {one.due_on}，请整改并报告",
            f"finding {one.number} was to be mended by {one.due_on}: mend it and report",
        )
        message = Message(
            f"hazard:{one.pk}:{one.due_on}", words, reverse("hazard", args=[one.pk]), one.due_on
        )
        yield from ((account, message) for account in people.get(one.school_id, []))
