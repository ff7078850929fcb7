"""Merging a filled workbook into its return: shown first, then all of it at once."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from junheng.basics import Text
from junheng.data import ColumnSpec
from junheng.web.audit.chain import record
from junheng.web.filing.actions import editable, new_key
from junheng.web.filing.models import Cell, Change, Filing, Origin, Row, Workbook
from junheng.web.filing.refusing import refused
from junheng.web.filing.sections import all_sections, fields_of, keys_of, row_name, shown
from junheng.web.filing.workbooks import Filled, as_text, from_text, read_workbook
from junheng.web.front.words import half
from junheng.web.people.models import Account

_MINE = "mine"  # the choice to take the workbook's value of a cell that changed meanwhile


@dataclass(frozen=True, slots=True)
class Proposed:
    """A cell as the workbook would have it. ``who`` changed it on the site since the workbook was handed out."""

    number: int
    filled: Filled
    spec: ColumnSpec
    row_name: str
    was: str
    becomes: str
    base: str
    is_conflict: bool
    is_new_row: bool
    who: str

    @property
    def heading(self) -> str:
        """Table and column, in the reader's words."""
        return f"{half(all_sections()[self.filled.table].sheet)} · {half(self.spec.heading)}"


def keep_workbook(actor: Account, filing: Filing, path: Path, name: str, batch: str = "") -> Workbook:
    """Read a filled workbook and keep what it would change; the return stays as it is. Raises UserError."""
    reading = read_workbook(filing, path, name)
    filled, not_read = as_text(reading)
    return Workbook.objects.create(
        filing=filing,
        name=name[:200],
        sha256=reading.sha256,
        batch=batch,
        made_of=reading.revision,
        filled=filled,
        not_read=not_read,
        uploaded_by=actor,
        uploaded_by_name=actor.name,
    )


def proposed(workbook: Workbook) -> list[Proposed]:
    """What it would change of the return as it stands now; what stands there already is left out. Three queries."""
    return list(_proposed(workbook.filing, from_text(workbook.filled)))


def not_read(workbook: Workbook) -> list[Mapping[str, str]]:
    """What was not read, each with sheet and cell."""
    return list(json.loads(workbook.not_read))


@dataclass(frozen=True, slots=True)
class Unread:
    """What was not read for one cause, and where (sheet, its cells; none: the whole sheet)."""

    what: Text
    places: tuple[tuple[str, tuple[str, ...]], ...]
    count: int


def by_cause(found: Sequence[Mapping[str, str]]) -> list[Unread]:
    """The same, one line a cause, most places first."""
    causes: dict[tuple[str, str], dict[str, list[str]]] = {}
    for one in found:
        sheets = causes.setdefault((one["zh"], one["en"]), {})
        sheets.setdefault(one["sheet"], []).append(one["address"])
    told = [
        Unread(Text(zh, en), tuple((sheet, tuple(filter(None, cells))) for sheet, cells in sheets.items()),
               sum(map(len, sheets.values())))
        for (zh, en), sheets in causes.items()
    ]  # fmt: skip
    return sorted(told, key=lambda one: -one.count)


def _proposed(filing: Filing, filled: tuple[Filled, ...]) -> Iterator[Proposed]:
    rows = {(row.table, row.key): row for row in Row.objects.filter(filing=filing)}
    cells = {(cell.row_id, cell.column): cell for cell in Cell.objects.filter(row__filing=filing)}
    last: dict[int, Change] = {}
    for change in Change.objects.filter(cell__row__filing=filing).order_by("pk"):
        last[change.cell_id] = change
    for number, one in enumerate(filled):
        row = rows.get((one.table, one.key))
        spec = {spec.name: spec for spec in fields_of(one.table)}[one.column]
        cell = cells.get((row.pk, one.column)) if row else None
        now = cell.value if cell else ""
        is_gone = row is not None and row.is_removed
        if now == one.value and not is_gone:
            continue
        latest = last.get(cell.pk) if cell else None
        is_conflict = now != one.base or is_gone
        yield Proposed(
            number,
            one,
            spec,
            _name_of(one),
            shown(spec, now),
            shown(spec, one.value),
            shown(spec, one.base),
            is_conflict,
            row is None,
            latest.by_name if latest and is_conflict else "",
        )


def _name_of(one: Filled) -> str:
    parts = one.key.split("|") if one.key else []
    return row_name(one.table, one.key) if len(parts) == len(keys_of(one.table)) else one.key


@transaction.atomic
def apply(
    actor: Account, workbook: Workbook, choices: Mapping[int, str], seen: int | None = None
) -> Workbook:
    """Keep the changes, all or none: of cells that changed meanwhile only those chosen ("mine", by their number).

    ``seen`` is the return's revision on the page that was agreed to. Raises ValidationError where it moved on, where
    the return may not be changed now, and for a workbook that was applied already.
    """
    filing = editable(workbook.filing_id)
    held = Workbook.objects.select_for_update().get(pk=workbook.pk)
    if held.applied_at:
        raise refused("这个工作簿已经合并过", "this workbook was merged already")
    if seen is not None and seen != filing.revision:
        raise refused("报表刚才又有改动，请再看一遍", "the return was changed meanwhile: look again")
    taken = [
        one
        for one in _proposed(filing, from_text(held.filled))
        if not one.is_conflict or choices.get(one.number) == _MINE
    ]
    for one in taken:
        _put(actor, filing, held, one.filled)
    if taken:
        filing.revision += 1
        filing.changed_at = timezone.now()
        filing.save(update_fields=["revision", "changed_at"])
    held.applied_at, held.applied = timezone.now(), len(taken)
    held.save(update_fields=["applied_at", "applied"])
    detail = {"name": held.name, "sha256": held.sha256, "cells": len(taken), "made_of": held.made_of}
    record(actor, "filing.workbook", "filing", filing.pk, detail, organisation_id=filing.school_id)
    return held


def _put(actor: Account, filing: Filing, workbook: Workbook, one: Filled) -> None:
    """One cell, with its history and its place in the workbook. Raises ValidationError for a key that is none."""
    row = Row.objects.filter(filing=filing, table=one.table, key=one.key).first()
    if row is None:
        parts = zip(keys_of(one.table), one.key.split("|"), strict=False)
        key = new_key(filing, one.table, {spec.name: part for spec, part in parts})
        position = Row.objects.filter(filing=filing, table=one.table).count()
        row, _ = Row.objects.get_or_create(
            filing=filing, table=one.table, key=key, defaults={"position": position}
        )
    if row.is_removed:
        Row.objects.filter(pk=row.pk).update(is_removed=False)
    cell, _ = Cell.objects.get_or_create(row=row, column=one.column, defaults={"origin": Origin.OFFLINE})
    Change.objects.create(cell=cell, by=actor, by_name=actor.name, old=cell.value, new=one.value)
    cell.value, cell.origin = one.value, Origin.OFFLINE
    cell.place = f"{workbook.name[:120]} {one.sheet} {one.address}"[:200]
    cell.save(update_fields=["value", "origin", "place"])
