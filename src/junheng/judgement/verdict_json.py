"""A county's result in its public form: the keys of the contract, and a few more beside them."""

from collections.abc import Iterable
from dataclasses import asdict
from decimal import Decimal

from junheng.judgement.results import (
    AttestationResult,
    CountyResult,
    EntryResult,
    IndicatorResult,
    ItemResult,
    ItemTestResult,
    Reason,
    SchoolItem,
    SchoolResult,
    Skipped,
    StageIndicator,
    StageResult,
)
from junheng.judgement.verdict import Verdict

Json = dict[str, object]
PARTS = ("resource", "government", "quality", "recognition", "veto")


def county_json(county: CountyResult) -> Json:
    """``verdict.json`` as a dictionary; numbers that cannot be told are None."""
    found = county.parts
    return {
        "standard": county.standard,
        "year": county.year,
        "county": {
            "code": county.code,
            "name": county.name,
            "verdict": county.verdict.value,
            "reasons": _part_reasons(county.reasons),
            "parts": {part: found[part].verdict.value if part in found else None for part in PARTS},
            "part_reasons": {part: _part_reasons(result.reasons) for part, result in found.items()},
            "entry": _entry(county.entry) if county.entry else None,
        },
        "stages": {stage: _stage(result) for stage, result in county.stages.items()},
        "items": {key: _item(item) for key, item in county.items.items()},
        "schools": [_school(school) for school in county.schools],
        "skipped": [_skipped(row) for row in county.skipped],
        "rounding": [asdict(flag) for flag in county.rounding],
    }


def _word(verdict: Verdict | None) -> str | None:
    return None if verdict is None else verdict.value


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _reason(reason: Reason | None) -> Json | None:
    return None if reason is None else {"code": reason.code, "zh": reason.text.zh, "en": reason.text.en}


def _part_reasons(reasons: Iterable[Reason]) -> list[Json]:
    return [
        {"code": why.code, "verdict": _word(why.verdict), "zh": why.text.zh, "en": why.text.en}
        for why in reasons
    ]


def _entry(entry: EntryResult) -> Json:
    return {
        "verdict": entry.verdict.value,
        "recognised_on": entry.recognised_on.isoformat() if entry.recognised_on else None,
        "years_required": entry.years_required,
        "reason": _reason(entry.reason),
    }


def _stage(stage: StageResult) -> Json:
    return {
        "schools": stage.schools,
        "passed": stage.passed,
        "undecided": stage.undecided,
        "without_pupils": stage.without_pupils,
        "not_counted": stage.not_counted,
        "indicators": {key: _stage_indicator(found) for key, found in stage.indicators.items()},
        "composite_cv": stage.composite_cv,
        "composite_limit": _number(stage.composite_limit),
        "composite_verdict": _word(stage.composite_verdict),
    }


def _stage_indicator(found: StageIndicator) -> Json:
    return {
        "met": found.met,
        "not_met": found.not_met,
        "undecided": found.undecided,
        "floor_missed": found.floor_missed,
        "mean": found.mean,
        "sd": found.sd,
        "cv": found.cv,
        "cv_unweighted": found.cv_unweighted,
        "cv_limit": _number(found.cv_limit),
        "cv_verdict": _word(found.cv_verdict),
        "cv_compared": found.used_cv,
        "reason": _reason(found.reason),
    }


def _item(item: ItemResult) -> Json:
    return {
        "part": item.part,
        "verdict": item.verdict.value,
        "value": item.value,
        "limit": dict(item.limit),
        "reason": _reason(item.reason),
        "evidence": item.evidence,
        "relaxed": dict(item.relaxed),
        "tests": [_item_test(test) for test in item.tests],
        "attestations": [_attestation(row) for row in item.attestations],
    }


def _item_test(test: ItemTestResult) -> Json:
    return {
        "fact": test.fact,
        "limit": test.limit or None,
        "stage": test.stage,
        "role": test.role,
        "verdict": _word(test.verdict),
        "value": test.value,
        "numerator": test.numerator,
        "denominator": test.denominator,
        "line": _number(test.line),
        "comparison": test.comparison,
        "shortfall": test.shortfall,
        "shortfall_unit": {"zh": test.unit.zh, "en": test.unit.en},
        "reason": _reason(test.reason),
        "schools": None if test.counts is None else asdict(test.counts),
    }


def _attestation(row: AttestationResult) -> Json:
    return {
        "scope": row.scope,
        "scope_id": row.scope_id,
        "rating": row.rating,
        "dated_on": row.dated_on.isoformat() if row.dated_on else None,
        "expires_on": row.expires_on.isoformat() if row.expires_on else None,
        "evidence": row.evidence,
        "state": row.state,
    }


def _school_item(item: SchoolItem) -> Json:
    return {
        "verdict": item.verdict.value,
        "per": item.per,
        "relaxed": list(item.relaxed),
        "reason": _reason(item.reason),
        "tests": [
            {
                "fact": test.fact,
                "limit": test.limit,
                "verdict": test.verdict.value,
                "value": test.value,
                "line": _number(test.line),
                "shortfall": test.shortfall,
                "shortfall_unit": {"zh": test.unit.zh, "en": test.unit.en},
                "reason": _reason(test.reason),
            }
            for test in item.tests
        ],
    }


def _school(school: SchoolResult) -> Json:
    return {
        "school_id": school.school_id,
        "name": school.name,
        "stage": school.stage,
        "kind": school.kind,
        "urban_rural_code": school.urban_rural_code,
        "pupils": school.pupils,
        "share": school.share,
        "verdict": _word(school.verdict),
        "met": school.met,
        "indicators": {key: _indicator(found) for key, found in school.indicators.items()},
        "items": {key: _school_item(found) for key, found in school.items.items()},
    }


def _indicator(found: IndicatorResult) -> Json:
    return {
        "value": found.value,
        "threshold": _number(found.threshold),
        "floor": _number(found.floor),
        "verdict": _word(found.verdict),
        "floor_verdict": _word(found.floor_verdict),
        "shortfall": found.shortfall,
        "floor_shortfall": found.floor_shortfall,
        "shortfall_unit": {"zh": found.unit.zh, "en": found.unit.en},
        "reason": _reason(found.reason),
        "relaxed": list(found.relaxed),
    }


def _skipped(row: Skipped) -> Json:
    return {
        "school_id": row.school_id,
        "name": row.name,
        "stage": row.stage,
        "reason": _reason(row.reason),
        "items": {key: _school_item(item) for key, item in row.items.items()},
    }
