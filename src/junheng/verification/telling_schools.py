"""What the finding should say of each school-stage: lines, verdicts, shortfalls, reasons of silence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from junheng.standards import Standard
from junheng.verification.absence import why_absent
from junheng.verification.cells import Year
from junheng.verification.facts import Fact, Formula, SchoolStage
from junheng.verification.judging import Judged, judge_indicator, judge_school
from junheng.verification.telling import Told, printed, reason


@dataclass(frozen=True, slots=True)
class Verdicts:
    """One judged school-stage with its verdicts."""

    row: SchoolStage
    indicators: Mapping[str, Judged]
    verdict: str | None


def judge_rows(
    rows: Sequence[SchoolStage], standard: Standard, formulas: Mapping[str, Formula]
) -> list[Verdicts]:
    """Verdicts of the rows that are judged, in their order."""
    found = []
    for row in rows:
        if row.judged:
            indicators = {
                rule.id: judge_indicator(rule, formulas[rule.id], row.stage, row.facts[rule.id])
                for rule in standard.indicators
            }
            verdict = judge_school(standard.school_rule, list(indicators.values()))
            found.append(Verdicts(row, indicators, verdict))
    return found


def tell_school(
    judged: Verdicts, reported: Year, formulas: Mapping[str, Formula], items: dict[str, Told]
) -> dict[str, Told]:
    """One entry of "schools". ``reported`` is the year before merging, where absent cells are looked up."""
    row = judged.row
    return {
        "school_id": row.school_id,
        "name": _text(row, "name") or row.school_id,
        "stage": row.stage,
        "kind": _text(row, "kind"),
        "urban_rural_code": _text(row, "urban_rural_code"),
        "pupils": printed(row.pupils),
        "share": printed(row.share.part),
        "verdict": judged.verdict,
        "met": sum(indicator.verdict == "met" for indicator in judged.indicators.values()),
        "indicators": {
            key: _tell_indicator(row, formulas[key], found, reported)
            for key, found in judged.indicators.items()
        },
        "items": items,
    }


def _text(row: SchoolStage, column: str) -> str:
    return str(row.cells.get(column) or "")


def _tell_indicator(row: SchoolStage, formula: Formula, judged: Judged, reported: Year) -> dict[str, Told]:
    fact = row.facts[formula.key]
    absent = why_absent(row, formula, reported) if fact.value is None else None
    relaxed: list[Told] = list(fact.relaxed)
    return {
        "value": printed(fact.value),
        "threshold": printed(judged.threshold),
        "floor": printed(judged.floor),
        "verdict": judged.verdict,
        "floor_verdict": judged.floor_verdict,
        "shortfall": _lack(judged.shortfall, formula, fact),
        "floor_shortfall": _lack(judged.floor_shortfall, formula, fact),
        "shortfall_unit": {"zh": formula.unit.zh, "en": formula.unit.en},
        "reason": reason(absent),
        "relaxed": relaxed,
    }


def _lack(shortfall: Fraction | None, formula: Formula, fact: Fact) -> Told:
    """A shortfall is a difference: its double is as sure as the numerator. Whole ones, and none, are exact."""
    is_exact = formula.whole or not shortfall
    return printed(shortfall, Fraction(0) if is_exact else abs(fact.numerator or Fraction(0)))


def tell_skipped(row: SchoolStage, items: dict[str, Told]) -> dict[str, Told]:
    """One entry of "skipped": a row that is listed and not judged."""
    return {
        "school_id": row.school_id,
        "name": _text(row, "name") or row.school_id,
        "stage": row.stage,
        "reason": reason(row.left_out or "no_pupils"),
        "items": items,
    }
