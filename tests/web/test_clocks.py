"""Deadlines, reminders and the round of the worker, under a clock of the test's own."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import NEIGHBOUR, YEAR, filings_of

from junheng.web.clocks.daily import remind_daily
from junheng.web.clocks.deadlines import Deadline, Duty, deadline
from junheng.web.clocks.mailing import mail_notices
from junheng.web.clocks.models import Notice, ReminderDay
from junheng.web.clocks.remind import remind
from junheng.web.clocks.standing import standings
from junheng.web.clocks.terms import Limits, default_limits, in_force, limits_of, set_terms
from junheng.web.filing import review
from junheng.web.filing.models import CountyYear, Filing
from junheng.web.filing.states import State
from junheng.web.people.models import Account, Organisation, Post
from junheng.web.people.roles import Role

People = Callable[[Role, Organisation], Account]
DUE = date(YEAR, 10, 31)
LIMITS = (Limits(date(2000, 1, 1), 7, 10, (1, 3, 7), None),)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)  # noon in China


@pytest.fixture
def opened(site: Site, person: People) -> CountyYear:
    """A year due on 31 October, with a clerk in the first school."""
    person(Role.CLERK, site.school)
    year = filings_of(site, person(Role.OFFICER, site.county))[SCHOOL].county_year
    Post.objects.update(since=date(2020, 1, 1))  # they had their posts when it was due
    return year


@pytest.mark.parametrize(
    ("state", "began", "expected"),
    [
        (State.DRAFT, None, Deadline(Duty.SCHOOL, DUE)),
        (State.RETURNED, date(YEAR, 10, 1), Deadline(Duty.SCHOOL, DUE)),  # never less than the year gives
        (State.RETURNED, date(YEAR, 10, 30), Deadline(Duty.SCHOOL, date(YEAR, 11, 6))),
        (State.SUBMITTED, date(YEAR, 10, 30), Deadline(Duty.BUREAU, date(YEAR, 11, 9))),
        (State.SUBMITTED, None, Deadline(Duty.NOBODY, None)),
        (State.ACCEPTED, None, Deadline(Duty.NOBODY, None)),
        (State.FROZEN, None, Deadline(Duty.NOBODY, None)),
    ],
)
def test_whose_turn_it_is_and_until_when(state: State, began: date | None, expected: Deadline) -> None:
    assert deadline(state, DUE, began, LIMITS) == expected


@given(st.dates(date(2001, 1, 1), date(2090, 1, 1)), st.dates(date(2001, 1, 1), date(2090, 1, 1)))
def test_any_clock_gives_days(began: date, today: date) -> None:
    due = deadline(State.RETURNED, DUE, began, LIMITS)
    assert due.due_on is not None
    assert due.due_on >= DUE
    assert due.days_left(today) == (due.due_on - today).days


def test_limits_are_those_of_the_day_the_state_began(site: Site, person: People) -> None:
    (plain,) = default_limits()
    assert plain.basis is not None
    officer = person(Role.OFFICER, site.county)
    set_terms(officer, site.county, date(2024, 6, 1), 3, 4)
    set_terms(officer, site.county, date(2024, 9, 1), 5, 6)
    set_terms(officer, site.county, date(2024, 9, 1), 5, 8)  # mended the same day
    limits = limits_of(site.county)
    days = [
        in_force(limits, day).days_to_review
        for day in (date(2024, 5, 31), date(2024, 6, 1), date(2025, 1, 1))
    ]
    assert days == [plain.days_to_review, 4, 8]
    assert in_force(limits_of(site.other), date(2025, 1, 1)) == plain
    assert in_force(limits, date(1990, 1, 1)) == plain


def test_a_return_sent_back_has_its_days_from_then_on(opened: CountyYear, site: Site, person: People) -> None:
    filing = Filing.objects.get(code=SCHOOL)
    Filing.objects.filter(pk=filing.pk).update(state=State.SUBMITTED, submitted_at=at(date(2024, 11, 1)))
    before = next(one for one in standings(opened, date(2024, 11, 12)) if one.filing.code == SCHOOL)
    assert (before.deadline.duty, before.days, before.look) == (Duty.BUREAU, -1, "submitted")
    assert [one.name for one in before.people] == [person(Role.OFFICER, site.county).name]
    review.send_back(person(Role.OFFICER, site.county), filing, "请核实")
    today = timezone.localdate()
    after = next(one for one in standings(opened, today) if one.filing.code == SCHOOL)
    assert (after.look, after.days) == ("returned", default_limits()[0].days_after_return)
    assert [one.name for one in after.people] == [person(Role.CLERK, site.school).name]


def test_each_reminder_comes_once_whatever_the_clock_does(
    opened: CountyYear, person: People, site: Site
) -> None:
    clerk = person(Role.CLERK, site.school)
    days = [-8, -7, -6, -3, -1, 0, 1, 5, -7, -30, 1]  # the clock jumps back, and on again
    made = [remind(at(DUE + timedelta(days=day))) for day in days]
    assert made == [0, 1, 0, 1, 1, 0, 2, 0, 0, 0, 0]  # past the day the officer is told too
    told = [one.zh for one in Notice.objects.filter(account=clerk).order_by("pk")]
    assert len(told) == 4
    assert "2024-10-31" in told[0]
    assert "已过截止日期" in told[3]
    assert Notice.objects.get(account=person(Role.OFFICER, site.county)).zh.endswith("2 所学校逾期未报")
    assert call_command("remind") is None
    assert Notice.objects.count() == 5


def test_who_has_reported_is_left_in_peace_and_the_officer_reminded(
    opened: CountyYear, person: People, site: Site
) -> None:
    day = date(2024, 10, 20)
    Filing.objects.filter(code=SCHOOL).update(state=State.SUBMITTED, submitted_at=at(day))
    Filing.objects.filter(code=NEIGHBOUR).update(state=State.ACCEPTED)
    assert remind(at(day)) == 0
    assert remind(at(day + timedelta(days=4))) == 1
    (notice,) = Notice.objects.all()
    assert (notice.account, notice.due_on) == (person(Role.OFFICER, site.county), date(2024, 10, 30))
    assert remind(at(DUE + timedelta(days=5))) == 1  # late with the review
    CountyYear.objects.update(frozen_at=timezone.now(), sha256="0" * 64)
    assert remind(at(DUE + timedelta(days=90))) == 0


def test_the_worker_reminds_once_a_day(opened: CountyYear) -> None:
    day = DUE - timedelta(days=7)
    assert remind_daily(at(day))
    assert not remind_daily(at(day))
    assert Notice.objects.count() == 1
    assert not remind_daily(at(day) + timedelta(hours=3))
    assert remind_daily(at(day + timedelta(days=4)))
    assert not remind_daily(at(day))  # the clock jumped back
    assert (ReminderDay.objects.count(), Notice.objects.count()) == (2, 2)


def test_mail_is_off_until_it_is_configured(
    opened: CountyYear, settings: object, person: People, site: Site
) -> None:
    clerk = person(Role.CLERK, site.school)
    clerk.email = "clerk@example.org"
    clerk.save()
    remind(at(DUE))
    assert mail_notices() == 0
    for name, value in (
        ("EMAIL_HOST", "localhost"),
        ("DEFAULT_FROM_EMAIL", "site@example.org"),
        ("SITE_ADDRESS", "https://a.example"),
    ):
        setattr(settings, name, value)
    assert (mail_notices(), mail_notices()) == (1, 0)
    (letter,) = mail.outbox
    assert letter.to == ["clerk@example.org"]
    assert f"https://a.example/filing/{Filing.objects.get(code=SCHOOL).pk}" in letter.body
    assert "900" not in letter.body


def test_a_letter_that_is_refused_is_tried_again(
    opened: CountyYear, settings: object, person: People, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    Account.objects.filter(pk=person(Role.CLERK, site.school).pk).update(email="clerk@example.org")
    remind(at(DUE))
    for name, value in (("EMAIL_HOST", "localhost"), ("DEFAULT_FROM_EMAIL", "site@example.org")):
        setattr(settings, name, value)

    def refuse(*_: object) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr("junheng.web.clocks.mailing.send_mail", refuse)
        assert mail_notices() == 0
    assert mail_notices() == 1
