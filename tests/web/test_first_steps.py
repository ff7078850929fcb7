"""A new, empty county: its first page says what to do first, in order; no page of it breaks."""

from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.web.walks import ROUTES

from junheng.web.filing.models import CountyYear, Filing
from junheng.web.filing.opening import Opening, open_year
from junheng.web.findings.models import Finding
from junheng.web.front.first_steps import first_steps
from junheng.web.people.actions import add_organisation, give_post
from junheng.web.people.establishing import establish
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Kind, Role

Person = Callable[[Role, Organisation], Account]


@pytest.fixture
def county(db: None) -> Organisation:
    """As ``establish`` leaves it: no school, no year, one administrator."""
    return establish(["全国", "丙省", "丁市", "戊县"], "229901", 2020, "wang", "王某")[0]


def _page(person: Account, county: Organisation) -> str:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client.get(reverse("place", args=[county.pk])).content.decode()


def _states(person: Account, county: Organisation) -> list[bool]:
    return [one.is_done for one in first_steps(person, county)]


def test_the_steps_are_told_in_order_and_done_one_by_one(county: Organisation, person: Person) -> None:
    wang = Account.objects.get(username="wang")
    told = _page(wang, county)
    assert reverse("import", args=[county.pk, "organisations"]) in told
    assert told.index("先建学校") < told.index("再请人") < told.index("开一个年度")
    assert told.count("现在做这一步") == 1
    assert reverse("filing_open", args=[county.pk]) not in told, "that is the officer's"
    assert _states(wang, county) == [False] * 4
    school = add_organisation(None, Kind.SCHOOL, "甲小学", county, "2299000001", 2020)
    assert _states(wang, county) == [True, False, False, False]
    officer = person(Role.OFFICER, county)
    assert _states(wang, county) == [True, False, False, False], "a clerk is wanted too"
    person(Role.CLERK, school)
    assert _states(wang, county) == [True, True, False, False]
    assert reverse("filing_open", args=[county.pk]) in _page(officer, county)
    year = open_year(officer, county, Opening(2024, date(2024, 10, 31), "quality-2017"))
    assert reverse("filing_year", args=[year.pk]) in _page(officer, county)
    assert _states(officer, county) == [True, True, True, False]
    assert first_steps(officer, school) == []
    Finding.objects.create(
        county=county, standard="quality-2017", year=2024, verdict="met", passed=1, judged=1,
        folder_name="a", sha256="0" * 64,
    )  # fmt: skip
    assert first_steps(officer, county) == []


def test_no_page_of_an_empty_county_breaks(county: Organisation) -> None:
    """Every page of a place, for everybody of the bureau and those above it."""
    client = Client(raise_request_exception=True)
    city, asked = county.parent, 0
    assert city is not None
    for role, place in (
        (Role.ADMINISTRATOR, county), (Role.OFFICER, county), (Role.LEADER, county), (Role.INSPECTOR, city),
    ):  # fmt: skip
        account = Account.objects.create_user(username=f"e{role}", password="x", name="某")
        give_post(None, account, place, role)
        client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en" if role == Role.OFFICER else "zh-hans"
        for name, pattern in ROUTES.items():
            taken = pattern.pattern.converters
            if len(taken) == 1 and taken.keys() & {"organisation", "county"}:
                for one in {county, place}:
                    answer = client.get(reverse(name, args=[one.pk]))
                    assert answer.status_code in (200, 302, 404, 405), name
                    asked += answer.status_code == 200
    assert asked > 60
    assert not CountyYear.objects.exists()
    assert not Filing.every.exists()
