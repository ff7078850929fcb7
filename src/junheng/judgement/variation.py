"""Whether schools are alike enough: each coefficient of variation, and their mean, to its limit.

The double of the evaluation decides away from the limit. Near it the squared coefficient is formed as an
exact fraction: weighted, P·Σ(X²/P) / (ΣX)² - 1 with X the numerators and P the denominators; unweighted,
n·Σx² / (Σx)² - 1 (times n/(n-1) in the sample form). The scale of an indicator cancels.
"""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from math import ceil, floor

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from junheng.basics import Text, UserError
from junheng.indicators import Evaluation, exact_value
from junheng.judgement.compare import Doubles, holds, holds_each, near
from junheng.judgement.facts import figures
from junheng.judgement.school import CANNOT_TELL, MET, NONE, NOT_MET, Codes
from junheng.judgement.vector import doubles
from junheng.judgement.verdict import Verdict
from junheng.standards import Comparison, Standard, VariationRule

Parts = Sequence[tuple[Fraction, Fraction]]  # (numerator, denominator) of each school-stage
_DIGITS = 80  # precision in which sums of square roots are compared
_SAME = Decimal(10) ** -60


def used_variation(table: pa.Table, rule: VariationRule) -> Doubles:
    """The coefficients the rule tests, as doubles in the order of ``evaluation.variation``; NaN: untellable.

    Raises UserError for pupil weights with a sample correction, which has no agreed meaning.
    """
    if rule.weights == "pupils":
        if rule.ddof:
            raise UserError(
                Text("按学生数加权的差异系数不支持样本修正", "A weighted CV has no sample correction"),
                where=rule.citation.document,
                fix=Text("请在标准中把 ddof 设为 0", "set ddof to 0 in the standard"),
            )
        return doubles(table.column("cv"))
    found = doubles(table.column("cv_unweighted"))
    if rule.ddof:
        schools = doubles(table.column("schools"))
        found = found * np.sqrt(schools / np.maximum(schools - 1, 1))
    return found


def judge_variation(evaluation: Evaluation, standard: Standard) -> pa.Table:
    """For each row of ``evaluation.variation``: ``used_cv`` (double) and ``code`` (int8, as in vector.py).

    A stage without schools, or an indicator without a limit for the stage, has code NONE.
    """
    table = evaluation.variation
    used = used_variation(table, standard.variation)
    codes = np.full(table.num_rows, NONE, np.int8)
    stages = np.array(table.column("stage").to_pylist(), dtype=object)
    keys = np.array(table.column("indicator").to_pylist(), dtype=object)
    filled = doubles(table.column("schools")) + doubles(table.column("unknown_pupils")) > 0
    if standard.variation.per_indicator:
        for rule in standard.indicators:
            for stage, limit in rule.cv_limits.items():
                rows = np.flatnonzero((stages == stage) & (keys == rule.id) & filled)
                codes[rows] = _codes(evaluation, standard.variation, used, rows, limit)
    return pa.table({"used_cv": used, "code": codes})


def _codes(
    evaluation: Evaluation, rule: VariationRule, used: Doubles, rows: np.ndarray, limit: Decimal
) -> Codes:
    line, word = limit_as_compared(limit, rule)
    values = used[rows]
    codes = np.where(holds_each(word, values, line), MET, NOT_MET).astype(np.int8)
    for position in np.flatnonzero(near(values, line)):
        squared = squared_variation(exact_parts(evaluation, int(rows[position])), rule)
        if squared is not None:
            codes[position] = MET if holds(word, squared, Fraction(line) ** 2) else NOT_MET
    codes[np.isnan(values)] = CANNOT_TELL
    return codes


def limit_as_compared(limit: Decimal, rule: VariationRule) -> tuple[Decimal, Comparison]:
    """The line and word for the unrounded coefficient.

    A standard that compares at so many decimals (half rounded up) moves the line to a half step, excluded: above
    the limit for "不超过" (a value just below it still rounds to the limit), below the limit for "小于".
    """
    if rule.compare_decimals is None:
        return limit, rule.comparison
    step = Decimal(10) ** -rule.compare_decimals
    half = Decimal("0.5")
    if rule.comparison == "小于":
        return (Decimal(ceil(limit / step)) - half) * step, "小于"
    return (Decimal(floor(limit / step)) + half) * step, "小于"


def exact_parts(evaluation: Evaluation, variation_row: int) -> Parts:
    """Numerators and denominators, exact, of the school-stages that enter one row of ``variation``."""
    table, values = evaluation.variation, evaluation.values
    key = table.column("indicator")[variation_row].as_py()
    mask = pc.and_(values.column("counted"), pc.greater(values.column("pupils"), 0))
    for name in ("year", "county_code", "stage"):
        mask = pc.and_(mask, pc.equal(values.column(name), table.column(name)[variation_row]))
    rows = values.select(figures(key)).filter(mask).to_pylist()
    found = [exact_value(evaluation, key, row) for row in rows]
    return [parts for parts in found if parts is not None]


def squared_variation(parts: Parts, rule: VariationRule) -> Fraction | None:
    """The squared coefficient of variation, exact; None where the mean is zero or nothing is there."""
    if rule.weights == "none":
        values = [numerator / denominator for numerator, denominator in parts]
        weighted, total, size = sum(x * x for x in values), sum(values), Fraction(len(values))
        spread = Fraction(len(values), max(len(values) - rule.ddof, 1))
    else:
        weighted = sum((x * x / p for x, p in parts), Fraction(0))
        total, size = sum(x for x, _ in parts), sum((p for _, p in parts), Fraction(0))
        spread = Fraction(1)
    if total == 0:
        return None
    return (size * weighted / (total * total) - 1) * spread


def composite_verdict(squares: Sequence[Fraction], rule: VariationRule, limit: Decimal) -> Verdict:
    """Whether the mean of the coefficients (given squared, exact) keeps ``limit``.

    A sum of square roots is compared in 80 decimal digits; a difference below 1e-60 counts as none.
    """
    line, word = limit_as_compared(limit, rule)
    with localcontext() as context:
        context.prec = _DIGITS
        roots = sum((_root(square) for square in squares), Decimal(0))
        gap = roots / len(squares) - line
        exact = Fraction(0) if abs(gap) < _SAME else Fraction(gap)
    return Verdict.MET if holds(word, exact, Decimal(0)) else Verdict.NOT_MET


def _root(square: Fraction) -> Decimal:
    return (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()
