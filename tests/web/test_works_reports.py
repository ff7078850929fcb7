"""A report composed of a finding and results, and the form of application: asked, done, read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Site
from tests.web.worked import example, frozen_year, in_process, read, worked

from junheng.web.evidence.models import Evidence
from junheng.web.findings.models import Finding
from junheng.web.jobs.models import Job
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]
pytestmark = pytest.mark.usefixtures(in_process.__name__)


def test_a_report_of_a_finding_and_a_ledger(site: Site, browse: Browse, finding: Finding) -> None:
    officer, kept = browse(Role.OFFICER, site.county), frozen_year(site.county)
    ledger = worked(
        officer, site.county, "ledger", book=example("ledgers/conduct.xlsx"), kept=kept, ledger="conduct",
        on="2024-12-31", year=2024,
    )  # fmt: skip
    sections = read(officer, ledger)
    for words in ("课后服务", "10,518,750", "校外培训机构", "134,500", "F005", "预收费没有全部监管的机构"):
        assert words in sections, words
    given = {"shape": "district", "finding": finding.pk, "percent": "truncate", "digits": 1, "owner": ""}
    job = worked(
        officer, site.county, "compose", results=[ledger.pk], told=example("compose/district.xlsx"), **given
    )
    text = read(officer, job)
    for words in ("报告.docx", "verdict.json", "台账结果（conduct）", "尚缺事项", "15.28亿元", "不符0个"):
        assert words in text, words
    assert "学校台账-" in text, "the result it rests on is named"
    alone = worked(officer, site.county, "compose", **given)
    assert "没有提供台账结果（conduct）" in read(officer, alone)


def test_two_results_of_one_kind_are_refused_in_the_form(
    site: Site, browse: Browse, finding: Finding
) -> None:
    for name in ("a", "b"):
        (Path(settings.HOME) / "results" / name).mkdir(parents=True, exist_ok=True)
        Job.objects.create(county=site.county, work="sizes", state="done", folder_name=name)
    given = {"shape": "district", "finding": finding.pk, "percent": "truncate", "digits": 1}
    both = list(Job.objects.values_list("pk", flat=True))
    address = reverse("job_ask", args=[site.county.pk, "compose"])
    answer = browse(Role.OFFICER, site.county).post(address, {**given, "results": both})
    assert "同一种结果只选一个" in answer.content.decode()
    assert Job.objects.count() == len(both)


def test_an_application_with_its_evidence(site: Site, browse: Browse, finding: Finding) -> None:
    officer = browse(Role.OFFICER, site.county)
    job = worked(officer, site.county, "apply", finding=finding.pk)
    text = read(officer, job)
    for words in (
        "申报表.docx",
        "佐证材料清单.xlsx",
        "还缺什么",
        "未达标",
        "填报数据：",
        "2024.xlsx [",
        "由材料佐证",
    ):
        assert words in text, words
    assert "本站没有这个文件" in text
    assert not (finding.folder / "申报表.docx").exists(), "the finding stays as it was kept"
    assert Evidence.objects.count() == 0
