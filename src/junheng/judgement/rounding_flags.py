"""All verdicts of one county that a rounding, or leaving out the weights, would change."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache

import numpy as np

from junheng.basics import Stage
from junheng.judgement.compare import Doubles, holds, inclusive, near
from junheng.judgement.results import SchoolResult, StageResult
from junheng.judgement.rounding import DECIMALS, RoundingFlag, decimals_that_flip, might_flip
from junheng.judgement.school_results import Block
from junheng.judgement.variation import (
    composite_verdict,
    exact_parts,
    limit_as_compared,
    squared_variation,
)
from junheng.judgement.variation_rows import VariationRow, VariationRows
from junheng.judgement.vector import StageRows, doubles, stage_rows
from junheng.judgement.verdict import Verdict
from junheng.standards import Comparison, IndicatorRule, VariationRule


def rounding_flags(
    block: Block,
    schools: Sequence[SchoolResult],
    stages: Mapping[Stage, StageResult],
    variation: VariationRows,
) -> tuple[RoundingFlag, ...]:
    """Flags for values (against threshold and floor), then for coefficients and composites."""
    judged = {(school.school_id, school.stage) for school in schools}
    rows = stage_rows(block.values)
    found = [flag for rule in block.facts.standard.indicators for flag in _value_flags(block, rule, rows)]
    values = tuple(flag for flag in found if (flag.school_id, flag.stage) in judged)
    return values + tuple(_variation_flags(block, stages, variation))


def _value_flags(block: Block, rule: IndicatorRule, rows: StageRows) -> Iterator[RoundingFlag]:
    values = doubles(block.values.column(f"{rule.id}_value"))
    for stage, of_stage in rows.items():
        lines = [("threshold", rule.comparison, rule.thresholds.get(stage))]
        lines.append(("floor", inclusive(rule.comparison), rule.floor(stage)))
        for against, word, line in lines:
            if line is not None:
                mine = np.where(of_stage, values, np.nan)
                yield from _near_line(block, rule.id, stage, mine, against, word, line)


def _near_line(
    block: Block,
    key: str,
    stage: Stage,
    values: Doubles,
    against: str,
    word: Comparison,
    line: Decimal,
) -> Iterator[RoundingFlag]:
    for row in np.flatnonzero(might_flip(values, line, min(DECIMALS))):
        parts = block.exact(key, int(row))
        if parts is None or parts[1] == 0:
            continue
        value = Fraction(block.facts.indicator(key).scale) * parts[0] / parts[1]
        would_be = _other(holds(word, value, line))
        school_id = block.values.column("school_id")[int(row)].as_py()
        for decimals in decimals_that_flip(word, value, line):
            yield RoundingFlag(
                "value", stage, key, school_id, against, decimals, float(value), float(line), would_be
            )


def _other(held: bool) -> str:
    return (Verdict.NOT_MET if held else Verdict.MET).value


def _variation_flags(
    block: Block, stages: Mapping[Stage, StageResult], variation: VariationRows
) -> Iterator[RoundingFlag]:
    for stage, result in stages.items():
        for key, found in result.indicators.items():
            row = variation.get((stage, key))
            if row is None or found.cv_limit is None or found.cv_verdict in {None, Verdict.CANNOT_TELL}:
                continue
            yield from _rounded_cv(block, stage, key, row, found.cv_limit)
            if found.cv_unweighted is not None:
                yield from _unweighted(
                    block, stage, key, [row], found.cv_unweighted, found.cv_limit, found.cv_verdict
                )
        if result.composite_limit is not None and result.composite_cv is not None:
            rows = [variation[stage, key] for key in result.indicators]
            yield from _composite(block, stage, result, rows, result.composite_cv, result.composite_limit)


def _rounded_cv(
    block: Block, stage: Stage, key: str, row: VariationRow, limit: Decimal
) -> Iterator[RoundingFlag]:
    rule = block.facts.standard.variation
    if row.used is None or not might_flip(np.array([row.used]), limit, min(DECIMALS))[0]:
        return
    exactly = cache(lambda: squared_variation(exact_parts(block.facts.evaluation, row.index), rule))
    held = _within(row.used, exactly, rule, limit)
    for decimals in DECIMALS:
        rounded = rule.model_copy(update={"compare_decimals": decimals})
        if _within(row.used, exactly, rounded, limit) is not held:
            yield RoundingFlag(
                "cv", stage, key, "", "cv_limit", decimals, row.used, float(limit), _other(held)
            )


def _within(used: float, exactly: Callable[[], Fraction | None], rule: VariationRule, limit: Decimal) -> bool:
    """Whether the coefficient keeps ``limit``; its exact square is dear, and asked for only where it is near the line."""
    line, word = limit_as_compared(limit, rule)
    squared = exactly() if near(np.array([used]), line)[0] else None
    if squared is None:
        return holds(word, Fraction(used), line)
    return holds(word, squared, Fraction(line) ** 2)


def _unweighted(
    block: Block,
    stage: Stage,
    key: str,
    rows: Sequence[VariationRow],
    unweighted: float,
    limit: Decimal,
    verdict: Verdict | None,
) -> Iterator[RoundingFlag]:
    if block.facts.standard.variation.weights != "pupils":
        return
    plain = block.facts.standard.variation.model_copy(update={"weights": "none", "ddof": 0})
    held = _mean_within(block, rows, unweighted, plain, limit)
    if held is not (verdict is Verdict.MET):
        yield RoundingFlag(
            "unweighted_cv", stage, key, "", "cv_limit", None, unweighted, float(limit), _other(not held)
        )


def _mean_within(
    block: Block, rows: Sequence[VariationRow], mean: float, rule: VariationRule, limit: Decimal
) -> bool:
    """Whether the mean of the coefficients of ``rows`` keeps ``limit``; exactly where its double is too near."""
    line, word = limit_as_compared(limit, rule)
    if not near(np.array([mean]), line)[0]:
        return holds(word, Fraction(mean), line)
    squares = (squared_variation(exact_parts(block.facts.evaluation, row.index), rule) for row in rows)
    return composite_verdict([s for s in squares if s is not None], rule, limit) is Verdict.MET


def _composite(
    block: Block,
    stage: Stage,
    result: StageResult,
    rows: Sequence[VariationRow],
    composite: float,
    limit: Decimal,
) -> Iterator[RoundingFlag]:
    rule = block.facts.standard.variation
    held = result.composite_verdict is Verdict.MET
    for decimals in DECIMALS:
        rounded = rule.model_copy(update={"compare_decimals": decimals})
        if _mean_within(block, rows, composite, rounded, limit) is not held:
            yield RoundingFlag(
                "cv", stage, "composite", "", "cv_limit", decimals, composite, float(limit), _other(held)
            )
    plain = [found.cv_unweighted for found in result.indicators.values()]
    known = [number for number in plain if number is not None]
    if len(known) == len(plain):
        mean = sum(known) / len(known)
        yield from _unweighted(block, stage, "composite", rows, mean, limit, result.composite_verdict)
