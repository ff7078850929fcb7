"""Changed tables as an ordinary input: one CSV a table, which the reader takes like any
other."""

import csv
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from junheng.data.dictionary import load_dictionary


def write_csv_tables(tables: Mapping[str, pa.Table], folder: Path) -> None:
    """Write every table of the dictionary that has rows to ``folder``, with canonical names. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, spec in load_dictionary().tables.items():
        table = tables.get(name)
        if table is None or not table.num_rows:
            continue
        columns = [column for column in spec.columns if column in table.column_names]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            lines = csv.writer(stream, lineterminator="\n")
            lines.writerow(columns)
            lines.writerows([_cell(row[column]) for column in columns] for row in table.to_pylist())


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return value.isoformat() if isinstance(value, date) else str(value)
