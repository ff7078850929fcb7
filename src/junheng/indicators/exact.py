"""Close comparisons decided in fractions: the exact figures of single school-stages and counties.

A cell's exact meaning is its shortest decimal. Only called near a line, so speed comes second; still, an
index of the tables is kept as long as the evaluation lives, and figures made of whole numbers only are taken
from the row itself, since a double holds them exactly.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any
from weakref import WeakKeyDictionary

import pyarrow.compute as pc

from junheng.basics import Stage
from junheng.indicators.compiled import CompiledMeasure, compile_measures
from junheng.indicators.evaluation import Evaluation
from junheng.indicators.exact_rows import exact_row, prepare_rows
from junheng.indicators.reference.facts import denominator_of, numerator_of

LARGEST = 2.0**53  # whole numbers below are exact doubles
_compiled: WeakKeyDictionary[Evaluation, dict[str, CompiledMeasure]] = WeakKeyDictionary()


def exact_value(evaluation: Evaluation, key: str, row: Mapping[str, Any]) -> tuple[Fraction, Fraction] | None:
    """Numerator and denominator of measure ``key`` for the school-stage ``row`` (year, school_id, stage).

    None where one of them is absent or the denominator is 0. A ``row`` of ``evaluation.values`` that also
    carries ``<key>_num``, ``<key>_den``, ``<key>_relaxed`` and ``share`` is answered faster.
    """
    measure = _measure(evaluation, key)
    ready = _whole_numbers(evaluation, measure, row)
    if ready is not None:
        return ready
    found = exact_row(evaluation, row["year"], row["school_id"], row["stage"])
    if found is None:
        return None
    num, den = numerator_of(measure, found)[0], denominator_of(measure, found)
    return None if num is None or not den else (num, den)


def prepare_exact(evaluation: Evaluation, asked: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """Make ready many calls of ``exact_value`` (key, row): the tables are then read once for all of them."""
    prepare_rows(
        evaluation,
        [
            (row["year"], row["school_id"])
            for key, row in asked
            if _whole_numbers(evaluation, _measure(evaluation, key), row) is None
        ],
    )


def _measure(evaluation: Evaluation, key: str) -> CompiledMeasure:
    if evaluation not in _compiled:
        found = compile_measures(evaluation.measures, evaluation.parameters)
        _compiled[evaluation] = {measure.key: measure for measure in found}
    return _compiled[evaluation][key]


def _whole_numbers(
    evaluation: Evaluation, measure: CompiledMeasure, row: Mapping[str, Any]
) -> tuple[Fraction, Fraction] | None:
    """The parts as they stand in ``row``, if they are whole numbers that no rounding can have touched."""
    num, den = row.get(f"{measure.key}_num"), row.get(f"{measure.key}_den")
    if (
        num is None
        or not den
        or f"{measure.key}_relaxed" not in row
        or row[f"{measure.key}_relaxed"] is not None
    ):
        return None
    parts = [side.get(row["stage"]) for side in (measure.numerator, measure.denominator)]
    read = {name for part in parts if part is not None for name in part.columns}
    is_shared = bool(read & evaluation.parameters.split_columns) and row.get("share") != 1
    safe = all(part is not None and part.whole for part in parts) and not is_shared
    if not safe or abs(num) >= LARGEST or abs(den) >= LARGEST or num != int(num) or den != int(den):
        return None
    return Fraction(int(num)), Fraction(int(den))


def exact_variation(
    evaluation: Evaluation, year: int, county_code: str, stage: Stage, key: str
) -> Fraction | None:
    """The square of the pupil-weighted coefficient of variation, exact; None where it cannot be told.

    With X numerators and P denominators of the counted school-stages with pupils: ΣP·Σ(X²/P) / (ΣX)² - 1.
    """
    values = evaluation.values
    mask = pc.and_(pc.equal(values.column("year"), year), pc.equal(values.column("county_code"), county_code))
    mask = pc.and_(pc.and_(mask, pc.equal(values.column("stage"), stage)), values.column("counted"))
    rows = values.filter(mask).select(["year", "school_id", "stage", "pupils"]).to_pylist()
    if any(row["pupils"] is None for row in rows):
        return None
    parts = [exact_value(evaluation, key, row) for row in rows if row["pupils"] > 0]
    if not parts or None in parts:
        return None
    told = [part for part in parts if part is not None]
    total, weights = sum(x for x, _ in told), sum(p for _, p in told)
    return weights * sum(x * x / p for x, p in told) / Fraction(total) ** 2 - 1 if total else None


def exact_variation_holds(
    evaluation: Evaluation, year: int, county_code: str, stage: Stage, key: str, limit: Decimal
) -> bool:
    """Whether the pupil-weighted coefficient of variation is at most ``limit``, exactly.

    False where it cannot be told (something absent, or a mean of 0): ask ``variation`` first.
    """
    squared = exact_variation(evaluation, year, county_code, stage, key)
    return squared is not None and squared <= Fraction(limit) ** 2
