"""What to look at twice: schools that are filling up, that change much,
whose middle lies beside its interval."""

from fractions import Fraction

from junheng.planning.forecast.case import Case, Unit
from junheng.planning.frozen import Json, exact


def marks(case: Case, row: Json) -> list[str]:
    """Words of ``MARKS`` for one row of pupils, sorted: biased, outlier, young."""
    found = []
    if "from" in row and not exact(row["from"]) <= exact(row["mid"]) <= exact(row["to"]):
        found.append("biased")
    unit = (row["school"], row["stage"])
    if _changes_much(case, unit, exact(row["mid"])):
        found.append("outlier")
    if case.young(unit):
        found.append("young")
    return found


def _changes_much(case: Case, unit: Unit, mid: Fraction) -> bool:
    """Whether a forecast is so many times the pupils of the base year, or so small a part of them."""
    now = case.totals.get(unit, {}).get(case.problem["base_year"])
    times = exact(case.problem["method"]["outlier"])
    return bool(now) and (mid > times * (now or 0) or mid * times < (now or 0))
