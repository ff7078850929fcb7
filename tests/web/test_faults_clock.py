"""A clock that goes back an hour or on a day: sessions, deadlines, freezing and the trail
keep their order."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import NEIGHBOUR, filings_of, tables_of

from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry
from junheng.web.clocks.models import Notice
from junheng.web.clocks.remind import remind
from junheng.web.clocks.standing import standings
from junheng.web.filing import review
from junheng.web.filing.freezing import freeze
from junheng.web.filing.models import CountyYear, Filing, UndoneFreeze
from junheng.web.filing.states import State
from junheng.web.filing.unfreezing import unfreeze
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Sets the site's clock off by so much."""
    real = timezone.now

    def jump(by: timedelta) -> None:
        monkeypatch.setattr(timezone, "now", lambda: real() + by)

    return jump


@pytest.fixture
def filing(site: Site, person: People, tmp_path: Path) -> Filing:
    return filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "before"))[SCHOOL]


def test_a_session_outlives_the_clock_going_back_and_ends_when_its_time_is_over(
    site: Site, browse: Browse, clock: Callable[[timedelta], None]
) -> None:
    client, page = browse(Role.OFFICER, site.county), reverse("place", args=[site.county.pk])
    lasts = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    for by, status in ((-HOUR, 200), (timedelta(0), 200), (lasts + DAY, 302), (timedelta(0), 302)):
        clock(by)
        assert client.get(page).status_code == status, (
            by
        )  # once over, over: a clock that comes back lets nobody in


def test_deadlines_are_reckoned_anew_and_a_reminder_of_the_other_day_is_not_given_twice(
    site: Site, person: People, filing: Filing, clock: Callable[[timedelta], None]
) -> None:
    person(Role.CLERK, site.school)
    CountyYear.objects.update(due_on=timezone.localdate())
    year = CountyYear.objects.get()
    assert [one.is_late for one in standings(year)] == [False, False]
    remind()
    before = Notice.objects.count()
    clock(DAY)
    assert [one.is_late for one in standings(year)] == [True, True]
    remind()
    late = Notice.objects.count()
    assert late > before
    clock(timedelta(0))
    assert [one.is_late for one in standings(year)] == [False, False], "nothing of it was stored"
    clock(DAY)
    remind()
    assert Notice.objects.count() == late, "the day came a second time"


def test_what_is_done_while_the_clock_goes_back_stands_in_the_order_it_was_done(
    site: Site, person: People, filing: Filing, browse: Browse, clock: Callable[[timedelta], None]
) -> None:
    officer, leader = person(Role.OFFICER, site.county), person(Role.LEADER, site.county)
    Filing.objects.filter(code=NEIGHBOUR).update(state=State.ACCEPTED)
    Filing.objects.filter(code=SCHOOL).update(state=State.SUBMITTED)
    review.accept(officer, filing)
    clock(-HOUR)
    frozen = freeze(officer, filing.county_year)
    clock(-DAY)
    unfreeze(leader, frozen, "定稿过早")
    clock(DAY)
    anew = freeze(officer, CountyYear.objects.get())
    assert anew.sha256 == frozen.sha256, "the same figures, whatever the clock says"
    assert UndoneFreeze.objects.get().superseded_at == anew.frozen_at
    done = list(Entry.objects.order_by("number").values_list("number", "action"))
    assert [action for _, action in done[-4:]] == [
        "filing.accept", "filing.freeze", "filing.unfreeze", "filing.freeze",
    ]  # fmt: skip
    assert [number for number, _ in done] == list(range(1, len(done) + 1))
    assert list(faults()) == []
    clock(timedelta(0))
    page = browse(Role.LEADER, site.county).get(reverse("trail", args=[site.county.pk])).content.decode()
    table = page.split("<tbody", 1)[1]
    assert table.index("撤销定稿") < table.index("通过报表"), "the newest first, by number"
    told = [json.loads(one.detail) for one in Entry.objects.filter(action="filing.unfreeze")]
    assert [one["reason"] for one in told] == ["定稿过早"]


def test_a_year_past_its_day_by_a_wrong_clock_is_on_time_again(
    site: Site, filing: Filing, browse: Browse, clock: Callable[[timedelta], None]
) -> None:
    CountyYear.objects.update(due_on=timezone.localdate())
    address = reverse("filing_year", args=[filing.county_year_id])
    told = []
    for by in (timedelta(0), DAY, timedelta(0)):
        clock(by)
        told.append("已过期" in browse(Role.OFFICER, site.county).get(address).content.decode())
    assert told == [False, True, False]
