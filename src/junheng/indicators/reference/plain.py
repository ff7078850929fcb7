"""The whole evaluation by plain loops: rows, then each county."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import sqrt
from typing import Any

import pyarrow as pa

from junheng.basics import STAGES
from junheng.data.engines import Table
from junheng.indicators.compiled import CompiledMeasure, columns_by_table
from junheng.indicators.parameters import Parameters
from junheng.indicators.reference.facts import measured_rows
from junheng.indicators.reference.rows import Row, read_rows
from junheng.indicators.reference.stage_rows import stage_rows
from junheng.indicators.schemas import values_schema, variation_schema

_ORDER = {stage: place for place, stage in enumerate(STAGES)}


def evaluate_plainly(
    tables: Mapping[str, Table],
    measures: Sequence[CompiledMeasure],
    parameters: Parameters,
    years: Sequence[int] | None,
) -> tuple[pa.Table, pa.Table]:
    """``values`` and ``variation`` as evaluation.py describes them: floats of exact fractions."""
    given = {name: read_rows(table, years) for name, table in tables.items()}
    rows = measured_rows(stage_rows(given, columns_by_table(measures), parameters), measures, parameters)
    rows.sort(key=_place)
    values = _table(rows, values_schema([measure.key for measure in measures]))
    return values, _table(_variation(rows, measures), variation_schema())


def _place(row: Row) -> tuple[Any, ...]:
    county = row["county_code"]
    return (row["year"], county is None, county or "", _ORDER[row["stage"]], row["school_id"])


def _table(rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    columns = {
        field.name: pa.array([_plain(row[field.name]) for row in rows], field.type) for field in schema
    }
    return pa.table(columns, schema=schema)


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Fraction) else value


def _variation(rows: Sequence[Row], measures: Sequence[CompiledMeasure]) -> list[Row]:
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        if row["counted"] and row["county_code"] is not None:
            groups.setdefault((row["year"], row["county_code"], row["stage"]), []).append(row)
    return [_county(key, group, measure) for key, group in groups.items() for measure in measures]


def _county(key: tuple[Any, ...], group: Sequence[Row], measure: CompiledMeasure) -> Row:
    entered = [row for row in group if row["pupils"] is not None and row["pupils"] > 0]
    known = [row for row in entered if row[f"{measure.key}_value"] is not None]
    unknown = sum(row["pupils"] is None for row in group)
    found: Row = dict.fromkeys(variation_schema().names)
    found |= dict(zip(("year", "county_code", "stage"), key, strict=True))
    found |= {
        "indicator": measure.key,
        "schools": len(entered),
        "missing": len(entered) - len(known),
        "without_pupils": sum(row["pupils"] == 0 for row in group),
        "unknown_pupils": unknown,
    }
    if len(known) == len(entered) and not unknown:
        found |= _figures(measure, known)
    return found


def _figures(measure: CompiledMeasure, rows: Sequence[Row]) -> Row:
    numerators = [row[f"{measure.key}_num"] for row in rows]
    weights = [row[f"{measure.key}_den"] for row in rows]
    values = [row[f"{measure.key}_value"] for row in rows]
    total = sum(weights, Fraction(0))
    if total == 0:
        return {}
    mean = Fraction(measure.scale) * sum(numerators) / total
    variance = (
        sum(weight * (value - mean) ** 2 for weight, value in zip(weights, values, strict=True)) / total
    )
    plain_mean = sum(values, Fraction(0)) / len(values)
    plain_variance = sum((value - plain_mean) ** 2 for value in values) / len(values)
    return {
        "sum_num": sum(numerators),
        "sum_den": total,
        "mean": mean,
        "sd": sqrt(variance),
        "cv": sqrt(variance / mean**2) * _sign(mean) if mean else None,
        "cv_unweighted": sqrt(plain_variance / plain_mean**2) * _sign(plain_mean) if plain_mean else None,
        "minimum": min(values),
        "maximum": max(values),
    }


def _sign(number: Fraction) -> int:
    return 1 if number > 0 else -1
