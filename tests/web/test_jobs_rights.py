"""Who sees works over the names of minors: those who may publish for the county, and nobody else."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import Site
from tests.web.test_jobs import done, packed

from junheng.web.jobs import actions
from junheng.web.jobs.models import Job, Line, Upload
from junheng.web.jobs.private_work import write_said
from junheng.web.jobs.states import PRIVATE, State, Work
from junheng.web.jobs.works.kinds import WORK_KINDS
from junheng.web.people.access import end_post
from junheng.web.people.actions import give_post
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role, Section

Browse = Callable[[Role, Organisation], Client]
_PLACES = {
    **dict.fromkeys((Role.CLERK, Role.HEAD), ("school",)),
    **dict.fromkeys((Role.OFFICER, Role.LEADER), ("county", "other")),
    Role.INSPECTOR: ("city",),
    Role.ADMINISTRATOR: ("county", "other", "city"),
}
_EVERYBODY = [(role, place) for role, places in _PLACES.items() for place in places]
_MAY = {(Role.LEADER, "county"), (Role.OFFICER, "county")}  # an officer of no section


def _private_job(site: Site, work: str, state: State = State.DONE) -> Job:
    name = f"p-{work}"
    job = Job.objects.create(
        county=site.county,
        work=work,
        state=state,
        folder_name=name,
        options={"kind": "x"},
        ended_at=timezone.now(),
    )
    assert job.folder is not None
    job.folder.mkdir(parents=True, exist_ok=True)
    (job.folder / "封存.zip").write_bytes(b"PK")
    write_said(job.folder, [])
    return job


@pytest.mark.parametrize(("role", "place"), _EVERYBODY)
def test_every_role_at_every_private_work(site: Site, browse: Browse, role: Role, place: str) -> None:
    browser, may = browse(role, getattr(site, place)), (role, place) in _MAY
    expected = 200 if may else 404
    for work in sorted(PRIVATE):
        job = _private_job(site, work)
        for name, arguments in (("job", [job.pk]), ("job_paper", [job.pk, "封存.zip"])):
            assert browser.get(reverse(name, args=arguments)).status_code == expected, (work, name)
        form = ("job_ask", work) if work in WORK_KINDS else (f"job_{work}",)
        assert browser.get(reverse(form[0], args=[site.county.pk, *form[1:]])).status_code == expected
        assert browser.get(reverse("job_map", args=[job.pk])).status_code == 404
        for name in ("job_cancel", "job_retry", "job_publish"):
            assert browser.post(reverse(name, args=[job.pk])).status_code == (302 if may else 404), (
                work,
                name,
            )
        listed = browser.get(reverse("jobs", args=[site.county.pk]))
        assert (f'"{reverse("job", args=[job.pk])}"' in listed.content.decode()) == may


def test_another_section_sees_nothing(site: Site, person: Callable[..., Account]) -> None:
    officer = Account.objects.create_user(username="statistics", password="x", name="统计")
    give_post(None, officer, site.county, Role.OFFICER, Section.STATISTICS)
    client, job = Client(), _private_job(site, Work.DRAW)
    client.force_login(officer, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert client.get(reverse("job", args=[job.pk])).status_code == 404
    assert client.get(reverse("job_draw", args=[site.county.pk])).status_code == 404
    text = client.get(reverse("jobs", args=[site.county.pk])).content.decode()
    assert reverse("job", args=[job.pk]) not in text
    assert reverse("job_draw", args=[site.county.pk]) not in text
    assert reverse("job_plan", args=[site.county.pk]) in text


def test_who_lost_the_right_gets_nothing_computed(site: Site, person: Callable[..., Account]) -> None:
    leader = person(Role.LEADER, site.county)
    upload = Upload.objects.create(
        county=site.county, sha256="cd" * 32, suffix=".zip", size=1, is_private=True
    )
    job = actions.ask_private(leader, site.county, Work.DRAW, upload, {})
    end_post(None, leader.posts.get())
    give_post(None, leader, site.county, Role.ADMINISTRATOR)
    job = done(job)
    assert job.state == State.FAILED
    assert job.folder is not None
    assert "已无权" in (job.folder / "said.json").read_text(encoding="utf-8")


def test_an_upload_with_names_of_minors_keeps_not_its_own_name(site: Site, browse: Browse) -> None:
    roll = SimpleUploadedFile("王小明的名册.zip", _zip())
    answer = browse(Role.LEADER, site.county).post(
        reverse("job_classes", args=[site.county.pk]), {"file": roll, "seed": ""}
    )
    assert answer.status_code == 302
    upload = Upload.objects.get()
    assert upload.is_private
    assert "王小明" not in upload.name


def _zip() -> bytes:
    return packed({"名册.csv": "姓名\n王\n".encode()}).read()


def test_private_papers_go_after_their_short_time(
    site: Site, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    job, plan = _private_job(site, Work.DRAW), _private_job(site, Work.PLAN)
    upload = Upload(county=site.county, sha256="ef" * 32, suffix=".zip", size=1, name="x", is_private=True)
    upload.path.parent.mkdir(parents=True, exist_ok=True)
    upload.path.write_bytes(b"x")
    upload.save()
    Line.objects.create(job=job, zh="行", en="line")
    for days, is_there in ((29, True), (31, False)):
        past = timezone.now() - timedelta(days=days)
        Job.objects.update(ended_at=past)
        Upload.objects.update(uploaded_at=past)
        with django_capture_on_commit_callbacks(execute=True):
            call_command("retention", "--apply", stdout=StringIO())
        assert job.folder is not None
        assert [job.folder.exists(), upload.path.exists(), job.lines.exists()] == [is_there] * 3
    assert plan.folder is not None
    assert plan.folder.exists(), "what holds no names stays longer"
    assert Path(settings.HOME).is_dir()
