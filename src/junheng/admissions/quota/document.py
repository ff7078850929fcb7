"""The allocation as JSON: the frozen problem, every derivation, seats, checks; fractions as text.

What stands here is all that an independent checker needs (``check_allocation``). Pupils are not part of it.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from junheng.admissions.quota.allocate import Allocation, SeatRow
from junheng.admissions.quota.norms import Checks, RateFact
from junheng.admissions.quota.problem import Junior, Senior
from junheng.admissions.quota.quotas import DirectSeats, Quota
from junheng.admissions.quota.reasons import reason
from junheng.admissions.quota.table import Filled, Settled
from junheng.basics import Text

FORMAT = "junheng/quota/1"


def allocation_document(allocation: Allocation, checks: Checks, rules_sha256: str = "") -> dict[str, Any]:
    """Everything about ``allocation``, in plain JSON values."""
    given = allocation.given
    return {
        "format": FORMAT,
        "year": given.year,
        "inputs": [{"name": name, "sha256": digest} for name, digest in given.files],
        "unused_columns": list(given.unused),
        "rules": {"sha256": rules_sha256, "content": allocation.rules.as_json()},
        "lot": allocation.lot.as_json(),
        "problem": {
            "seniors": [_senior(row) for row in given.seniors],
            "juniors": [_junior(row) for row in given.juniors],
        },
        "quotas": [_quota(row) for row in allocation.quotas],
        "direct": [_direct(row) for row in allocation.direct],
        "tables": [_table(table) for table in allocation.tables],
        "lots": [
            {"table": lot.of, "order": list(lot.labels)} for table in allocation.tables for lot in table.lots
        ],
        "seats": [_seats(row) for row in allocation.seats],
        "checks": checks_document(checks),
    }


def _number(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _quota(row: Quota) -> dict[str, Any]:
    return {
        "senior": row.senior,
        "share": _number(row.share),
        "exact": _number(row.exact),
        "seats": row.seats,
        "direct": row.direct,
        "general": row.general,
    }


def _direct(row: DirectSeats) -> dict[str, Any]:
    return {
        "senior": row.senior,
        "junior": row.junior,
        "examinees": row.examinees,
        "exact": str(row.exact),
        "seats": row.seats,
    }


def _seats(row: SeatRow) -> dict[str, Any]:
    return {
        "senior": row.senior,
        "kind": row.kind,
        "id": row.id,
        "direct": row.direct,
        "general": row.general,
        "seats": row.seats,
    }


def _senior(row: Senior) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "plan": row.plan,
        "quota": row.quota,
        "share": _number(row.share),
        "level": row.level,
        "districts": list(row.districts),
        "group": row.group,
    }


def _junior(row: Junior) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "district": row.district,
        "graduates": row.graduates,
        "pupils": row.pupils,
        "examinees": row.examinees,
        "is_rural": row.is_rural,
        "is_below_average": row.is_below_average,
        "coefficient": str(row.coefficient),
        "group": row.group,
        "pack": row.pack,
    }


def _table(table: Filled) -> dict[str, Any]:
    task = table.task
    return {
        "id": task.id,
        "totals": task.totals,
        "fill": task.fill,
        "rows": [{"senior": row.senior, "seats": row.seats} for row in task.rows],
        "columns": [
            {
                "kind": unit.kind,
                "id": unit.id,
                "basis": unit.basis,
                "weight": str(unit.weight),
                **_settled(table.columns[place], table.column_seats(place)),
            }
            for place, unit in enumerate(task.units)
        ],
        "cells": [
            {"senior": row.senior, "id": unit.id, **_settled(table.cells[i][j], table.seats[i][j])}
            for i, row in enumerate(task.rows)
            for j, unit in enumerate(task.units)
            if task.served[i][j]
        ],
    }


def _settled(found: Settled, seats: int) -> dict[str, Any]:
    return {
        "exact": str(found.exact),
        "floor": found.whole,
        "remainder": str(found.exact - found.whole),
        "rank": found.rank,
        "extra": found.extra,
        "dealt": found.dealt,
        "seats": seats,
        "why": text_json(reason(found)),
    }


def text_json(text: Text) -> dict[str, str]:
    """A bilingual text as JSON."""
    return {"zh": text.zh, "en": text.en}


def checks_document(checks: Checks) -> dict[str, Any]:
    """The facts of item G14: overall, by senior school, tilt, and the norm with its source."""
    citation = checks.norm.citation
    return {
        "item": "G14",
        "norm": {
            "least": str(checks.norm.least),
            "document": citation.document,
            "article": citation.article,
            "certainty": citation.certainty,
            "overlay": citation.overlay,
        },
        "overall": _rate(checks.overall),
        "seniors": [_rate(fact) for fact in checks.seniors],
        "tilt": {
            "rural_seats_per_graduate": _number(checks.tilt.rural),
            "other_seats_per_graduate": _number(checks.tilt.others),
            "verdict": checks.tilt.verdict.value,
            "reason": text_json(checks.tilt.reason),
        },
    }


def _rate(fact: RateFact) -> dict[str, Any]:
    return {
        "senior": fact.senior,
        "plan": fact.plan,
        "seats": fact.seats,
        "rate": _number(fact.rate),
        "verdict": fact.verdict.value,
        "reason": text_json(fact.reason),
    }


def dictionary_rows(allocation: Allocation) -> Iterator[Mapping[str, Any]]:
    """The rows of the dictionary's table ``quota``, so that ``evaluate`` can read them; an open pack under its name."""
    plans = {senior.id: senior.plan for senior in allocation.given.seniors}
    for row in allocation.seats:
        yield {
            "year": allocation.given.year,
            "senior_school_id": row.senior,
            "junior_school_id": row.id,
            "plan": plans[row.senior],
            "seats": row.seats,
            "is_rural": row.is_rural,
        }
