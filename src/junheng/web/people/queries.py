"""Reading the tree and the posts."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from junheng.web.people.models import Account, Organisation, OrganisationCode, Post
from junheng.web.people.roles import Kind

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


def code_of(organisation: Organisation, year: int) -> str | None:
    """The code an organisation had in the school year ``year``."""
    had = organisation.codes.filter(first_year__lte=year).filter(
        Q(last_year__isnull=True) | Q(last_year__gte=year)
    )
    one = had.order_by("-first_year").first()
    return one.code if one else None


def county_of(organisation: Organisation) -> Organisation | None:
    """The county an organisation is or lies in."""
    found: Organisation | None = organisation
    while found is not None and found.kind != Kind.COUNTY:
        found = found.parent
    return found
