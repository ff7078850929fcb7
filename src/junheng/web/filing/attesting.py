"""Entering what was attested: ratings and dates of the county or of many schools at once, and the files behind them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from junheng.web.audit.chain import record
from junheng.web.evidence.models import Evidence
from junheng.web.filing.actions import changed, editable
from junheng.web.filing.attaching import attach
from junheng.web.filing.attested import COLUMNS, PAPER, TABLE, asked_in, key_of, owners_of
from junheng.web.filing.models import Cell, Change, Filing, Origin, Row
from junheng.web.filing.refusing import refused
from junheng.web.filing.sections import tidy
from junheng.web.people.models import Account

_NAMED = 200  # rows named in the record of what happened
Typed = Mapping[tuple[str, str], Mapping[str, str]]  # (item, owner) → column → what was typed


@dataclass(frozen=True, slots=True)
class Done:
    """What was there before, by (item, owner, column), and the return's revision now."""

    before: Mapping[tuple[str, str, str], str]
    revision: int


@transaction.atomic
def attest(actor: Account, filing: Filing, typed: Typed) -> Done:
    """Keep what was typed of any number of items and owners; an entry that is emptied is no row. Eight queries.

    Raises ValidationError for an item that is not attested, an owner that is no school of the year, a rating outside
    the item's scale, a return that may not be changed now.
    """
    now = editable(filing.pk)
    told = {place: _tidied(now, place, columns) for place, columns in typed.items()}
    _require_owners(now, [owner for _, owner in told])
    rows = _rows(now, told)
    cells = {(one.row_id, one.column): one for one in Cell.objects.filter(row__in=rows.values())}
    before, new, old = _compared(told, rows, cells)
    if new or old:
        _keep(actor, new, old)
        _emptied(rows.values())
        changed(now)
        keys = sorted({one.row.key for one, _ in (*old, *new)})
        detail = {"table": TABLE, "rows": keys[:_NAMED], "cells": len(new) + len(old)}
        record(actor, "filing.attest", "filing", now.pk, detail, organisation_id=now.school_id)
    return Done(before, now.revision)


Was = tuple[Cell, str]  # a cell to be kept, and what stood in it


def _compared(
    told: Typed, rows: Mapping[tuple[str, str], Row], cells: Mapping[tuple[int, str], Cell]
) -> tuple[dict[tuple[str, str, str], str], list[Was], list[Was]]:
    """What stood where something was typed; the new cells, and those that change."""
    before: dict[tuple[str, str, str], str] = {}
    new: list[Was] = []
    old: list[Was] = []
    for place, columns in told.items():
        row = rows.get(place)
        for column, value in columns.items():
            cell = cells.get((row.pk, column)) if row else None
            stood = before[(*place, column)] = cell.value if cell else ""
            if row is not None and value != stood:
                (old if cell else new).append((_filled(cell or Cell(row=row, column=column), value), stood))
    return before, new, old


def _keep(actor: Account, new: Sequence[Was], old: Sequence[Was]) -> None:
    Cell.objects.bulk_create(one for one, _ in new)
    Cell.objects.bulk_update((one for one, _ in old), ["value", "origin", "place"])
    Change.objects.bulk_create(
        Change(cell=one, by=actor, by_name=actor.name, old=stood, new=one.value)
        for one, stood in (*new, *old)
    )


def _filled(cell: Cell, value: str) -> Cell:
    cell.value, cell.origin, cell.place = value, Origin.TYPED, ""
    return cell


def _tidied(filing: Filing, place: tuple[str, str], columns: Mapping[str, str]) -> dict[str, str]:
    asked = asked_in(filing).get(place[0])
    if asked is None or not set(columns) <= set(COLUMNS):
        raise refused("没有这一条或这一栏", "no such item or column")
    try:
        found = {column: tidy(value) for column, value in columns.items()}
    except ValueError as error:
        raise ValidationError(error.args[0]) from error
    rating = found.get("rating", "")
    if rating and asked.scale and rating not in asked.scale:
        raise refused(f"{place[0]} 的评定结果不在等级之内：{rating}", f"{place[0]}: no such rating")
    return found


def _require_owners(filing: Filing, owners: Sequence[str]) -> None:
    if set(owners) - {filing.code} and set(owners) - {filing.code} - set(owners_of(filing)):
        raise refused("不是本年填报的学校", "not a school of this year")


def _rows(filing: Filing, told: Typed) -> dict[tuple[str, str], Row]:
    """The rows of the places, made where something is typed into one that is not there."""
    keys = {place: key_of(*place, filing) for place in told}
    held = {one.key: one for one in Row.objects.filter(filing=filing, table=TABLE, key__in=keys.values())}
    count = Row.objects.filter(filing=filing, table=TABLE).count()
    wanted = [key for place, key in keys.items() if key not in held and any(told[place].values())]
    made = Row.objects.bulk_create(
        Row(filing=filing, table=TABLE, key=key, position=count + number) for number, key in enumerate(wanted)
    )
    held |= {one.key: one for one in made}
    back = [one.pk for one in held.values() if one.is_removed]
    if back:
        Cell.objects.filter(row__in=back).update(value="")  # it begins anew; its history stays
        Row.objects.filter(pk__in=back).update(is_removed=False)
    return {place: held[key] for place, key in keys.items() if key in held}


def _emptied(rows: Iterable[Row]) -> None:
    """An entry without anything typed is taken out: a blank line would read as evidence without a date."""
    pks = [row.pk for row in rows]
    filled = set(Cell.objects.filter(row__in=pks).exclude(value="").values_list("row", flat=True))
    Row.objects.filter(pk__in=[pk for pk in pks if pk not in filled]).update(is_removed=True)


@transaction.atomic
def put_paper(actor: Account, filing: Filing, item: str, owners: Sequence[str], evidence: Evidence) -> None:
    """Put a kept file behind an item of one or many owners; dates nobody typed this year become the paper's own."""
    dated = _dates(filing, item, owners)
    until = evidence.expires_on
    days = {"dated_on": evidence.dated_on.isoformat(), "expires_on": until.isoformat() if until else ""}
    attest(actor, filing, {
        (item, owner): {column: day for column, day in days.items() if column not in dated.get(owner, ())}
        for owner in owners
    })  # fmt: skip
    keys = [key_of(item, owner, filing) for owner in owners]
    for row in Row.objects.filter(filing=filing, table=TABLE, key__in=keys, is_removed=False):
        attach(actor, filing, evidence, f"{row.pk}-{PAPER}")


def _dates(filing: Filing, item: str, owners: Sequence[str]) -> Mapping[str, set[str]]:
    """Owner → the date columns somebody typed this year; what was carried over from last year's is none of them."""
    keys = {key_of(item, owner, filing): owner for owner in owners}
    cells = Cell.objects.filter(
        row__filing=filing, row__table=TABLE, row__key__in=keys, row__is_removed=False, column__in=COLUMNS[1:]
    ).exclude(value="")
    cells = cells.filter(origin=Origin.TYPED)
    found: dict[str, set[str]] = {}
    for key, column in cells.values_list("row__key", "column"):
        found.setdefault(keys[key], set()).add(column)
    return found
