"""The zip of a county's workbooks: sent while it is made."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import filings_of, tables_of

from junheng.web.filing.models import Filing
from junheng.web.filing.packing import packed_workbooks
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role


@pytest.fixture
def filing(site: Site, person: Callable[[Role, Organisation], Account], tmp_path: Path) -> Filing:
    """A school's return of a year with another school."""
    return filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "before"))[SCHOOL]


def test_a_countys_zip_is_on_its_way_before_it_is_made(
    filing: Filing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the number of schools, one workbook is held and the first is sent before the second is written."""
    made: list[int] = []

    def write(one: Filing, _: object, path: Path) -> None:
        made.append(one.pk)
        path.write_bytes(b"x" * 1000)

    monkeypatch.setattr("junheng.web.filing.workbooks._write", write)
    parts = packed_workbooks(filing.county_year)
    first = next(parts)
    assert len(made) == 1
    assert 1000 < len(first) < 1500
    with zipfile.ZipFile(io.BytesIO(b"".join([first, *parts]))) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(made) == 2
