"""Entering, changing and removing a row of a standing sheet; the trail keeps what it was."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from junheng.basics import Text
from junheng.web.audit.chain import record
from junheng.web.evidence.models import Evidence
from junheng.web.front.words import half
from junheng.web.ledgers.models import SheetRow
from junheng.web.people.models import Account, Organisation
from junheng.web.people.queries import county_of


@transaction.atomic
def put_row(
    actor: Account | None,
    place: Organisation,
    sheet: str,
    key: str,
    cells: Mapping[str, str],
    evidence: Evidence | None,
    row: SheetRow | None = None,
) -> SheetRow:
    """Enter a row, or write ``row`` anew. Raises ValidationError where one with this key stands already."""
    Organisation.objects.select_for_update().get(pk=place.pk)
    same = SheetRow.objects.filter(place=place, sheet=sheet, key=key, removed_at=None).exclude(key="")
    if (same.exclude(pk=row.pk) if row else same).exists():
        raise ValidationError(half(Text(f"{key} 已经有一行", f"there is a row of {key} already")))
    held = row or SheetRow(county=county_of(place) or place, place=place, sheet=sheet)
    before = _said(held.cells) if row else ""
    held.key, held.cells, held.at = key, dict(cells), timezone.now()
    held.by, held.by_name = actor, actor.name if actor else "系统"
    held.evidence = evidence or held.evidence
    held.save()
    detail: dict[str, object] = {"table": sheet, "row": key, "was": before, "value": _said(cells)}
    if evidence is not None:
        detail["sha256"] = evidence.sha256
    record(actor, "ledger.row", "sheet_row", held.pk, detail, organisation_id=place.pk)
    return held


@transaction.atomic
def remove_row(actor: Account, row: SheetRow) -> None:
    """No longer in the sheet; what it was stays in the trail."""
    if not SheetRow.objects.filter(pk=row.pk, removed_at=None).update(removed_at=timezone.now()):
        return
    detail: dict[str, object] = {"table": row.sheet, "row": row.key, "words": _said(row.cells)}
    record(actor, "ledger.row_remove", "sheet_row", row.pk, detail, organisation_id=row.place_id)


def _said(cells: Mapping[str, str]) -> str:
    return ";".join(f"{name}={text}" for name, text in cells.items())
