"""After-school service by school, and the off-campus firms: coverage, money, and what does not add up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from junheng.basics import Text
from junheng.data.books import Book, Fault, Record
from junheng.judgement.ledgers.records import unknown_school
from junheng.judgement.ledgers.schools import LedgerSchool

_SUMS = ("wanting", "taking", "collected_yuan", "subsidy_yuan", "spent_yuan")
_FIRM_SUMS = ("courses", "staff", "pupils", "weekly_hours", "prepaid_yuan", "supervised_yuan")


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the rows that tell a figure; ``lacking``: rows that do not, by column."""

    rows: int
    sums: Mapping[str, Decimal]
    lacking: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Services:
    """Service and firms of a county. ``without``: schools with no row; ``unplanned``: with none of their own plan."""

    service: Totals
    without: tuple[str, ...]
    unplanned: tuple[str, ...]
    unmet: tuple[str, ...]
    unpublished: tuple[str, ...]
    firms: Totals
    unlicensed: tuple[str, ...]
    unsupervised: tuple[str, ...]


def services(book: Book, schools: Mapping[str, LedgerSchool]) -> tuple[Services | None, list[Fault]]:
    """What the book tells of service and firms; None when it has neither sheet."""
    rows, firms = book.rows("service"), book.rows("firm")
    if "service" not in book.tables and "firm" not in book.tables:
        return None, []
    faults = list(_faults(rows, firms, schools))
    known = [row for row in rows if row.cell("school_id") in schools]
    listed = {row.cell("school_id") for row in known}
    found = Services(
        _totals(known, _SUMS),
        tuple(key for key in schools if key not in listed),
        tuple(row.cell("school_id") for row in known if not row.cell("plan")),
        tuple(row.cell("school_id") for row in known if _below(row, "taking", "wanting")),
        tuple(
            row.cell("school_id")
            for row in known
            if row.cell("collected_yuan") and not row.cell("published_on")
        ),
        _totals(firms, _FIRM_SUMS),
        tuple(row.cell("firm_id") for row in firms if row.cell("licensed") == "no"),
        tuple(row.cell("firm_id") for row in firms if _below(row, "supervised_yuan", "prepaid_yuan")),
    )
    return found, faults


def _totals(rows: list[Record] | tuple[Record, ...], columns: tuple[str, ...]) -> Totals:
    told = {column: [row.cell(column) for row in rows if row.cell(column)] for column in columns}
    return Totals(
        len(rows),
        {column: sum(map(Decimal, found), Decimal(0)) for column, found in told.items()},
        {column: len(rows) - len(found) for column, found in told.items()},
    )


def _below(row: Record, less: str, more: str) -> bool:
    return bool(row.cell(less) and row.cell(more)) and Decimal(row.cell(less)) < Decimal(row.cell(more))


def _faults(
    rows: tuple[Record, ...], firms: tuple[Record, ...], schools: Mapping[str, LedgerSchool]
) -> Iterator[Fault]:
    yield from (unknown_school(row, "service") for row in rows if row.cell("school_id") not in schools)
    for row in rows:
        spent, income = row.cell("spent_yuan"), [row.cell("collected_yuan"), row.cell("subsidy_yuan")]
        if spent and all(income) and Decimal(spent) > sum(map(Decimal, income)):
            yield Fault(
                "service.spent",
                row.at("spent_yuan"),
                Text("支出大于收费与补助之和", "more spent than collected and subsidised"),
                Text("请核对，或说明差额来源", "check it, or tell where the rest came from"),
            )
    for table, key in ((rows, "school_id"), (firms, "firm_id")):
        seen: set[str] = set()
        for row in table:
            if row.cell(key) in seen:
                yield Fault(
                    f"{key}.doubled",
                    row.at(key),
                    Text(f"{row.cell(key)} 出现两次", f"{row.cell(key)} occurs twice"),
                    Text("每校、每机构一行", "one row each"),
                )
            seen.add(row.cell(key))
