"""What the finding should say of every stage: counts, means, coefficients and their verdicts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from junheng.standards import Standard, VariationRule
from junheng.verification.facts import Formula, SchoolStage
from junheng.verification.judging import CANNOT_TELL, MET, NOT_MET
from junheng.verification.spread import Spread, root, spread, within
from junheng.verification.telling import Told, printed, reason
from junheng.verification.telling_schools import Verdicts


@dataclass(frozen=True, slots=True)
class StageSpread:
    """One indicator over a stage. ``squared`` is the square of the coefficient that the standard tests."""

    spread: Spread | None
    squared: Fraction | None
    why: str | None
    limit: Decimal | None
    verdict: str | None


@dataclass(frozen=True, slots=True)
class StageVerdicts:
    """All of one stage of a county."""

    stage: str
    schools: Sequence[Verdicts]
    spreads: dict[str, StageSpread]
    composite: Decimal | None
    composite_limit: Decimal | None
    composite_verdict: str | None


def stage_spread(
    rows: Sequence[SchoolStage], formula: Formula, limit: Decimal | None, rule: VariationRule
) -> StageSpread:
    """The spread of one indicator over the judged ``rows`` of a stage, and how it stands to its limit."""
    if not rows:
        return StageSpread(None, None, None, limit, None)
    found, why = _spread(rows, formula)
    squared = None if found is None else tested(found, len(rows), rule)
    if found is not None and squared is None:
        why = "mean_zero"
    verdict = None
    if limit is not None and rule.per_indicator:
        verdict = CANNOT_TELL if squared is None else _word(within(squared, limit, rule))
    return StageSpread(found, squared, why, limit, verdict)


def _word(held: bool) -> str:
    return MET if held else NOT_MET


def _spread(rows: Sequence[SchoolStage], formula: Formula) -> tuple[Spread | None, str | None]:
    unknown = sum(row.pupils is None for row in rows)
    if unknown:
        return None, f"unknown_pupils:{unknown}"
    facts = [row.facts[formula.key] for row in rows]
    known = [(f.numerator, f.denominator) for f in facts if f.numerator is not None and f.denominator]
    if len(known) < len(facts):
        return None, f"without_value:{len(facts) - len(known)}"
    return spread([x for x, _ in known], [p for _, p in known], formula.scale), None


def tested(found: Spread, schools: int, rule: VariationRule) -> Fraction | None:
    """The squared coefficient the standard tests: weighted, or in the sample or population form without."""
    if rule.weights == "pupils":
        return found.squared
    if found.squared_unweighted is None or schools == 1:
        return found.squared_unweighted  # one school differs from nobody: 0, in the sample form too
    return found.squared_unweighted * Fraction(schools, schools - rule.ddof)


def stage_verdicts(
    stage: str, schools: Sequence[Verdicts], standard: Standard, formulas: Mapping[str, Formula]
) -> StageVerdicts:
    """All spreads of one stage, and the mean of the coefficients."""
    rows = [judged.row for judged in schools]
    spreads = {
        rule.id: stage_spread(rows, formulas[rule.id], of_stage(rule.cv_limits, stage), standard.variation)
        for rule in standard.indicators
    }
    limit = of_stage(standard.variation.composite_limits, stage)
    mean = _mean_of_roots([found.squared for found in spreads.values()]) if rows else None
    verdict = None
    if limit is not None and rows:
        verdict = CANNOT_TELL if mean is None else _word(within_mean(mean, limit, standard.variation))
    return StageVerdicts(stage, schools, spreads, mean, limit, verdict)


def of_stage(lines: object, stage: str) -> Decimal | None:
    """The line a standard draws for ``stage``, None where it draws none."""
    if isinstance(lines, Mapping) and isinstance(lines.get(stage), Decimal):
        found: Decimal = lines[stage]
        return found
    return None


def _mean_of_roots(squares: Sequence[Fraction | None]) -> Decimal | None:
    known = [square for square in squares if square is not None]
    if not known or len(known) < len(squares):
        return None
    with localcontext() as context:
        context.prec = 60
        return sum((root(square) for square in known), Decimal(0)) / len(known)


def within_mean(mean: Decimal, limit: Decimal, rule: VariationRule) -> bool:
    """Whether a mean of roots, known to 60 digits, keeps ``limit``; nearer than 1e-40 it lies on it."""
    on_line = abs(mean - limit) < Decimal(10) ** -40
    value = Fraction(limit) if on_line else Fraction(mean)
    return within(value * value, limit, rule)


def tell_stage(found: StageVerdicts, left: Sequence[SchoolStage]) -> dict[str, Told]:
    """One entry of "stages". ``left`` are the rows of the stage that are listed and not judged."""
    passed = [school.verdict for school in found.schools]
    return {
        "schools": len(passed),
        "passed": passed.count(MET),
        "undecided": passed.count(CANNOT_TELL),
        "without_pupils": sum(row.left_out is None for row in left),
        "not_counted": sum(row.left_out is not None for row in left),
        "indicators": {key: _tell_indicator(key, found) for key in found.spreads},
        "composite_cv": printed(found.composite, Decimal(1)),
        "composite_limit": printed(found.composite_limit),
        "composite_verdict": found.composite_verdict,
    }


def _tell_indicator(key: str, stage: StageVerdicts) -> dict[str, Told]:
    judged = [school.indicators[key] for school in stage.schools]
    verdicts = [indicator.verdict for indicator in judged]
    found = stage.spreads[key]
    spread = found.spread
    return {
        "met": verdicts.count(MET),
        "not_met": verdicts.count(NOT_MET),
        "undecided": verdicts.count(CANNOT_TELL),
        "floor_missed": sum(indicator.floor_verdict == NOT_MET for indicator in judged),
        "mean": printed(spread.mean) if spread else None,
        "sd": printed(spread.sd, spread.mean) if spread else None,
        "cv": printed(spread.cv, Decimal(1)) if spread else None,
        "cv_unweighted": printed(spread.cv_unweighted, Decimal(1)) if spread else None,
        "cv_limit": printed(found.limit),
        "cv_verdict": found.verdict,
        "cv_compared": None if found.squared is None else printed(root(found.squared), Decimal(1)),
        "reason": reason(found.why),
    }
