"""Urban, town and rural schools compared: ratio-of-totals means, as everywhere in a finding."""

from dataclasses import dataclass

from junheng.reports.facts import AREAS, Facts, StageFacts


@dataclass(frozen=True, slots=True)
class AreaMean:
    """The mean of one indicator over the schools of one kind of area.

    ``percent``: of the county's mean. ``value``: in the indicator's unit. ``schools``: with a value.
    """

    key: str
    area: str
    value: float
    percent: float
    schools: int


def area_means(facts: Facts, stage: StageFacts) -> list[AreaMean]:
    """Means by area for the indicators whose county mean is known; empty with fewer than two kinds of area."""
    kinds = {school.area for school in stage.schools} - {""}
    if len(kinds) < 2:
        return []
    found = []
    for rule in facts.used(stage):
        county = stage.indicator(rule.key).get("mean")
        if county:
            found += [mean for area in AREAS if (mean := _mean(stage, rule.key, area, county))]
    return found


def _mean(stage: StageFacts, key: str, area: str, county: float) -> AreaMean | None:
    """The area's ΣX/ΣP against the county's; None when a school of the area lacks the value (never a part)."""
    top = bottom = all_top = all_bottom = 0.0
    schools = 0
    for school in stage.schools:
        cell = school.indicators.get(key)
        if cell is None or cell.numerator is None or not cell.denominator:
            if school.area == area:
                return None
            continue
        all_top, all_bottom = all_top + cell.numerator, all_bottom + cell.denominator
        if school.area == area:
            top, bottom, schools = top + cell.numerator, bottom + cell.denominator, schools + 1
    if not bottom or not all_top:
        return None
    ratio = (top / bottom) / (all_top / all_bottom)
    return AreaMean(key, area, ratio * county, 100 * ratio, schools)
