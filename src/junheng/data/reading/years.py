"""Which year a file speaks of, when its rows do not: folder, file name, then the notes sheet."""

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import PurePosixPath

from junheng.data.reading.grid import Grid
from junheng.data.reading.numbers import parse_year

NOTES_SHEET = "说明"
FIELDS_SHEET = "字段说明"
YEAR_LABEL = "年份"

_FOLDER = re.compile(r"(?:year=)?((?:19|20)\d{2})(?:学?年度?)?")
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")


def year_of_path(name: str) -> int | None:
    """The year of a file by its path in the input: the nearest folder ``2024`` or ``year=2024``, else its name.

    A name with two different years tells nothing.
    """
    path = PurePosixPath(name)
    for folder in reversed(path.parent.parts):
        if match := _FOLDER.fullmatch(folder):
            return int(match[1])
    found = set(_IN_NAME.findall(path.stem))
    return int(found.pop()) if len(found) == 1 else None


def year_of_notes(grids: Sequence[Grid]) -> int | None:
    """The year beside the label 年份 on the notes sheet of a workbook."""
    for grid in grids:
        if grid.sheet != NOTES_SHEET:
            continue
        for row in grid.rows:
            for label, value in pairwise(row):
                if label == YEAR_LABEL and value not in ("", None):
                    return parse_year(f"{value:.0f}" if isinstance(value, float) else str(value))
    return None
