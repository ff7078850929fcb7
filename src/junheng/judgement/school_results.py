"""School-stages of one county as values: each indicator with its line, verdict, shortfall and reason."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from junheng.basics import STAGES
from junheng.judgement.compare import Doubles, inclusive
from junheng.judgement.facts import Facts, figures
from junheng.judgement.missing import Absences
from junheng.judgement.reasons import reason
from junheng.judgement.results import IndicatorResult, SchoolItem, SchoolResult, Skipped
from junheng.judgement.school import VERDICTS
from junheng.judgement.shortfall import ExactParts, shortfalls
from junheng.judgement.vector import StageRows, doubles, stage_rows
from junheng.standards import IndicatorRule

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one county and year: values, and the codes of ``judge_rows`` beside them."""

    facts: Facts
    values: pa.Table
    codes: pa.Table
    year: int

    def exact(self, key: str, row: int) -> tuple[Fraction, Fraction] | None:
        """Numerator and denominator of row ``row`` of this block, exactly."""
        return self.facts.exact(key, {name: self.values.column(name)[row].as_py() for name in figures(key)})


ItemsOf = Callable[[str, str], Mapping[str, SchoolItem]]  # school, stage → what it comes to in declared items


def school_results(block: Block, items_of: ItemsOf) -> tuple[SchoolResult, ...]:
    """The judged school-stages of ``block``, in its order."""
    judged = np.flatnonzero(block.codes.column("judged").to_numpy())
    stages = stage_rows(block.values)
    of_stage = _cells(block.values.column("stage"), judged)
    reasons = _Reasons(block)
    rules = block.facts.standard.indicators
    columns = [_indicators(block, rule, stages, judged, of_stage, reasons) for rule in rules]
    ids = [rule.id for rule in rules]
    names = ["school_id", "school_name", "kind", "urban_rural_code", "group_id", "pupils", "share"]
    held = [_cells(block.values.column(name), judged) for name in names]
    held += [_cells(block.codes.column(name), judged) for name in ("verdict", "met")]
    found = zip(of_stage, *held, zip(*columns, strict=True) if columns else repeat(()), strict=False)
    return tuple(
        SchoolResult(
            school,
            name or school,
            stage,
            kind or "",
            area or "",
            group or "",
            pupils,
            share,
            VERDICTS[verdict],
            met,
            dict(zip(ids, indicators, strict=True)),
            items_of(school, stage),
        )
        for stage, school, name, kind, area, group, pupils, share, verdict, met, indicators in found
    )


def _cells(column: pa.ChunkedArray, rows: Rows) -> list[Any]:
    """``rows`` of one column; picked in Python, which for a county is faster than asking Arrow for each column."""
    cells = column.to_pylist()
    return [cells[row] for row in rows.tolist()]


class _Reasons:
    """Looks up why a value is absent, opening the tables only when one is."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._absences: Absences | None = None

    def code(self, key: str, row: int) -> str:
        if self._absences is None:
            self._absences = Absences(self._block.facts.evaluation, self._block.year, self._block.values)
        values = self._block.values
        names = ("school_id", "stage", "kind", "pupils", "share", f"{key}_den")
        cells = {name: values.column(name)[row].as_py() for name in names}
        return self._absences.code(cells["school_id"], cells["stage"], key, cells)


def _indicators(
    block: Block,
    rule: IndicatorRule,
    stages: StageRows,
    judged: Rows,
    of_stage: Sequence[str],
    reasons: _Reasons,
) -> list[IndicatorResult]:
    """One rule over the judged rows of a block: a county has thousands of results, so they are made column by column."""
    key, unit = rule.id, block.facts.indicator(rule.id).quantity_unit
    parts = ("value", "num", "den", "relaxed")
    held = [_cells(block.values.column(f"{key}_{part}"), judged) for part in parts]
    codes = [_cells(block.codes.column(name), judged) for name in (key, f"{key}_floor")]
    short = [_shortfall(block, rule, stages, floor=floor)[judged].tolist() for floor in (False, True)]
    floors = {str(stage): line for stage in STAGES if (line := rule.floor(stage)) is not None}
    return [
        IndicatorResult(
            value,
            numerator,
            denominator,
            rule.thresholds.get(stage),
            floors.get(stage),
            VERDICTS[code],
            VERDICTS[floor_code],
            None if shortfall != shortfall else shortfall,  # NaN is the only number unlike itself
            None if floor_shortfall != floor_shortfall else floor_shortfall,
            unit,
            reason(reasons.code(key, row)) if value is None else None,
            tuple(relaxed.split(",")) if relaxed else (),
        )
        for row, stage, value, numerator, denominator, relaxed, code, floor_code, shortfall, floor_shortfall in zip(
            judged.tolist(), of_stage, *held, *codes, *short, strict=True
        )
    ]


def _shortfall(block: Block, rule: IndicatorRule, stages: StageRows, *, floor: bool) -> Doubles:
    codes = block.codes.column(f"{rule.id}_floor" if floor else rule.id).to_numpy()
    numerators, denominators = (doubles(block.values.column(f"{rule.id}_{part}")) for part in ("num", "den"))
    word = inclusive(rule.comparison) if floor else rule.comparison
    found = np.full(len(codes), np.nan)
    for stage, of_stage in stages.items():
        line = rule.floor(stage) if floor else rule.thresholds.get(stage)
        rows = np.flatnonzero(of_stage)
        if line is not None and len(rows):
            found[rows] = shortfalls(
                numerators[rows],
                denominators[rows],
                codes[rows],
                block.facts.indicator(rule.id),
                word,
                line,
                _exact_of(block, rule.id, rows),
            )
    return found


def _exact_of(block: Block, key: str, rows: Rows) -> ExactParts:
    return lambda position: block.exact(key, int(rows[position]))


def skipped_rows(block: Block, items_of: ItemsOf) -> Iterator[Skipped]:
    """Rows listed but not judged: not counted by the standard, or without pupils."""
    judged = block.codes.column("judged").to_pylist()
    names = ["school_id", "school_name", "stage", "counted", "not_counted"]
    for row, is_judged in zip(block.values.select(names).to_pylist(), judged, strict=True):
        if not is_judged:
            code = "no_pupils" if row["counted"] else row["not_counted"] or "not_counted_row"
            school, stage = row["school_id"], row["stage"]
            yield Skipped(school, row["school_name"] or school, stage, reason(code), items_of(school, stage))
