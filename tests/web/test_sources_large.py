"""A large source is read by a background job: the same figures, and its file gone when the
job has ended."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import YEAR
from tests.web.sourced import Rows, register, stage, upload
from tests.web.test_jobs import done

from junheng.web.audit.models import Entry
from junheng.web.jobs.actions import cancel
from junheng.web.jobs.models import Job, Upload
from junheng.web.jobs.permissions import may_ask_work
from junheng.web.jobs.states import State, Work
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role
from junheng.web.sources import reading
from junheng.web.sources.models import SourceKind, SourceTable

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]


@pytest.fixture
def given(
    site: Site, browse: Browse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Rows, str], Job]:
    """Uploads rows as if they were many."""
    monkeypatch.setattr(reading, "AT_ONCE_BYTES", 1000)

    def give(rows: Rows, kind: str) -> Job:
        address = reverse("sources_give", args=[site.county.pk]) + f"?year={YEAR}"
        file = upload(tmp_path, rows, "全县名册.xlsx")
        answer = browse(Role.OFFICER, site.county).post(address, {"kind": kind, "mapping": "", "file": file})
        job = Job.objects.latest("pk")
        assert answer["Location"] == reverse("job", args=[job.pk])
        return job

    return give


def _bytes_kept() -> list[Path]:
    return [one.path for one in Upload.objects.all() if one.path.exists()]


def test_a_large_register_is_read_in_the_background_and_its_file_removed(
    given: Callable[[Rows, str], Job], site: Site, browse: Browse
) -> None:
    job = given(register(12), "register")
    officer, page = browse(Role.OFFICER, site.county), reverse("sources", args=[site.county.pk])
    shown = officer.get(page + f"?year={YEAR}").content.decode()
    assert "正在后台读取" in shown
    assert "全县名册.xlsx" in shown
    assert len(_bytes_kept()) == 1
    assert not SourceTable.objects.exists()
    ended = done(job)
    assert ended.state == State.DONE, ended.error
    source = SourceTable.objects.get()
    assert (source.kind, source.count, source.name) == (SourceKind.REGISTER, 4, "全县名册.xlsx")
    assert source.sayings.get(table="stage", column="pupils").value == "12"
    assert source.sha256 == Upload.objects.get().sha256
    assert _bytes_kept() == []
    assert not list(Path(settings.HOME).glob("jobs/*/figures.json"))
    told = officer.get(reverse("job", args=[job.pk])).content.decode()
    assert "4 个数" in told
    assert "正在后台读取" not in officer.get(page + f"?year={YEAR}").content.decode()
    assert Entry.objects.filter(action="source.give").count() == 1


def test_one_that_says_nothing_of_the_county_fails_by_its_own_name_and_is_removed(
    given: Callable[[Rows, str], Job], site: Site
) -> None:
    foreign = done(given({"stage": [{**stage(799)["stage"][0], "school_id": "2199999999"}]}, "statistics"))
    assert foreign.state == State.FAILED
    assert "没有本县的学校" in str(foreign.error)
    assert "全县名册.xlsx" in str(foreign.error)
    empty = done(given(stage(799), "register"))
    assert (empty.state, "没有名册" in str(empty.error)) == (State.FAILED, True)
    assert _bytes_kept() == []
    assert not SourceTable.objects.exists()


def test_a_cancelled_reading_leaves_no_file(
    given: Callable[[Rows, str], Job], person: People, site: Site, django_capture_on_commit_callbacks: object
) -> None:
    job = given(register(3), "register")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator] # a function
        assert cancel(person(Role.OFFICER, site.county), job)
    assert _bytes_kept() == []
    assert Job.objects.get().work == Work.SOURCE
    assert [
        may_ask_work(person(role, site.county), site.county, Work.SOURCE)
        for role in (Role.OFFICER, Role.LEADER)
    ] == [
        True,
        False,
    ]


def test_what_is_large_is_told_by_what_it_unpacks_to() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", b" " * (reading.AT_ONCE_BYTES + 1))
    small = SimpleUploadedFile("a.xlsx", packed.getvalue())
    assert (small.size or 0) < 100_000
    assert reading.is_large(small)
    assert small.tell() == 0
    assert not reading.is_large(SimpleUploadedFile("a.xls", SCHOOL.encode()))
    assert reading.is_large(SimpleUploadedFile("a.xls", b"x" * 2_000_000))
