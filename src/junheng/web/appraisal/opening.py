"""Opening an appraisal: by which index system, of whom, in which rounds, until when, scored by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from junheng.basics import Text
from junheng.standards.scoring import IndexSystem, index_system, list_systems
from junheng.web.appraisal.models import Appraisal, Round, Subject
from junheng.web.appraisal.permissions import SELF, levels
from junheng.web.audit.chain import record
from junheng.web.front.words import half
from junheng.web.ledgers.reading import school_codes
from junheng.web.people.models import Account, Organisation, Post
from junheng.web.people.queries import above, held_today
from junheng.web.people.roles import Kind

LATEST = "latest"  # of an index system: the last round that was scored counts
_SUBJECTS = ("school", "county")  # pupils are not scored by name on the site


@dataclass(frozen=True, slots=True)
class Days:
    """A round's days, and who scores."""

    opens_on: date
    due_on: date
    raters: tuple[Account, ...] = ()


def systems(today: date) -> list[IndexSystem]:
    """The library's index systems for schools and counties in force today."""
    names = sorted({one.id for one in list_systems() if one.subject in _SUBJECTS})
    return [index_system(name, on=today) for name in names]


def candidates(county: Organisation) -> Mapping[str, list[Account]]:
    """Who may be named to score each round, by its id. One query."""
    places = [county.pk, *above(county).values_list("pk", flat=True)]
    posts = list(
        Post.objects.filter(
            held_today(), organisation__in=places, account__is_active=True, account__token=None
        ).select_related("account", "organisation")
    )
    found = {}
    for name, level in levels()["rounds"].items():
        if name == SELF:
            continue
        kinds = {Kind(level["of"])} | ({Kind.CITY, Kind.PROVINCE} if name == "county" else set())
        people = {
            one.account_id: one.account
            for one in posts
            if one.role in level["roles"] and one.organisation.kind in kinds
        }
        found[name] = sorted(people.values(), key=lambda one: one.name)
    return found


@transaction.atomic
def open_appraisal(
    actor: Account | None, county: Organisation, system: IndexSystem, year: int, days: Mapping[str, Days]
) -> Appraisal:
    """Open it for every school of the county (or the county), in the rounds of ``days``; another is not held.

    Raises ValidationError where one stands already, nobody scores a round, or the round that counts is left out.
    """
    today = timezone.localdate()
    Organisation.objects.select_for_update().get(pk=county.pk)
    if Appraisal.objects.filter(county=county, system=system.id, year=year).exists():
        raise ValidationError(half(Text("这一年度已经开评", "this year is open already")))
    if not days or (system.counting_round != LATEST and system.counting_round not in days):
        raise ValidationError(half(Text("计分的那一轮要定日期", "the round that counts needs its days")))
    made = Appraisal.objects.create(
        county=county, system=system.id, year=year, opened_on=today, opened_by=actor
    )
    for order, entry in enumerate(system.rounds):
        given = days.get(entry.id)
        if given is None:
            continue
        if entry.id != SELF and not given.raters:
            raise ValidationError(half(Text(f"{entry.name.zh}没有评分人", f"nobody scores {entry.name.en}")))
        held = Round.objects.create(
            appraisal=made, name=entry.id, order=order, opens_on=given.opens_on, due_on=given.due_on
        )
        held.raters.set(given.raters)
    Subject.objects.bulk_create(_subjects(made, system, county))
    detail: dict[str, object] = {"system": system.id, "year": year, "sha256": system.sha256}
    record(actor, "appraisal.open", "appraisal", made.pk, detail, organisation_id=county.pk)
    return made


def _subjects(made: Appraisal, system: IndexSystem, county: Organisation) -> list[Subject]:
    codes, own = school_codes(county, made.year)
    if system.subject == "county":
        return [Subject(appraisal=made, place=county, code=own or str(county.pk), name=county.name)]
    names = Organisation.objects.filter(kind=Kind.SCHOOL).in_bulk(codes)
    found = [
        Subject(appraisal=made, place=names[pk], code=code, name=names[pk].name[:100])
        for pk, code in codes.items()
        if pk in names
    ]
    if not found:
        raise ValidationError(
            half(Text("本县还没有带代码的学校", "the county has no schools with a code yet"))
        )
    return found
