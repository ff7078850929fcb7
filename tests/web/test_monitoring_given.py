"""Forecasts and applications given to a county: the rules about them look, and idle ones say what is missing."""

import json
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.conftest import DISTRICT, SCHOOL, Site
from tests.web.monitored import NOW

from junheng.judgement import read_finding
from junheng.web.audit.models import Entry
from junheng.web.findings.models import Finding
from junheng.web.jobs.models import Job
from junheng.web.jobs.states import State, Work
from junheng.web.monitoring.models import Alert, Given, Run
from junheng.web.monitoring.running import run_rules
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]
People = Callable[[Role, Organisation], Account]
_SEATS = "school_id,name,seats,first_choices,applications,admitted\n{code},XX区实验小学,40,400,400,40\n"


def _plan(school: str, pupils: int) -> bytes:
    row = {"school": school, "stage": "primary", "year": 2025, "mid": str(pupils)}
    return json.dumps({"kind": "forecast", "pupils": [row]}).encode()


def _passing(finding: Finding) -> tuple[str, int]:
    rows = read_finding(finding.folder).verdict["schools"]
    found = next(row for row in rows if row["verdict"] == "met" and row["kind"] == "primary")
    return str(found["school_id"]), int(found["pupils"])


def _idle() -> dict[str, str]:
    return {one["rule"]: one["reason"]["zh"] for one in Run.objects.order_by("-pk")[0].idle}


def _sent(client: Client, county: Organisation, content: bytes, name: str, **told: str) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("monitoring_given", args=[county.pk]), {"file": file, **told}, follow=True)


def test_rules_without_anything_to_look_at_say_what_to_give(finding: Finding) -> None:
    run_rules(finding, NOW)
    told = _idle()
    assert "附上一份" in told["FUT-FAIL"]
    assert "上传 CSV" in told["HOT-CHOICE"]


def test_applications_are_looked_at(site: Site, browse: Browse, finding: Finding) -> None:
    officer = browse(Role.OFFICER, site.county)
    page = _sent(officer, site.county, _SEATS.format(code=SCHOOL).encode(), "志愿.csv", stage="primary")
    assert "已附上" in page.content.decode()
    alert = Alert.objects.get(rule="HOT-CHOICE")
    assert (alert.school, alert.topic) == (site.school, "hot")
    assert {"HOT-CHOICE", "COLD-CHOICE", "COLD-UNFILLED"}.isdisjoint(_idle())
    given = Given.objects.get()
    assert (given.name, given.stage) == ("志愿.csv", "primary")
    assert "志愿.csv" in officer.get(reverse("monitoring_given", args=[site.county.pk])).content.decode()
    officer.post(reverse("monitoring_given_withdraw", args=[given.pk]))
    assert "上传 CSV" in _idle()["HOT-CHOICE"]
    assert [one.action for one in Entry.objects.filter(action__startswith="monitoring.").order_by("pk")] == [
        "monitoring.give",
        "monitoring.withdraw",
    ]


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"a,b\n1,2\n", "a.csv", {"stage": "primary"}),
        (b"\xff\xfe\x00", "a.csv", {"stage": "junior"}),
        (b"{}", "plan.json", {}),
        (b'{"kind": "zone"}', "plan.json", {}),
        (b"PK\x03\x04", "a.zip", {}),
        (b"[" * 100_000, "plan.json", {}),
    ],
)
def test_what_is_neither_is_refused_and_nothing_kept(
    site: Site, browse: Browse, content: bytes, name: str, told: dict[str, str]
) -> None:
    page = _sent(browse(Role.OFFICER, site.county), site.county, content, name, **told).content.decode()
    assert "已附上" not in page
    assert "<li" in page
    assert not Given.objects.exists()


def test_a_forecast_is_looked_at_with_the_years_own_data(
    site: Site, browse: Browse, finding: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, pupils = _passing(finding)
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("预测/plan.json", _plan(own, pupils * 3))
    _sent(browse(Role.OFFICER, site.county), site.county, packed.getvalue(), "预测.zip")
    assert "没有保存该年的填报数据" in _idle()["FUT-FAIL"]
    monkeypatch.setattr("junheng.web.monitoring.running.known_source", lambda _: DISTRICT / "2024.xlsx")
    run_rules(finding, NOW)
    alert = Alert.objects.get(rule="FUT-FAIL")
    assert (alert.school_code, alert.said["year"]) == (own, 2025)
    assert "FUT-FAIL" not in _idle()


def test_the_result_of_a_finished_forecast_is_attached(
    site: Site, browse: Browse, finding: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("junheng.web.monitoring.running.known_source", lambda _: DISTRICT / "2024.xlsx")
    own, pupils = _passing(finding)
    folder = Path(settings.HOME) / "results" / "forecast-test"
    folder.mkdir(parents=True)
    (folder / "plan.json").write_bytes(_plan(own, pupils * 3))
    job = Job.objects.create(
        county=site.county,
        work=Work.PLAN,
        state=State.DONE,
        options={"kind": "forecast"},
        folder_name=folder.name,
    )
    officer, address = browse(Role.OFFICER, site.county), reverse("monitoring_given", args=[site.county.pk])
    assert f'<option value="{job.pk}">' in officer.get(address).content.decode()
    assert officer.post(address, {"job": str(job.pk)}).status_code == 302
    assert Given.objects.get().job == job.pk
    assert Alert.objects.filter(rule="FUT-FAIL", school_code=own).exists()
    other = Job.objects.create(
        county=site.other, work=Work.PLAN, state=State.DONE, options={"kind": "forecast"}
    )
    assert officer.post(address, {"job": str(other.pk)}).status_code == 404
    assert Given.objects.count() == 1
    shutil.rmtree(folder)


def test_only_the_bureau_gives(site: Site, browse: Browse) -> None:
    address = reverse("monitoring_given", args=[site.county.pk])
    for role, place in ((Role.CLERK, site.school), (Role.INSPECTOR, site.city), (Role.OFFICER, site.other)):
        assert browse(role, place).get(address).status_code == 404
