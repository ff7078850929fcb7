"""Changing the tree: names with their past, places moved with all below them, codes by year, closing."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from junheng.basics import Text
from junheng.web.audit.chain import record
from junheng.web.front.words import half
from junheng.web.people.models import Account, Organisation, OrganisationChange, OrganisationCode
from junheng.web.people.queries import within
from junheng.web.people.roles import ABOVE, Kind

_TREE = 0x4A48_5452  # PostgreSQL's advisory lock of the tree's shape


@transaction.atomic
def rename(actor: Account | None, organisation: Organisation, name: str) -> None:
    """A new name from today; the old one stays in the past. Nothing happens where it is the same."""
    before = organisation.name
    if name == before:
        return
    _keep_past(organisation)
    organisation.name = name
    organisation.full_clean(exclude=["parent", "path", "closed_on"])
    organisation.save(update_fields=["name"])
    detail = {"from": before, "to": name}
    record(
        actor,
        "organisation.rename",
        "organisation",
        organisation.pk,
        detail,
        organisation_id=organisation.pk,
    )


@transaction.atomic
def move(actor: Account | None, organisation: Organisation, parent: Organisation) -> int:
    """Put a place, with all below it, under ``parent``; returns how many places moved.

    Raises ValidationError for a place that cannot hold such a kind, that is closed, or that lies below what moves.
    """
    lock()
    organisation.refresh_from_db()
    parent.refresh_from_db()
    if organisation.parent_id == parent.pk:
        return 0
    require_room(organisation, parent)
    _keep_past(organisation)
    old, new = organisation.path, organisation.path_below(parent)
    moved = within(organisation).update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
    detail = {"from": organisation.parent_id or 0, "to": parent.pk, "places": moved}
    organisation.parent, organisation.path = parent, new
    organisation.save(update_fields=["parent"])
    record(
        actor, "organisation.move", "organisation", organisation.pk, detail, organisation_id=organisation.pk
    )
    return moved


def require_room(organisation: Organisation, parent: Organisation) -> None:
    """Raise ValidationError where ``organisation`` cannot stand under ``parent``."""
    if parent.path.startswith(organisation.path):
        raise ValidationError(
            half(Text("不能移到自己或自己的下级之下", "it cannot stand under itself or what lies below it"))
        )
    if Kind(parent.kind) not in ABOVE[Kind(organisation.kind)]:
        kinds = (organisation.get_kind_display(), parent.get_kind_display())
        text = Text("{}不能设在{}之下", "a {} cannot stand under a {}")
        raise ValidationError(half(text).format(*kinds))
    if parent.closed_on:
        raise ValidationError(half(Text("上级已撤销", "the place above is closed")))


@transaction.atomic
def close(actor: Account | None, organisation: Organisation) -> None:
    """Closed from today; its codes and its past stay. Raises ValidationError while open places lie below it."""
    if within(organisation).filter(closed_on=None).exclude(pk=organisation.pk).exists():
        raise ValidationError(
            half(
                Text(
                    "下面还有未撤销的机构，请先移走或撤销",
                    "open places lie below it: move or close them first",
                )
            )
        )
    _set_closed(actor, organisation, timezone.localdate(), "organisation.close")


@transaction.atomic
def reopen(actor: Account | None, organisation: Organisation) -> None:
    """Open again."""
    _set_closed(actor, organisation, None, "organisation.reopen")


def _set_closed(actor: Account | None, organisation: Organisation, day: date | None, act: str) -> None:
    organisation.closed_on = day
    organisation.save(update_fields=["closed_on"])
    record(actor, act, "organisation", organisation.pk, organisation_id=organisation.pk)


@transaction.atomic
def give_code(
    actor: Account | None, organisation: Organisation, code: str, first_year: int, last_year: int | None
) -> OrganisationCode:
    """A code for some school years. Raises ValidationError where somebody has it in one of them, or the years are no span.

    A code the organisation had until then ends the year before.
    """
    if last_year is not None and last_year < first_year:
        raise ValidationError(half(Text("止年早于起年", "the last year is before the first")))
    lock()
    require_free(organisation, code, first_year, last_year)
    organisation.codes.filter(last_year=None, first_year__lt=first_year).update(last_year=first_year - 1)
    if overlapping(organisation.codes.all(), first_year, last_year).exists():
        text = Text("这些年份已有代码，请先结束原代码", "it has a code in these years: end that one first")
        raise ValidationError(half(text))
    given = organisation.codes.create(code=code, first_year=first_year, last_year=last_year)
    detail = {"code": code, "first_year": first_year, "last_year": last_year or 0}
    record(
        actor,
        "organisation.code",
        "organisation",
        organisation.pk,
        detail,
        organisation_id=organisation.pk,
    )
    return given


def require_free(organisation: Organisation, code: str, first_year: int, last_year: int | None) -> None:
    """Raise ValidationError where another organisation has ``code`` in one of the years."""
    taken = overlapping(OrganisationCode.objects.filter(code=code), first_year, last_year)
    other = taken.exclude(organisation=organisation).select_related("organisation").first()
    if other:
        text = Text(
            "代码 {} 在这些年份属于其他机构", "code {} belongs to another organisation in these years"
        )
        raise ValidationError(half(text).format(code))


def overlapping(
    codes: QuerySet[OrganisationCode], first_year: int, last_year: int | None
) -> QuerySet[OrganisationCode]:
    """Of ``codes``, those valid in a year of the span."""
    found = codes.filter(Q(last_year=None) | Q(last_year__gte=first_year))
    return found if last_year is None else found.filter(first_year__lte=last_year)


def _keep_past(organisation: Organisation) -> None:
    OrganisationChange.objects.create(
        organisation=organisation,
        until=timezone.localdate(),
        name=organisation.name,
        parent_id=organisation.parent_id,
    )


def lock() -> None:
    """One change of shape or codes at a time: two moves at once could close a ring, two codes clash. SQLite's writers already wait."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TREE])


@transaction.atomic
def end_code(actor: Account | None, held: OrganisationCode, last_year: int | None) -> None:
    """Another last year of a code. Raises ValidationError where somebody else has it then."""
    lock()
    require_free(held.organisation, held.code, held.first_year, last_year)
    held.last_year = last_year
    held.save(update_fields=["last_year"])
    detail = {"code": held.code, "first_year": held.first_year, "last_year": last_year or 0}
    place = held.organisation_id
    record(actor, "organisation.code", "organisation", place, detail, organisation_id=place)
