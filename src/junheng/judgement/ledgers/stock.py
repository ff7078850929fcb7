"""Equipment, laboratories and books by age: what is past its life, and what each coming year must renew."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from junheng.basics import Text
from junheng.data.books import Book, Fault, Place, Record
from junheng.judgement.ledgers.records import unknown_school
from junheng.judgement.ledgers.schools import LedgerSchool


@dataclass(frozen=True, slots=True)
class Batch:
    """One purchase. ``due_year``: the year its life ends, None where none is told; ``value`` in yuan."""

    school_id: str
    category: str
    name: str
    quantity: Decimal
    value: Decimal | None
    acquired_on: date
    due_year: int | None
    place: Place


@dataclass(frozen=True, slots=True)
class YearOfRenewal:
    """What one year must renew of a category. ``unpriced``: batches without a value, in none of the sums."""

    year: int
    category: str
    batches: int
    quantity: Decimal
    value: Decimal
    unpriced: int


@dataclass(frozen=True, slots=True)
class Stock:
    """All batches; ``overdue`` those past their life on the day; ``renewal`` by year, the overdue in the day's year."""

    batches: tuple[Batch, ...]
    overdue: tuple[Batch, ...]
    untold: tuple[Batch, ...]
    renewal: tuple[YearOfRenewal, ...]


def stock(book: Book, schools: Mapping[str, LedgerSchool], on: date) -> tuple[Stock | None, list[Fault]]:
    """What the book tells of equipment and books; None when it has no such sheet. Lives are those the book gives."""
    if "stock" not in book.tables:
        return None, []
    faults: list[Fault] = []
    batches = [one for row in book.rows("stock") if (one := _batch(row, schools, on, faults)) is not None]
    overdue = tuple(one for one in batches if one.due_year is not None and _ended(one, on))
    years: dict[tuple[int, str], list[Batch]] = defaultdict(list)
    for one in batches:
        if one.due_year is not None:
            years[max(one.due_year, on.year), one.category].append(one)
    return (
        Stock(
            tuple(batches),
            overdue,
            tuple(one for one in batches if one.due_year is None),
            tuple(_renewal(year, category, found) for (year, category), found in sorted(years.items())),
        ),
        faults,
    )


def _ended(one: Batch, on: date) -> bool:
    """Whether the life of ``one`` is over: its last day is the one before the purchase's anniversary."""
    end = (one.due_year or on.year, one.acquired_on.month, one.acquired_on.day)
    return end <= (on.year, on.month, on.day)


def _renewal(year: int, category: str, found: list[Batch]) -> YearOfRenewal:
    priced = [one.value for one in found if one.value is not None]
    total = sum((one.quantity for one in found), Decimal(0))
    return YearOfRenewal(year, category, len(found), total, sum(priced, Decimal(0)), len(found) - len(priced))


def _batch(row: Record, schools: Mapping[str, LedgerSchool], on: date, faults: list[Fault]) -> Batch | None:
    if row.cell("school_id") not in schools:
        faults.append(unknown_school(row, "stock"))
        return None
    if not all(row.cell(name) for name in ("category", "quantity", "acquired_on")):
        return None  # told by the reader: these columns are required
    acquired = date.fromisoformat(row.cell("acquired_on"))
    if acquired > on:
        what = Text(f"购置日期 {acquired} 晚于 {on}", f"acquired on {acquired}, after {on}")
        faults.append(
            Fault("stock.acquired_on", row.at("acquired_on"), what, Text("请核对日期", "check the day"))
        )
        return None
    life = row.cell("life_years")
    return Batch(
        row.cell("school_id"),
        row.cell("category"),
        row.cell("name"),
        Decimal(row.cell("quantity")),
        Decimal(row.cell("value_yuan")) if row.cell("value_yuan") else None,
        acquired,
        acquired.year + int(Decimal(life)) if life else None,
        row.place,
    )
