"""Are two sets of answers the same? Counts and verdicts must be equal, values and CVs to a part in 10⁹."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.nation.rules import KEYS

_TOLERANCE = 1e-9


class AnswersDiffer(AssertionError):  # noqa: N818  # says what happened; nothing went wrong in the measuring
    """Two ways gave different answers: the race means nothing."""


def compare(ours: Path, theirs: Path) -> str:
    """A note of equality for the results; raises AnswersDiffer naming the first column that differs."""
    rows = _same(ours, theirs, "values", ("year", "school_id", "stage"), KEYS, ("met", "verdict"))
    figures = tuple(f"{key}_{part}" for key in KEYS for part in ("mean", "sd", "cv"))
    groups = _same(ours, theirs, "variation", ("year", "county_code", "stage"), figures, ())
    return (
        f"answers equal to those of {theirs.name}: {rows:,} school-stage rows (values to 1e-9, met counts "
        f"and verdicts exactly), {groups:,} county-stage rows (mean, deviation, CV to 1e-9)"
    )


def _same(
    ours: Path,
    theirs: Path,
    name: str,
    key: tuple[str, ...],
    figures: tuple[str, ...],
    codes: tuple[str, ...],
) -> int:
    first, second = (_sorted(path / f"{name}.parquet", key) for path in (ours, theirs))
    if first.num_rows != second.num_rows:
        raise AnswersDiffer(f"{name}: {first.num_rows} rows against {second.num_rows} of {theirs.name}")
    for column in (*key, *codes):
        if not first[column].equals(second[column].cast(first[column].type)):
            raise AnswersDiffer(f"{name}.{column} differs from {theirs.name}")
    for column in figures:
        pair = [table[column].cast(pa.float64()).to_numpy() for table in (first, second)]
        if not np.allclose(*pair, rtol=_TOLERANCE, atol=1e-12, equal_nan=True):
            raise AnswersDiffer(f"{name}.{column} differs from {theirs.name}")
    return int(first.num_rows)


def _sorted(path: Path, key: tuple[str, ...]) -> pa.Table:
    table = pq.read_table(path)
    for name in ("year", "school_id"):
        if name in table.column_names:
            table = table.set_column(table.column_names.index(name), name, table[name].cast(pa.int64()))
    for name in ("stage", "county_code"):
        if name in table.column_names:
            table = table.set_column(table.column_names.index(name), name, table[name].cast(pa.string()))
    return table.sort_by([(name, "ascending") for name in key]).combine_chunks()
