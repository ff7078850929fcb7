"""Are two sets of answers the same? Counts and verdicts must be equal, values and CVs to a part in 10⁹."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.nation.rules import KEYS, STAGES, Rules

_TOLERANCE, _ON_THE_LINE = 1e-9, 1e-12
ROW_KEY, GROUP_KEY = ("year", "school_id", "stage"), ("year", "county_code", "stage")


class AnswersDiffer(AssertionError):  # noqa: N818  # says what happened; nothing went wrong in the measuring
    """Two ways gave different answers: the race means nothing."""


def compare(ours: Path, theirs: Path, rules: Rules) -> str:
    """A note of equality for the results; raises AnswersDiffer naming the first column that differs.

    Verdicts may differ in rows where a value lies on its line to 1e-12: Junheng decides those exactly, a
    comparison of doubles by the last bit. Such rows are counted in the note; any other difference raises.
    """
    first, second = (_sorted(path / "values.parquet", ROW_KEY) for path in (ours, theirs))
    _require_same_keys(first, second, ROW_KEY, theirs.name)
    _require_same_figures(first, second, KEYS, theirs.name)
    slips = _verdicts_that_differ(first, second)
    if (slips & ~_on_a_line(first, rules)).any():
        raise AnswersDiffer(f"verdicts differ from {theirs.name} away from any line")
    groups = [_sorted(path / "variation.parquet", GROUP_KEY) for path in (ours, theirs)]
    _require_same_keys(*groups, GROUP_KEY, theirs.name)
    figures = tuple(f"{key}_{part}" for key in KEYS for part in ("mean", "sd", "cv"))
    _require_same_figures(*groups, figures, theirs.name)
    return (
        f"answers equal to those of {theirs.name}: {first.num_rows:,} school-stage rows (values to 1e-9, verdicts "
        f"exactly but for {int(slips.sum()):,} rows on the very line, which doubles misjudge), "
        f"{groups[0].num_rows:,} county-stage rows (mean, deviation, CV to 1e-9)"
    )


def _require_same_keys(first: pa.Table, second: pa.Table, key: tuple[str, ...], name: str) -> None:
    if first.num_rows != second.num_rows:
        raise AnswersDiffer(f"{first.num_rows} rows against {second.num_rows} of {name}")
    for column in key:
        if not first[column].equals(second[column].cast(first[column].type)):
            raise AnswersDiffer(f"{column} differs from {name}")


def _require_same_figures(first: pa.Table, second: pa.Table, figures: tuple[str, ...], name: str) -> None:
    for column in figures:
        pair = [table[column].cast(pa.float64()).to_numpy() for table in (first, second)]
        if not np.allclose(*pair, rtol=_TOLERANCE, atol=1e-12, equal_nan=True):
            raise AnswersDiffer(f"{column} differs from {name}")


def _verdicts_that_differ(first: pa.Table, second: pa.Table) -> npt.NDArray[np.bool_]:
    found = np.zeros(first.num_rows, dtype=bool)
    for column in ("met", "verdict"):
        found |= first[column].to_numpy() != second[column].to_numpy()
    return found


def _on_a_line(values: pa.Table, rules: Rules) -> npt.NDArray[np.bool_]:
    """Rows in which some value equals its threshold or floor as far as doubles can tell."""
    stages = np.asarray(values["stage"].to_pylist())
    found = np.zeros(values.num_rows, dtype=bool)
    for key in KEYS:
        value = values[key].cast(pa.float64()).to_numpy()
        for lines in (rules.thresholds, rules.floors):
            line = np.where(stages == STAGES[0], lines[STAGES[0]][key], lines[STAGES[1]][key])
            found |= np.isclose(value, line, rtol=_ON_THE_LINE, atol=0)
    return found


def _sorted(path: Path, key: tuple[str, ...]) -> pa.Table:
    table = pq.read_table(path)
    for name in ("year", "school_id"):
        if name in table.column_names:
            table = table.set_column(table.column_names.index(name), name, table[name].cast(pa.int64()))
    for name in ("stage", "county_code"):
        if name in table.column_names:
            table = table.set_column(table.column_names.index(name), name, table[name].cast(pa.string()))
    return table.sort_by([(name, "ascending") for name in key]).combine_chunks()
