"""Cells of a return as a program sends them: all or none, and never over what it had not seen."""

from django.db import transaction
from pydantic import Field

from junheng.basics import Text
from junheng.web.api.problems import Conflict, Refusal
from junheng.web.api.service import Schema
from junheng.web.filing.actions import editable, save_cell
from junheng.web.filing.models import Cell, Filing, Row
from junheng.web.filing.sections import fields_of
from junheng.web.people.models import Account

_MOST = 500


class CellIn(Schema):
    """A cell: null or "" makes it missing. ``seen``: what the sender believes stands there now."""

    row: int = Field(ge=1, le=2**63 - 1)
    column: str = Field(max_length=40)
    value: str | None = Field(max_length=200)
    seen: str | None = Field(default=None, max_length=200)


class CellsIn(Schema):
    """Cells, and the revision of the return they were made for."""

    revision: int | None = None
    cells: list[CellIn] = Field(min_length=1, max_length=_MOST)


@transaction.atomic
def write(actor: Account, filing: Filing, sent: CellsIn) -> Filing:
    """Keep them by the form's own action. Raises Refusal: 409 with the cells in conflict, 422 for rows or columns not there.

    Raises ValidationError (told as 409) where the return's state forbids it.
    """
    now = editable(filing.pk)
    rows = {row.pk: row for row in Row.objects.filter(filing=now, is_removed=False)}
    _require_known(rows, sent)
    conflicts = _conflicts(sent)
    if conflicts or sent.revision not in (None, now.revision):
        words = Text(
            f"报表已有改动，现在是第 {now.revision} 版", f"the return was changed: revision {now.revision}"
        )
        raise Refusal(409, words, conflicts=conflicts)
    for one in sent.cells:
        save_cell(actor, rows[one.row], one.column, one.value or "", one.seen)
    return editable(filing.pk)


def _require_known(rows: dict[int, Row], sent: CellsIn) -> None:
    wrong = [
        one
        for one in sent.cells
        if one.row not in rows or one.column not in {spec.name for spec in fields_of(rows[one.row].table)}
    ]
    if wrong:
        names = [f"{one.row} {one.column}" for one in wrong]
        raise Refusal(422, *(Text(f"没有这一格：{name}", f"no such cell: {name}") for name in names))


def _conflicts(sent: CellsIn) -> list[Conflict]:
    """The cells whose value is not the one the sender had seen; three queries, however many cells."""
    chosen = Cell.objects.filter(row_id__in={one.row for one in sent.cells}).prefetch_related("changes")
    known = {(cell.row_id, cell.column): cell for cell in chosen}
    found = []
    for one in sent.cells:
        cell = known.get((one.row, one.column))
        value = cell.value if cell else ""
        if "seen" in one.model_fields_set and (one.seen or "") != value:
            last = next(iter(cell.changes.all()), None) if cell else None
            by, at = (last.by_name, last.at.isoformat()) if last else (None, None)
            found.append(
                Conflict(row=one.row, column=one.column, seen=one.seen, value=value or None, by=by, at=at)
            )
    return found
