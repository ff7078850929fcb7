"""A ledger's result: rates, findings, services and faults, and its public form."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from junheng.basics import Text
from junheng.data import Snapshot
from junheng.data.books import Book, Fault
from junheng.judgement.ledgers.definition import Ledger
from junheng.judgement.ledgers.findings import STATE_NAMES, FindingEntry, findings
from junheng.judgement.ledgers.rates import RateResult, rates
from junheng.judgement.ledgers.records import Entry, entries_in_force
from junheng.judgement.ledgers.schools import LedgerSchool, ledger_schools
from junheng.judgement.ledgers.services import Services, Totals, services
from junheng.judgement.ledgers.stock import Batch, Stock, stock

FORMAT = "junheng/ledger/1"


@dataclass(frozen=True, slots=True)
class LedgerReport:
    """Everything a ledger tells of one county on a day."""

    ledger: Ledger
    county: Text
    year: int
    on: date
    book_sha256: str
    schools: dict[str, LedgerSchool]
    held: dict[tuple[str, str], Entry]
    expired: tuple[Entry, ...]
    rates: tuple[RateResult, ...]
    findings: tuple[FindingEntry, ...]
    services: Services | None
    stock: Stock | None
    faults: tuple[Fault, ...]


def ledger_report(
    book: Book, ledger: Ledger, snapshot: Snapshot, *, year: int, county: str, name: str, on: date
) -> LedgerReport:
    """What ``book`` says of the schools of ``county`` on ``on``, by the definition ``ledger``."""
    return report_of(book, ledger, ledger_schools(snapshot, year, county), Text(name, county), year, on)


def report_of(
    book: Book, ledger: Ledger, schools: dict[str, LedgerSchool], county: Text, year: int, on: date
) -> LedgerReport:
    """What ``book`` says of ``schools`` (by id) on ``on``; ``county``: its name and, as the English, its code."""
    held, expired, faults = entries_in_force(book, ledger, schools, on)
    told, more = findings(book, ledger, schools, on)
    served, others = services(book, schools)
    held_stock, still = stock(book, schools, on)
    return LedgerReport(
        ledger,
        county,
        year,
        on,
        book.sha256,
        schools,
        held,
        tuple(expired),
        tuple(rates(ledger, held, schools)),
        tuple(told),
        served,
        held_stock,
        (*book.faults, *faults, *more, *others, *still),
    )


def ledger_json(report: LedgerReport) -> dict[str, Any]:
    """The report as data; shares as exact fractions in text."""
    return {
        "format": FORMAT,
        "ledger": report.ledger.id,
        "county": {"code": report.county.en, "name": report.county.zh},
        "year": report.year,
        "on": report.on.isoformat(),
        "book_sha256": report.book_sha256,
        "rates": [_rate(found) for found in report.rates],
        "expired": [
            {
                "school_id": one.school_id,
                "item": one.item,
                "expired_on": str(one.expires_on),
                "where": str(one.place),
            }
            for one in report.expired
        ],
        "findings": [_finding(found) for found in report.findings],
        "services": None if report.services is None else _services(report.services),
        "stock": None if report.stock is None else _stock(report.stock),
        "faults": [fault.as_json() for fault in report.faults],
    }


def _rate(found: RateResult) -> dict[str, Any]:
    span = found.span
    return {
        "item": found.item.id,
        "met": found.met,
        "unknown": found.unknown,
        "whole": found.whole,
        "least": _exact(span[0]) if span else None,
        "greatest": _exact(span[1]) if span else None,
        "goal": str(found.item.goal) if found.item.goal is not None else None,
        "verdict": found.verdict.value if found.verdict else None,
        "reason": {"zh": found.reason.zh, "en": found.reason.en},
        "failing": list(found.failing),
        "unrecorded": list(found.unrecorded),
        "outside": list(found.outside),
        "source": found.item.source.model_dump(mode="json", exclude_none=True),
    }


def _exact(value: Fraction) -> str:
    return str(value)


def _finding(found: FindingEntry) -> dict[str, Any]:
    name = STATE_NAMES[found.state]
    return {
        "number": found.number,
        "school_id": found.school_id,
        "item": found.item,
        "severity": found.severity,
        "found_on": found.found_on.isoformat(),
        "due_on": found.due_on.isoformat() if found.due_on else None,
        "state": found.state,
        "state_name": {"zh": name.zh, "en": name.en},
        "late_days": found.late_days,
        "reason": {"zh": found.reason.zh, "en": found.reason.en},
        "where": str(found.place),
    }


def _services(found: Services) -> dict[str, Any]:
    return {
        "service": _totals(found.service),
        "schools_without": list(found.without),
        "schools_without_plan": list(found.unplanned),
        "schools_below_demand": list(found.unmet),
        "fees_not_published": list(found.unpublished),
        "firms": _totals(found.firms),
        "firms_unlicensed": list(found.unlicensed),
        "firms_prepaid_above_supervised": list(found.unsupervised),
    }


def _stock(found: Stock) -> dict[str, Any]:
    return {
        "batches": len(found.batches),
        "overdue": [_batch(one) for one in found.overdue],
        "without_life": [_batch(one) for one in found.untold],
        "renewal": [
            {
                "year": one.year,
                "category": one.category,
                "batches": one.batches,
                "quantity": str(one.quantity),
                "value_yuan": str(one.value),
                "unpriced": one.unpriced,
            }
            for one in found.renewal
        ],
    }


def _batch(one: Batch) -> dict[str, Any]:
    return {
        "school_id": one.school_id,
        "category": one.category,
        "name": one.name,
        "quantity": str(one.quantity),
        "acquired_on": one.acquired_on.isoformat(),
        "where": str(one.place),
    }


def _totals(totals: Totals) -> dict[str, Any]:
    return {
        "rows": totals.rows,
        "sums": {name: str(value) for name, value in totals.sums.items()},
        "lacking": dict(totals.lacking),
    }
