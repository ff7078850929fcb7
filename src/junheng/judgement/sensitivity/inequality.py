"""Further measures of how unequal schools are, weighted by pupils. None of them is a rule."""

from collections.abc import Collection, Sequence

from junheng.basics import urban_town_rural
from junheng.indicators.inequality import atkinson, gini, max_min_ratio, theil_by_group
from junheng.judgement.results import SchoolResult

Json = dict[str, object]
AVERSIONS = (0.5, 1.0, 2.0)  # the usual weights of Atkinson's index


def inequality_measures(schools: Sequence[SchoolResult], key: str) -> Json:
    """Gini, Atkinson, max/min and Theil's index of one indicator over ``schools``, all of which have a value.

    Theil's index is split between and within urban, town and rural schools (``by_area``) and education groups
    (``by_group``; schools outside any group each stand alone and are not listed). A split is None where a school's
    class is unknown, or where there is only one part. Measures are None where a value is negative.
    """
    values = [school.indicators[key].value or 0.0 for school in schools]
    weights = [school.indicators[key].denominator or 0.0 for school in schools]
    if any(value < 0 for value in values):
        return {
            "gini": None,
            "max_min_ratio": None,
            "atkinson": None,
            "theil": None,
            "by_area": None,
            "by_group": None,
        }
    areas = [urban_town_rural(school.urban_rural_code) for school in schools]
    names = [area.en for area in areas if area is not None]
    groups = [school.group_id or school.school_id for school in schools]
    shown = {school.group_id for school in schools if school.group_id}
    whole = theil_by_group(values, ["all"] * len(values), weights)
    return {
        "gini": gini(values, weights),
        "max_min_ratio": max_min_ratio(values),
        "atkinson": {str(aversion): atkinson(values, weights, epsilon=aversion) for aversion in AVERSIONS},
        "theil": whole.total if whole else None,
        "by_area": _split(values, names, weights, set(names)) if len(names) == len(values) else None,
        "by_group": _split(values, groups, weights, shown) if shown else None,
    }


def _split(
    values: Sequence[float], groups: Sequence[str], weights: Sequence[float], shown: Collection[str]
) -> Json | None:
    parts = theil_by_group(values, groups, weights)
    if parts is None or len(parts.groups) < 2:
        return None
    return {
        "between": parts.between,
        "within": parts.within,
        "groups": {
            part.group: {
                "mean": part.mean,
                "pupil_share": part.weight_share,
                "theil": part.theil,
                "between": part.between,
                "within": part.within,
            }
            for part in parts.groups
            if part.group in shown
        },
    }
