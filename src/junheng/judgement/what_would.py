"""The smallest change that closes a failing figure of one school-stage: its shortfall, put
into a column."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from junheng.data import Change, SetCell, load_dictionary, tables_of
from junheng.judgement.what_if import Ground, WhatIf

_CENT = Decimal("0.01")


@cache
def _raises() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(
        (Path(__file__).with_name("what_would.yaml")).read_text(encoding="utf-8")
    )
    return found


def closing_changes(
    ground: Ground, found: WhatIf, school_id: str, stage: str, key: str
) -> tuple[Change, ...]:
    """Changes after which indicator ``key`` of the school-stage, as it is in ``found``, reaches its line; none where it
    cannot be told, is met, its column is absent, or no quantity added would do it (less is better).

    Resources shared by stages: so much for the whole school that the stage's share of it suffices.
    """
    school = next(
        (one for one in found.county.schools if (one.school_id, one.stage) == (school_id, stage)), None
    )
    result = school.indicators.get(key) if school else None
    if school is None or result is None or not result.shortfall:
        return ()
    lineage = ground.assessment.evaluation.lineage[key].get(stage, ())
    names = {f"{table}.{column}" for table, column in lineage}
    place = next((one for one in _raises()["first"] if one in names), "")
    is_more = result.value is not None and result.threshold is not None and result.value <= result.threshold
    if not place or not is_more:
        return ()
    needed = Decimal(repr(result.shortfall))
    if place.startswith("premises.") and school.share:
        needed /= Decimal(repr(school.share))
    made = [
        _raised(found, school_id, stage, one, needed) for one in (place, *_raises()["with"].get(place, ()))
    ]
    return tuple(one for one in made if one) if made[0] else ()


def _raised(found: WhatIf, school_id: str, stage: str, place: str, needed: Decimal) -> Change | None:
    """The cell with ``needed`` more, whole or to the cent upwards; None where the cell is absent."""
    table, _, column = place.partition(".")
    spec = load_dictionary().tables[table].columns[column]
    by_stage = table != "premises"
    rows = tables_of({table: found.tables[table]}, frozenset({school_id}))[table].to_pylist()
    for row in rows:
        if not by_stage or row["stage"] == stage:
            if row.get(column) is None:
                return None
            total = Decimal(repr(row[column])) + needed
            total = total.quantize(Decimal(1) if spec.whole else _CENT, ROUND_CEILING)
            return SetCell(school_id, stage if by_stage else "", table, column, str(total))
    return None
