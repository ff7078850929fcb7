"""Every kind of plan by its own command; a plan checked, compared, its map opened."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.conftest import DISTRICT, Site
from tests.web.test_jobs import done, packed, page, saved

from junheng.basics import UserError
from junheng.web.jobs.kinds import PLAN_KINDS
from junheng.web.jobs.models import Job
from junheng.web.jobs.plan_work import make_plan, problem_file
from junheng.web.jobs.states import State, Work
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]
EXAMPLE = DISTRICT.parent / "plans" / "invest"
_LAYOUT = ("schools.csv", "history.csv", "births.csv", "blocks.csv", "estates.csv")


def _asked(browser: Client, county: Organisation, file: SimpleUploadedFile) -> Job:
    answer = browser.post(reverse("job_plan", args=[county.pk]), {"file": file, "seconds": 20, "problem": ""})
    assert answer.status_code == 302, answer.content.decode()
    return Job.objects.latest("pk")


def _packed_example(folder: str, name: str, text: bytes | None = None) -> SimpleUploadedFile:
    """An example as an officer would pack it, its own problem alone."""
    place, files = EXAMPLE.parent / folder, {}
    for path in sorted(place.iterdir()):
        if path.suffix in (".csv", ".xlsx") or path.name == name:
            files[f"plans/{folder}/{path.name}"] = path.read_bytes()
    if folder == "forecast":
        files |= {f"layout/{one}": (EXAMPLE.parents[1] / "layout" / one).read_bytes() for one in _LAYOUT}
        files |= {f"xx_district/{path.name}": path.read_bytes() for path in DISTRICT.glob("*.xlsx")}
    if text is not None:
        files[f"plans/{folder}/{name}"] = text
    return packed(files, "规划.zip")


@pytest.mark.parametrize("kind", PLAN_KINDS)
def test_every_kind_of_problem_finds_its_command(kind: str, tmp_path: Path) -> None:
    """The command reads the problem as its own: what it asks for is that kind's."""
    (tmp_path / "p.yaml").write_text(f"kind: {kind}\n")
    with pytest.raises(UserError) as refused:
        make_plan(problem_file(tmp_path, ""), tmp_path / "out", 5, lambda *_: None)
    assert "kind" not in refused.value.lines()[0].zh
    assert "--" not in str(refused.value), "no option is unknown to it"
    assert not (tmp_path / "out").exists()


def test_a_ledger_is_made_checked_and_compared(site: Site, browse: Browse) -> None:
    officer = browse(Role.OFFICER, site.county)
    text = (EXAMPLE.parent / "merge" / "ledger.yaml").read_text("utf-8")
    text = text.replace("name: 学位建设项目台账（样例）", "name: <script>alert(1)</script>")
    job = done(_asked(officer, site.county, _packed_example("merge", "ledger.yaml", text.encode())))
    assert job.state == State.DONE, job.error
    assert (job.options["kind"], job.result["kind"]) == ("ledger", "ledger")
    assert "项目台账" in str(job)
    steps = [line.zh for line in job.lines.all()]
    assert {"读取问题", "独立核对", "生成文书"} <= {step.split("：")[0] for step in steps}
    assert "行动清单和全部明细表" in page(officer, "job", job.pk)
    assert "<script>alert" not in page(officer, "job", job.pk)

    officer.post(reverse("job_check", args=[job.pk]))
    check = done(Job.objects.latest("pk"))
    assert (check.state, check.result["ok"]) == (State.DONE, True), check.error
    assert "已独立核对" in page(officer, "job", job.pk)
    _compared(officer, job)
    _altered(officer, job)


def _compared(officer: Client, job: Job) -> None:
    assert job.folder is not None
    again = Job.objects.create(
        county=job.county,
        work=Work.PLAN,
        state=State.DONE,
        options=job.options,
        folder_name=f"{job.folder_name}b",
    )
    assert again.folder is not None
    shutil.copytree(job.folder, again.folder)
    address = reverse("job_compare", args=[job.county_id])
    assert "请选两个以上" in officer.post(address, {"plans": [job.pk]}).content.decode()
    assert officer.post(address, {"plans": [job.pk, again.pk]}).status_code == 302
    compared = done(Job.objects.latest("pk"))
    assert compared.state == State.DONE, compared.error
    assert saved(officer, "job_paper", compared.pk, "方案比较.xlsx").startswith(b"PK")


def _altered(officer: Client, job: Job) -> None:
    assert job.folder is not None
    (job.folder / "plan.json").write_bytes((job.folder / "plan.json").read_bytes().replace(b"1", b"2", 1))
    officer.post(reverse("job_check", args=[job.pk]))
    check = done(Job.objects.latest("pk"))
    assert check.state == State.FAILED or check.result["ok"] is False
    assert "✓" not in page(officer, "job", check.pk)


def test_a_forecast_is_a_plan_like_the_others(site: Site, browse: Browse) -> None:
    officer = browse(Role.OFFICER, site.county)
    job = done(_asked(officer, site.county, _packed_example("forecast", "problem.yaml")))
    assert job.state == State.DONE, job.error
    assert job.options["kind"] == "forecast"
    assert saved(officer, "job_paper", job.pk, "规划报告.docx").startswith(b"PK")


def test_a_map_opens_in_a_sandbox(site: Site, browse: Browse) -> None:
    job = Job.objects.create(county=site.county, work=Work.PLAN, state=State.DONE, folder_name="with-map")
    assert job.folder is not None
    job.folder.mkdir(parents=True, exist_ok=True)
    (job.folder / "地图.html").write_text("<script>1</script>")
    officer = browse(Role.OFFICER, site.county)
    assert reverse("job_map", args=[job.pk]) in page(officer, "job", job.pk)
    answer = officer.get(reverse("job_map", args=[job.pk]))
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-scripts;")
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy
    assert browse(Role.OFFICER, site.other).get(reverse("job_map", args=[job.pk])).status_code == 404


@pytest.mark.parametrize("kind", ["admission", "classes", "nonsense"])
def test_a_file_that_is_no_plan_is_refused_on_taking(site: Site, browse: Browse, kind: str) -> None:
    answer = browse(Role.OFFICER, site.county).post(
        reverse("job_plan", args=[site.county.pk]),
        {"file": packed({"a.yaml": f"kind: {kind}\n".encode()}), "seconds": 5},
    )
    assert "找到：—" in answer.content.decode()
    assert not Job.objects.exists()
