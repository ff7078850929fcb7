"""The records of a ledger's book, one in force per school and item; what does not fit is named."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from junheng.basics import Text, nearest, value_key
from junheng.data.books import Book, Fault, Place, Record
from junheng.judgement.ledgers.definition import Ledger, LedgerItem
from junheng.judgement.ledgers.schools import LedgerSchool

_YES = {"是", "有", "yes", "y", "true", "1"}
_NO = {"否", "无", "没有", "no", "n", "false", "0"}
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """A record read: ``value`` 1 or 0 of a yes or no. ``expires_on``: its own day, or that of the item's term."""

    school_id: str
    item: str
    value: Decimal
    dated_on: date
    expires_on: date | None
    evidence: str
    place: Place


def entries_in_force(
    book: Book, ledger: Ledger, schools: Mapping[str, LedgerSchool], on: date
) -> tuple[dict[tuple[str, str], Entry], list[Entry], list[Fault]]:
    """The latest entry per (school, item) that holds on ``on``; those expired; and the faults.

    Two entries of one day that differ contradict: neither counts, and the place of both is told.
    """
    faults: list[Fault] = []
    read = [one for row in book.rows("record") if (one := _entry(row, ledger, schools, faults))]
    held: dict[tuple[str, str], Entry] = {}
    torn: set[tuple[str, str, date]] = set()
    expired: list[Entry] = []
    for entry in sorted(read, key=lambda one: one.dated_on):
        key = (entry.school_id, entry.item)
        if entry.dated_on > on:
            continue
        before = held.get(key)
        if before is not None and before.dated_on == entry.dated_on and before.value != entry.value:
            faults.append(_contradiction(before, entry))
            torn.add((*key, entry.dated_on))
        held[key] = entry
    for key, entry in list(held.items()):
        if (*key, entry.dated_on) in torn:
            del held[key]
        elif entry.expires_on is not None and entry.expires_on < on:
            expired.append(held.pop(key))
    return held, expired, faults


def _entry(
    row: Record, ledger: Ledger, schools: Mapping[str, LedgerSchool], faults: list[Fault]
) -> Entry | None:
    item = ledger.item(row.cell("item"))
    if item is None:
        faults.append(_unknown_item(row, ledger))
        return None
    if row.cell("school_id") not in schools:
        faults.append(unknown_school(row, "record"))
        return None
    value = _value(item, row.cell("value"))
    if value is None:
        faults.append(_misfit(row, item))
        return None
    if not row.cell("dated_on"):
        return None  # told by the reader already: the column is required
    dated = date.fromisoformat(row.cell("dated_on"))
    expires = row.cell("expires_on")
    return Entry(
        row.cell("school_id"),
        item.id,
        value,
        dated,
        date.fromisoformat(expires) if expires else _term(dated, item.valid_months),
        row.cell("evidence"),
        row.place,
    )


def _value(item: LedgerItem, text: str) -> Decimal | None:
    if item.kind == "yes_no":
        key = value_key(text)
        return Decimal(1) if key in _YES else Decimal(0) if key in _NO else None
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and found >= 0 else None


def _term(dated: date, months: int | None) -> date | None:
    """``months`` after ``dated``, on the month's last day where it has no such day."""
    if months is None:
        return None
    year, month = divmod(dated.year * _MONTHS + dated.month - 1 + months, _MONTHS)
    return date(year, month + 1, min(dated.day, monthrange(year, month + 1)[1]))


def unknown_school(row: Record, table: str) -> Fault:
    """A row about a school that the input does not have."""
    word = row.cell("school_id")
    return Fault(
        f"{table}.school_id.unknown",
        row.at("school_id"),
        Text(f"学校表里没有 {word}", f"there is no school {word}"),
        Text("请核对学校标识码和年份", "check the code and the year"),
    )


def _unknown_item(row: Record, ledger: Ledger) -> Fault:
    word = row.cell("item")
    names = [name for item in ledger.items for name in (item.id, item.name.zh)]
    near = nearest(word, names) or "—"
    return Fault(
        "record.item.unknown",
        row.at("item"),
        Text(f"台账没有项目“{word}”，最接近的是 {near}", f"no item “{word}”; the nearest is {near}"),
        Text(f"可用：{'、'.join(item.name.zh for item in ledger.items)}", "use an item of the ledger"),
    )


def _misfit(row: Record, item: LedgerItem) -> Fault:
    word = row.cell("value")
    wanted = (
        Text("填是或否", "yes or no") if item.kind == "yes_no" else Text("填不小于0的数", "a number from 0")
    )
    what = Text(f"“{item.name.zh}”的情况不能是“{word}”", f"“{word}” does not fit {item.name.en}")
    return Fault(f"record.value.{item.kind}", row.at("value"), what, wanted)


def _contradiction(one: Entry, other: Entry) -> Fault:
    return Fault(
        "record.contradiction",
        other.place,
        Text(
            f"{other.school_id} 的 {other.item} 同一天有两个说法（另一处 {one.place}）",
            f"{other.item} of {other.school_id} is told twice on one day (also {one.place})",
        ),
        Text("请删去不对的一条；此前两条都不算", "delete the wrong one; until then neither counts"),
    )
