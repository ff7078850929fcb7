"""Plans from an uploaded folder: their papers, or their faults as the command tells them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.conftest import DISTRICT, Site
from tests.web.test_jobs import done, packed, page, saved

from junheng.basics import UserError
from junheng.web.jobs.models import Job
from junheng.web.jobs.plan_work import problem_file
from junheng.web.jobs.states import State
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]
EXAMPLE = DISTRICT.parent / "plans" / "invest"


def _folder(problem: bytes | None = None) -> SimpleUploadedFile:
    names = ("costs.xlsx", "forecast.xlsx", "limits.xlsx", "problem.yaml")
    files = {f"plans/invest/{name}": (EXAMPLE / name).read_bytes() for name in names}
    files["xx_district/2024.xlsx"] = (DISTRICT / "2024.xlsx").read_bytes()
    if problem is not None:
        files["plans/invest/problem.yaml"] = problem
    return packed(files, "规划.zip")


def _asked(browser: Client, county: Organisation, file: SimpleUploadedFile) -> Job:
    answer = browser.post(reverse("job_plan", args=[county.pk]), {"file": file, "seconds": 20, "problem": ""})
    assert answer.status_code == 302, answer.content.decode()
    return Job.objects.latest("pk")


def test_a_plan_and_its_papers(site: Site, browse: Browse) -> None:
    officer = browse(Role.OFFICER, site.county)
    job = done(_asked(officer, site.county, _folder()))
    assert job.state == State.DONE, job.error
    text = page(officer, "job", job.pk)
    for name in ("规划报告.docx", "行动清单.xlsx", "plan.json", "findings/2028/report.docx"):
        if name != "findings/2028/report.docx":
            assert saved(officer, "job_paper", job.pk, name)
            assert name in text
    assert "独立核对一致" in text
    assert job.folder is not None
    assert str(job.folder.parent.parent) not in (job.folder / "about.json").read_text("utf-8")


def test_faults_of_a_problem_are_told_one_by_one(site: Site, browse: Browse) -> None:
    officer = browse(Role.OFFICER, site.county)
    job = done(_asked(officer, site.county, _folder(b"kind: invest\nname: x\ninput: ../../xx_district\n")))
    assert job.state == State.FAILED
    text = page(officer, "job", job.pk)
    for words in ("有 5 处须改正", "缺少 years", "years is missing", "办法：请逐条改正后重试"):
        assert words in text
    assert job.folder is None


@pytest.mark.parametrize("named", ["../../../secret.key", "/etc/passwd", "~/x", "../../../../findings/1"])
def test_a_problem_names_nothing_outside_its_archive(site: Site, browse: Browse, named: str) -> None:
    problem = f"kind: invest\ninput: {named}\n".encode()
    answer = browse(Role.OFFICER, site.county).post(
        reverse("job_plan", args=[site.county.pk]), {"file": _folder(problem), "seconds": 20}
    )
    assert "指向压缩包以外" in answer.content.decode()
    assert not Job.objects.exists()


def test_one_problem_is_chosen_by_name(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("kind: invest\n")
    assert problem_file(tmp_path, "b.yaml").name == "b.yaml"
    with pytest.raises(UserError, match=r"a\.yaml、b\.yaml"):
        problem_file(tmp_path, "")
    (tmp_path / "problem.yaml").write_text("kind: invest\n")
    assert problem_file(tmp_path, "").name == "problem.yaml"
