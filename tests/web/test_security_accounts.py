"""Ways into accounts that are nobody's to take: tokens' accounts, links of who left, sessions, codes, redirects."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.api_keys import key
from tests.web.conftest import PASSWORD, SCHOOL, Site

from junheng.web.people import actions
from junheng.web.people.adapters import FactorAdapter
from junheng.web.people.imports.people import _accounts
from junheng.web.people.models import Account, Organisation
from junheng.web.people.permissions import may_sign_out, may_take_over
from junheng.web.people.roles import Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]
_NEW = {"password": "Harbour-Light-93", "again": "Harbour-Light-93"}


@pytest.mark.parametrize("act", ["password", "close", "factor"])
def test_nobody_takes_over_the_account_of_a_token(
    site: Site, person: People, browse: Browse, act: str
) -> None:
    token, _ = key(person(Role.ADMINISTRATOR, site.county), site.county)
    page = browse(Role.ADMINISTRATOR, site.county)
    assert page.get(reverse("account", args=[token.account_id])).status_code == 200
    assert page.post(reverse("account", args=[token.account_id]), {"act": act}).status_code == 404
    with pytest.raises(ValidationError):
        actions.renew_password(person(Role.ADMINISTRATOR, site.county), token.account)
    token.account.refresh_from_db()
    assert not token.account.has_usable_password()


def test_no_token_gets_a_further_post_by_an_import(site: Site, person: People) -> None:
    token, _ = key(person(Role.ADMINISTRATOR, site.county), site.county)
    clerk = person(Role.CLERK, site.school)
    assert _accounts(site.county, {token.account.username, clerk.username}) == {clerk.username: clerk}


@pytest.mark.parametrize("how", ["post", "account", "role"])
def test_an_invitation_of_who_left_opens_nothing(site: Site, person: People, how: str) -> None:
    """An administrator about to leave invites a second self: the right is asked again when the link is used."""
    sender = person(Role.ADMINISTRATOR, site.county)
    _, token = actions.invite(sender, "影", site.county, Role.ADMINISTRATOR)
    _, stays = actions.invite(person(Role.ADMINISTRATOR, site.city), "王", site.county, Role.OFFICER)
    if how == "post":
        sender.posts.update(until=timezone.localdate())
    elif how == "account":
        Account.objects.filter(pk=sender.pk).update(is_active=False)
    else:
        sender.posts.update(role=Role.LEADER)
    assert Client().get(reverse("invitation", args=[token])).status_code == 404
    assert Client().post(reverse("invitation", args=[token]), {"username": "ying", **_NEW}).status_code == 404
    with pytest.raises(ValidationError):
        actions.accept(token, "ying", "Harbour-Light-93")
    assert not Account.objects.filter(username="ying").exists()
    assert Client().post(reverse("invitation", args=[stays]), {"username": "wang", **_NEW}).status_code == 302


def test_a_link_for_a_new_password_ends_when_the_person_works_elsewhere(site: Site, person: People) -> None:
    clerk = person(Role.CLERK, site.school)
    token = actions.renew_password(person(Role.ADMINISTRATOR, site.county), clerk)
    actions.give_post(None, clerk, site.other, Role.LEADER)
    assert actions.open_invitation(token) is None
    with pytest.raises(ValidationError):
        actions.accept(token, "", "Harbour-Light-93")


def test_a_former_administrator_sees_no_sessions_of_who_moved_on(
    site: Site, person: People, browse: Browse
) -> None:
    clerk, page = person(Role.CLERK, site.school), browse(Role.ADMINISTRATOR, site.county)
    actions.give_post(None, clerk, site.other, Role.OFFICER)
    clerk.posts.filter(organisation=site.school).update(until=timezone.localdate())
    browser = Client()
    browser.post("/account/login/", {"login": clerk.username, "password": PASSWORD})
    browser.get(reverse("place", args=[site.other.pk]))
    shown = page.get(reverse("account", args=[clerk.pk]))
    assert shown.status_code == 200
    assert "127.0.0.1" not in shown.content.decode()
    assert page.post(reverse("account", args=[clerk.pk]), {"act": "sessions"}).status_code == 404
    assert browser.get(reverse("place", args=[site.other.pk])).status_code == 200


def test_who_works_nowhere_is_taken_over_by_no_half(site: Site, person: People) -> None:
    clerk = person(Role.CLERK, site.school)
    actions.give_post(None, clerk, site.other, Role.OFFICER)
    clerk.posts.update(until=timezone.localdate())
    assert not may_take_over(person(Role.ADMINISTRATOR, site.county), clerk)
    assert not may_sign_out(person(Role.ADMINISTRATOR, site.other), clerk)
    assert may_take_over(person(Role.ADMINISTRATOR, site.city), clerk)


def test_a_session_set_before_signing_in_is_not_the_one_after(site: Site, person: People) -> None:
    clerk, browser = person(Role.CLERK, site.school), Client()
    browser.get("/account/login/")
    session = browser.session
    session["mine"] = "planted"
    session.save()
    before = session.session_key
    browser.cookies["sessionid"] = before
    browser.post("/account/login/", {"login": clerk.username, "password": PASSWORD})
    assert browser.session.session_key != before
    stolen = Client()
    stolen.cookies["sessionid"] = before
    assert stolen.get(reverse("place", args=[site.school.pk])).status_code == 302


def test_a_new_password_ends_the_sessions_of_the_old(site: Site, person: People) -> None:
    clerk, browser = person(Role.CLERK, site.school), Client()
    browser.post("/account/login/", {"login": clerk.username, "password": PASSWORD})
    assert browser.get(reverse("place", args=[site.school.pk])).status_code == 200
    token = actions.renew_password(person(Role.ADMINISTRATOR, site.county), clerk)
    actions.accept(token, "", "Harbour-Light-93")
    assert browser.get(reverse("place", args=[site.school.pk])).status_code == 302


def test_a_code_of_the_second_factor_works_once(site: Site, person: People) -> None:
    clerk, secret = person(Role.CLERK, site.school), totp.generate_totp_secret()
    kept = Authenticator.objects.create(
        user=clerk, type="totp", data={"secret": FactorAdapter().encrypt(secret)}
    )
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    assert totp.TOTP(kept).validate_code(code)
    assert not totp.TOTP(kept).validate_code(code)


@pytest.mark.parametrize(
    "where", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_off_the_site(site: Site, person: People, where: str) -> None:
    clerk, browser = person(Role.CLERK, site.school), Client()
    answers = [
        browser.post("/language", {"language": "en", "next": where}),
        browser.post("/account/login/", {"login": clerk.username, "password": PASSWORD, "next": where}),
        browser.post("/account/logout/", {"next": where}),
    ]
    for answer in answers:
        assert answer.status_code == 302
        assert "evil" not in answer["Location"]
        assert "javascript" not in answer["Location"]


def test_a_foreign_host_is_refused_and_stands_in_no_link(site: Site, browse: Browse) -> None:
    page = browse(Role.ADMINISTRATOR, site.county)
    words = {"name": "王", "role": "leader", "section": ""}
    answer = page.post(reverse("invite", args=[site.county.pk]), words, headers={"host": "evil.example"})
    assert answer.status_code == 400
    page = browse(Role.ADMINISTRATOR, site.county)
    answer = page.post(
        reverse("invite", args=[site.county.pk]), words, headers={"x-forwarded-host": "evil.example"}
    )
    assert answer.status_code == 200
    assert "evil.example" not in answer.content.decode()


def test_a_form_sets_nothing_it_does_not_ask_for(site: Site, person: People, browse: Browse) -> None:
    _, token = actions.invite(person(Role.ADMINISTRATOR, site.county), "王", site.school, Role.CLERK)
    more = {
        "is_staff": "1",
        "is_superuser": "1",
        "is_demo": "1",
        "role": "leader",
        "organisation": site.county.pk,
    }
    Client().post(reverse("invitation", args=[token]), {"username": "wang", **_NEW, **more})
    made = Account.objects.get(username="wang")
    assert (made.is_staff, made.is_superuser, made.is_demo) == (False, False, False)
    assert [(post.role, post.organisation_id) for post in made.posts.all()] == [("clerk", site.school.pk)]
    place = reverse("organisation_page", args=[site.county.pk])
    answer = browse(Role.ADMINISTRATOR, site.county).post(
        place, {"act": "name", "name": "新", "path": "~", "parent": "", "kind": "nation"}
    )
    assert answer.status_code == 404, "the top of one's own tree"
    site.county.refresh_from_db()
    assert (site.county.kind, site.county.name) == ("county", "XX区")
    assert site.school.codes.get().code == SCHOOL


def test_wrong_words_for_many_names_push_no_lock_out(site: Site, person: People) -> None:
    from django.conf import settings

    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 20_000
    clerk = person(Role.CLERK, site.school)
    for number in range(8):
        Client().post("/account/login/", {"login": clerk.username, "password": f"wrong-{number}-words"})
    answer = Client().post("/account/login/", {"login": clerk.username, "password": PASSWORD})
    assert "_auth_user_id" not in answer.wsgi_request.session
