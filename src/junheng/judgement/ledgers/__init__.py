"""Ledgers of schools: informatisation, campus safety, conduct – records with terms, findings until mended."""

from junheng.judgement.ledgers.attest import Support, attestation_rows, supports
from junheng.judgement.ledgers.definition import (
    Ledger,
    LedgerItem,
    ledger_forms,
    ledger_of,
    ledgers,
    load_ledger,
)
from junheng.judgement.ledgers.findings import STATE_NAMES, FindingEntry
from junheng.judgement.ledgers.given import given_book, given_findings
from junheng.judgement.ledgers.outcome import LedgerReport, ledger_json, ledger_report, report_of
from junheng.judgement.ledgers.rates import RateResult
from junheng.judgement.ledgers.records import Entry
from junheng.judgement.ledgers.schools import LedgerSchool, schools_in_finding
from junheng.judgement.ledgers.services import Services
from junheng.judgement.ledgers.stock import Stock

__all__ = [
    "STATE_NAMES",
    "Entry",
    "FindingEntry",
    "Ledger",
    "LedgerItem",
    "LedgerReport",
    "LedgerSchool",
    "RateResult",
    "Services",
    "Stock",
    "Support",
    "attestation_rows",
    "given_book",
    "given_findings",
    "ledger_forms",
    "ledger_json",
    "ledger_of",
    "ledger_report",
    "ledgers",
    "load_ledger",
    "report_of",
    "schools_in_finding",
    "supports",
]
