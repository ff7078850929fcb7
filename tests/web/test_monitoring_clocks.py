"""Clocks of the ledger: overdue, escalated once, whatever the clock does; counties by what is overdue."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from tests.web.conftest import Site
from tests.web.monitored import NOW, TODAY, People, alert_in, gap_in

from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry
from junheng.web.clocks.daily import remind_daily
from junheng.web.findings.actions import keep
from junheng.web.findings.models import Finding
from junheng.web.monitoring import queries
from junheng.web.monitoring.actions import run_clocks
from junheng.web.monitoring.clocks import clocks, days_over, level_of, period_of
from junheng.web.monitoring.models import Event, Gap, Run
from junheng.web.monitoring.states import State
from junheng.web.people.actions import add_organisation
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Kind, Role

Browse = Callable[[Role, Organisation], Client]
_LEADER, _INSPECTOR = clocks().levels


@pytest.fixture
def gap(site: Site, finding: Finding, person: People) -> Gap:
    """A gap due in ten days."""
    return gap_in(site, person(Role.OFFICER, site.county), alert_in(finding, site.neighbour), days=10)


def _on(days: int) -> int:
    """Run the clocks so many days after the deadline."""
    past = timedelta(days=10 + days)
    return run_clocks(NOW + past, TODAY + past)


def test_each_step_is_told_once_whatever_the_clock_does(gap: Gap) -> None:
    steps = [
        (0, 0, 0), (1, 0, 0), (_LEADER.days - 1, 0, 0), (_LEADER.days, 1, 1), (_LEADER.days, 0, 1),
        (-500, 0, 1), (_LEADER.days + 1, 0, 1), (_INSPECTOR.days, 1, 2), (9999, 0, 2), (0, 0, 2),
    ]  # fmt: skip
    for days, told, level in steps:
        assert (_on(days), Gap.objects.get().level) == (told, level), days
    assert Event.objects.filter(act="escalate").count() == 2
    assert Entry.objects.filter(action="gap.escalate", actor_id=None).count() == 2
    assert list(faults()) == []


def test_a_clock_that_jumps_far_on_tells_the_last_step_alone(gap: Gap) -> None:
    assert (_on(4000), Gap.objects.get().level) == (1, 2)


def test_what_is_closed_is_not_escalated(gap: Gap, finding: Finding) -> None:
    Gap.objects.update(state=State.CLOSED, closed_by=finding, closed_at=NOW)
    assert _on(4000) == 0
    assert queries.line_of(Gap.objects.get(), date(2099, 1, 1)).days_over == 0


def test_the_clocks_run_by_a_command(gap: Gap) -> None:
    call_command("gap_clocks", now=(NOW + timedelta(days=50)).isoformat())
    assert Gap.objects.get().level == 2


def test_the_clocks_run_once_a_day_with_the_workers_round(
    gap: Gap, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    Gap.objects.update(due_on=localdate() - timedelta(days=_LEADER.days))
    with django_capture_on_commit_callbacks(execute=True):
        assert remind_daily()
    assert Gap.objects.get().level == 1
    assert not remind_daily()


def test_the_rules_run_by_themselves_when_a_finding_becomes_current(
    site: Site, district_finding: Path, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        found = keep(None, site.county, district_finding)
    run = Run.objects.get(finding=found)
    assert (run.error, run.by) == (None, None)
    assert run.fired > 100


def test_days_and_levels_are_counted_from_the_deadline() -> None:
    due = date(2026, 2, 27)
    for today, over in ((date(2026, 2, 27), 0), (date(2026, 3, 1), 2), (date(2020, 1, 1), 0)):
        assert days_over(due, today) == over
    assert level_of(due, due + timedelta(days=_LEADER.days)) == 1
    assert level_of(due, due) == 0


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 3, 1), date(2026, 1, 1), date(2026, 2, 28)),
        (date(2026, 4, 30), date(2026, 1, 1), date(2026, 2, 28)),
        (date(2026, 1, 15), date(2025, 11, 1), date(2025, 12, 31)),
        (date(2024, 3, 1), date(2024, 1, 1), date(2024, 2, 29)),
    ],
)
def test_a_bulletin_covers_the_last_two_whole_months(today: date, first: date, last: date) -> None:
    assert period_of(today) == (first, last)


def test_overdue_gaps_have_a_list_of_their_own(gap: Gap, site: Site, browse: Browse) -> None:
    Gap.objects.update(due_on=localdate() - timedelta(days=40))
    address = reverse("gaps", args=[site.county.pk])
    page = browse(Role.LEADER, site.county).get(f"{address}?tab=overdue").content.decode()
    assert gap.title in page
    assert _INSPECTOR.name.zh in page
    Gap.objects.update(due_on=localdate())
    assert gap.title not in browse(Role.LEADER, site.county).get(f"{address}?tab=overdue").content.decode()


def _count(client: Client, address: str) -> int:
    client.get(address)  # the first one of a session asks more
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_lists_ask_the_same_number_of_queries_for_one_and_for_thirty(
    site: Site, finding: Finding, person: People, browse: Browse
) -> None:
    officer, inspector = browse(Role.OFFICER, site.county), browse(Role.INSPECTOR, site.city)
    addresses = [
        (officer, reverse("monitoring", args=[site.county.pk])),
        (officer, reverse("gaps", args=[site.county.pk])),
        (inspector, reverse("monitoring", args=[site.city.pk])),
    ]
    gap_in(site, person(Role.OFFICER, site.county), alert_in(finding, site.neighbour))
    before = [_count(client, address) for client, address in addresses]
    for number in range(29):
        alert = alert_in(finding, site.neighbour, indicator=f"X{number}")
        gap_in(site, person(Role.OFFICER, site.county), alert)
        add_organisation(None, Kind.COUNTY, f"县{number}", site.city, f"88{number:04}", 2015)
    assert [_count(client, address) for client, address in addresses] == before


def test_a_gaps_page_asks_the_same_for_one_event_and_for_thirty(gap: Gap, site: Site, browse: Browse) -> None:
    officer, address = browse(Role.OFFICER, site.county), reverse("gap", args=[gap.pk])
    before = _count(officer, address)
    first = Event.objects.get()
    for _ in range(29):
        first.pk = None
        first.save()
    assert _count(officer, address) == before


def test_the_city_sees_its_counties_the_worst_first(
    gap: Gap, site: Site, finding: Finding, person: People, browse: Browse
) -> None:
    lines = queries.counties_below(site.city, TODAY)
    assert [(one.county, one.standing, one.overdue) for one in lines] == [
        (site.county, 1, 0),
        (site.other, 0, 0),
    ]
    late = queries.counties_below(site.city, TODAY + timedelta(days=11))
    assert (late[0].overdue, late[0].alerts) == (1, 1)
    page = browse(Role.INSPECTOR, site.city).get(reverse("monitoring", args=[site.city.pk])).content.decode()
    assert page.index("XX区") < page.index("YY区")
    assert browse(Role.LEADER, site.county).get(reverse("monitoring", args=[site.city.pk])).status_code == 404
