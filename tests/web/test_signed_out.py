"""A session that ends in the middle of a form: where the sign-in leads, and what a lone address of a form shows."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import filings_of

from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]


@pytest.fixture
def number(site: Site, person: People) -> int:
    """A return."""
    return filings_of(site, person(Role.OFFICER, site.county))[SCHOOL].pk


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver/filing/1?section=stage", "/filing/1?section=stage"),
        ("http://elsewhere.example/filing/1", "/"),
        ("http://testserver.elsewhere.example/", "/"),
        ("http://testserver", "/"),
        ("", "/"),
    ],
)
def test_what_was_sent_signed_out_leads_back_to_the_page_of_the_form(
    number: int, came_from: str, leads_to: str
) -> None:
    browser = Client(headers={"referer": came_from})
    answer = browser.post(reverse("filing_section", args=[number]), {"section": "stage"})
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [leads_to]
    assert "没有保存" in browser.get(answer["Location"]).content.decode()


def test_a_page_asked_for_signed_out_leads_to_itself_and_says_nothing_was_lost(number: int) -> None:
    browser = Client()
    answer = browser.get(reverse("filing", args=[number]) + "?section=stage")
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [f"/filing/{number}?section=stage"]
    assert "没有保存" not in browser.get(answer["Location"]).content.decode()


def test_the_address_of_a_form_shows_a_page_and_stays_refused(
    number: int, site: Site, browse: Browse
) -> None:
    address = reverse("filing_section", args=[number])
    answer = browse(Role.CLERK, site.school).get(address)
    assert (answer.status_code, answer["Allow"]) == (405, "HEAD, OPTIONS, POST")
    assert "这个地址只接收表单" in answer.content.decode()
    assert not browse(Role.CLERK, site.school).delete(address).content
