"""Numerator, denominator and value of each measure on exact rows, and why a row is not counted."""

from collections.abc import Sequence
from fractions import Fraction

from junheng.indicators.compiled import CompiledMeasure
from junheng.indicators.parameters import Parameters
from junheng.indicators.reference.rows import Row
from junheng.indicators.reference.values import value_of


def measured_rows(
    rows: Sequence[Row], measures: Sequence[CompiledMeasure], parameters: Parameters
) -> list[Row]:
    """``rows`` of stage_rows as rows of ``values``, with fractions for numbers."""
    return [_measured(row, measures, parameters) for row in rows]


def _measured(row: Row, measures: Sequence[CompiledMeasure], parameters: Parameters) -> Row:
    reason = not_counted(row, parameters)
    found = {**row, "school_name": row["name"], "counted": reason is None, "not_counted": reason}
    for measure in measures:
        num, applied = numerator_of(measure, row)
        den = denominator_of(measure, row)
        found[f"{measure.key}_num"], found[f"{measure.key}_den"] = num, den
        told = num is not None and den is not None and den != 0
        found[f"{measure.key}_value"] = (
            Fraction(measure.scale) * num / den if told and num is not None and den else None
        )
        found[f"{measure.key}_relaxed"] = ",".join(applied) or None
    return found


def numerator_of(measure: CompiledMeasure, row: Row) -> tuple[Fraction | None, list[str]]:
    """The numerator with what relaxations add, and the ids of those that added something."""
    expression = measure.numerator.get(row["stage"])
    total: Fraction | None = None if expression is None else value_of(expression.tree, row)
    applied = []
    for addition in measure.additions:
        added = value_of(addition.add.tree, row) if value_of(addition.when.tree, row) is True else None
        if added:
            applied.append(addition.id)
            total = None if total is None else total + added
    return total, applied


def denominator_of(measure: CompiledMeasure, row: Row) -> Fraction | None:
    """The denominator; None where it is absent or not defined for the stage."""
    expression = measure.denominator.get(row["stage"])
    found: Fraction | None = None if expression is None else value_of(expression.tree, row)
    return found


def not_counted(row: Row, parameters: Parameters) -> str | None:
    """Why a row is outside the evaluation; None for a row inside it."""
    policy, least = parameters.teaching_point_policy, parameters.teaching_point_min_pupils
    is_point = row["kind"] == "teaching_point"
    if row["stage"] not in parameters.stages:
        return f"stage:{row['stage']}"
    if row["kind"] in parameters.exclude_kinds:
        return f"kind:{row['kind']}"
    if is_point and policy == "exclude":
        return "teaching_point"
    if is_point and policy == "separate_if_ge_min" and row["pupils"] is not None and row["pupils"] < least:
        return f"teaching_point:<{least}"
    if row["ownership"] == "private" and not parameters.count_private:
        return "private"
    if row["run_by"] in parameters.exclude_run_by:
        return f"run_by:{row['run_by']}"
    own_row = is_point and policy == "separate_if_ge_min"
    return "not_counted_row" if row["is_counted"] is False and not own_row else None
