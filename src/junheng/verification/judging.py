"""The verdicts again, from exact values: indicator, school-stage, county. Words, not enums: met, …

Written from the clauses, not from the code that produced the finding: three-valued throughout, an unknown
decides nothing that its completion could change.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from junheng.standards import IndicatorRule, SchoolRule
from junheng.verification.facts import Fact, Formula, SchoolStage
from junheng.verification.spread import holds

MET, NOT_MET, CANNOT_TELL = "met", "not_met", "cannot_tell"


@dataclass(frozen=True, slots=True)
class Judged:
    """One indicator of one school-stage against threshold and floor. None: the standard sets no such line."""

    threshold: Decimal | None
    floor: Decimal | None
    verdict: str | None
    floor_verdict: str | None
    shortfall: Fraction | None
    floor_shortfall: Fraction | None


def all_of(verdicts: Iterable[str]) -> str:
    """One failure fails; else one unknown leaves it open; else met."""
    found = set(verdicts)
    if NOT_MET in found:
        return NOT_MET
    return CANNOT_TELL if CANNOT_TELL in found else MET


def judge_indicator(rule: IndicatorRule, formula: Formula, stage: str, fact: Fact) -> Judged:
    """``fact`` against the lines ``rule`` draws for ``stage``."""
    threshold = {str(s): line for s, line in rule.thresholds.items()}.get(stage)
    lowest = None if threshold is None or rule.floor_ratio is None else threshold * rule.floor_ratio
    # 不低于 … 的 85 %: the floor includes its line whatever the word of the threshold.
    floor_word = "不低于" if rule.comparison in {"不低于", "大于"} else "不超过"
    verdict = _against(rule.comparison, threshold, fact)
    floor_verdict = _against(floor_word, lowest, fact)
    return Judged(
        threshold,
        lowest,
        verdict,
        floor_verdict,
        _lacking(rule.comparison, threshold, verdict, formula, fact),
        _lacking(floor_word, lowest, floor_verdict, formula, fact),
    )


def _against(word: str, line: Decimal | None, fact: Fact) -> str | None:
    if line is None:
        return None
    if fact.value is None:
        return CANNOT_TELL
    return MET if holds(word, fact.value, line) else NOT_MET


def _lacking(
    word: str, line: Decimal | None, verdict: str | None, formula: Formula, fact: Fact
) -> Fraction | None:
    """How much the numerator lacks (or has too much of) to reach the line; whole things rounded up."""
    if line is None or verdict not in {MET, NOT_MET} or fact.numerator is None or fact.denominator is None:
        return None
    if verdict == MET:
        return Fraction(0)
    gap = abs(Fraction(line) * fact.denominator / formula.scale - fact.numerator)
    if not formula.whole:
        return gap
    return Fraction(floor(gap) + 1 if word in {"大于", "小于"} else ceil(gap))


def judge_school(rule: SchoolRule | None, indicators: Sequence[Judged]) -> str | None:
    """Whether a school-stage passes: ``min_met`` at their threshold, none of the rest below its floor.

    An unknown value may lie anywhere: it may turn out met, and it may turn out below its floor.
    """
    judged = [indicator for indicator in indicators if indicator.verdict is not None]
    if rule is None or not judged:
        return None
    met = sum(indicator.verdict == MET for indicator in judged)
    open_ones = [indicator for indicator in judged if indicator.verdict == CANNOT_TELL]
    if any(i.verdict == NOT_MET and i.floor_verdict == NOT_MET for i in judged):
        return NOT_MET
    if met + len(open_ones) < rule.min_met:
        return NOT_MET
    could_break = any(indicator.floor is not None for indicator in open_ones)
    return CANNOT_TELL if could_break or met < rule.min_met else MET


def school_shares(verdicts: Sequence[str | None], share: Decimal) -> str:
    """Whether at least ``share`` of the schools pass, whatever the undecided turn out to be."""
    total = len(verdicts)
    passed = sum(verdict == MET for verdict in verdicts)
    undecided = sum(verdict == CANNOT_TELL for verdict in verdicts)
    need = Fraction(share) * total
    if passed >= need:
        return MET
    return NOT_MET if passed + undecided < need else CANNOT_TELL


def rows_by_stage(rows: Iterable[SchoolStage], stages: Iterable[str]) -> Mapping[str, list[SchoolStage]]:
    """The judged rows of each stage."""
    found: dict[str, list[SchoolStage]] = {stage: [] for stage in stages}
    for row in rows:
        if row.judged:
            found[row.stage].append(row)
    return found
