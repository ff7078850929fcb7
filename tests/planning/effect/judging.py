"""The district judged as it is and as a state leaves it."""

import atexit
import shutil
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from junheng.data import check_snapshot, read_input
from junheng.judgement import assess
from junheng.planning.effect import write_planned
from junheng.standards import resolve

DISTRICT = Path(__file__).parents[3] / "examples" / "xx_district"
YEAR = 2024
Json = dict[str, Any]


@cache
def district_stages() -> list[Json]:
    """Rows of ``stage`` of the last year; read only, as it is kept."""
    rows: list[Json] = read_input(DISTRICT).tables["stage"].to_pylist()
    return [row for row in rows if row["year"] == YEAR]


def unchanged() -> Json:
    """The state in which nothing changes."""
    rows = [{key: row[key] for key in ("school_id", "stage", "pupils")} for row in district_stages()]
    return {"year": YEAR, "pupils": rows, "closed": [], "opened": []}


@cache
def judged(folder: Path, year: int = YEAR) -> tuple[Json, list[Json]]:
    """The verdict (public form) on an input, and its stage rows; read only, as it is kept."""
    checked = check_snapshot(read_input(folder))
    assert not [p for p in checked.problems if p.severity == "logic"]
    verdict: Any = (
        assess(checked, resolve("quality-2017", on=date(year, 9, 1)), year=year).counties[0].as_json()
    )
    rows = [row for row in checked.snapshot.tables["stage"].to_pylist() if row["year"] == year]
    return verdict, rows


def after(state: Json, folder: Path) -> tuple[Json, list[Json]]:
    """The verdict on the district as ``state`` leaves it."""
    return judged(folder, write_planned(base(), state, folder))


@cache
def base() -> Path:
    """The last year of the district as tables, written once: three workbooks take long to read."""
    folder = Path(tempfile.mkdtemp(prefix="district"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    write_planned(DISTRICT, unchanged(), folder / "base")
    return folder / "base"
