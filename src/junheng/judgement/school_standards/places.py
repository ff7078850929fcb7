"""Where the cells of a school stand in the input: file, sheet, Excel's letter and row."""

from collections.abc import Mapping
from typing import Any

from junheng.data import ROW_COLUMN, SOURCE_COLUMN, Snapshot
from junheng.judgement.school_standards.names import SCHOOL_TABLES

_KEYS = ("year", "school_id", "stage", SOURCE_COLUMN, ROW_COLUMN)


class Places:
    """The places of one year's rows."""

    def __init__(self, snapshot: Snapshot, year: int) -> None:
        self._sources = snapshot.sources
        self._rows: dict[tuple[str, str, str], Mapping[str, Any]] = {}
        for table in SCHOOL_TABLES:
            held = snapshot.tables.get(table)
            if held is not None:
                for row in held.select([key for key in _KEYS if key in held.column_names]).to_pylist():
                    if row["year"] == year:
                        self._rows[table, row["school_id"], row.get("stage") or ""] = row

    def cell(self, table: str, column: str, school_id: str, stage: str = "") -> str:
        """“2024.xlsx [校舍与设施] F12”; the table and school where the input has no such row."""
        row = self._rows.get((table, school_id, stage))
        index = None if row is None else row.get(SOURCE_COLUMN)
        if row is None or index is None or not 0 <= index < len(self._sources):
            return " ".join(part for part in (table, school_id, stage) if part)
        source = self._sources[index]
        columns = source.columns.get(column) or ()
        letters = "+".join(f"{one.letter}{row.get(ROW_COLUMN)}" for one in columns)
        sheet = f" [{source.sheet}]" if source.sheet else ""
        return f"{source.file}{sheet} {letters or row.get(ROW_COLUMN)}"
