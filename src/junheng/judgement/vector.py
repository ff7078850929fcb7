"""Verdicts for every row of an evaluation at once, from one county to a nation's decade.

Codes (int8): 0 no line to compare with, 1 met, 2 not met, 3 cannot tell. Doubles decide away from the line;
within a relative 1e-6 of it the comparison is made again in exact fractions, row by row (few rows).
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from junheng.basics import STAGES, Stage
from junheng.indicators import Evaluation, exact_value, prepare_exact
from junheng.judgement.compare import Doubles, Flags, holds, holds_each, inclusive, near
from junheng.judgement.facts import figures
from junheng.judgement.school import CANNOT_TELL, MET, NONE, NOT_MET, Codes, school_codes
from junheng.standards import Comparison, IndicatorRule, Standard

StageRows = Mapping[Stage, Flags]
ExactValue = Callable[[int], "Fraction | None"]  # row index → value, exactly


def doubles(column: pa.ChunkedArray) -> Doubles:
    """A numeric Arrow column as doubles, null as NaN."""
    found: Doubles = column.cast(pa.float64()).to_numpy()
    return found


def stage_rows(table: pa.Table) -> StageRows:
    """For each stage, which rows of ``table`` are of it."""
    column = table.column("stage")
    return {stage: pc.equal(column, stage).to_numpy().astype(np.bool_) for stage in STAGES}


def judge_rows(evaluation: Evaluation, standard: Standard) -> pa.Table:
    """Codes for every row of ``evaluation.values``, in its order.

    Columns: for each rule K ``K`` (against the threshold) and ``K_floor`` (against the floor), ``met``
    (int64, indicators that reach their threshold), ``verdict`` (the school rule; NONE without one), and
    ``judged`` (bool: counted, and pupils are not zero). Rows not judged have code NONE throughout.
    """
    values = evaluation.values
    judged = _judged(values)
    stages = stage_rows(values)
    _prepare_close_ones(evaluation, standard, judged, stages)
    levels, floors = [], []
    columns: dict[str, npt.NDArray[Any]] = {}
    for rule in standard.indicators:
        level, floor = _judge_rule(evaluation, rule, judged, stages)
        levels.append(level)
        floors.append(floor)
        columns[rule.id], columns[f"{rule.id}_floor"] = level, floor
    columns["met"] = np.count_nonzero(np.array(levels) == MET, axis=0)
    columns["verdict"] = _school(levels, floors, standard, len(judged))
    columns["judged"] = judged
    return pa.table(columns)


def _judged(values: pa.Table) -> Flags:
    counted = pc.fill_null(values.column("counted"), False).to_numpy().astype(np.bool_)
    found: Flags = counted & (doubles(values.column("pupils")) != 0)
    return found


def _school(levels: list[Codes], floors: list[Codes], standard: Standard, rows: int) -> Codes:
    if standard.school_rule is None or not levels:
        return np.full(rows, NONE, np.int8)
    return school_codes(levels, floors, standard.school_rule.min_met)


def _judge_rule(
    evaluation: Evaluation, rule: IndicatorRule, judged: Flags, stages: StageRows
) -> tuple[Codes, Codes]:
    values = doubles(evaluation.values.column(f"{rule.id}_value"))
    exact = exact_lookup(evaluation, rule.id)
    level, floor = (np.full(len(values), NONE, np.int8) for _ in range(2))
    for stage, threshold in rule.thresholds.items():
        rows = np.flatnonzero(stages[stage] & judged)
        level[rows] = codes_of(values[rows], rule.comparison, threshold, rows, exact)
        lowest = rule.floor(stage)
        if lowest is not None:
            floor[rows] = codes_of(values[rows], inclusive(rule.comparison), lowest, rows, exact)
    return level, floor


def codes_of(
    values: Doubles, word: Comparison, line: Decimal, rows: npt.NDArray[np.intp], exact: ExactValue
) -> Codes:
    """Codes of ``values`` against ``line``; ``exact(rows[i])`` decides value i when it is near the line."""
    codes = np.where(holds_each(word, values, line), MET, NOT_MET).astype(np.int8)
    for position in np.flatnonzero(near(values, line)):
        value = exact(int(rows[position]))
        if value is not None:
            codes[position] = MET if holds(word, value, line) else NOT_MET
    codes[np.isnan(values)] = CANNOT_TELL
    return codes


def _prepare_close_ones(evaluation: Evaluation, standard: Standard, judged: Flags, stages: StageRows) -> None:
    """Have the cells behind every close comparison fetched at once, however large the tables are."""
    asked: list[tuple[str, dict[str, object]]] = []
    for rule in standard.indicators:
        values = doubles(evaluation.values.column(f"{rule.id}_value"))
        close = np.zeros(len(values), dtype=np.bool_)
        for stage, threshold in rule.thresholds.items():
            for line in (threshold, rule.floor(stage)):
                if line is not None:
                    close |= stages[stage] & judged & near(values, line)
        rows = evaluation.values.select(list(figures(rule.id))).take(np.flatnonzero(close))
        asked += [(rule.id, row) for row in rows.to_pylist()]
    prepare_exact(evaluation, asked)


def exact_lookup(evaluation: Evaluation, key: str) -> ExactValue:
    """A function from a row's index in ``evaluation.values`` to its exact value for measure ``key``."""
    values = evaluation.values
    scale = next(Fraction(m.indicator.scale) for m in evaluation.measures if m.key == key)
    columns = {name: values.column(name) for name in figures(key)}

    def value(row: int) -> Fraction | None:
        parts = exact_value(evaluation, key, {name: column[row].as_py() for name, column in columns.items()})
        return None if parts is None or parts[1] == 0 else scale * parts[0] / parts[1]

    return value
