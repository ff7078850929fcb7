"""Tables of officers as records: the library's columns, and the columns an officer adds."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from junheng.planning.cell_values import Words
from junheng.planning.gathered import Gathered
from junheng.planning.plain_yaml import read_plain_mapping
from junheng.planning.rotate.reading.faults import FIX
from junheng.planning.sheet_records import Record, read_headed

_COLUMNS = Path(__file__).parents[1] / "library" / "columns.yaml"
Column = Mapping[str, Any]


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The known columns of ``table``."""
    return tuple(read_plain_mapping(_COLUMNS, FIX)[table]["columns"])


def words_of(table: str) -> dict[str, Words]:
    """Column → its values and the words for each, of the columns that have a list of values."""
    return {column["name"]: column["values"] for column in columns(table) if "values" in column}


def flag_column(name: str, heading: str) -> Column:
    """A yes/no column an officer added: an attribute of teachers."""
    return {"name": name, "zh": heading, "needed_heading": "1", "values": words_of("teachers")["backbone"]}


def read_table(path: Path, table: str, faults: Gathered, more: Sequence[Column] = ()) -> list[Record]:
    """All rows of the sheets of ``path`` that have the required headings.

    Raises UserError where there is no such sheet, with what was noted so far: its absence would be told at every row.
    """
    found = read_headed(path, {"columns": [*columns(table), *more]}, faults)
    if found is None:
        raise faults.error()
    return found
