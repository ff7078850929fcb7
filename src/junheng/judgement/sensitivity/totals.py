"""What it would take: failing school-stages with their shortfalls, and sums by indicator."""

from collections.abc import Sequence

from junheng.judgement.results import CountyResult, IndicatorResult
from junheng.judgement.verdict import Verdict

Json = dict[str, object]


def failing_schools(county: CountyResult) -> list[Json]:
    """Every school-stage that fails or has an indicator below its line, with what each indicator lacks."""
    return [
        {
            "school_id": school.school_id,
            "name": school.name,
            "stage": school.stage,
            "verdict": None if school.verdict is None else school.verdict.value,
            "indicators": {
                key: {"shortfall": result.shortfall, "floor_shortfall": result.floor_shortfall}
                for key, result in school.indicators.items()
                if result.verdict is Verdict.NOT_MET
            },
        }
        for school in county.schools
        if any(result.verdict is Verdict.NOT_MET for result in school.indicators.values())
    ]


def totals(county: CountyResult) -> dict[str, dict[str, Json]]:
    """By stage and indicator: how many school-stages lack how much in all, to the threshold and to the floor.

    ``undecided`` school-stages, whose value is absent, are in no sum.
    """
    return {
        stage: {
            key: _total([s.indicators[key] for s in county.schools if s.stage == stage])
            for key in county.stages[stage].indicators
        }
        for stage in county.stages
        if any(school.stage == stage for school in county.schools)
    }


def _total(results: Sequence[IndicatorResult]) -> Json:
    unit = results[0].unit
    return {
        "shortfall": sum(result.shortfall or 0.0 for result in results),
        "schools": sum(result.verdict is Verdict.NOT_MET for result in results),
        "floor_shortfall": sum(result.floor_shortfall or 0.0 for result in results),
        "floor_schools": sum(result.floor_verdict is Verdict.NOT_MET for result in results),
        "undecided": sum(result.verdict is Verdict.CANNOT_TELL for result in results),
        "unit": {"zh": unit.zh, "en": unit.en},
    }
