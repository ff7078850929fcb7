"""Accepting one after the other, and several at once: what speaks against one is told, and
stops no other."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import NEIGHBOUR, cell_of, filings_of, tables_of

from junheng.web.audit.models import Entry
from junheng.web.filing import review
from junheng.web.filing.accepting import accept_many, next_to_review
from junheng.web.filing.models import Cell, Filing, Remark
from junheng.web.filing.states import State
from junheng.web.people.actions import add_organisation
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Kind, Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]
THIRD = "2199000003"


@pytest.fixture
def filings(site: Site, person: People, tmp_path: Path) -> dict[str, Filing]:
    """Three returns that wait for review, with nothing odd in the first and nothing at all in the others."""
    add_organisation(None, Kind.SCHOOL, "第三小学", site.county, THIRD, 2015)
    found = filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "before"))
    Filing.objects.update(state=State.SUBMITTED, checked_revision=0)  # as if the checks had found nothing
    return {code: Filing.objects.get(pk=one.pk) for code, one in found.items()}


def test_after_one_is_accepted_the_next_that_waits_is_open(
    filings: dict[str, Filing], site: Site, browse: Browse
) -> None:
    officer = browse(Role.OFFICER, site.county)

    def accepted(code: str) -> str:
        sent = {"next": "1", "section": "stage"}
        answer = officer.post(reverse("filing_accept", args=[filings[code].pk]), sent)
        return str(answer["Location"])

    shown = officer.get(reverse("filing", args=[filings[SCHOOL].pk])).content.decode()
    assert "通过并看下一份" in shown
    assert accepted(NEIGHBOUR) == reverse("filing", args=[filings[THIRD].pk]) + "?section=stage"
    assert accepted(THIRD) == reverse("filing", args=[filings[SCHOOL].pk]) + "?section=stage", "round again"
    assert accepted(SCHOOL) == reverse("filing_year", args=[filings[SCHOOL].county_year_id])
    assert next_to_review(filings[SCHOOL]) is None
    assert set(Filing.objects.values_list("state", flat=True)) == {State.ACCEPTED}


def test_what_another_officer_took_meanwhile_is_told_and_stays_open(
    filings: dict[str, Filing], site: Site, browse: Browse, person: People
) -> None:
    review.accept(person(Role.OFFICER, site.county), filings[SCHOOL])
    address = reverse("filing_accept", args=[filings[SCHOOL].pk])
    answer = browse(Role.OFFICER, site.county).post(address, {"next": "1"}, follow=True)
    assert "不能通过" in answer.content.decode()
    assert Entry.objects.filter(action="filing.accept").count() == 1


def test_of_several_those_with_broken_logic_or_unsent_reasons_are_left_and_told_why(
    filings: dict[str, Filing], site: Site, person: People, browse: Browse
) -> None:
    officer = person(Role.OFFICER, site.county)
    cell = cell_of(filings[SCHOOL], "stage", "pupils")
    Cell.objects.filter(pk=cell.pk).update(value="-3")
    Filing.objects.filter(code=SCHOOL).update(checked_revision=None)
    review.remark(officer, filings[NEIGHBOUR], None, "", "请核对")
    browser, year = browse(Role.OFFICER, site.county), [filings[SCHOOL].county_year_id]
    page = browser.get(reverse("filing_year", args=year)).content.decode()
    assert page.count('name="filing"') == len(filings)
    sent = {"filing": [str(one.pk) for one in filings.values()]}
    told = browser.post(reverse("filing_accept_many", args=year), sent, follow=True).content.decode()
    assert "已通过 1 份报表" in told
    assert "没有通过：XX区实验小学：逻辑问题 1 个" in told
    assert "没有通过：XX区师范附属小学：有 1 条意见没有发出" in told
    states = dict(Filing.objects.values_list("code", "state"))
    assert states == {SCHOOL: State.SUBMITTED, NEIGHBOUR: State.SUBMITTED, THIRD: State.ACCEPTED}
    assert Remark.objects.count() == 1
    entries = Entry.objects.filter(action="filing.accept").values_list("object_id", flat=True)
    assert list(entries) == [str(filings[THIRD].pk)]


def test_all_that_were_shown_are_taken_and_none_of_another_year(
    filings: dict[str, Filing], site: Site, person: People, browse: Browse
) -> None:
    browser, year = browse(Role.OFFICER, site.county), [filings[SCHOOL].county_year_id]
    address = reverse("filing_accept_many", args=year)
    assert "没有选报表" in browser.post(address, {"filing": "x"}, follow=True).content.decode()
    shown = [str(filings[SCHOOL].pk), str(filings[THIRD].pk), "999999"]
    browser.post(address, {"all": "1", "shown": shown})
    taken = Filing.objects.filter(state=State.ACCEPTED).values_list("code", flat=True)
    assert set(taken) == {SCHOOL, THIRD}
    done, left = accept_many(person(Role.OFFICER, site.county), [filings[SCHOOL], filings[NEIGHBOUR]])
    assert [one.code for one in done] == [NEIGHBOUR]
    assert [(one.filing.code, "不能通过" in one.why) for one in left] == [(SCHOOL, True)], "seen as it was"
