"""What cannot be forecast, for which school or zone, and the data that would be needed."""

from collections import Counter

from junheng.planning.forecast.case import Case, Unit
from junheng.planning.forecast.estimate import Ratios, pool_of
from junheng.planning.forecast.words import MISSING
from junheng.planning.frozen import Json


def gaps(case: Case, ratios: Ratios | None, rows: list[Json]) -> list[Json]:
    """Rows {"school", "stage", "from" (first year that cannot be told), "missing": [words of ``MISSING``]}."""
    problem = case.problem
    told = {(row["school"], row["stage"], row["year"]) for row in rows}
    found = []
    for row in problem["units"]:
        if "closed" in row:
            continue
        unit = (row["school"], row["stage"])
        untold = [year for year in problem["years"] if (*unit, year) not in told]
        if not untold:
            continue
        missing = ["given"] if ratios is None else _missing(case, ratios, unit, untold[0])
        found.append({"school": unit[0], "stage": unit[1], "from": untold[0], "missing": missing})
    return sorted(found, key=lambda row: (row["school"], row["stage"]))


def _missing(case: Case, ratios: Ratios, unit: Unit, year: int) -> list[str]:
    """Why a school cannot be told in ``year``: the first reasons, not those that follow from them."""
    known, base = case.graded[unit], case.problem["base_year"]
    found = []
    if not known:
        found.append("grades")
    elif base not in known:
        found.append("base_year")
    if len(ratios.county[unit[1]]) < len(case.stages[unit[1]]) - 1:
        found.append("history")
    if found:
        return found
    stage, pool = unit[1], pool_of(case, unit)
    if unit not in ratios.share:
        found.append("entrants")
    if stage == next(iter(case.stages)):
        if case.children(pool, year, base) is None:
            found.append("births")
        elif (stage, pool) not in ratios.entry:
            found.append("births_past")
    elif (stage, pool) not in ratios.entry:
        found.append("history")
    return found or ["feeders"]


def reasons(cannot: list[Json]) -> list[Json]:
    """Why nothing can be forecast: each missing kind of data, and for how many school-stages."""
    count = Counter(word for row in cannot for word in row["missing"])
    return [
        {
            "zh": f"{MISSING[word].zh}（{count[word]} 个学校学段）",
            "en": f"{MISSING[word].en} ({count[word]} school-stages)",
        }
        for word in sorted(count)
    ]
