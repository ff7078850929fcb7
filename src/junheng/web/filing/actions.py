"""What a school does to its return: types cells, adds and removes rows, explains the unlikely."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from junheng.web.audit.chain import record
from junheng.web.filing.checking import problems_of
from junheng.web.filing.models import Cell, Change, Explanation, Filing, Origin, Row
from junheng.web.filing.refusing import refused
from junheng.web.filing.sections import choices_of, fields_of, keys_of, sections_in, tidy
from junheng.web.filing.states import EDITABLE, State
from junheng.web.front.words import both
from junheng.web.people.models import Account

_WORDS = 500  # what the database keeps of an explanation


@dataclass(frozen=True, slots=True)
class Saved:
    """A cell after its typing. ``before`` is what it was; ``is_overtaken``: it was not what the person had seen."""

    cell: Cell
    before: str
    is_overtaken: bool
    revision: int


def locked(pk: int) -> Filing:
    """The return as it stands now, held until the transaction ends."""
    chosen = Filing.every.select_for_update(of=("self",))
    return chosen.select_related("school", "county_year__county").get(pk=pk)


def require_open(filing: Filing) -> None:
    """Raise ValidationError when the return may not be changed now."""
    if filing.county_year.frozen_at:
        raise refused("这一年已经定稿，不能修改", "the year is frozen: nothing changes")
    if filing.state not in EDITABLE:
        state = both(State(filing.state).label)
        raise refused(f"报表“{state.zh}”，不能修改", f"the return is {state.en} and cannot be changed now")


def editable(pk: int) -> Filing:
    """The return, held. Raises ValidationError when it may not be changed now."""
    filing = locked(pk)
    require_open(filing)
    return filing


def changed(filing: Filing) -> None:
    """Count a change of the return, which is held: what was checked is known by it."""
    filing.revision += 1
    filing.changed_at = timezone.now()
    filing.save(update_fields=["revision", "changed_at"])


@transaction.atomic
def save_cell(actor: Account, row: Row, column: str, typed: str, seen: str | None = None) -> Saved:
    """Keep what was typed; the later typing wins and both stand in the history.

    Raises ValidationError for a column the table has not, a removed row, a return not open for changes.
    """
    if column not in {spec.name for spec in fields_of(row.table)}:
        raise refused("没有这一栏", "no such column")
    try:
        value = tidy(typed)
    except ValueError as error:
        raise ValidationError(error.args[0]) from error
    filing = editable(row.filing_id)
    if Row.objects.filter(pk=row.pk, is_removed=True).exists():
        raise refused("这一行已被删除", "this row was removed")
    cell, _ = Cell.objects.get_or_create(row=row, column=column, defaults={"origin": Origin.TYPED})
    before = cell.value
    if value != before:
        Change.objects.create(cell=cell, by=actor, by_name=actor.name, old=before, new=value)
        cell.value, cell.origin, cell.place = value, Origin.TYPED, ""
        cell.save(update_fields=["value", "origin", "place"])
        changed(filing)
    return Saved(cell, before, seen is not None and seen != before, filing.revision)


def new_key(filing: Filing, table: str, keys: dict[str, str]) -> str:
    """The key of a row to be added. Raises ValidationError for a table or a value the dictionary has not."""
    if table not in sections_in(filing):
        raise refused("没有这张表", "no such table")
    parts = []
    for spec in keys_of(table):
        part, allowed = keys.get(spec.name, "").strip(), dict(choices_of(spec))
        if not part or "|" in part or len(part) > 40 or (allowed and part not in allowed):
            raise refused(f"{spec.heading.zh}不对", f"{spec.heading.en}: not a value of it")
        if spec.type == "integer" and not (part.isascii() and part.isdigit()):
            raise refused(f"{spec.heading.zh}须是整数", f"{spec.heading.en}: a whole number")
        parts.append(str(int(part)) if spec.type == "integer" else part)
    return "|".join(parts)


@transaction.atomic
def add_row(actor: Account, filing: Filing, table: str, keys: dict[str, str]) -> Row:
    """A row of a table with several a school; one that was removed comes back. Raises ValidationError for a bad key."""
    now, key = editable(filing.pk), new_key(filing, table, keys)
    position = Row.objects.filter(filing=now, table=table).count()
    row, is_new = Row.objects.get_or_create(filing=now, table=table, key=key, defaults={"position": position})
    if not is_new and not row.is_removed:
        raise refused("已经有这一行", "this row is there already")
    Row.objects.filter(pk=row.pk).update(is_removed=False)
    changed(now)
    _told(actor, now, "filing.row_add", table, key)
    return row


@transaction.atomic
def remove_row(actor: Account, row: Row) -> None:
    """The row is not filed; its cells and their history stay. Raises ValidationError for a school's only row."""
    if not keys_of(row.table):
        raise refused("这张表只有一行，不能删除", "a table's only row stays")
    now = editable(row.filing_id)
    if Row.objects.filter(pk=row.pk, is_removed=False).update(is_removed=True):
        changed(now)
        _told(actor, now, "filing.row_remove", row.table, row.key)


def _told(actor: Account, filing: Filing, action: str, table: str, key: str) -> None:
    record(actor, action, "filing", filing.pk, {"table": table, "key": key}, organisation_id=filing.school_id)


def explain(actor: Account, filing: Filing, key: str, words: str) -> Explanation:
    """Why an unlikely figure is right. Raises ValidationError for empty words, a rule of logic, a problem that is gone."""
    said = " ".join(words.split())[:_WORDS]
    found = next((one for one in problems_of(filing) if one.key == key), None)
    if found is None or found.is_logic:
        raise refused("数据已改，请看最新的核对结果", "the figures changed: see the newest checks")
    if not said:
        raise refused("请写明原因", "say why")
    with transaction.atomic():
        now = editable(filing.pk)
        given, _ = Explanation.objects.update_or_create(
            filing=now,
            key=key,
            defaults={
                "problem": found.what_zh[:_WORDS],
                "words": said,
                "by": actor,
                "by_name": actor.name,
            },
        )
        detail = {"check": found.check, "words": said}
        record(actor, "filing.explain", "filing", now.pk, detail, organisation_id=now.school_id)
    return given
