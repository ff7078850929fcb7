"""Marks of rows formed anew: new schools, great changes, a middle outside its own interval."""

from junheng.planning.forecast.check_facts import Facts
from junheng.planning.frozen import Json, exact


def with_marks(facts: Facts, row: Json) -> Json:
    """``row`` with the marks it must bear; without the key where it bears none."""
    unit, mid = (row["school"], row["stage"]), exact(row["mid"])
    told = {
        "biased": "from" in row and (mid < exact(row["from"]) or mid > exact(row["to"])),
        "outlier": _leaps(facts, unit, row),
        "young": _young(facts, unit),
    }
    words = [word for word, holds in sorted(told.items()) if holds]
    return row | {"marks": words} if words else row


def _leaps(facts: Facts, unit: tuple[str, str], row: Json) -> bool:
    now = facts.totals.get((*unit, facts.base), 0)
    if now == 0:
        return False
    ratio, most = exact(row["mid"]) / now, exact(facts.method["outlier"])
    return ratio > most or ratio < 1 / most


def _young(facts: Facts, unit: tuple[str, str]) -> bool:
    """Heard of for fewer years than it takes to fill, while others of its stage were there before."""
    if unit not in facts.beginnings:
        return False
    earliest = min(year for (_, stage), year in facts.beginnings.items() if stage == unit[1])
    own = facts.beginnings[unit]
    return own != earliest and own + int(facts.method["filling_years"]) > facts.base
