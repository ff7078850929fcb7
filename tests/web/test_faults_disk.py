"""A full disk, in the database or below the files, while something is written: whole or not at all."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import cell_of, filings_of, tables_of
from tests.web.test_people_imports import workbook

from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry
from junheng.web.filing import tables
from junheng.web.filing.freezing import folder_of, freeze
from junheng.web.filing.models import Change, CountyYear, Filing
from junheng.web.filing.states import State as Filed
from junheng.web.jobs import run as running
from junheng.web.jobs.asking import OUT
from junheng.web.jobs.claims import claim, stage_of
from junheng.web.jobs.models import Job
from junheng.web.jobs.states import State, Work
from junheng.web.people.imports import actions as imports
from junheng.web.people.models import Account, Import, Organisation
from junheng.web.people.roles import Role

pytestmark = pytest.mark.django_db
People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]


def _full(*_: object, **__: object) -> Any:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@contextmanager
def _database_full(table: str) -> Iterator[None]:
    """Nothing more can be written into ``table``."""

    def refuse(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if sql.startswith((f'INSERT INTO "{table}"', f'UPDATE "{table}"')):
            raise OperationalError("database or disk is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.parametrize("table", ["filing_change", "filing_cell", "filing_filing"])
def test_a_figure_is_kept_whole_or_not_at_all_and_the_clerk_is_told(
    site: Site, person: People, browse: Browse, tmp_path: Path, table: str
) -> None:
    filing = filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "before"))[SCHOOL]
    cell, clerk = cell_of(filing, "stage", "pupils"), browse(Role.CLERK, site.school)
    clerk.raise_request_exception = False
    address = reverse("filing_cell", args=[filing.pk, cell.row_id, "pupils"])
    with _database_full(table):
        answer = clerk.post(address, {"value": "901"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    cell.refresh_from_db()
    assert (cell.value, Change.objects.count()) == ("900", 0)
    assert Filing.objects.get(pk=filing.pk).revision == filing.revision
    assert clerk.post(address, {"value": "901"}).status_code == 200
    assert Change.objects.get().new == "901"


def test_a_year_is_frozen_whole_or_not_at_all(
    site: Site, person: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = person(Role.OFFICER, site.county)
    year = filings_of(site, officer, tables_of(tmp_path / "before"))[SCHOOL].county_year
    Filing.objects.update(state=Filed.ACCEPTED)
    before, written = sorted(Path(settings.HOME).glob("snapshots/*")), list[Path]()

    def one_and_no_more(path: Path, content: bytes) -> int:
        if written:
            _full()
        written.append(path)
        return path.write_text(content.decode(), encoding="utf-8")

    with monkeypatch.context() as disk:
        disk.setattr(tables.Path, "write_bytes", one_and_no_more)
        with pytest.raises(OSError, match="space"):
            freeze(officer, year)
    assert written
    assert sorted(Path(settings.HOME).glob("snapshots/*")) == before
    assert set(Filing.objects.values_list("state", flat=True)) == {Filed.ACCEPTED}
    assert CountyYear.objects.get().frozen_at is None
    assert not Entry.objects.filter(action="filing.freeze").exists()
    assert len(list(folder_of(freeze(officer, year)).iterdir())) == 4
    assert list(faults()) == []


def test_an_import_is_done_whole_or_not_at_all(site: Site, person: People) -> None:
    actor, schools = person(Role.ADMINISTRATOR, site.county), Organisation.objects.count()
    rows = [("学校", f"学校{number}", str(2199000100 + number), "999901", 2024, None) for number in range(9)]
    book = SimpleUploadedFile("a.xlsx", workbook("organisations", rows))
    given = imports.take(actor, site.county, Import.What.ORGANISATIONS, book)
    digest = imports.look(given).digest
    with _database_full("people_import"), pytest.raises(OperationalError):
        imports.carry_out(actor, given, digest)
    assert (Organisation.objects.count(), Import.objects.get().done_at) == (schools, None)
    assert not Entry.objects.filter(action="import.done").exists()
    imports.carry_out(actor, given, digest)
    assert Organisation.objects.count() == schools + 9
    assert list(faults()) == []


def _drawn(job: Job, *_: object) -> dict[str, Any]:
    """As the process that draws leaves it: its papers made, not yet moved to their place."""
    out = stage_of(job) / OUT
    out.mkdir(parents=True)
    (out / "result.json").write_text("{}", encoding="utf-8")
    return {"draw": {}}


def _draw(site: Site, person: People) -> Job:
    Job.objects.create(county=site.county, work=Work.DRAW, asked_by=person(Role.LEADER, site.county))
    job = claim("w")
    assert job is not None
    return job


def _papers() -> set[Path]:
    return set((Path(settings.HOME) / "results").glob("*"))


def test_a_draw_whose_papers_find_no_room_failed_and_leaves_none(
    site: Site, person: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _papers()
    monkeypatch.setattr(running, "_computed", _drawn)
    with monkeypatch.context() as disk:
        disk.setattr(running, "_moved", _full)
        running.run(_draw(site, person), Event())
    assert (Job.objects.get().state, _papers()) == (State.FAILED, before)
    running.run(_draw(site, person), Event())
    assert Job.objects.latest("pk").state == State.DONE
    assert list(faults()) == []


def test_a_draw_whose_end_finds_no_room_in_the_database_is_put_back_and_leaves_no_papers(
    site: Site, person: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, job = _papers(), _draw(site, person)
    monkeypatch.setattr(running, "_computed", _drawn)
    with _database_full("jobs_job"), pytest.raises(OperationalError):
        running.run(job, Event())
    assert (Job.objects.get().state, _papers()) == (State.RUNNING, before)
    assert not Entry.objects.filter(action="job.finish").exists()
    assert list(faults()) == []
