"""Keeping what a source says; the newest of its kind speaks, the one before stays listed."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from junheng.basics import Text
from junheng.data import Figure, Told
from junheng.web.audit.chain import record
from junheng.web.filing.opening import codes_of
from junheng.web.front.words import both, half
from junheng.web.people.models import Account, Organisation
from junheng.web.people.queries import within
from junheng.web.people.roles import Kind
from junheng.web.sources.first import LAST_YEAR, ORDER
from junheng.web.sources.models import FirstFilling, Saying, SourceKind, SourceTable
from junheng.web.sources.reading import Given

_BATCH = 2000
NOT_OURS = Text("文件里没有本县的学校，没有保留", "no school of this county in the file: nothing kept")


@transaction.atomic
def keep(
    actor: Account, county: Organisation, year: int, given: Given, mapping: str = ""
) -> list[SourceTable]:
    """Keep it. Raises ValidationError where it names no school of the county, and keeps nothing."""
    Organisation.objects.select_for_update().get(pk=county.pk)  # one upload of a county at a time
    schools = within(county).filter(kind=Kind.SCHOOL, closed_on=None).values_list("pk", flat=True)
    known = set(codes_of(list(schools), year).values())
    kept = [_one(actor, county, year, given, kind, said, known) for kind, said in given.figures.items()]
    if not any(source.count for source in kept):
        raise ValidationError(half(NOT_OURS))
    for source in kept:
        source.mapping = mapping
        source.save(update_fields=["mapping"])
    return kept


def _one(
    actor: Account,
    county: Organisation,
    year: int,
    given: Given,
    kind: SourceKind,
    said: Mapping[Figure, Told],
    known: set[str],
) -> SourceTable:
    before = SourceTable.objects.filter(county=county, year=year, kind=kind, replaced_at=None)
    Saying.objects.filter(source__in=before).delete()
    before.update(replaced_at=timezone.now())
    mine = {figure: told for figure, told in said.items() if figure.school_id in known}
    source = SourceTable.objects.create(
        county=county,
        year=year,
        kind=kind,
        name=given.name,
        sha256=given.sha256,
        uploaded_by=actor,
        count=len(mine),
        foreign=len({figure.school_id for figure in said} - known),
    )
    Saying.objects.bulk_create((_saying(source, *one) for one in mine.items()), batch_size=_BATCH)
    detail = {"year": year, "kind": str(kind), "name": given.name, "sha256": given.sha256}
    detail |= {"figures": len(mine), "foreign": source.foreign}
    record(actor, "source.give", "source", source.pk, detail, organisation_id=county.pk)
    return source


def _saying(source: SourceTable, figure: Figure, told: Told) -> Saying:
    return Saying(
        source=source,
        code=figure.school_id,
        table=figure.table,
        key=figure.key[:100],
        column=figure.column,
        value=told.value[:200],
        place=told.place[:200],
    )


def told_of(kept: SourceTable) -> Text:
    """How many figures were kept of a source, and how many codes are no school's of the county."""
    name, count, foreign = both(kept.get_kind_display()), kept.count, kept.foreign
    words = Text(f"{name.zh}：{count} 个数", f"{name.en}: {count} figures")
    if not foreign:
        return words
    return Text(
        f"{words.zh}，另有 {foreign} 个标识码不是本县学校的，未采用",
        f"{words.en}; {foreign} codes of no school here left out",
    )


@transaction.atomic
def set_order(actor: Account, county: Organisation, year: int, order: Sequence[str]) -> FirstFilling:
    """Say which source fills a return first. Raises ValidationError where one is missing or named twice."""
    if sorted(order) != sorted(ORDER) or LAST_YEAR not in order:
        raise ValidationError(half(Text("每个来源排一次", "each source once")))
    found, _ = FirstFilling.objects.update_or_create(
        county=county, year=year, defaults={"order": ",".join(order), "set_by": actor}
    )
    detail = {"year": year, "order": list(order)}
    record(actor, "source.order", "first_filling", found.pk, detail, organisation_id=county.pk)
    return found
