"""Notices of appraisals: a round to score, an appeal to decide, its decision. Each once."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from junheng.basics import Text
from junheng.web.appraisal.models import Appeal, Appraisal
from junheng.web.appraisal.systems import system_of
from junheng.web.clocks.giving import Message, give
from junheng.web.people.models import Account, Post
from junheng.web.people.queries import held_today
from junheng.web.people.roles import Role


def told_open(appraisal: Appraisal) -> None:
    """To the raters of each round; and to the people of the subjects, who evaluate themselves first."""
    name = system_of(appraisal).name
    words = Text(f"{appraisal.year} 年{name.zh}已开评", f"{name.en} {appraisal.year} is open")
    for turn in appraisal.rounds.prefetch_related("raters"):
        address = reverse("appraisal", args=[appraisal.pk])
        _give(f"round:{turn.pk}", words, address, turn.raters.all(), turn.due_on)
        if not turn.raters.all():
            for subject in appraisal.subjects.all():
                own = reverse("appraisal_subject", args=[subject.pk])
                _give(
                    f"round:{turn.pk}",
                    words,
                    own,
                    _people([subject.place_id], (Role.HEAD, Role.CLERK)),
                    turn.due_on,
                )


def told_appeal(appeal: Appeal) -> None:
    """To the bureau: an appeal, and by when it is to be decided."""
    words = Text(
        f"申诉 {appeal.number}（{appeal.subject}），请在 {appeal.due_on} 前答复",
        f"appeal {appeal.number} ({appeal.subject}): decide it by {appeal.due_on}",
    )
    people = _people([appeal.subject.appraisal.county_id], (Role.OFFICER, Role.LEADER))
    address = reverse("appraisal_subject", args=[appeal.subject_id])
    _give(f"appeal:{appeal.pk}", words, address, people, appeal.due_on)


def told_decided(appeal: Appeal) -> None:
    """To who filed it: what was decided."""
    now = Appeal.objects.select_related("filed_by").get(pk=appeal.pk)
    words = Text(f"申诉 {now.number} 已答复", f"appeal {now.number} was decided")
    _give(
        f"appeal-decided:{now.pk}",
        words,
        reverse("appraisal_subject", args=[now.subject_id]),
        [now.filed_by],
        None,
    )


def _people(places: Iterable[int], roles: Iterable[Role]) -> list[Account]:
    posts = Post.objects.filter(
        held_today(),
        organisation__in=places,
        role__in=list(roles),
        account__is_active=True,
        account__token=None,
    )
    return list({one.account_id: one.account for one in posts.select_related("account")}.values())


def _give(key: str, words: Text, address: str, people: Iterable[Account], due_on: object) -> None:
    message = Message(key, words, address, due_on)  # type: ignore[arg-type] # a day or None
    give(people, message, timezone.now())
