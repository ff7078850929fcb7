"""What was reported: canonical tables, and for every cell the place it came from.

A ``Snapshot`` is frozen input. Its tables are Arrow tables with the dictionary's column names plus two
service columns: ``_source`` (int32, index into ``sources``) and ``_row`` (int32, 1-based row in that file
or sheet). Absent stays null: nothing here ever becomes zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

from junheng.basics import Text

SOURCE_COLUMN = "_source"
ROW_COLUMN = "_row"


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """One column of a file that feeds a canonical column. ``letter`` is Excel's ("F"; for CSV the same count)."""

    heading: str
    letter: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One sheet or file that fed one canonical table.

    ``columns`` maps canonical column → the source columns added up or converted into it (empty tuple: a
    constant or derived by the mapping).
    """

    table: str
    file: str
    sheet: str
    columns: Mapping[str, tuple[SourceColumn, ...]]


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file read, as it goes into the manifest. ``rows`` counts data rows by canonical table."""

    name: str
    sha256: str
    size_bytes: int
    rows: Mapping[str, int]


Severity = Literal["logic", "experience"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell or row that breaks a check. ``cause`` is the grouping key: one cause may explain many rows."""

    check: str
    severity: Severity
    cause: str
    what: Text
    fix: Text
    table: str = ""
    column: str = ""
    file: str = ""
    sheet: str = ""
    row: int = 0
    cell: str = ""
    value: str = ""
    year: int = 0
    school_id: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All tables of one input, frozen, with provenance.

    ``raw[table]`` has the same rows as ``tables[table]`` and, for each canonical column read from a cell, the
    text of the cell as it stood (null when blank); tables read from Parquet have no entry.
    """

    tables: Mapping[str, pa.Table]
    sources: tuple[Source, ...]
    inputs: tuple[InputFile, ...]
    problems: tuple[Problem, ...] = ()
    raw: Mapping[str, pa.Table] = field(default_factory=dict)

    def years(self) -> tuple[int, ...]:
        """The years that have stage rows, ascending."""
        if "stage" not in self.tables:
            return ()
        found = self.tables["stage"].column("year").unique().to_pylist()
        return tuple(sorted(year for year in found if year is not None))
