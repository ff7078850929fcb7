"""Access ended: posts, sessions, accounts, lost passwords; by whom, of whom."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import PASSWORD, Site

from junheng.web.audit.models import Entry
from junheng.web.people import access, actions
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]


def _signed_in(account: Account) -> Client:
    browser = Client()
    answer = browser.post("/account/login/", {"login": account.username, "password": PASSWORD})
    assert answer.status_code == 302
    return browser


def test_a_post_that_ends_ends_the_open_session(site: Site, person: People, browse: Browse) -> None:
    leader = person(Role.LEADER, site.county)
    browser, place = _signed_in(leader), reverse("place", args=[site.county.pk])
    assert browser.get(place).status_code == 200
    administrator = browse(Role.ADMINISTRATOR, site.county)
    administrator.post(reverse("end_post", args=[leader.posts.get().pk]))
    administrator.post(reverse("end_post", args=[leader.posts.get().pk]))
    assert "/account/login/" in browser.get(place)["Location"]
    assert Entry.objects.filter(action="post.end").count() == 1


def test_an_administrator_signs_somebody_of_the_tree_out(site: Site, person: People, browse: Browse) -> None:
    clerk = person(Role.CLERK, site.school)
    browser, place = _signed_in(clerk), reverse("place", args=[site.school.pk])
    assert browser.get(place).status_code == 200
    page = browse(Role.ADMINISTRATOR, site.county)
    assert "127.0.0.1" in page.get(reverse("account", args=[clerk.pk])).content.decode()
    page.post(reverse("account", args=[clerk.pk]), {"act": "sessions"})
    assert browser.get(place).status_code == 302
    assert Entry.objects.filter(action="session.end", object_id=str(clerk.pk)).exists()


def test_a_foreign_administrator_finds_nobody(site: Site, person: People, browse: Browse) -> None:
    clerk = person(Role.CLERK, site.school)
    foreign = browse(Role.ADMINISTRATOR, site.other)
    for act in ("sessions", "close", "factor", "password"):
        assert foreign.post(reverse("account", args=[clerk.pk]), {"act": act}).status_code == 404
    assert browse(Role.LEADER, site.county).get(reverse("account", args=[clerk.pk])).status_code == 404


@pytest.mark.parametrize("act", ["close", "factor", "password"])
def test_who_also_works_elsewhere_is_not_taken_over(
    site: Site, person: People, browse: Browse, act: str
) -> None:
    clerk = person(Role.CLERK, site.school)
    actions.give_post(None, clerk, site.other, Role.LEADER)
    page = browse(Role.ADMINISTRATOR, site.county)
    assert page.get(reverse("account", args=[clerk.pk])).status_code == 200
    assert page.post(reverse("account", args=[clerk.pk]), {"act": act}).status_code == 404
    own = Account.objects.get(pk=page.session["_auth_user_id"])
    assert page.post(reverse("account", args=[own.pk]), {"act": act}).status_code == 404


def test_a_closed_account_stays_and_opens_nothing(site: Site, person: People, browse: Browse) -> None:
    clerk = person(Role.CLERK, site.school)
    browser = _signed_in(clerk)
    token = actions.renew_password(person(Role.ADMINISTRATOR, site.county), clerk)
    page = browse(Role.ADMINISTRATOR, site.county)
    page.post(reverse("account", args=[clerk.pk]), {"act": "close"})
    assert browser.get(reverse("place", args=[site.school.pk])).status_code == 302
    assert (
        Client().post("/account/login/", {"login": clerk.username, "password": PASSWORD}).status_code == 200
    )
    words = {"password": "Harbour-Light-93", "again": "Harbour-Light-93"}
    answer = Client().post(reverse("invitation", args=[token]), words)
    assert "无效" in answer.content.decode()
    assert Account.objects.filter(pk=clerk.pk, is_active=False).exists()
    assert not clerk.posts.filter(until=None).exists()


def test_a_forgotten_password_is_renewed_by_a_link_once(site: Site, person: People, browse: Browse) -> None:
    clerk = person(Role.CLERK, site.school)
    page = browse(Role.ADMINISTRATOR, site.county)
    answer = page.post(reverse("account", args=[clerk.pk]), {"act": "password"}).content.decode()
    address = answer.split("<code>http://testserver")[1].split("</code>")[0]
    words = {"password": "Harbour-Light-93", "again": "Harbour-Light-93"}
    assert Client().post(address, words)["Location"] == "/account/login/"
    assert Client().post(address, words).status_code == 404
    browser = Client()
    browser.post("/account/login/", {"login": clerk.username, "password": "Harbour-Light-93"})
    assert "_auth_user_id" in browser.session
    assert Account.objects.filter(name=clerk.name).count() == 1


def test_an_invitation_can_be_withdrawn(site: Site, person: People, browse: Browse) -> None:
    one, token = actions.invite(person(Role.ADMINISTRATOR, site.county), "王", site.school, Role.CLERK)
    foreign = browse(Role.ADMINISTRATOR, site.other)
    address = reverse("invitation_withdraw", args=[site.other.pk])
    assert foreign.post(address, {"invitation": one.pk}).status_code == 404
    page = browse(Role.ADMINISTRATOR, site.county)
    assert (
        page.post(reverse("invitation_withdraw", args=[site.county.pk]), {"invitation": one.pk}).status_code
        == 302
    )
    assert actions.open_invitation(token) is None


def test_somebody_with_two_posts_keeps_the_session_when_one_ends(site: Site, person: People) -> None:
    leader = person(Role.LEADER, site.county)
    second = actions.give_post(None, leader, site.county, Role.OFFICER)
    browser = _signed_in(leader)
    access.end_post(person(Role.ADMINISTRATOR, site.county), second)
    assert browser.get(reverse("place", args=[site.county.pk])).status_code == 200
