"""What jobs say of a finding, and files: for whoever may see them, by name from a list."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.conftest import DISTRICT, Site
from tests.web.test_jobs import done, packed, page, saved

from junheng.web.findings.models import Finding
from junheng.web.jobs.models import Job
from junheng.web.jobs.queries import files_in
from junheng.web.jobs.states import State, Work
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]


def test_an_altered_finding_does_not_pass(
    site: Site, finding: Finding, browse: Browse, tmp_path: Path
) -> None:
    """One figure of the kept verdict changed: the overview says so."""
    officer = browse(Role.OFFICER, site.county)
    folder = finding.folder.with_name("altered")
    folder.mkdir()
    for path in finding.folder.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    verdict = folder / "verdict.json"
    verdict.write_text(verdict.read_text("utf-8").replace('"met": 46', '"met": 47', 1), "utf-8")
    Finding.objects.filter(pk=finding.pk).update(folder_name=folder.name)
    asked = officer.post(reverse("job_verify", args=[finding.pk]))
    assert "必填" in asked.content.decode(), "the site does not have the input of this one"
    three = {f"{year}.xlsx": (DISTRICT / f"{year}.xlsx").read_bytes() for year in (2022, 2023, 2024)}
    officer.post(reverse("job_verify", args=[finding.pk]), {"file": packed(three)})
    job = done(Job.objects.latest("pk"))
    assert job.state == State.DONE, job.error
    assert not job.result["ok"]
    assert "复算不一致" in page(officer, "finding", finding.pk)


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.CLERK])
def test_who_only_looks_asks_for_nothing(site: Site, finding: Finding, browse: Browse, role: Role) -> None:
    place = site.city if role == Role.INSPECTOR else site.school
    browser = browse(role, place)
    for name, argument in (
        ("job_evaluate", site.county.pk),
        ("job_plan", site.county.pk),
        ("job_verify", finding.pk),
    ):
        assert browser.post(reverse(name, args=[argument])).status_code == 404
    expected = 200 if role == Role.INSPECTOR else 404
    for name, argument in (("jobs", site.county.pk), ("finding_files", finding.pk)):
        assert browser.get(reverse(name, args=[argument])).status_code == expected
    assert browser.get(reverse("finding_file", args=[finding.pk, "report.docx"])).status_code in (
        404,
        expected,
    )


@pytest.mark.parametrize(
    "name",
    [
        "../../secret.key",
        "..%2f..%2fsecret.key",
        "/etc/passwd",
        "report.docx/..",
        "nothing.txt",
        ".",
        "link.txt",
        "report.docx%00",
    ],
)
def test_nothing_but_the_files_of_a_finding_can_be_taken(
    site: Site, finding: Finding, browse: Browse, name: str, tmp_path: Path
) -> None:
    link = finding.folder / "link.txt"
    link.unlink(missing_ok=True)
    link.symlink_to("/etc/passwd")
    try:
        answer = browse(Role.LEADER, site.county).get(f"/finding/{finding.pk}/file/{name}")
        assert answer.status_code in (400, 404), name
    finally:
        link.unlink()


def test_who_may_take_files(site: Site, finding: Finding, browse: Browse) -> None:
    address = reverse("finding_file", args=[finding.pk, "verdict.json"])
    paper = Job.objects.create(county=site.county, work=Work.PLAN, state=State.DONE, folder_name="1-x")
    assert paper.folder is not None
    paper.folder.mkdir(parents=True, exist_ok=True)
    (paper.folder / "规划报告.docx").write_bytes(b"PK")
    addresses = (address, reverse("job_paper", args=[paper.pk, "规划报告.docx"]))
    for role, place, expected in (
        (Role.LEADER, site.county, 200),
        (Role.INSPECTOR, site.city, 200),
        (Role.CLERK, site.school, 404),
        (Role.HEAD, site.school, 404),
        (Role.OFFICER, site.other, 404),
        (Role.ADMINISTRATOR, site.other, 404),
    ):
        for one in addresses:
            assert browse(role, place).get(one).status_code == expected, (role, one)
    for one in addresses:
        assert Client().get(one).status_code == 302
    leader = browse(Role.LEADER, site.county)
    assert saved(leader, "job_paper", paper.pk, "规划报告.docx") == b"PK"
    assert "规划报告.docx" in page(leader, "job", paper.pk)


def test_a_folder_lists_plain_files_alone(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_text("x")
    (tmp_path / "c").symlink_to("/etc")
    assert list(files_in(tmp_path)) == ["a/b.txt"]
    assert files_in(None) == {}


def test_a_list_needs_no_more_queries_for_more_jobs(site: Site, finding: Finding, browse: Browse) -> None:
    officer = browse(Role.OFFICER, site.county)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            page(officer, "jobs", site.county.pk)
        return len(caught)

    Job.objects.create(county=site.county, work=Work.VERIFY, finding=finding)
    queries()  # the first visit of a session writes it
    one = queries()
    for _ in range(25):
        Job.objects.create(county=site.county, work=Work.VERIFY, finding=finding)
    assert queries() == one
