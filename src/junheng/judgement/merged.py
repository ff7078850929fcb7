"""Which campuses and teaching points were merged into which school, so that their cells can be named."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from junheng.indicators import Parameters

FARTHEST = 3  # parents followed from a row to the school it ends up in
_COLUMNS = ("school_id", "parent_school_id", "kind", "is_counted")
Row = Mapping[str, object]


def merged_children(
    tables: Mapping[str, pa.Table | Path], year: int, parameters: Parameters
) -> dict[str, list[str]]:
    """School → the ids merged into it in ``year``, sorted.

    A row joins its parent when it is not counted as a school, and a teaching point as the standard's policy
    says; a chain of parents is followed to its end, and one that ends nowhere merges nothing.
    """
    school = rows_of_year(tables.get("school"), year)
    if school is None or "parent_school_id" not in school.column_names:
        return {}
    known = set(school.column("school_id").to_pylist())
    has_parent = pc.is_valid(school.column("parent_school_id"))
    rows = school.select([name for name in _COLUMNS if name in school.column_names]).filter(has_parent)
    moves = {row["school_id"]: row["parent_school_id"] for row in rows.to_pylist() if _moves(row, parameters)}
    found: dict[str, list[str]] = {}
    for school_id in sorted(moves):
        home = school_id
        for _ in range(FARTHEST):
            home = moves.get(home, home)
        if home in known and home not in moves:
            found.setdefault(home, []).append(school_id)
    return found


def _moves(row: Row, parameters: Parameters) -> bool:
    if row["parent_school_id"] == row["school_id"]:
        return False
    if row.get("kind") == "teaching_point":
        if parameters.teaching_point_policy == "merge_into_parent":
            return True
        if parameters.teaching_point_policy == "separate_if_ge_min":
            return False
    return row.get("is_counted") is False


def rows_of_year(table: pa.Table | Path | None, year: int) -> pa.Table | None:
    """The rows of ``year`` of an input table: Arrow, a Parquet file or a folder of them, or absent (None)."""
    if table is None:
        return None
    if isinstance(table, Path):
        return pq.read_table(table, filters=[("year", "=", year)])
    return table.filter(pc.equal(table.column("year"), year))
