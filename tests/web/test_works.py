"""One journey of every work of the library: asked in a form, done, its result read on its page."""

import csv
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from tests.web.conftest import Site
from tests.web.test_jobs import page
from tests.web.worked import EXAMPLES, example, frozen_year, in_process, read, worked

from junheng.web.findings.models import Finding
from junheng.web.jobs.models import Job
from junheng.web.people.models import Organisation, OrganisationCode
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]
pytestmark = pytest.mark.usefixtures(in_process.__name__)


@pytest.fixture
def kept(site: Site) -> str:
    """The district's year, frozen on the site, as the form names it."""
    return frozen_year(site.county)


def test_class_sizes_of_a_frozen_year(site: Site, browse: Browse, kept: str) -> None:
    officer = browse(Role.OFFICER, site.county)
    job = worked(officer, site.county, "sizes", kept=kept, standard="quality-2017", year="")
    text = read(officer, job)
    for words in ("1,235 个班，大班额 2", "大班额 31", "56–60", "班级表第", "XX区实验小学", "班额分析.xlsx"):
        assert words in text, words
    assert "1/9 · 207" in text
    assert "9/9 · 207" in page_of(officer, job, "?rooms=9")


def page_of(browser: Client, job: Job, query: str) -> str:
    """A job's page with its tables turned."""
    return browser.get(reverse("job", args=[job.pk]) + query).content.decode()


def test_a_report_that_contradicts_itself(site: Site, browse: Browse) -> None:
    officer = browse(Role.OFFICER, site.county)
    report = "小学200所、初中57所，共258所。\n".encode()
    job = worked(officer, site.county, "lint", book=SimpleUploadedFile("报告.txt", report))
    text = read(officer, job)
    assert "矛盾" in text
    assert "200所 + 57所 = 257，写的是258所" in text
    assert "<li>小学200所、初中57所，共258所。" in text, "the passage stands beside the remark"


def test_operating_funds_with_their_arithmetic(site: Site, browse: Browse) -> None:
    leader = browse(Role.LEADER, site.county)
    OrganisationCode.objects.create(organisation=site.county, code="999903", first_year=2005, last_year=2014)
    given = {
        name: example(f"funding/{path}")
        for name, path in (("payments", "payments.xlsx"), ("overlay", "local.yaml"))
    }
    data = example("funding/county.xlsx")
    job = worked(leader, site.county, "funds", kept="", data=data, budget_year=2024, on="", **given)
    text = read(leader, job)
    for words in (
        "4,988,758.44",
        "700,000",
        "46 × 720 = 33,120",
        "county.xlsx [学段] 第 5 行",
        "到账早于应拨日期",
        "独立复算一致",
    ):
        assert words in text, words
    counts = page(browse(Role.INSPECTOR, site.city), "job_counts", job.pk)
    assert "4,988,758.44" in counts
    assert "示例甲村小学" not in counts
    assert browse(Role.INSPECTOR, site.city).get(reverse("job", args=[job.pk])).status_code == 404


def test_a_ledger_with_the_states_of_its_findings(site: Site, browse: Browse, kept: str) -> None:
    officer = browse(Role.OFFICER, site.county)
    book = with_stock(EXAMPLES / "ledgers" / "safety.xlsx")
    text = read(
        officer,
        worked(
            officer, site.county, "ledger", book=book, kept=kept, ledger="safety", on="2024-12-31", year=2024
        ),
    )
    for words in ("封闭管理", "2024-001", "待复查", "safety.xlsx [问题台账] 第 2 行", "台账分析.xlsx"):
        assert words in text, words
    for words in (
        "设备与图书（截至 2024-12-31）",
        "已过使用年限",
        "图书(第一批)",
        "60,000",
        "没有写使用年限",
        "实验台",
    ):
        assert words in text, words


def with_stock(path: Path) -> SimpleUploadedFile:
    """A ledger's book with a sheet of equipment: books past their life, tables of which no life is told."""
    book, content = load_workbook(path), io.BytesIO()
    sheet = book.create_sheet("设备与图书")
    sheet.append(["学校标识码", "类别", "名称", "数量", "原值（元）", "购置日期", "使用年限"])
    sheet.append(["2199000001", "图书", "图书（第一批）", 3000, 60000, "2012-09-01", 10])
    sheet.append(["2199000001", "实验室", "实验台", 24, None, "2020-09-01", None])
    book.save(content)
    return SimpleUploadedFile(path.name, content.getvalue())


def test_aid_by_pseudonym(site: Site, browse: Browse) -> None:
    officer = browse(Role.OFFICER, site.county)
    job = worked(officer, site.county, "aid", book=example("funding/aid.xlsx"), on="2024-06-30")
    text = read(officer, job)
    for words in ("37,687.50", "建档立卡", "互斥项目重复享受", "aid.xlsx [资助档案] 第 5 行", "独立复算一致"):
        assert words in text, words
    counts = page(browse(Role.INSPECTOR, site.city), "job_counts", job.pk)
    assert "84" in counts
    assert "P00002" not in counts


def test_scores_as_intervals(site: Site, browse: Browse) -> None:
    officer = browse(Role.OFFICER, site.county)
    book = example("scoring/school_management.xlsx")
    text = read(
        officer, worked(officer, site.county, "score", book=book, system="school-management", on="2025-09-01")
    )
    for words in ("85.2 … 91.2", "缺 M7-2", "合格～优秀", "督学甲", "逾期未达到", "独立复算一致"):
        assert words in text, words


def test_a_survey_from_sample_to_rate(site: Site, browse: Browse, kept: str, tmp_path: Path) -> None:
    officer = browse(Role.OFFICER, site.county)
    plan = worked(
        officer, site.county, "surveyplan", kept=kept, standard="quality-2017", year="", residents=400_000
    )
    assert "600" in read(officer, plan)
    assert plan.folder is not None
    inspector = browse(Role.INSPECTOR, site.city)
    assert inspector.get(reverse("job_paper", args=[plan.pk, "plan.json"])).status_code == 200
    assert inspector.get(reverse("job_paper", args=[plan.pk, "作答码.xlsx"])).status_code == 404, (
        "codes are not hers"
    )
    answers = tmp_path / "answers.csv"
    made = EXAMPLES / "make_survey_answers.py"
    subprocess.run(
        [sys.executable, str(made), str(plan.folder), str(answers)], check=True, capture_output=True
    )
    book = SimpleUploadedFile("answers.csv", answers.read_bytes())
    text = read(officer, worked(officer, site.county, "survey", book=book, plan=plan.pk))
    for words in ("满意率", "家长", "未达标", "<svg", "调查结果公示.docx", "独立复算一致"):
        assert words in text, words


def test_a_timetable(site: Site, browse: Browse, kept: str) -> None:
    officer = browse(Role.OFFICER, site.county)
    text = read(
        officer,
        worked(officer, site.county, "timetable", book=example("ledgers/timetable.xlsx"), kept=kept, year=""),
    )
    for words in ("1,047 / 1,235", "美术", "11.3", "timetable.xlsx [课程表]"):
        assert words in text, words


def test_promises_of_a_report_by_a_finding(
    site: Site, browse: Browse, finding: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "junheng.reports.write_documents", lambda *_, **__: None
    )  # tests/cli/test_promises.py makes them
    officer = browse(Role.OFFICER, site.county)
    report = "五、下一步工作\n（一）2020年底前新建小学两所。\n".encode()
    job = worked(
        officer, site.county, "promises", report=SimpleUploadedFile("2019年报告.txt", report),
        finding=finding.pk, prefix="2019", on="2024-06-30",
    )  # fmt: skip
    text = read(officer, job)
    for words in ("新建小学两所", "2019-01", "承诺台账.xlsx"):
        assert words in text, words


def test_who_is_not_at_school(site: Site, browse: Browse) -> None:
    leader = browse(Role.LEADER, site.county)
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for path in sorted((EXAMPLES / "enrolment" / "名单").iterdir()):
            archive.writestr(f"名单/{path.name}", path.read_bytes())
    book = SimpleUploadedFile("王小明家.zip", packed.getvalue())
    job = worked(leader, site.county, "enrolment", book=book, day="2026-10-01")
    text = read(leader, job)
    with (EXAMPLES / "enrolment" / "名单" / "户籍.csv").open(encoding="utf-8-sig") as rows:
        names = [row["姓名"] for row in csv.DictReader(rows)]
    assert any(name in text for name in names)
    assert "姓名相同" in text, "why two are like one another"
    counts = page(browse(Role.INSPECTOR, site.city), "job_counts", job.pk)
    assert "120" in counts
    assert not any(name in counts for name in names)
    assert "王小明" not in str(list(Job.objects.values_list("upload__name", "options", "result")))
