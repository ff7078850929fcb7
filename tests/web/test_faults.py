"""A full disk and a clock that jumps back an hour: nothing lost, nothing twice, the trail whole."""

import errno
import os
import shutil
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from tests.web.conftest import DISTRICT, Site
from tests.web.evidences import PDF
from tests.web.filings import filings_of

from junheng.basics import UserError
from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry
from junheng.web.clocks.daily import remind_daily
from junheng.web.clocks.models import Notice
from junheng.web.evidence import storing
from junheng.web.evidence.actions import keep as keep_evidence
from junheng.web.evidence.models import Evidence
from junheng.web.filing.models import CountyYear
from junheng.web.findings import actions
from junheng.web.findings.models import Finding
from junheng.web.jobs.claims import DEAD_SECONDS, claim, sweep
from junheng.web.jobs.models import Job
from junheng.web.jobs.states import State
from junheng.web.people.actions import accept, invite
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

pytestmark = pytest.mark.django_db
People = Callable[[Role, Organisation], Account]


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _files(name: str) -> set[Path]:
    return {path for path in (Path(settings.HOME) / name).rglob("*") if path.is_file()}


def test_a_disk_full_while_evidence_is_stored_keeps_nothing_and_later_all(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = PDF + b"% full disk"
    before, acts = _files("evidence"), Entry.objects.count()

    def given() -> Evidence:
        return keep_evidence(
            None, site.school, SimpleUploadedFile("a.pdf", content), "校舍证", date(2024, 9, 1)
        )

    with monkeypatch.context() as disk:
        disk.setattr(storing.os, "fsync", _full)
        with pytest.raises((OSError, UserError)):
            given()
    assert (_files("evidence"), Evidence.objects.count(), Entry.objects.count()) == (before, 0, acts)
    assert given().path.read_bytes() == content
    assert list(faults()) == []


def test_a_database_full_while_a_finding_is_kept_leaves_no_folder_and_no_row(
    site: Site, district_finding: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row cannot be written any more: the folder that was, goes; the old finding stays the current one."""
    standing = actions.keep(None, site.county, district_finding)
    acts, before = Entry.objects.count(), set((Path(settings.HOME) / "findings").iterdir())
    monkeypatch.setattr(actions, "check_snapshot", lambda _: None)
    monkeypatch.setattr(actions, "read_input", lambda _: None)
    monkeypatch.setattr(actions, "assess_regions", lambda *_, **__: (None,))
    monkeypatch.setattr(
        actions, "write_findings", lambda _, folder, **__: shutil.copytree(district_finding, folder)
    )
    asked = actions.Asked(DISTRICT, "quality-2017", 2024)

    def full(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if sql.startswith("INSERT"):
            raise OperationalError("database or disk is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(full), pytest.raises(OperationalError):
        actions.evaluate(None, site.county, asked)
    assert set((Path(settings.HOME) / "findings").iterdir()) == before
    assert (Finding.objects.get(is_current=True), Entry.objects.count()) == (standing, acts)
    made = actions.evaluate(None, site.county, asked)
    assert Finding.objects.get(is_current=True) == made
    assert list(faults()) == []
    shutil.rmtree(made.folder)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Sets the site's clock off by so much."""
    real = timezone.now

    def jump(by: timedelta) -> None:
        monkeypatch.setattr(timezone, "now", lambda: real() + by)

    return jump


HOUR = timedelta(hours=1)


def test_jobs_after_the_clock_jumped_back_are_done_once_each(
    site: Site, person: People, finding: Finding, clock: Callable[[timedelta], None]
) -> None:
    officer = person(Role.OFFICER, site.county)
    first, second = (
        Job.objects.create(county=site.county, work="report", finding=finding, asked_by=officer)
        for _ in range(2)
    )
    begun = claim("w1")
    assert begun == first
    clock(-HOUR)
    assert claim("w2") == second, "what was queued in the future of now is not forgotten"
    assert claim("w3") is None
    assert sweep() == 0, "a worker that beats is not dead for the jump"
    Job.objects.filter(pk=second.pk).update(beat_at=timezone.now())
    clock(timedelta(seconds=DEAD_SECONDS + 5))
    assert sweep() == 2, "those that died meanwhile are put back"
    assert set(Job.objects.values_list("state", "tries")) == {(State.QUEUED, 1)}
    starts = Entry.objects.filter(action="job.start").values_list("object_id", flat=True)
    assert sorted(starts) == sorted([str(first.pk), str(second.pk)])
    assert list(faults()) == []


def test_reminders_after_the_clock_jumped_back_over_midnight_come_once(
    site: Site, person: People, tmp_path: Path
) -> None:
    person(Role.CLERK, site.school)
    filings_of(site, person(Role.OFFICER, site.county))
    today = timezone.localdate()
    CountyYear.objects.update(due_on=today + timedelta(days=1))
    noon, past = (
        timezone.make_aware(datetime.combine(today, time(12)) + by) for by in (timedelta(0), 12.5 * HOUR)
    )
    assert remind_daily(noon)
    assert remind_daily(past)
    told = Notice.objects.count()
    assert told
    assert not remind_daily(past - HOUR), "yesterday once more: its round was made"
    assert not remind_daily(past)
    assert Notice.objects.count() == told


def test_an_invitation_holds_through_the_jump_and_is_used_once(
    site: Site, person: People, clock: Callable[[timedelta], None]
) -> None:
    _, token = invite(person(Role.ADMINISTRATOR, site.county), "王", site.school, Role.CLERK)
    clock(-HOUR)
    accept(token, "wang", "Harbour-Light-93")
    clock(timedelta(0))
    with pytest.raises(ValidationError), transaction.atomic():
        accept(token, "wang2", "Harbour-Light-93")
    assert Account.objects.filter(name="王").count() == 1
    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert list(faults()) == []
