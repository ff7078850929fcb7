"""School-stages of one county as values: each indicator with its line, verdict, shortfall and reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from junheng.basics import STAGES, Text
from junheng.judgement.compare import Doubles, inclusive
from junheng.judgement.facts import Facts, figures
from junheng.judgement.missing import Absences
from junheng.judgement.reasons import reason
from junheng.judgement.results import IndicatorResult, SchoolResult, Skipped
from junheng.judgement.school import VERDICTS
from junheng.judgement.shortfall import ExactParts, shortfalls
from junheng.judgement.vector import StageRows, doubles, stage_rows
from junheng.standards import IndicatorRule


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


@dataclass(frozen=True, slots=True)
class _Column:
    """One rule over all rows of a block, as plain lists."""

    value: Sequence[float | None]
    numerator: Sequence[float | None]
    denominator: Sequence[float | None]
    relaxed: Sequence[str | None]
    thresholds: Mapping[str, Decimal]
    floors: Mapping[str, Decimal]
    code: Sequence[int]
    floor_code: Sequence[int]
    shortfall: Sequence[float]
    floor_shortfall: Sequence[float]
    unit: Text


def school_results(block: Block) -> tuple[SchoolResult, ...]:
    """The judged school-stages of ``block``, in its order."""
    stages = stage_rows(block.values)
    columns = {rule.id: _column(block, rule, stages) for rule in block.facts.standard.indicators}
    rows = block.values.select(
        ["school_id", "school_name", "stage", "kind", "urban_rural_code", "group_id", "pupils", "share"]
    ).to_pylist()
    verdicts = block.codes.column("verdict").to_pylist()
    met = block.codes.column("met").to_pylist()
    judged = block.codes.column("judged").to_pylist()
    reasons = _Reasons(block)
    return tuple(
        SchoolResult(
            row["school_id"],
            row["school_name"] or row["school_id"],
            row["stage"],
            row["kind"] or "",
            row["urban_rural_code"] or "",
            row["group_id"] or "",
            row["pupils"],
            row["share"],
            VERDICTS[verdicts[i]],
            met[i],
            {
                rule.id: _indicator(rule.id, columns[rule.id], row["stage"], i, reasons)
                for rule in block.facts.standard.indicators
            },
        )
        for i, row in enumerate(rows)
        if judged[i]
    )


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


def _indicator(key: str, column: _Column, stage: str, row: int, reasons: _Reasons) -> IndicatorResult:
    value = column.value[row]
    relaxed = column.relaxed[row]
    return IndicatorResult(
        value,
        column.numerator[row],
        column.denominator[row],
        column.thresholds.get(stage),
        column.floors.get(stage),
        VERDICTS[column.code[row]],
        VERDICTS[column.floor_code[row]],
        _known(column.shortfall[row]),
        _known(column.floor_shortfall[row]),
        column.unit,
        reason(reasons.code(key, row)) if value is None else None,
        tuple(relaxed.split(",")) if relaxed else (),
    )


def _known(number: float) -> float | None:
    return None if number != number else number  # NaN is the only number unlike itself


def _column(block: Block, rule: IndicatorRule, stages: StageRows) -> _Column:
    held = block.values
    floors = {str(stage): line for stage in STAGES if (line := rule.floor(stage)) is not None}
    return _Column(
        value=held.column(f"{rule.id}_value").to_pylist(),
        numerator=held.column(f"{rule.id}_num").to_pylist(),
        denominator=held.column(f"{rule.id}_den").to_pylist(),
        relaxed=held.column(f"{rule.id}_relaxed").to_pylist(),
        thresholds={str(stage): line for stage, line in rule.thresholds.items()},
        floors=floors,
        code=block.codes.column(rule.id).to_pylist(),
        floor_code=block.codes.column(f"{rule.id}_floor").to_pylist(),
        shortfall=_shortfall(block, rule, stages, floor=False).tolist(),
        floor_shortfall=_shortfall(block, rule, stages, floor=True).tolist(),
        unit=block.facts.indicator(rule.id).quantity_unit,
    )


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


def _exact_of(block: Block, key: str, rows: npt.NDArray[np.intp]) -> ExactParts:
    return lambda position: block.exact(key, int(rows[position]))


def skipped_rows(block: Block) -> Iterator[Skipped]:
    """Rows listed but not judged: not counted by the standard, or without pupils."""
    judged = block.codes.column("judged").to_pylist()
    names = ["school_id", "school_name", "stage", "counted", "not_counted"]
    for row, is_judged in zip(block.values.select(names).to_pylist(), judged, strict=True):
        if not is_judged:
            code = "no_pupils" if row["counted"] else row["not_counted"] or "not_counted_row"
            yield Skipped(
                row["school_id"], row["school_name"] or row["school_id"], row["stage"], reason(code)
            )
