"""One row per school-stage, merged and split, all exact: what the expressions are evaluated over."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from junheng.indicators.parameters import Parameters
from junheng.indicators.query.scan import PARENT, needed_columns
from junheng.indicators.reference.merge import merged
from junheng.indicators.reference.registers import with_registers
from junheng.indicators.reference.rows import Key, Row, fact_rows
from junheng.indicators.refusals import unknown_school
from junheng.indicators.split import EXPECTED_STAGES


def stage_rows(
    tables: Mapping[str, list[Row]], columns: Mapping[str, Sequence[str]], parameters: Parameters
) -> list[Row]:
    """The school-stages of ``tables`` (plain rows by table), with ``columns`` (by table) and ``share``.

    Raises UserError for a stage row whose school is absent.
    """
    kept = needed_columns(columns)
    kept["school"] = (*kept["school"], PARENT)
    given = with_registers(tables)
    facts = {table: fact_rows(table, given.get(table, []), kept[table]) for table in kept}
    facts = merged(facts, kept, parameters)
    indexed = {table: {_identity(row): row for row in rows} for table, rows in facts.items()}
    stages: dict[Key, list[Row]] = {}
    for row in facts["stage"]:
        stages.setdefault((row["year"], row["school_id"]), []).append(row)
    return [
        _joined(row, stages[row["year"], row["school_id"]], indexed, kept, parameters)
        for row in facts["stage"]
    ]


def _identity(row: Row) -> Key:
    return (
        (row["year"], row["school_id"], row["stage"]) if "stage" in row else (row["year"], row["school_id"])
    )


def _joined(
    row: Row,
    siblings: Sequence[Row],
    indexed: Mapping[str, Mapping[Key, Row]],
    kept: Mapping[str, Sequence[str]],
    parameters: Parameters,
) -> Row:
    school = indexed["school"].get((row["year"], row["school_id"]))
    if school is None:
        raise unknown_school(row["year"], row["school_id"])
    found = {**school, **row}
    found["share"] = share_of(school["kind"], row["stage"], siblings, parameters)
    found |= _of(indexed["teacher_count"], _identity(row), kept["teacher_count"])
    for table in ("premises", "finance"):
        whole = _of(indexed[table], (row["year"], row["school_id"]), kept[table])
        found |= {name: _shared(name, value, found["share"], parameters) for name, value in whole.items()}
    return found


def _of(rows: Mapping[Key, Row], key: Key, columns: Sequence[str]) -> Row:
    row = rows.get(key, {})
    return {name: row.get(name) for name in columns}


def _shared(
    name: str, value: Fraction | None, share: Fraction | None, parameters: Parameters
) -> Fraction | None:
    if name not in parameters.split_columns:
        return value
    return None if value is None or share is None else value * share


def share_of(
    kind: str | None, stage: str, siblings: Sequence[Row], parameters: Parameters
) -> Fraction | None:
    """The part of the school's shared premises that falls to ``stage``; None where it cannot be told."""
    pupils = {row["stage"]: row["pupils"] for row in siblings}
    expected = EXPECTED_STAGES.get(kind or "", ())
    if not set(expected) <= set(pupils):
        return None
    if len(siblings) == 1:
        return Fraction(1)
    weights = parameters.split_weights.get(kind or "")
    if weights is None or None in pupils.values() or not set(pupils) <= set(weights):
        return None
    weighted = {name: Fraction(weights[name]) * count for name, count in pupils.items()}
    total = sum(weighted.values())
    return weighted[stage] / total if total else None
