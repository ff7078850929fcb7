"""The long table of a finding: one row per school-stage and indicator, counted or not."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from junheng.judgement.results import CountyResult

SCHEMA = pa.schema(
    [
        ("standard", pa.string()),
        ("year", pa.int32()),
        ("county_code", pa.string()),
        ("school_id", pa.string()),
        ("stage", pa.string()),
        ("indicator", pa.string()),
        ("numerator", pa.float64()),
        ("denominator", pa.float64()),
        ("value", pa.float64()),
        ("state", pa.string()),
        ("reason", pa.string()),
        ("share", pa.float64()),
        ("relaxed", pa.string()),
    ]
)


def values_table(county: CountyResult, values: pa.Table, keys: Sequence[str]) -> pa.Table:
    """``values`` (the county's rows of the evaluation, wide) as a long table.

    ``state``: ok, missing, no_pupils or not_counted; ``reason`` the code of why it is not ok. After the
    columns of the contract come ``share`` of split premises and the ids of relaxations applied.
    """
    reasons = {
        (school.school_id, school.stage, key): result.reason.code
        for school in county.schools
        for key, result in school.indicators.items()
        if result.reason
    }
    left = {(row.school_id, row.stage): row.reason.code for row in county.skipped}
    parts = [_of_key(county, values, key, reasons, left) for key in keys]
    long = pa.concat_tables(parts)
    rows = values.num_rows
    order = [part * rows + row for row in range(rows) for part in range(len(keys))]
    return long.take(pa.array(order, pa.int64()))


def _of_key(
    county: CountyResult,
    values: pa.Table,
    key: str,
    reasons: Mapping[tuple[str, str, str], str],
    left: Mapping[tuple[str, str], str],
) -> pa.Table:
    rows = values.num_rows
    ids = list(zip(*(values.column(name).to_pylist() for name in ("school_id", "stage")), strict=True))
    codes = [left.get(row, reasons.get((*row, key))) for row in ids]
    columns = {
        "standard": pa.array([county.standard] * rows, pa.string()),
        "year": values.column("year"),
        "county_code": pa.array([county.code] * rows, pa.string()),
        "school_id": values.column("school_id"),
        "stage": values.column("stage"),
        "indicator": pa.array([key] * rows, pa.string()),
        "numerator": values.column(f"{key}_num"),
        "denominator": values.column(f"{key}_den"),
        "value": values.column(f"{key}_value"),
        "state": pa.array([_state(row in left, code) for row, code in zip(ids, codes, strict=True)]),
        "reason": pa.array(codes, pa.string()),
        "share": values.column("share"),
        "relaxed": values.column(f"{key}_relaxed"),
    }
    return pa.table(columns).select(SCHEMA.names).cast(SCHEMA)


def _state(is_left: bool, code: str | None) -> str:
    if code == "no_pupils":
        return "no_pupils"
    if is_left:
        return "not_counted"
    return "ok" if code is None else "missing"
