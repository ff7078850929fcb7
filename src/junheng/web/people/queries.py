"""Reading the tree and the posts."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from junheng.web.people.models import Account, Invitation, Organisation, OrganisationCode, Post
from junheng.web.people.roles import Kind, Role

_AFTER = "~"  # sorts after every path's digits and strokes


def within(organisation: Organisation) -> QuerySet[Organisation]:
    """The organisation and all below it: one range of the index, also among 200,000 schools."""
    return Organisation.objects.filter(path__gte=organisation.path, path__lt=organisation.path + _AFTER)


def posts_of(account: Account, on: date | None = None) -> list[Post]:
    """The posts a person holds on a day (default today), with their organisations; read once per account object."""
    if on is None and (kept := account.__dict__.get("_posts")) is not None:
        found: list[Post] = kept
        return found
    day = on or timezone.localdate()
    held = Post.objects.filter(account=account, since__lte=day).filter(
        Q(until__isnull=True) | Q(until__gt=day)
    )
    posts = list(held.select_related("organisation").order_by("organisation__path", "role"))
    if on is None:
        account.__dict__["_posts"] = posts
    return posts


def organisation_of_code(code: str, year: int) -> Organisation | None:
    """Who had ``code`` in the school year ``year``."""
    had = OrganisationCode.objects.filter(code=code, first_year__lte=year).filter(
        Q(last_year__isnull=True) | Q(last_year__gte=year)
    )
    one = had.select_related("organisation").order_by("-first_year").first()
    return one.organisation if one else None


def counties_of_codes(codes: Iterable[str], year: int) -> dict[str, Organisation]:
    """The counties that had these codes in the school year ``year``, by code: one question for any number."""
    had = OrganisationCode.objects.filter(organisation__kind=Kind.COUNTY, first_year__lte=year).filter(
        Q(last_year__isnull=True) | Q(last_year__gte=year)
    )
    wanted = frozenset(codes)
    found = had.select_related("organisation").order_by("first_year")
    return {one.code: one.organisation for one in found if one.code in wanted}


def code_of(organisation: Organisation, year: int) -> str | None:
    """The code an organisation had in the school year ``year``."""
    had = organisation.codes.filter(first_year__lte=year).filter(
        Q(last_year__isnull=True) | Q(last_year__gte=year)
    )
    one = had.order_by("-first_year").first()
    return one.code if one else None


def county_of(organisation: Organisation) -> Organisation | None:
    """The county an organisation is or lies in, also below a group: one question, by its path."""
    if organisation.kind == Kind.COUNTY:
        return organisation
    return above(organisation).filter(kind=Kind.COUNTY).first()


def above(organisation: Organisation) -> QuerySet[Organisation]:
    """The places an organisation lies in, from the nation down."""
    steps = [int(step) for step in organisation.path.split("/") if step]
    return Organisation.objects.filter(pk__in=[step for step in steps if step != organisation.pk])


def administered(person: Account) -> Q:
    """The condition on ``Organisation`` of lying in a tree the person administers; one that never holds without any."""
    found = Q(pk__in=[])
    for post in posts_of(person):
        if post.role == Role.ADMINISTRATOR:
            path = post.organisation.path
            found |= Q(path__gte=path, path__lt=path + _AFTER)
    return found


def is_program(account: Account) -> bool:
    """Whether it is what a token of the interface acts as: it has no password and nobody signs in with it."""
    return Account.objects.filter(pk=account.pk, token__isnull=False).exists()


def held_today() -> Q:
    """The condition on ``Post`` of being held today."""
    today = timezone.localdate()
    return Q(since__lte=today) & (Q(until__isnull=True) | Q(until__gt=today))


def held_posts(organisation: Organisation) -> QuerySet[Post]:
    """Posts held today in the organisation and below it."""
    return (
        Post.objects.filter(held_today(), organisation__in=within(organisation))
        .select_related("account", "organisation")
        .order_by("organisation__path", "role", "account__name", "pk")
    )


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations into the organisation and below it that may still be used, newest first."""
    return (
        Invitation.objects.filter(
            organisation__in=within(organisation), used_at=None, expires_at__gt=timezone.now()
        )
        .select_related("organisation")
        .order_by("-pk")
    )
