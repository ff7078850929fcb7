"""The tree, the posts, the way in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import PASSWORD, SCHOOL, Site

from junheng.web.audit.models import Entry
from junheng.web.people import access, actions
from junheng.web.people.models import Account, Invitation, Organisation, OrganisationCode
from junheng.web.people.permissions import may_administer, may_invite, may_see, may_see_county
from junheng.web.people.queries import organisation_of_code, within
from junheng.web.people.roles import Kind, Role

People = Callable[[Role, Organisation], Account]


def test_a_subtree_is_the_place_and_all_below(site: Site) -> None:
    assert set(within(site.county)) == {site.county, site.school, site.neighbour}
    assert within(site.city).count() == 5


def test_a_place_stands_only_below_what_it_belongs_to(site: Site) -> None:
    with pytest.raises(ValidationError):
        actions.add_organisation(None, Kind.SCHOOL, "甲校", site.city)
    with pytest.raises(ValidationError):
        actions.add_organisation(None, Kind.COUNTY, "甲县", None)


def test_a_code_belongs_to_whoever_had_it_that_year(site: Site) -> None:
    """Codes are reused: the same one, two schools, by year."""
    OrganisationCode.objects.filter(code=SCHOOL).update(last_year=2019)
    OrganisationCode.objects.create(organisation=site.neighbour, code=SCHOOL, first_year=2020)
    assert organisation_of_code(SCHOOL, 2019) == site.school
    assert organisation_of_code(SCHOOL, 2020) == site.neighbour
    assert organisation_of_code(SCHOOL, 2014) is None


def test_who_sees_what(site: Site, person: People) -> None:
    clerk, leader = person(Role.CLERK, site.school), person(Role.LEADER, site.county)
    inspector, stranger = person(Role.INSPECTOR, site.city), person(Role.OFFICER, site.other)
    assert may_see(clerk, site.school)
    assert not may_see(clerk, site.neighbour)
    assert not may_see_county(clerk, site.county)
    assert may_see_county(leader, site.county)
    assert may_see(leader, site.neighbour)
    assert may_see_county(inspector, site.county)
    assert may_see_county(inspector, site.other)
    assert not may_see(stranger, site.school)
    assert not may_administer(leader, site.county)


def test_an_ended_post_and_a_closed_account_see_nothing(site: Site, person: People) -> None:
    administrator, leader = person(Role.ADMINISTRATOR, site.county), person(Role.LEADER, site.county)
    access.end_post(administrator, leader.posts.get())
    assert not may_see(Account.objects.get(pk=leader.pk), site.county)
    Account.objects.filter(pk=administrator.pk).update(is_active=False)
    assert not may_administer(Account.objects.get(pk=administrator.pk), site.county)


def test_a_head_invites_clerks_of_the_own_school_and_nobody_else(site: Site, person: People) -> None:
    head = person(Role.HEAD, site.school)
    assert may_invite(head, site.school, Role.CLERK)
    assert not may_invite(head, site.school, Role.HEAD)
    assert not may_invite(head, site.neighbour, Role.CLERK)


def test_an_invitation_works_once(site: Site, person: People) -> None:
    _, token = actions.invite(person(Role.ADMINISTRATOR, site.county), "王老师", site.school, Role.CLERK)
    assert token not in str(list(Invitation.objects.values()))
    browser = Client()
    address = reverse("invitation", kwargs={"token": token})
    assert "王老师" in browser.get(address).content.decode()
    answer = browser.post(address, {"username": "wang", "password": PASSWORD, "again": PASSWORD})
    assert answer.status_code == 302
    account = Account.objects.get(username="wang")
    assert may_see(account, site.school)
    assert Client().get(address).status_code == 404
    assert Entry.objects.filter(action="invitation.accept", actor_id=account.pk).exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"username": "wang", "password": "1234567890", "again": "1234567890"}, "密码"),
        ({"username": "wang", "password": PASSWORD, "again": "other-words-9"}, "不一致"),
        ({"username": "", "password": PASSWORD, "again": PASSWORD}, "必填"),
    ],
)
def test_a_weak_or_unlike_password_opens_no_account(
    site: Site, person: People, words: dict[str, str], said: str
) -> None:
    _, token = actions.invite(person(Role.ADMINISTRATOR, site.county), "王老师", site.school, Role.CLERK)
    answer = Client().post(reverse("invitation", kwargs={"token": token}), words)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Account.objects.filter(name="王老师").exists()


def test_an_expired_invitation_is_none(site: Site, person: People) -> None:
    invitation, token = actions.invite(
        person(Role.ADMINISTRATOR, site.county), "王老师", site.school, Role.CLERK
    )
    invitation.expires_at = timezone.now() - timedelta(seconds=1)
    invitation.save()
    assert Client().get(reverse("invitation", kwargs={"token": token})).status_code == 404
    with pytest.raises(ValidationError):
        actions.accept(token, "wang", PASSWORD)


def test_a_head_cannot_invite_another_head_by_a_forged_form(
    site: Site, browse: Callable[[Role, Organisation], Client]
) -> None:
    address = reverse("invite", kwargs={"organisation": site.school.pk})
    browser = browse(Role.HEAD, site.school)
    assert browser.post(address, {"name": "李", "role": "head"}).status_code == 404
    assert not Invitation.objects.exists()
    assert browser.post(address, {"name": "李", "role": "leader"}).status_code == 200
    assert not Invitation.objects.exists()


def test_five_wrong_passwords_lock_the_way_in(site: Site, person: People) -> None:
    person(Role.LEADER, site.county)
    browser, name = Client(), f"leader{site.county.pk}"
    for _ in range(5):
        browser.post("/account/login/", {"login": name, "password": "wrong-wrong-9"})
    browser.post("/account/login/", {"login": name, "password": PASSWORD})
    assert "_auth_user_id" not in browser.session
