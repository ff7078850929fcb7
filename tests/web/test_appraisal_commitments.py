"""Plans, targets and promises: measured by the newest finding, reached only with a paper and another's review, printed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.web.appraised import paper_of, target_of
from tests.web.conftest import SCHOOL, Site
from tests.web.ledgered import photo

from junheng.basics import UserError
from junheng.reports.promises import read_promises
from junheng.web.appraisal.commitment_acts import Said, accept, commit, report, send_back
from junheng.web.appraisal.facts import figures_of, lines_of
from junheng.web.appraisal.models import Commitment
from junheng.web.appraisal.printing import hand_over
from junheng.web.audit.models import Entry
from junheng.web.findings.models import Finding
from junheng.web.findings.reading import verdict_of
from junheng.web.jobs import asking
from junheng.web.jobs.claims import stage_of
from junheng.web.jobs.models import Job
from junheng.web.jobs.run import task_of
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]
_REPORT = "一、成绩\n略。\n三、下一步工作\n2026年底前新建2所小学。补齐音乐教师缺口\n"


def _state(one: Commitment) -> str:
    (line,) = lines_of([one], figures_of(one.county, timezone.localdate()), timezone.localdate())
    return line.standing.state


def test_a_head_sets_goals_of_the_plan_and_the_bureau_the_targets(site: Site, browse: Browse) -> None:
    address, day = reverse("commitment_new", args=[site.school.pk]), timezone.localdate()
    asked = {
        "kind": "three_year_plan",
        "title": "建成书香校园",
        "owner": "校长",
        "due_on": day,
        "year": day.year,
    }
    head = browse(Role.HEAD, site.school)
    assert head.post(address, asked).status_code == 302
    assert head.post(address, {**asked, "kind": "principal"}).status_code == 200, "not the head's to set"
    assert browse(Role.CLERK, site.school).post(address, asked).status_code == 404
    officer = browse(Role.OFFICER, site.county)
    assert officer.post(address, {**asked, "kind": "principal"}).status_code == 302
    assert "期限" in officer.post(address, {**asked, "kind": "yearly", "due_on": ""}).text
    assert sorted(Commitment.objects.values_list("kind", flat=True)) == ["principal", "three_year_plan"]
    listed = reverse("commitments", args=[site.county.pk])
    assert "建成书香校园" in browse(Role.INSPECTOR, site.city).get(f"{listed}?tab=principal").text
    assert browse(Role.INSPECTOR, site.city).get(address).status_code == 404, "inspectors read"
    own = reverse("commitments", args=[site.neighbour.pk])
    assert "建成书香校园" not in browse(Role.HEAD, site.neighbour).get(own).text
    assert (
        browse(Role.HEAD, site.neighbour).get(reverse("commitments", args=[site.school.pk])).status_code
        == 404
    )


def test_a_target_is_reached_by_a_paper_and_another_person(
    site: Site, browse: Browse, person: People
) -> None:
    one = target_of(site.school)
    page, head = reverse("commitment", args=[one.pk]), browse(Role.HEAD, site.school)
    head.post(reverse("commitment_progressed", args=[one.pk]), {"words": "完成一半"})
    assert "报告达到" in head.get(page).text
    assert head.post(reverse("commitment_reported", args=[one.pk]), {"words": "达到"}).status_code == 200, (
        "no paper"
    )
    head.post(reverse("commitment_reported", args=[one.pk]), {"words": "达到", "file": photo()})
    review, leader = reverse("commitment_reviewed", args=[one.pk]), browse(Role.LEADER, site.county)
    assert head.post(review, {"result": "accept"}).status_code == 404
    leader.post(review, {"result": "return", "words": "材料不全"})
    with pytest.raises(ValidationError):
        accept(person(Role.LEADER, site.county), one, "")
    head.post(reverse("commitment_reported", args=[one.pk]), {"words": "再报", "file": photo()})
    leader.post(review, {"result": "accept"})
    one.refresh_from_db()
    (line,) = lines_of([one], figures_of(site.county, timezone.localdate()), timezone.localdate())
    assert (line.standing.state, line.timing, line.is_awarded) == ("kept", "early", True)
    acts = list(Entry.objects.filter(action__startswith="commitment.").values_list("action", flat=True))
    told = ["set", "progress", "report", "return", "report", "accept"]
    assert sorted(one.removeprefix("commitment.") for one in acts) == sorted(told)
    assert list(one.steps.values_list("act", flat=True)) == told
    assert leader.post(review, {"result": "accept"}).status_code == 302
    assert one.steps.count() == 6


def test_a_measure_decides_by_the_finding_of_the_school(site: Site, finding: Finding, person: People) -> None:
    told = [one for one in verdict_of(finding)["schools"] if one["school_id"] == SCHOOL]
    stage, met = told[0]["stage"], {key: one["verdict"] for key, one in told[0]["indicators"].items()}
    good = next(key for key, verdict in met.items() if verdict == "met")
    kept, open_, late = (
        target_of(site.school, f"{stage}_{what}", days)
        for what, days in ((good, 9), ("met > 99", 9), ("met > 99", -9))
    )
    assert [_state(one) for one in (kept, open_, late)] == ["kept", "open", "overdue"]
    head, leader = person(Role.HEAD, site.school), person(Role.LEADER, site.county)
    report(head, open_, "达到", paper_of(site.school))
    with pytest.raises(ValidationError, match="未满足"):
        accept(leader, open_, "")
    send_back(leader, open_, "数没有达到")
    with pytest.raises(UserError):
        target_of(site.school, "primary_R99")
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=open_.pk).update(achieved_on=timezone.localdate())


def test_next_steps_become_promises_that_the_next_report_prints(
    site: Site, finding: Finding, browse: Browse, tmp_path: Path
) -> None:
    client = browse(Role.OFFICER, site.county)
    for _ in range(2):
        file = SimpleUploadedFile("2024年报告.txt", _REPORT.encode())
        client.post(reverse("commitments_collect", args=[site.county.pk]), {"file": file})
    first, _ = Commitment.objects.filter(kind="promise").order_by("number")
    assert (first.title, str(first.due_on), first.source) == (
        "2026年底前新建2所小学",
        "2026-12-31",
        "2024年报告",
    )
    commit(None, site.county, Said("promise", "小学 R1 有学校达标", None, measure="primary_R1_met >= 1"))
    job = Job.objects.create(county=site.county, work="report", finding=finding)
    hand_over(Job, job=job, path=tmp_path / "promises.json")
    told = json.loads((tmp_path / "promises.json").read_text("utf-8"))
    assert [one["state"] for one in told["promises"]][-1] == "kept"
    assert len(told["promises"]) == 3
    (tmp_path / "register.xlsx").write_bytes(
        client.get(reverse("commitments_book", args=[site.county.pk])).content
    )
    assert {one.id for one in read_promises(tmp_path / "register.xlsx")} == {
        one.number for one in Commitment.objects.all()
    }
    refused = SimpleUploadedFile("报告.pdf", b"%PDF-1.4")
    answer = client.post(
        reverse("commitments_collect", args=[site.county.pk]), {"file": refused}, follow=True
    )
    assert "只读 .docx" in answer.text
    hand_over(Job, job=Job(county=site.other, work="report", finding=finding), path=tmp_path / "none.json")
    assert not (tmp_path / "none.json").exists()


def test_a_report_job_makes_its_documents_beside_the_promises(
    site: Site, finding: Finding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(None, site.county, Said("promise", "新建2所小学", None))
    job = Job.objects.create(
        county=site.county,
        work="report",
        finding=finding,
        options={"percent": "truncate", "digits": 1},
        token="t",
    )
    (stage := stage_of(job)).mkdir(parents=True)
    seen: list[str] = []

    def documents(folder: Path, **_: object) -> None:
        seen.append(json.loads((folder / "promises.json").read_text("utf-8"))["promises"][0]["text"])
        (folder / "report.docx").write_bytes(b"made")

    monkeypatch.setattr("junheng.reports.write_documents", documents)
    monkeypatch.setattr("junheng.reports.lint_report", lambda _: [])
    asking.report(task_of(job), lambda *_: None)
    assert seen == ["新建2所小学"]
    assert [one.name for one in (stage / "out").iterdir()] == ["report.docx"]
    assert not (finding.folder / "promises.json").exists(), "a finding is never changed"


def test_the_list_asks_as_much_of_one_as_of_thirty(site: Site, finding: Finding, browse: Browse) -> None:
    client, address = browse(Role.LEADER, site.county), reverse("commitments", args=[site.county.pk])
    counts = []
    for n in (1, 30):
        for at in range(n):
            target_of((site.school, site.neighbour)[at % 2], "primary_R1")
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{address}?tab=principal").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
