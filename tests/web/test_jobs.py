"""The whole life of a job: asked in the browser, done by a worker, its result kept and shown; or refused, and why."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from threading import Event

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.conftest import DISTRICT, Site

from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry
from junheng.web.findings.models import Finding
from junheng.web.jobs.models import Job, Upload
from junheng.web.jobs.states import State
from junheng.web.jobs.worker import work
from junheng.web.people.models import Organisation, OrganisationCode
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]
BOOK = DISTRICT / "2024.xlsx"


def uploaded(path: Path, name: str | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name or path.name, path.read_bytes())


def packed(files: dict[str, bytes], name: str = "数据.zip") -> SimpleUploadedFile:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in files.items():
            archive.writestr(part, text)
    return SimpleUploadedFile(name, content.getvalue())


def ask(browser: Client, county: Organisation, file: SimpleUploadedFile, year: int = 2024) -> Job:
    """An evaluation asked for in the browser."""
    address = reverse("job_evaluate", args=[county.pk])
    answer = browser.post(address, {"file": file, "standard": "quality-2017", "year": year})
    assert answer.status_code == 302, answer.content.decode()
    return Job.objects.latest("pk")


def done(job: Job) -> Job:
    """The job after a worker has done what waits."""
    work(Event(), is_once=True)
    job.refresh_from_db()
    return job


def page(browser: Client, name: str, *arguments: object) -> str:
    answer = browser.get(reverse(name, args=arguments))
    assert answer.status_code == 200
    return answer.content.decode()


def saved(browser: Client, name: str, *arguments: object) -> bytes:
    answer = browser.get(reverse(name, args=arguments))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined] # a file is sent in pieces


def test_an_evaluation_from_upload_to_report(site: Site, browse: Browse) -> None:
    officer = browse(Role.OFFICER, site.county)
    job = ask(officer, site.county, uploaded(BOOK, "我县 2024 年 <报表>.xlsx"))
    upload = Upload.objects.get()
    assert upload.path.name == f"{upload.sha256}.xlsx"
    assert upload.path.read_bytes() == BOOK.read_bytes()
    text = page(officer, "jobs", site.county.pk)
    assert "排队中" in text
    assert "我县 2024 年 &lt;报表&gt;.xlsx" in text
    assert 'data-refresh="2"' in page(officer, "job", job.pk)

    assert done(job).state == State.DONE, job.error
    assert job.lines.all()[0].zh == "读取数据"
    finding = Finding.objects.get()
    assert (finding, finding.is_current, finding.county) == (job.finding, True, site.county)
    text = page(officer, "job", job.pk)
    assert "data-refresh" not in text
    assert reverse("finding", args=[finding.pk]) in text
    for name in ("report.docx", "tables.xlsx", "verdict.json"):
        assert saved(officer, "finding_file", finding.pk, name) == (finding.folder / name).read_bytes()
    assert "<报表>" not in "".join(path.name for path in finding.folder.iterdir())
    acts = list(
        Entry.objects.filter(organisation_id=site.county.pk, action__regex="^(job|upload)").order_by("number")
    )
    assert [act.action for act in acts] == ["upload.keep", "job.ask", "job.start", "job.finish"]
    assert list(faults()) == []
    verify_and_print_again(officer, finding)


def verify_and_print_again(officer: Client, finding: Finding) -> None:
    assert "未复算" in page(officer, "finding", finding.pk)
    officer.post(reverse("job_verify", args=[finding.pk]))
    job = done(Job.objects.latest("pk"))
    assert job.state == State.DONE, job.error
    assert job.result["ok"]
    assert job.result["cells"] > 1000
    assert "已独立复算" in page(officer, "finding", finding.pk)

    before = (finding.folder / "report.docx").read_bytes()
    officer.post(reverse("job_report", args=[finding.pk]), {"percent": "round", "digits": 2})
    job = done(Job.objects.latest("pk"))
    assert job.state == State.DONE, job.error
    assert job.folder is not None
    assert json.loads((job.folder / "documents.json").read_bytes())["digits"] == 2
    assert (finding.folder / "report.docx").read_bytes() == before, "a finding is never changed"
    assert saved(officer, "job_paper", job.pk, "report.docx").startswith(b"PK")
    assert reverse("job_paper", args=[job.pk, "tables.xlsx"]) in page(officer, "finding_files", finding.pk)


def test_the_data_of_another_county_are_not_judged_here(site: Site, browse: Browse) -> None:
    job = done(ask(browse(Role.OFFICER, site.other), site.other, uploaded(BOOK)))
    assert job.state == State.FAILED
    text = page(browse(Role.LEADER, site.other), "job", job.pk)
    assert "不是本县的：县代码 999901" in text
    assert "办法：请只上传县代码 999902 的数据" in text
    assert not Finding.objects.exists()


def test_a_year_without_data_or_code_is_refused_in_words(site: Site, browse: Browse) -> None:
    officer = browse(Role.OFFICER, site.county)
    job = done(ask(officer, site.county, uploaded(BOOK), 2023))
    assert job.state == State.FAILED
    assert "办法" in page(officer, "job", job.pk)
    OrganisationCode.objects.filter(organisation=site.county).update(last_year=2020)
    address = reverse("job_evaluate", args=[site.county.pk])
    answer = officer.post(address, {"file": uploaded(BOOK), "standard": "quality-2017", "year": 2024})
    assert "没有登记代码" in answer.content.decode()


def test_a_zip_of_tables_is_judged(site: Site, browse: Browse) -> None:
    officer = browse(Role.OFFICER, site.county)
    job = done(ask(officer, site.county, packed({"数据/2024.xlsx": BOOK.read_bytes()})))
    assert job.state == State.DONE, job.error
