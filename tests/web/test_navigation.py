"""The bar of a place shows what may be opened and nothing else; the first page; the tour."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.conftest import Site
from tests.web.filings import filings_of, tables_of

from junheng.web.filing.models import CountyYear, Filing
from junheng.web.filing.states import State
from junheng.web.findings.models import Finding
from junheng.web.front.models import Toured
from junheng.web.front.navigation import PARTS, ways_of
from junheng.web.front.tours import TOURS, tour_of
from junheng.web.front.waiting import waiting
from junheng.web.jobs.models import Job
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Kind, Role, Section

_EVERYBODY = [
    (Role.CLERK, "school"),
    (Role.HEAD, "school"),
    (Role.OFFICER, "county"),
    (Role.LEADER, "county"),
    (Role.ADMINISTRATOR, "county"),
    (Role.INSPECTOR, "city"),
]


@pytest.mark.parametrize(("role", "where"), _EVERYBODY)
def test_the_bar_shows_what_opens_and_hides_what_does_not(
    role: Role, where: str, site: Site, browse: Callable[..., Client], person: Callable[..., Account]
) -> None:
    place: Organisation = getattr(site, where)
    client = browse(role, place)
    shown = {way.route for way in ways_of(person(role, place), place)}
    assert {"place", "monitoring"} <= shown
    for part in PARTS:
        if place.kind in part.kinds:
            answer = client.get(reverse(part.route, args=[place.pk]))
            assert answer.status_code == (200 if part.route in shown else 404), part.route


def test_what_each_role_finds(site: Site, person: Callable[..., Account]) -> None:
    def found(role: Role, place: Organisation) -> list[str]:
        return [way.route for way in ways_of(person(role, place), place)]

    assert found(Role.CLERK, site.school) == [
        "place",
        "filing_years",
        "monitoring",
        "ledgers",
        "appraisals",
        "evidence",
    ]
    assert "desk" in found(Role.LEADER, site.county)
    assert "people" not in found(Role.LEADER, site.county)
    assert "tokens" in found(Role.ADMINISTRATOR, site.county)
    assert "desk" not in found(Role.ADMINISTRATOR, site.county)
    assert found(Role.INSPECTOR, site.city) == ["place", "clocks_reported", "monitoring", "trail"]


def test_the_part_one_is_in_is_marked(
    site: Site, finding: Finding, browse: Callable[..., Client], person: Callable[..., Account]
) -> None:
    client = browse(Role.LEADER, site.county)
    for route, args, expected in (
        ("place", [site.county.pk], "place"),
        ("finding", [finding.pk], "place"),
        ("finding_files", [finding.pk], "jobs"),
        ("whatif", [finding.pk], "scenarios"),
        ("clocks_terms", [site.county.pk], "filing_years"),
        ("gaps", [site.county.pk], "monitoring"),
        ("notices", [], None),
    ):
        bar = client.get(reverse(route, args=args)).context["bar"]
        assert bar.place == site.county
        assert (bar.current.route if bar.current else None) == expected, route


def test_a_school_looking_at_its_county_s_finding_keeps_its_own_bar(
    site: Site, finding: Finding, browse: Callable[..., Client]
) -> None:
    address = reverse("finding_school", args=[finding.pk, "2199000001"])
    assert browse(Role.CLERK, site.school).get(address).context["bar"].place == site.school


def test_the_public_has_no_bar(site: Site, browse: Callable[..., Client]) -> None:
    assert Client().get(reverse("public")).context["bar"] is None
    assert browse(Role.LEADER, site.county).get(reverse("public")).context["bar"] is None


def test_the_bar_asks_the_database_nothing_of_its_own(
    site: Site, person: Callable[..., Account], django_assert_num_queries: Any
) -> None:
    leader = person(Role.LEADER, site.county)
    ways_of(leader, site.county)  # reads the posts, once per account
    with django_assert_num_queries(0):
        assert len(ways_of(leader, site.county)) > 5


@pytest.fixture
def returns(site: Site, person: Callable[..., Account], tmp_path: Any) -> list[Filing]:
    """The county's year, opened."""
    return list(filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "year")).values())


def test_what_waits_for_the_office_and_for_the_school(
    site: Site, person: Callable[..., Account], returns: list[Filing]
) -> None:
    officer, clerk = person(Role.OFFICER, site.county), person(Role.CLERK, site.school)
    CountyYear.objects.update(due_on=date.today() + timedelta(days=3))  # noqa: DTZ011 # days, not moments
    Filing.objects.filter(school=site.neighbour).update(state=State.SUBMITTED)
    Job.objects.create(county=site.county, work="report")
    told = [(one.count, one.words.en.split(" (")[0], one.tone) for one in waiting(officer, site.county)]
    assert told == [
        (1, "returns of 2024 to review", "floor"),
        (1, "schools still to report 2024", "unknown"),
        (1, "jobs under way", "unknown"),
    ]
    assert [one.words.zh[:12] for one in waiting(clerk, site.school)] == ["份 2024 年报表要填"]
    CountyYear.objects.update(due_on=date(2024, 10, 31))
    assert waiting(officer, site.county)[0].tone == "bad"
    assert waiting(clerk, site.school)[0].tone == "bad"


def test_every_return_accepted_waits_to_be_frozen(
    site: Site, person: Callable[..., Account], returns: list[Filing]
) -> None:
    Filing.objects.update(state=State.ACCEPTED)
    (only,) = waiting(person(Role.OFFICER, site.county), site.county)
    assert (only.count, only.tone) == (len(returns), "good")


def test_the_first_page_asks_as_often_for_one_return_as_for_many(
    site: Site, browse: Callable[..., Client], returns: list[Filing]
) -> None:
    client, address = browse(Role.LEADER, site.county), reverse("place", args=[site.county.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _ in range(30):
        Job.objects.create(county=site.county, work="report")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_the_tour_is_offered_until_it_was_seen(site: Site, browse: Callable[..., Client]) -> None:
    client, address = browse(Role.LEADER, site.county), reverse("place", args=[site.county.pk])
    assert 'id="tour"' in client.get(address).content.decode()
    for _ in range(2):
        assert client.post(reverse("toured")).status_code == 302
    assert Toured.objects.count() == 1
    assert 'id="tour"' not in client.get(address).content.decode()
    assert 'id="tour"' in client.get(f"{address}?tour").content.decode()


@pytest.mark.parametrize(("role", "where"), _EVERYBODY)
def test_each_role_reads_how_to_begin(
    role: Role, where: str, site: Site, browse: Callable[..., Client], person: Callable[..., Account]
) -> None:
    place = getattr(site, where)
    client = browse(role, place)
    page = client.get(reverse("start")).content.decode()
    assert all(step.head.zh in page and step.said.zh in page for step in TOURS[role])
    known = {part.route for part in PARTS} | {"notices"}
    assert {step.at for step in TOURS[role]} <= known
    client.cookies["django_language"] = "en"
    switched = unescape(client.get(reverse("start")).content.decode())
    assert all(step.head.en in switched for step in TOURS[role])
    assert TOURS[role][0].said.zh not in switched


def test_every_step_of_a_tour_points_at_something_its_role_has(
    site: Site, person: Callable[..., Account]
) -> None:
    for role, where in _EVERYBODY:
        place = getattr(site, where)
        shown = {way.route for way in ways_of(person(role, place), place)} | {"notices"}
        assert {step.at for step in TOURS[role]} <= shown, role


def test_a_tour_leaves_out_what_the_section_has_no_part_in(
    site: Site, person: Callable[..., Account]
) -> None:
    """Figures and statistics do not publish: their tour does not point at a part their bar has not."""
    role = Role.OFFICER
    officer = person(role, site.county)
    assert tour_of(officer, site.county) == TOURS[role]
    officer.posts.update(section=Section.STATISTICS)
    told = {step.at for step in tour_of(Account.objects.get(pk=officer.pk), site.county)}
    assert {step.at for step in TOURS[role]} - told == {"desk"}


def test_a_person_without_a_post_is_told_what_to_do(db: None) -> None:
    from django.conf import settings

    client = Client()
    nobody = Account.objects.create_user(username="nobody", password="x")
    client.force_login(nobody, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert "请联系本单位管理员" in client.get(reverse("start")).content.decode()
    assert client.get(reverse("home")).context["bar"] is None


def test_kinds_of_places_have_their_parts() -> None:
    assert all(any(kind in part.kinds for part in PARTS) for kind in Kind)
