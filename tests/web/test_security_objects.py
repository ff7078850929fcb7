"""Ids of others in a form or behind an own address: rows, batches, scenarios, owners, campuses, trials of others."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.api_keys import Program, key
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import NEIGHBOUR, cell_of, filings_of, row_of, tables_of
from tests.web.monitored import alert_in, gap_in
from tests.web.scenarios import scenario_of
from tests.web.test_whatif import source  # noqa: F401 # the finding's input, as a fixture

from junheng.web.filing.models import Cell, Remark, Workbook
from junheng.web.findings import school_page
from junheng.web.findings.models import Finding
from junheng.web.monitoring.models import Gap
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role
from junheng.web.whatif import views as whatif

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]


@pytest.fixture
def returns(site: Site, person: People, tmp_path: Any) -> Any:
    return filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "t"))


def test_a_form_of_ones_own_return_changes_no_row_of_another(
    site: Site, returns: Any, browse: Browse
) -> None:
    foreign, clerk = row_of(returns[NEIGHBOUR], "school"), browse(Role.CLERK, site.school)
    before = list(Cell.objects.filter(row__filing=returns[NEIGHBOUR]).values_list("pk", "value"))
    clerk.post(
        reverse("filing_section", args=[returns[SCHOOL].pk]),
        {f"c-{foreign.pk}-name": "夺", "section": "school"},
    )
    mine = [returns[SCHOOL].pk, foreign.pk]
    assert clerk.post(reverse("filing_cell", args=[*mine, "name"]), {"value": "夺"}).status_code == 404
    assert clerk.post(reverse("filing_row_remove", args=mine)).status_code == 404
    assert clerk.get(reverse("filing_history", args=[*mine, "name"])).status_code == 404
    assert list(Cell.objects.filter(row__filing=returns[NEIGHBOUR]).values_list("pk", "value")) == before
    officer = browse(Role.OFFICER, site.county)
    officer.post(reverse("filing_remark", args=[returns[SCHOOL].pk]), {f"r-{foreign.pk}-name": "错"})
    assert not Remark.objects.exists()


def test_a_workbook_of_another_school_is_not_shown_nor_merged(
    site: Site, returns: Any, browse: Browse
) -> None:
    filled = Workbook.objects.create(
        filing=returns[NEIGHBOUR], name="a.xlsx", made_of=0, filled="[]", not_read="[]", batch="b1"
    )
    clerk = browse(Role.CLERK, site.school)
    assert clerk.get(reverse("filing_workbook", args=[filled.pk])).status_code == 404
    assert clerk.post(reverse("filing_workbook_apply", args=[filled.pk])).status_code == 404
    filled.refresh_from_db()
    assert filled.applied_at is None
    assert cell_of(returns[SCHOOL], "school", "name").value


def test_alerts_and_owners_of_another_county_enter_no_gap(
    site: Site, finding: Finding, person: People, browse: Browse
) -> None:
    officer, stranger = browse(Role.OFFICER, site.other), person(Role.OFFICER, site.other)
    alert = alert_in(finding, site.neighbour)
    told = {
        "alert": alert.pk,
        "title": "x",
        "owner": f"account:{site.other.pk}:{stranger.pk}",
        "due_on": "2030-01-01",
    }
    address = reverse("gap_new", args=[site.other.pk])
    answer = officer.post(address, {**told, "measures": "x", "passing": "x"})
    assert answer.status_code == 302
    assert not Gap.objects.exists()
    gap = gap_in(site, person(Role.OFFICER, site.county), alert)
    amended = {"owner": f"account:{site.other.pk}:{stranger.pk}", "due_on": "2030-01-01", "words": "x"}
    browse(Role.OFFICER, site.county).post(reverse("gap_amend", args=[gap.pk]), amended)
    gap.refresh_from_db()
    assert (gap.owner_id, gap.owner_place_id) == (None, site.neighbour.pk)


def test_a_scenario_of_another_head_is_neither_opened_nor_compared(
    site: Site, finding: Finding, person: People, browse: Browse
) -> None:
    mine = scenario_of(finding, person(Role.HEAD, site.school))
    theirs = scenario_of(finding, person(Role.HEAD, site.neighbour))
    for one, school in ((mine, SCHOOL), (theirs, NEIGHBOUR)):
        type(one).objects.filter(pk=one.pk).update(own_school=school)
    for client in (browse(Role.HEAD, site.school), browse(Role.LEADER, site.county)):
        for name in ("scenario", "scenario_compare"):
            assert client.get(reverse(name, args=[theirs.pk])).status_code == 404
        for name in ("scenario_copy", "scenario_delete", "scenario_evaluate"):
            assert client.post(reverse(name, args=[theirs.pk])).status_code == 404
    head = browse(Role.HEAD, site.school)
    assert head.get(reverse("scenario_compare", args=[mine.pk]), {"with": theirs.pk}).status_code == 404


def test_a_trial_of_another_school_computes_nothing_for_a_head(
    site: Site,
    finding: Finding,
    source: Path,  # noqa: F811 # the fixture
    browse: Browse,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With "what would close it" the library was asked before the refusal, and its errors told figures of others."""

    def asked(*_: Any) -> Any:
        raise AssertionError("the library was asked about another school")

    monkeypatch.setattr(whatif, "what_if", asked)
    told = {f"set:{NEIGHBOUR}:primary:stage:pupils": "1", "close": f"{SCHOOL}:primary:R1", "school": SCHOOL}
    answer = browse(Role.HEAD, site.school).post(reverse("whatif", args=[finding.pk]), told)
    assert "只能改动本校的数字" in answer.content.decode()


def test_a_campus_merged_into_another_school_gives_its_token_nothing(
    site: Site, finding: Finding, person: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library answers such a code with the figures of the school it was merged into."""
    _, word = key(person(Role.ADMINISTRATOR, site.county), site.school)
    address = f"/findings/{finding.pk}/schools/{SCHOOL}/R1"
    assert Program(word).get(address).status_code == 200
    for_county = (
        f"/findings/{finding.pk}/schools/{SCHOOL}/G9"  # the whole county's, which names other schools
    )
    assert Program(word).get(for_county).status_code == 404
    monkeypatch.setattr(school_page, "has_school", lambda *_: False)
    assert Program(word).get(address).status_code == 404
    _, word = key(person(Role.ADMINISTRATOR, site.county), site.county)
    assert Program(word).get(address).status_code == 200
