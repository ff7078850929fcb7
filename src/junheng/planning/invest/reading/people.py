"""Who may be trained or may leave at each school: no more than are there, and nobody twice.

The tables count teachers by attribute, not by person. So each transfer takes from the pool of those who have what it
moves and of those who lack the rest, and what is left of those who lack an attribute may be trained to it.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import floor
from typing import Any, cast

from junheng.basics import Stage, Text
from junheng.indicators import lineage_of
from junheng.planning.gathered import Gathered
from junheng.planning.invest.reading.limits import Limits
from junheng.planning.invest.reading.lines import Lines
from junheng.planning.invest.reading.measures import persons_of
from junheng.planning.invest.reading.transfers import Transfers
from junheng.planning.invest.staff_changes import above_columns, having, lacking
from junheng.planning.state_rows import Row


def above_of(lines: Lines, stage: str) -> tuple[str, ...]:
    """The columns of education above requirement in ``stage``, as the standard's indicator reads them."""
    for key in persons_of(lines, stage):
        read = [column for _, column in lineage_of(lines.catalogue[key], cast("Stage", stage))]
        if above_columns(read):
            return above_columns(read)
    return ()


def is_known(row: Row, stage: str, lines: Lines) -> bool:
    """Whether the row tells how many teachers have each attribute and how many lack it."""
    above = above_of(lines, stage)
    kinds = [lines.catalogue[key].id for key in persons_of(lines, stage)]
    return all(
        having(row, kind, above) is not None and lacking(row, kind, above) is not None for kind in kinds
    )


def people_limits(
    school_id: str,
    stage: str,
    row: Row,
    lines: Lines,
    transfers: Transfers,
    measures: list[dict[str, Any]],
    limits: Limits,
    faults: Gathered,
) -> tuple[dict[str, int], dict[str, int]]:
    """``movable`` by transfer and ``limits`` by training measure, of one school-stage whose row ``is_known``."""
    above = above_of(lines, stage)
    ids = {key: lines.catalogue[key].id for key in persons_of(lines, stage)}
    with_it = {key: having(row, kind, above) or 0 for key, kind in ids.items()}
    without = {key: lacking(row, kind, above) or 0 for key, kind in ids.items()}
    movable = {}
    for transfer in transfers.of_stage(stage):
        pools = [with_it if key in transfer["gives"] else without for key in ids]
        there = min(pool[key] for pool, key in zip(pools, ids, strict=True))
        most = min(_asked(school_id, stage, transfer, with_it, transfers, limits, faults), there)
        for pool, key in zip(pools, ids, strict=True):
            pool[key] -= most
        movable[transfer["id"]] = most
    trained = {}
    for measure in measures:
        if measure["kind"] == "train" and measure["stage"] == stage:
            (key,) = measure["gives"]
            own = limits.at_school.get((school_id, stage, measure["id"]))
            trained[measure["id"]] = without[key] if own is None else min(without[key], floor(own))
    return movable, trained


def _asked(
    school_id: str,
    stage: str,
    transfer: Mapping[str, Any],
    with_it: Mapping[str, int],
    transfers: Transfers,
    limits: Limits,
    faults: Gathered,
) -> int:
    """What the bureau allows: the school's own limit, else the share of those who have what is moved."""
    there = min(with_it[key] for key in transfer["gives"])
    key = (school_id, stage, transfer["id"])
    own = limits.at_school.get(key)
    if own is None:
        return floor((transfers.shares or {}).get(transfer["id"], Fraction(0)) * there)
    if own > there:
        zh = f"上限互相矛盾：{school_id} 最多调出 {own} 人，但这类教师只有 {there} 人"
        en = f"contradictory limits: {own} may leave {school_id}, but only {there} such teachers are there"
        fix = Text("请改小，或删去这一行按比例计", "lower it, or delete the row to use the share")
        faults.add(limits.places[key], zh, en, fix)
    return floor(own)
