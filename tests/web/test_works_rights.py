"""Who asks for the library's works and who sees what; what is no such file; how many questions a page asks."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import Site
from tests.web.test_jobs import page
from tests.web.worked import example, in_process, worked

from junheng.web.jobs.models import Job, Upload
from junheng.web.jobs.states import State
from junheng.web.jobs.works.kinds import GROUPS, WORK_KINDS
from junheng.web.jobs.works.samples import SAMPLES
from junheng.web.people.actions import give_post
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role, Section

Browse = Callable[[Role, Organisation], Client]
pytestmark = pytest.mark.usefixtures(in_process.__name__)
_MONEY, _NAMES = {"funds", "aid"}, {"enrolment", "groups"}


def test_every_work_has_its_group_and_its_forms_are_made() -> None:
    listed = [work for _, works in GROUPS for work in works]
    assert sorted(listed) == sorted(WORK_KINDS)
    assert {name for kind in WORK_KINDS.values() for name in kind.samples} == set(SAMPLES)


@pytest.mark.parametrize(
    ("role", "place", "asks"),
    [
        (Role.LEADER, "county", set(WORK_KINDS)),
        (Role.OFFICER, "county", set(WORK_KINDS)),
        (Role.ADMINISTRATOR, "county", set(WORK_KINDS) - _MONEY - _NAMES),
        (Role.OFFICER, "other", set()),
        (Role.INSPECTOR, "city", set()),
        (Role.HEAD, "school", set()),
    ],
)
def test_who_asks(site: Site, browse: Browse, role: Role, place: str, asks: set[str]) -> None:
    browser = browse(role, getattr(site, place))
    opened = {
        work
        for work in WORK_KINDS
        if browser.get(reverse("job_ask", args=[site.county.pk, work])).status_code == 200
    }
    assert opened == asks


def test_an_officer_of_another_section_sees_counts_of_money_alone(site: Site) -> None:
    officer = Account.objects.create_user(username="personnel", password="x", name="人事")
    give_post(None, officer, site.county, Role.OFFICER, Section.PERSONNEL)
    client = Client()
    client.force_login(officer, backend=settings.AUTHENTICATION_BACKENDS[0])
    job = Job.objects.create(county=site.county, work="funds", state=State.DONE, ended_at=timezone.now())
    assert client.get(reverse("job_ask", args=[site.county.pk, "funds"])).status_code == 404
    assert client.get(reverse("job", args=[job.pk])).status_code == 404
    assert client.get(reverse("job_counts", args=[job.pk])).status_code == 200
    listed = page(client, "jobs", site.county.pk)
    assert f'"{reverse("job", args=[job.pk])}"' not in listed
    assert reverse("job_counts", args=[job.pk]) in page(client, "job_works", site.county.pk)


@pytest.mark.parametrize(
    ("kind", "file", "words"),
    [
        ("lint", SimpleUploadedFile("报告.pdf", b"%PDF-1"), "不能是“.pdf”文件"),
        ("aid", SimpleUploadedFile("资助.xlsx", b"no workbook"), "扩展名与内容不符"),
        ("aid", SimpleUploadedFile("资助.xlsx", b""), "空"),
        ("enrolment", SimpleUploadedFile("名单.zip", b"PK no zip"), "压缩包已损坏"),
    ],
)
def test_what_is_no_such_file_is_told_and_not_kept(
    site: Site, browse: Browse, kind: str, file: SimpleUploadedFile, words: str
) -> None:
    file.seek(0)
    given = {"book": file, "on": "2024-06-30", "day": "2024-06-30"}
    answer = browse(Role.LEADER, site.county).post(reverse("job_ask", args=[site.county.pk, kind]), given)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Upload.objects.exists()
    assert not Job.objects.exists()


def test_a_book_the_library_refuses_is_told_on_the_jobs_page(site: Site, browse: Browse) -> None:
    officer = browse(Role.OFFICER, site.county)
    job = worked(officer, site.county, "aid", book=example("ledgers/safety.xlsx"), on="2024-06-30")
    assert job.state == State.FAILED
    text = page(officer, "job", job.pk)
    assert "资助档案" in text
    assert "/tmp" not in text
    assert "重试" in text


def test_the_data_of_another_county_give_no_result(site: Site, browse: Browse) -> None:
    officer, data = browse(Role.OFFICER, site.county), example("funding/county.xlsx")
    job = worked(officer, site.county, "funds", kept="", data=data, budget_year=2024, on="")
    assert (job.state, job.folder_name) == (State.FAILED, "")
    assert "县代码 999903" in page(officer, "job", job.pk)


def test_the_countys_schools_must_be_given(site: Site, browse: Browse) -> None:
    address = reverse("job_ask", args=[site.county.pk, "sizes"])
    answer = browse(Role.OFFICER, site.county).post(address, {"kept": "", "standard": "quality-2017"})
    assert "请选本站已有的数据，或上传" in answer.content.decode()
    assert not Job.objects.exists()


def test_pages_ask_as_much_for_many_as_for_one(site: Site, browse: Browse) -> None:
    officer = browse(Role.OFFICER, site.county)

    def questions(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert officer.get(address).status_code == 200
        return len(asked)

    addresses = [
        reverse("job_works", args=[site.county.pk]),
        reverse("job_ask", args=[site.county.pk, "aid"]),
    ]
    before: list[int] = []
    for count in (1, 30):
        for work in WORK_KINDS:
            Job.objects.bulk_create(
                Job(county=site.county, work=work, state=State.DONE) for _ in range(count)
            )
        [questions(one) for one in addresses]  # the first look reads what is read once
        found = [questions(one) for one in addresses]
        assert not before or found == before
        before = found
