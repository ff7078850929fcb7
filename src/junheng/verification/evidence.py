"""Whether the cells a finding shows as its evidence are those of the input."""

from collections.abc import Iterator, Mapping

from junheng.verification.absence import cells_of
from junheng.verification.cells import exact
from junheng.verification.differences import Difference, Tally
from junheng.verification.found import Found
from junheng.verification.meaning import Value
from junheng.verification.recomputation import Recomputation

_NAME = "cells.parquet"


def cell_differences(
    found: Found, mind: Recomputation, year: int, county: str, tally: Tally
) -> Iterator[Difference]:
    """Cells of other schools, cells shown twice, and cells whose value is not what counts."""
    members = {member: row.school_id for row in mind.rows(year, county) for member in row.members}
    reported = mind.reported(year)
    seen: set[tuple[str, ...]] = set()
    for row in found.rows(_NAME):
        key = tuple(str(row.get(part) or "") for part in ("table", "school_id", "stage", "column"))
        where = f"{found.label} / {_NAME} / {' '.join(part for part in key if part)}"
        tally.figures += 1
        table, school, stage, column = key
        if school not in members or row.get("year") != year or key in seen:
            yield Difference(where, "…", "–")
            return
        seen.add(key)
        cells = cells_of(table, school, stage, reported)
        if column not in cells or _held(row) != cells[column]:
            yield Difference(where, repr(_held(row)), repr(cells.get(column)))
            return
        home = None if members[school] == school else members[school]
        if row.get("merged_into") != home:
            yield Difference(f"{where} / merged_into", repr(row.get("merged_into")), repr(home))


def _held(row: Mapping[str, object]) -> Value:
    """The value a row of evidence shows: a number, or the words of a column that is none."""
    if row.get("value") is not None:
        return exact(row["value"])
    text = row.get("text")
    return {"true": True, "false": False}.get(str(text), text if isinstance(text, str) else None)
