"""Plain tables out: UTF-8 with a mark, so that a spreadsheet shows Chinese."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from junheng.basics import atomic_file


def write_rows(path: Path, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a comma separated table; it appears whole or not at all."""
    with atomic_file(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)
