"""The result as JSON: exact fractions as text, every value with its cells, what it was made from."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from junheng import __version__
from junheng.basics import Text
from junheng.judgement.monitoring.condition import Value
from junheng.judgement.school_standards.attest import evidence_hash
from junheng.judgement.school_standards.judge import RowResult, SchoolVerdict
from junheng.judgement.school_standards.report import SchoolStandardReport

FORMAT = "junheng/school-standard/1"
Json = dict[str, Any]


def school_standard_json(report: SchoolStandardReport, documents: Mapping[str, str]) -> Json:
    """The whole result. ``documents``: SHA-256 of the files beside it, by name."""
    return {
        "format": FORMAT,
        "manifest": {
            "software": f"junheng {__version__}",
            "inputs": [
                {"name": one.name, "sha256": one.sha256, "size_bytes": one.size_bytes}
                for one in report.inputs
            ],
            "book": {"name": report.figures.file, "sha256": report.figures.sha256},
            "standard_sha256": report.standard.sha256,
            "evidence_sha256": evidence_hash(report),
            "files": dict(documents),
        },
        "county": {"code": report.county.en, "name": report.county.zh},
        "year": report.year,
        "on": report.on.isoformat(),
        "standard": report.standard.as_json(),
        "rates": [
            {
                "of": one.of, "by": one.by, "key": one.key, "met": one.met, "unknown": one.unknown,
                "whole": one.whole, "least": _text(one.span and one.span[0]),
                "greatest": _text(one.span and one.span[1]),
            }
            for one in report.rates
        ],
        "totals": [
            {
                "row": one.row, "concerned": one.concerned, "schools": one.schools, "unknown": one.unknown,
                "lacks": str(one.lacks),
            }
            for one in report.totals
        ],
        "schools": [_school(one) for one in report.schools],
        "faults": [fault.as_json() for fault in report.faults],
    }  # fmt: skip


def _school(one: SchoolVerdict) -> Json:
    school = one.school
    return {
        "school_id": school.school_id,
        "name": school.name,
        "kind": school.kind,
        "urban_rural_code": school.urban_rural_code,
        "is_weak": school.is_weak,
        "verdict": _word(one.verdict),
        "misses": one.misses,
        "unknown": one.unknown,
        "groups": {key: _word(verdict) for key, verdict in one.groups.items()},
        "rows": [_row(row) for row in one.rows],
        "facts": {
            name: {"value": _value(fact.value), "cells": list(fact.cells)}
            for name, fact in school.facts.items()
        },
    }


def _row(row: RowResult) -> Json:
    return {
        "row": row.row,
        "verdict": _word(row.verdict),
        "side": row.side,
        "line": _text(row.line),
        "numerator": _text(row.numerator),
        "denominator": _text(row.denominator),
        "value": _text(row.value),
        "lacks": _text(row.lacks),
        "missing": list(row.missing),
        "reason": _pair(row.reason),
    }


def _word(verdict: Any) -> str | None:
    return None if verdict is None else str(verdict.value)


def _pair(text: Text | None) -> Json | None:
    return None if text is None else {"zh": text.zh, "en": text.en}


def _value(value: Value) -> Any:
    """Numbers as {"number": "3/4"}; texts, truth values and absent cells as themselves."""
    return {"number": str(value)} if isinstance(value, Fraction) else value


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
