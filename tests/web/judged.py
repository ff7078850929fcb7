"""Findings for the tests of pages: a made-up county judged, with coordinates and an evil name."""

from pathlib import Path

import pyarrow as pa
from django.conf import settings

from junheng.data import check_snapshot, read_input, write_template
from junheng.indicators import load_catalogue
from junheng.judgement import Question, assess_regions, write_findings

EVIL = '<script>alert("1")</script>小学'


def judged(name: str, tables: dict[str, pa.Table], standard: str, folder: Path) -> Path:
    """A finding of tables, below the site's folder."""
    write_template(folder / "2024.xlsx", tables=tables)
    checked = check_snapshot(read_input(folder / "2024.xlsx"))
    found = assess_regions(checked, Question(standard, 2024), catalogue=load_catalogue(()))
    place = Path(settings.HOME) / "findings" / name
    place.parent.mkdir(exist_ok=True)
    write_findings(found, place, command=["test"], documents=lambda _: None)
    return place


def with_places(tables: dict[str, pa.Table], evil: str = EVIL) -> dict[str, pa.Table]:
    """The tables with coordinates of four schools in five, and one evil name."""
    school = tables["school"]
    size = school.num_rows
    columns = {
        "lon": pa.array([110 + n / 500 if n % 5 else None for n in range(size)], pa.float64()),
        "lat": pa.array([40 + n % 7 / 300 if n % 5 else None for n in range(size)], pa.float64()),
        "name": pa.array([*school.column("name").to_pylist()[:-1], evil], pa.string()),
    }
    for name, column in columns.items():
        place = school.column_names.index(name) if name in school.column_names else None
        school = (
            school.append_column(name, column) if place is None else school.set_column(place, name, column)
        )
    return {**tables, "school": school}
