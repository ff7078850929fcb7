"""All workbooks of a county's year: written by a job, found again when done."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import NEIGHBOUR, filings_of, row_of, tables_of
from tests.web.test_jobs import done, page, saved

from junheng.web.filing import actions
from junheng.web.filing.models import Filing
from junheng.web.filing.workbooks import read_workbook
from junheng.web.jobs.models import Job
from junheng.web.jobs.states import State
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]


@pytest.fixture
def filing(site: Site, person: People, tmp_path: Path) -> Filing:
    """A school's return of a year with another school."""
    return filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "before"))[SCHOOL]


def test_a_countys_workbooks_are_a_job_and_asked_once_while_nothing_changes(
    filing: Filing, site: Site, person: People, browse: Browse, tmp_path: Path
) -> None:
    officer, year = browse(Role.OFFICER, site.county), filing.county_year_id
    make = reverse("filing_workbooks_make", args=[year])
    for _ in range(2):
        answer = officer.post(make)
    job = Job.objects.get()
    assert answer["Location"] == reverse("job", args=[job.pk])
    assert "正在生成离线工作簿" in page(officer, "filing_year", year)
    assert done(job).state == State.DONE, job.error
    assert [line.zh for line in job.lines.all()] == ["第 1 份，共 2 份", "第 2 份，共 2 份"]
    (name,) = (one.name for one in job.folder.iterdir())  # type: ignore[union-attr] # a job that is done has one
    assert reverse("job_paper", args=[job.pk, name]) in page(officer, "filing_year", year)
    with zipfile.ZipFile(io.BytesIO(saved(officer, "job_paper", job.pk, name))) as archive:
        assert [one[:10] for one in archive.namelist()] == [SCHOOL, NEIGHBOUR]
        mine = tmp_path / "mine.xlsx"
        mine.write_bytes(archive.read(archive.namelist()[0]))
    assert read_workbook(filing, mine, "mine.xlsx").filled == (), "sealed by this site"
    officer.post(make)
    assert Job.objects.count() == 1
    actions.save_cell(person(Role.CLERK, site.school), row_of(filing, "stage"), "pupils", "901")
    assert "重新生成" in page(officer, "filing_year", year)
    officer.post(make)
    assert Job.objects.count() == 2


def test_a_school_asks_for_no_other_schools_workbooks(filing: Filing, site: Site, browse: Browse) -> None:
    clerk, year = browse(Role.CLERK, site.school), filing.county_year_id
    assert clerk.post(reverse("filing_workbooks_make", args=[year])).status_code == 404
    assert not Job.objects.exists()
