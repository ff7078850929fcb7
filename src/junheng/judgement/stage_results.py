"""One stage of a county: how many school-stages meet each indicator, and how unequal they are."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from junheng.basics import Stage
from junheng.indicators import Evaluation
from junheng.judgement.compare import NEAR, holds
from junheng.judgement.reasons import reason
from junheng.judgement.results import Reason, SchoolResult, Skipped, StageIndicator, StageResult
from junheng.judgement.variation import (
    composite_verdict,
    exact_parts,
    limit_as_compared,
    squared_variation,
)
from junheng.judgement.variation_rows import VariationRow, VariationRows
from junheng.judgement.verdict import Verdict
from junheng.standards import IndicatorRule, Standard


def stage_result(
    stage: Stage,
    schools: Sequence[SchoolResult],
    skipped: Sequence[Skipped],
    variation: VariationRows,
    evaluation: Evaluation,
    standard: Standard,
) -> StageResult:
    """``stage`` of one county from its school-stages, those left out, and its rows of the variation table."""
    mine = [school for school in schools if school.stage == stage]
    left = [row for row in skipped if row.stage == stage]
    empty = sum(row.reason.code == "no_pupils" for row in left)
    rows = [variation.get((stage, rule.id)) for rule in standard.indicators]
    composite = _composite(rows) if mine else None
    return StageResult(
        stage,
        len(mine),
        sum(school.verdict is Verdict.MET for school in mine),
        sum(school.verdict is Verdict.CANNOT_TELL for school in mine),
        empty,
        len(left) - empty,
        {
            rule.id: _indicator(rule, stage, mine, row)
            for rule, row in zip(standard.indicators, rows, strict=True)
        },
        composite,
        standard.variation.composite_limits.get(stage),
        _judge_composite(stage, composite, rows, evaluation, standard) if mine else None,
    )


def _indicator(
    rule: IndicatorRule, stage: Stage, schools: Sequence[SchoolResult], row: VariationRow | None
) -> StageIndicator:
    results = [school.indicators[rule.id] for school in schools]
    counts = Counter(result.verdict for result in results)
    return StageIndicator(
        met=counts[Verdict.MET],
        not_met=counts[Verdict.NOT_MET],
        undecided=counts[Verdict.CANNOT_TELL],
        floor_missed=sum(result.floor_verdict is Verdict.NOT_MET for result in results),
        mean=row.number("mean") if row else None,
        sd=row.number("sd") if row else None,
        cv=row.number("cv") if row else None,
        cv_unweighted=row.number("cv_unweighted") if row else None,
        used_cv=row.used if row else None,
        cv_limit=rule.cv_limits.get(stage),
        cv_verdict=row.verdict if row else None,
        reason=_why(row) if row and schools and row.used is None else None,
    )


def _why(row: VariationRow) -> Reason:
    if row.number("unknown_pupils"):
        return reason(f"unknown_pupils:{row.cells['unknown_pupils']}")
    if row.number("missing"):
        return reason(f"without_value:{row.cells['missing']}")
    return reason("mean_zero")


def _composite(rows: Sequence[VariationRow | None]) -> float | None:
    """The mean of the coefficients, None unless every one of them can be told."""
    known = [row.used for row in rows if row is not None and row.used is not None]
    return sum(known) / len(known) if known and len(known) == len(rows) else None


def _judge_composite(
    stage: Stage,
    composite: float | None,
    rows: Sequence[VariationRow | None],
    evaluation: Evaluation,
    standard: Standard,
) -> Verdict | None:
    limit = standard.variation.composite_limits.get(stage)
    if limit is None:
        return None
    if composite is None:
        return Verdict.CANNOT_TELL
    line, word = limit_as_compared(limit, standard.variation)
    if abs(composite - float(line)) > NEAR:
        return Verdict.MET if holds(word, Fraction(composite), line) else Verdict.NOT_MET
    parts = [exact_parts(evaluation, row.index) for row in rows if row is not None]
    squares = [squared_variation(part, standard.variation) for part in parts]
    return composite_verdict([s for s in squares if s is not None], standard.variation, limit)
