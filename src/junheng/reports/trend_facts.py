"""What the report tells of trends.json: per year and stage, how much is met, how unequal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.reports.facts import Facts, Json


@dataclass(frozen=True, slots=True)
class YearFacts:
    """One year: by stage the mean share of schools meeting an indicator (percent), and the mean coefficient."""

    year: int
    share: Mapping[str, float | None]
    cv: Mapping[str, float | None]


def years_of(facts: Facts) -> list[YearFacts]:
    """The years of the input in order, this finding's among them."""
    found = {int(entry["year"]): entry["stages"] for entry in _entries(facts.trends)}
    found[facts.year] = facts.verdict["stages"]
    return [
        YearFacts(
            year,
            {stage: _share(result) for stage, result in stages.items()},
            {stage: result.get("composite_cv") for stage, result in stages.items()},
        )
        for year, stages in sorted(found.items())
    ]


def _entries(trends: Any) -> Sequence[Json]:
    if isinstance(trends, Mapping):
        years = trends.get("years") or []
        if isinstance(years, Mapping):
            return [{"year": year, **entry} for year, entry in years.items()]
        return list(years)
    return list(trends or [])


def _share(stage: Json) -> float | None:
    """Mean over the indicators of met ÷ schools; None without thresholds or schools."""
    total = int(stage.get("schools") or 0)
    counts = [found for found in stage.get("indicators", {}).values() if found.get("met") is not None]
    judged = [found for found in counts if found["met"] + found["not_met"] + found.get("undecided", 0) > 0]
    if not total or not judged:
        return None
    return 100 * sum(int(found["met"]) for found in judged) / (total * len(judged))
