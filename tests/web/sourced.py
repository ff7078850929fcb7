"""Sources for the tests: workbooks of a year as they are uploaded."""

import io
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import YEAR

from junheng.data import write_template
from junheng.web.people.models import Account
from junheng.web.sources.giving import keep
from junheng.web.sources.models import SourceKind, SourceTable
from junheng.web.sources.reading import read_given

Rows = dict[str, list[dict[str, Any]]]


def upload(folder: Path, rows: Rows, name: str = "来源.xlsx", year: int = YEAR) -> SimpleUploadedFile:
    """A workbook with these rows of the year; ``school_id`` is the first school's where none is named."""
    tables = {
        table: pa.Table.from_pylist([{"year": year, "school_id": SCHOOL, **one} for one in lines])
        for table, lines in rows.items()
    }
    path = folder / "made.xlsx"
    write_template(path, tables=tables)
    content = path.read_bytes()
    path.unlink()
    return SimpleUploadedFile(name, io.BytesIO(content).read())


def give(
    site: Site, officer: Account, folder: Path, rows: Rows, kind: SourceKind = SourceKind.STATISTICS
) -> list[SourceTable]:
    """Read and keep it as an upload would be."""
    return keep(officer, site.county, YEAR, read_given(upload(folder, rows), kind, YEAR))


def stage(pupils: int, classes: int = 20, **more: Any) -> Rows:
    """A school's primary stage."""
    return {"stage": [{"stage": "primary", "pupils": pupils, "classes": classes, **more}]}


def register(count: int, school: str = SCHOOL) -> Rows:
    """A register of so many pupils in one class."""
    pupil = {"stage": "primary", "grade": 1, "class_no": "1", "school_id": school}
    return {"pupil": [{**pupil, "pupil_id": f"P{number}"} for number in range(count)]}
