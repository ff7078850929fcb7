"""Scenarios: kept, opened, copied, compared, deleted by their author; handed to jobs without
touching the finding."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.conftest import SCHOOL, Site
from tests.web.test_whatif import CELL, source

from junheng.web.audit.models import Entry
from junheng.web.findings.models import Finding
from junheng.web.jobs import asking
from junheng.web.jobs.claims import claim
from junheng.web.jobs.models import Job
from junheng.web.jobs.run import finish
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role
from junheng.web.whatif.models import Scenario

Browse = Callable[[Role, Organisation], Client]
__all__ = ["source"]  # the fixture


@pytest.fixture
def kept(site: Site, finding: Finding, source: Path, browse: Browse) -> Scenario:
    """A scenario of an officer."""
    sent = {"school": SCHOOL, CELL: "60", "name": "多培养骨干", "note": "试算", "as": "new"}
    answer = browse(Role.OFFICER, site.county).post(reverse("whatif_save", args=[finding.pk]), sent)
    assert answer.status_code == 302
    return Scenario.objects.get()


def test_a_scenario_is_kept_and_opens_as_it_was(kept: Scenario, site: Site, browse: Browse) -> None:
    officer = browse(Role.OFFICER, site.county)
    assert kept.listed == [
        {
            "do": "set",
            "school": SCHOOL,
            "stage": "primary",
            "table": "teacher_count",
            "column": "backbone",
            "to": "60",
        }
    ]
    assert kept.changes == json.dumps(kept.listed, sort_keys=True, separators=(",", ":"))
    page = officer.get(reverse("scenario", args=[kept.pk]), follow=True)
    assert f'name="{CELL}" value="60"' in page.text
    assert "多培养骨干" in officer.get(reverse("scenarios", args=[site.county.pk])).text
    assert "多培养骨干" in officer.get(reverse("my_scenarios")).text
    (entry,) = Entry.objects.filter(action="scenario.save")
    assert "多培养骨干" in entry.detail


def test_the_second_of_two_tabs_is_told_and_loses_nothing_typed(
    kept: Scenario, site: Site, finding: Finding, browse: Browse
) -> None:
    officer, address = browse(Role.OFFICER, site.county), reverse("whatif_save", args=[finding.pk])
    sent = {"school": SCHOOL, "scenario": kept.pk, "revision": "1", "name": "甲", CELL: "61"}
    assert officer.post(address, sent).status_code == 302
    late = officer.post(address, sent | {CELL: "62", "name": "乙"})
    assert late.status_code == 200
    assert "别的页面存过" in late.text
    assert f'name="{CELL}" value="62"' in late.text
    kept.refresh_from_db()
    assert (kept.name, kept.revision, kept.listed[0]["to"]) == ("甲", 2, "61")


def test_saving_over_a_deleted_one_keeps_a_new_one(
    kept: Scenario, site: Site, finding: Finding, browse: Browse
) -> None:
    number = kept.pk
    officer = browse(Role.OFFICER, site.county)
    assert officer.post(reverse("scenario_delete", args=[number])).status_code == 302
    sent = {"school": SCHOOL, "scenario": number, "revision": "1", "name": "甲", CELL: "61"}
    assert officer.post(reverse("whatif_save", args=[finding.pk]), sent).status_code == 302
    assert Scenario.objects.get().name == "甲"
    assert Entry.objects.filter(action="scenario.delete").count() == 1


def test_what_cannot_be_judged_is_not_kept(
    kept: Scenario, site: Site, finding: Finding, browse: Browse
) -> None:
    officer, address = browse(Role.OFFICER, site.county), reverse("whatif_save", args=[finding.pk])
    for sent in ({CELL: "-1", "name": "甲"}, {CELL: "5", "name": "  "}):
        assert officer.post(address, {"school": SCHOOL, **sent}).status_code == 200
    assert Scenario.objects.count() == 1


def test_colleagues_open_and_copy_but_only_the_author_deletes(
    kept: Scenario, site: Site, browse: Browse
) -> None:
    leader = browse(Role.LEADER, site.county)
    assert leader.get(reverse("scenario", args=[kept.pk])).status_code == 302
    assert leader.post(reverse("scenario_delete", args=[kept.pk])).status_code == 404
    assert leader.post(reverse("scenario_copy", args=[kept.pk])).status_code == 302
    assert Scenario.objects.count() == 2
    for role, place in ((Role.HEAD, site.school), (Role.OFFICER, site.other), (Role.CLERK, site.school)):
        assert browse(role, place).get(reverse("scenario", args=[kept.pk])).status_code == 404


def test_a_heads_scenario_is_the_heads_alone(
    site: Site, finding: Finding, source: Path, browse: Browse
) -> None:
    head = browse(Role.HEAD, site.school)
    sent = {"school": SCHOOL, CELL: "60", "name": "本校"}
    assert head.post(reverse("whatif_save", args=[finding.pk]), sent).status_code == 302
    made = Scenario.objects.get()
    assert made.own_school == SCHOOL
    assert head.get(reverse("scenario", args=[made.pk])).status_code == 302
    assert "本校" in head.get(reverse("my_scenarios")).text
    officer = browse(Role.OFFICER, site.county)
    assert officer.get(reverse("scenario", args=[made.pk])).status_code == 404
    assert "本校" not in officer.get(reverse("scenarios", args=[site.county.pk])).text
    assert head.post(reverse("scenario_evaluate", args=[made.pk])).status_code == 404


def test_two_scenarios_stand_side_by_side(kept: Scenario, site: Site, browse: Browse) -> None:
    officer = browse(Role.OFFICER, site.county)
    officer.post(reverse("scenario_copy", args=[kept.pk]))
    other = Scenario.objects.exclude(pk=kept.pk).get()
    page = officer.get(reverse("scenario_compare", args=[kept.pk]), {"with": other.pk})
    assert len(page.context["sides"]) == 2
    assert page.text.count("改为 60") == 2
    assert officer.get(reverse("scenario_compare", args=[kept.pk]), {"with": "99999"}).status_code == 404


def test_an_evaluation_of_a_scenario_takes_no_findings_place(
    kept: Scenario, site: Site, finding: Finding, browse: Browse
) -> None:
    answer = browse(Role.OFFICER, site.county).post(reverse("scenario_evaluate", args=[kept.pk]))
    job = Job.objects.get()
    assert answer["Location"] == reverse("job", args=[job.pk])
    assert job.options["scenario"] == kept.pk
    with zipfile.ZipFile(job.upload.path) as packed:  # type: ignore[union-attr] # it has one
        assert {"stage.csv", "teacher_count.csv", "README.md"} <= set(packed.namelist())
        assert "多培养骨干" in packed.read("README.md").decode()
    taken = claim("test")
    assert taken is not None
    from junheng.web.jobs.claims import stage_of
    from junheng.web.jobs.run import task_of

    stage_of(taken).mkdir(parents=True)
    task = task_of(taken) | {"county": "999901"}
    finish(taken, asking.evaluate(task, lambda *_: None))
    job.refresh_from_db()
    assert job.finding is None
    assert job.folder is not None
    told = json.loads((job.folder / "verdict.json").read_bytes())
    school = next(one for one in told["schools"] if one["school_id"] == SCHOOL)
    assert school["indicators"]["R2"]["value"] == pytest.approx(100 * 60 / school["pupils"])
    assert list(Finding.objects.filter(is_current=True)) == [finding]
    assert Entry.objects.filter(action="scenario.hand_over").count() == 1


def test_the_planner_starts_from_the_changed_tables(kept: Scenario, site: Site, browse: Browse) -> None:
    officer, address = browse(Role.OFFICER, site.county), reverse("scenario_plan", args=[kept.pk])
    assert "多培养骨干" in officer.get(address).text
    costs = (
        Path(__file__).resolve().parents[2] / "examples" / "plans" / "invest" / "costs.xlsx"
    ).read_bytes()
    sent = {"costs": SimpleUploadedFile("单价.xlsx", costs), "target": "2026", "seconds": "30"}
    assert officer.post(address, sent).status_code == 302
    job = Job.objects.get()
    assert job.work == "plan"
    with zipfile.ZipFile(job.upload.path) as packed:  # type: ignore[union-attr] # it has one
        names = set(packed.namelist())
        problem = packed.read("problem.yaml").decode()
    assert {"problem.yaml", "costs.xlsx", "changed/stage.csv", "changed/README.md"} <= names
    assert "input: changed" in problem
    late = {"costs": SimpleUploadedFile("单价.xlsx", costs), "target": "2024", "seconds": "30"}
    assert officer.post(address, late).status_code == 200


def test_a_list_of_scenarios_needs_no_more_queries_for_more(
    kept: Scenario, site: Site, person: Callable[[Role, Organisation], Account], browse: Browse
) -> None:
    officer, address = browse(Role.OFFICER, site.county), reverse("scenarios", args=[site.county.pk])

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert officer.get(address).status_code == 200
        return len(caught)

    queries()
    one = queries()
    for number in range(30):
        kept.pk, kept.name = None, f"方案{number}"
        kept.save()
    assert queries() == one
