"""A freezing taken back: by the leader, with a reason; what was frozen stays, and is
superseded by the next."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import cell_of, filings_of, row_of, tables_of

from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry
from junheng.web.clocks.models import Notice
from junheng.web.filing import actions, review
from junheng.web.filing.freezing import folder_of, freeze, judge, judged
from junheng.web.filing.models import CountyYear, Filing, UndoneFreeze
from junheng.web.filing.states import State
from junheng.web.filing.unfreezing import unfreeze
from junheng.web.findings.models import Finding
from junheng.web.jobs.models import Job
from junheng.web.operation.intact import wrongs
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role
from junheng.web.public.models import OpenData

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]


@pytest.fixture
def frozen(site: Site, person: People, tmp_path: Path) -> CountyYear:
    """A year, frozen with every return accepted."""
    officer = person(Role.OFFICER, site.county)
    filing = filings_of(site, officer, tables_of(tmp_path / "before"))[SCHOOL]
    Filing.objects.update(state=State.ACCEPTED)
    return freeze(officer, filing.county_year)


def test_a_leader_takes_it_back_and_a_figure_is_mended_and_frozen_anew(
    frozen: CountyYear, site: Site, person: People, browse: Browse
) -> None:
    page, address = (reverse(name, args=[frozen.pk]) for name in ("filing_year", "filing_unfreeze"))
    assert address not in browse(Role.OFFICER, site.county).get(page).content.decode()
    assert browse(Role.OFFICER, site.county).post(address, {"reason": "错"}).status_code == 404
    leader = browse(Role.LEADER, site.county)
    assert address in leader.get(page).content.decode()
    told = leader.post(address, {"reason": "  "}, follow=True).content.decode()
    assert "须写明理由" in told
    assert CountyYear.objects.get().frozen_at is not None
    old = folder_of(frozen)
    kept = {path.name: path.read_bytes() for path in old.iterdir()}
    told = leader.post(address, {"reason": "甲小学学生数错报"}, follow=True).content.decode()
    assert "甲小学学生数错报" in told
    assert "尚未重新定稿" in told
    now = CountyYear.objects.get()
    assert (now.frozen_at, now.snapshot, now.sha256, now.finding) == (None, "", "", None)
    assert set(Filing.objects.values_list("state", flat=True)) == {State.ACCEPTED}
    assert "甲小学学生数错报" in Notice.objects.get(account=person(Role.OFFICER, site.county)).zh
    _mend(site, person)
    anew = freeze(person(Role.OFFICER, site.county), now)
    assert anew.sha256 != frozen.sha256
    assert {path.name: path.read_bytes() for path in old.iterdir()} == kept, (
        "the old tables stay as they were"
    )
    undone = UndoneFreeze.objects.get()
    assert (undone.sha256, undone.superseded_at) == (frozen.sha256, anew.frozen_at)
    assert "已被新定稿取代" in leader.get(page).content.decode()
    assert list(faults()) == []


def _mend(site: Site, person: People) -> None:
    filing, officer = Filing.objects.get(code=SCHOOL), person(Role.OFFICER, site.county)
    review.reopen(officer, filing, "学生数错")
    actions.save_cell(person(Role.CLERK, site.school), row_of(filing, "stage"), "pupils", "880")
    assert cell_of(filing, "stage", "pupils").value == "880"
    Filing.objects.filter(pk=filing.pk).update(state=State.ACCEPTED)


def test_nothing_is_taken_back_while_it_is_judged_or_published(
    frozen: CountyYear, site: Site, person: People, finding: Finding
) -> None:
    leader, acts = person(Role.LEADER, site.county), Entry.objects.filter(action="filing.unfreeze")
    job = judge(leader, frozen)
    with pytest.raises(ValidationError, match="正在评估"):
        unfreeze(leader, frozen, "错")
    Job.objects.filter(pk=job.pk).update(state="done", finding=finding)
    data = OpenData.objects.create(
        county=site.county, finding=finding, standard=finding.standard, year=finding.year, folder_name="a",
        verdict=finding.verdict, with_schools=False, smallest_cell=5, figures="{}", sha256="0" * 64,
    )  # fmt: skip
    with pytest.raises(ValidationError, match="已公布"):
        unfreeze(leader, frozen, "错")
    assert not acts.exists()
    OpenData.objects.filter(pk=data.pk).update(withdrawn_on=timezone.localdate())
    unfreeze(leader, frozen, "错")
    assert acts.count() == 1
    with pytest.raises(ValidationError, match="没有定稿"):
        unfreeze(leader, frozen, "再来一次")


def test_the_finding_of_tables_taken_back_is_kept_and_never_stands_before_a_newer_one(
    frozen: CountyYear, site: Site, person: People, finding: Finding
) -> None:
    leader = person(Role.LEADER, site.county)
    job = judge(leader, frozen)
    Job.objects.filter(pk=job.pk).update(state="failed")
    unfreeze(leader, frozen, "错")
    Finding.objects.filter(pk=finding.pk).update(is_current=False)
    late = Finding.objects.create(
        county=site.county, standard=finding.standard, year=finding.year, verdict="met", passed=0, judged=0,
        folder_name="late", sha256="0" * 64,
    )  # fmt: skip
    job.finding = late
    judged(job)
    assert UndoneFreeze.objects.get().finding == late
    assert CountyYear.objects.get().finding is None
    assert Finding.objects.get(is_current=True) == finding


def test_a_finding_whose_tables_were_taken_back_says_so(
    frozen: CountyYear, site: Site, person: People, browse: Browse, finding: Finding
) -> None:
    CountyYear.objects.filter(pk=frozen.pk).update(finding=finding)
    page, leader = reverse("finding", args=[finding.pk]), browse(Role.LEADER, site.county)
    assert "所据的定稿已撤销" not in leader.get(page).content.decode()
    unfreeze(person(Role.LEADER, site.county), frozen, "错报一校")
    told = leader.get(page).content.decode()
    assert "所据的定稿已撤销" in told
    assert "错报一校" in told


def test_tables_that_were_taken_back_are_still_looked_after(
    frozen: CountyYear, site: Site, person: People
) -> None:
    unfreeze(person(Role.LEADER, site.county), frozen, "错")
    assert list(wrongs()) == []
    table = folder_of(frozen) / "stage.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("900", "901"), encoding="utf-8")
    assert [frozen.snapshot in one.zh for one in wrongs()] == [True]


@pytest.mark.parametrize("state", [State.FROZEN, State.RETURNED])
def test_a_return_of_a_frozen_year_says_that_it_is_closed_and_whether_it_counts(
    frozen: CountyYear, site: Site, browse: Browse, state: State
) -> None:
    Filing.objects.filter(code=SCHOOL).update(state=state)
    page = browse(Role.CLERK, site.school).get(reverse("filing", args=[Filing.objects.get(code=SCHOOL).pk]))
    told = page.content.decode()
    assert "这一年已定稿" in told
    assert ("未列入定稿" in told) == (state == State.RETURNED)
    assert "截止" not in told
