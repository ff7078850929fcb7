"""What a verdict hangs on: what is lacking, what would do, what may be lost, who moves the CV."""

from collections.abc import Mapping

from junheng.judgement.facts import Facts
from junheng.judgement.results import CountyResult, SchoolResult
from junheng.judgement.sensitivity.contributions import Contribution, contributions
from junheng.judgement.sensitivity.inequality import inequality_measures
from junheng.judgement.sensitivity.losses import smallest_losses
from junheng.judgement.sensitivity.raise_to_mean import Fewest, fewest_raised
from junheng.judgement.sensitivity.totals import failing_schools, totals
from junheng.judgement.sensitivity.variation_gaps import variation_gaps

__all__ = ["Fewest", "contributions", "fewest_raised", "sensitivity"]

Json = dict[str, object]


def sensitivity(county: CountyResult, facts: Facts) -> Json:
    """``sensitivity.json`` of one county.

    Keys: ``failing`` (school-stages with an indicator below its line), ``totals`` (sums by stage and
    indicator), ``raise_to_mean`` (for each violated coefficient the fewest schools to raise), ``losses`` (for
    each passing school-stage what it may lose), ``contributions`` (shares of each coefficient's variance,
    largest first) and ``inequality`` (further measures, none of them a rule).
    """
    known = _known(county)
    return {
        "failing": failing_schools(county),
        "totals": totals(county),
        "raise_to_mean": variation_gaps(county, facts),
        "losses": _losses(county, facts),
        "contributions": {
            stage: {key: _shares(schools, key, facts) for key, schools in by_key.items()}
            for stage, by_key in known.items()
        },
        "inequality": {
            stage: {key: inequality_measures(schools, key) for key, schools in by_key.items()}
            for stage, by_key in known.items()
        },
    }


def _known(county: CountyResult) -> Mapping[str, Mapping[str, list[SchoolResult]]]:
    """By stage and indicator the judged school-stages, for those coefficients that can be told."""
    return {
        stage: {
            key: [school for school in county.schools if school.stage == stage]
            for key, found in result.indicators.items()
            if found.used_cv is not None
        }
        for stage, result in county.stages.items()
        if result.schools
    }


def _losses(county: CountyResult, facts: Facts) -> list[Json]:
    measures = {measure.key: measure.indicator for measure in facts.evaluation.measures}
    found = smallest_losses(
        county.schools,
        facts.standard,
        measures,
        lambda key, school: facts.exact_of(key, county.year, school),
    )
    return [
        {
            "school_id": loss.school_id,
            "stage": loss.stage,
            "indicator": loss.indicator,
            "amount": loss.amount,
            "unit": {
                "zh": measures[loss.indicator].quantity_unit.zh,
                "en": measures[loss.indicator].quantity_unit.en,
            },
            "breaks_at": loss.breaks_at,
            "against": loss.against,
        }
        for loss in found
    ]


def _shares(schools: list[SchoolResult], key: str, facts: Facts) -> list[Json]:
    names = {school.school_id: school.name for school in schools}
    results = [school.indicators[key] for school in schools]
    weighted = facts.standard.variation.weights == "pupils"
    numerators = [result.numerator or 0.0 for result in results]
    denominators = [result.denominator or 0.0 for result in results]
    if not weighted:
        numerators = [result.value or 0.0 for result in results]
        denominators = [1.0] * len(results)
    found: tuple[Contribution, ...] = contributions(
        [school.school_id for school in schools], numerators, denominators
    )
    return [
        {"school_id": c.school_id, "name": names[c.school_id], "share": c.share, "above_mean": c.above_mean}
        for c in found
    ]
