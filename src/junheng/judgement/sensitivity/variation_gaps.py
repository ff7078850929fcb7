"""For each coefficient of variation beyond its limit: which schools to raise, and by how much."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil

from junheng.indicators import Indicator
from junheng.judgement.compare import is_strict
from junheng.judgement.facts import Facts
from junheng.judgement.results import CountyResult, SchoolResult
from junheng.judgement.sensitivity.raise_to_mean import fewest_raised
from junheng.judgement.variation import limit_as_compared
from junheng.judgement.verdict import Verdict

Json = dict[str, object]
METHOD = "exact"


def variation_gaps(county: CountyResult, facts: Facts) -> dict[str, dict[str, Json]]:
    """By stage and indicator, for each violated coefficient, the fewest schools to raise to the county mean.

    ``schools`` (ids) is None where not even raising every school below the mean is enough; ``raises`` tells
    each one's value and ``raise``, in units of the numerator (whole ones rounded up). ``mean`` is the county
    mean before anything is raised.
    """
    return {stage: dict(_of_stage(county, facts, stage)) for stage in county.stages}


def _of_stage(county: CountyResult, facts: Facts, stage: str) -> Iterator[tuple[str, Json]]:
    schools = [school for school in county.schools if school.stage == stage]
    for key, found in county.stages[stage].indicators.items():
        if found.cv_verdict is Verdict.NOT_MET and found.cv_limit is not None:
            gap = _gap(county.year, facts, key, schools, found.cv_limit)
            yield key, {"cv": found.used_cv, "limit": float(found.cv_limit), **gap}


def _gap(year: int, facts: Facts, key: str, schools: list[SchoolResult], limit: Decimal) -> Json:
    rule = facts.standard.variation
    exact = [facts.exact_of(key, year, school) for school in schools]
    parts = [part for part in exact if part is not None]  # all are known: the coefficient was judged
    weights = [p if rule.weights == "pupils" else Fraction(1) for _, p in parts]
    amounts = [x * w / p for (x, p), w in zip(parts, weights, strict=True)]
    line, word = limit_as_compared(limit, rule)
    population = Fraction(len(parts) - rule.ddof, len(parts))
    answer = fewest_raised(amounts, weights, Fraction(line) ** 2 * population, strict=is_strict(word))
    mean = sum(amounts, Fraction(0)) / sum(weights, Fraction(0))
    chosen = answer.schools
    return {
        "method": METHOD,
        "below_mean": answer.below_mean,
        "mean": float(mean * Fraction(facts.indicator(key).scale)),
        "schools": None if chosen is None else [schools[i].school_id for i in chosen],
        "raises": [_raise(facts.indicator(key), schools[i], parts[i], mean) for i in chosen or ()],
    }


def _raise(
    indicator: Indicator, school: SchoolResult, parts: tuple[Fraction, Fraction], mean: Fraction
) -> Json:
    numerator, denominator = parts
    lacking = mean * denominator - numerator
    return {
        "school_id": school.school_id,
        "name": school.name,
        "value": float(Fraction(indicator.scale) * numerator / denominator),
        "raise": ceil(lacking) if indicator.whole else float(lacking),
        "unit": {"zh": indicator.quantity_unit.zh, "en": indicator.quantity_unit.en},
    }
