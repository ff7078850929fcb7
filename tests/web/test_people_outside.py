"""Single sign-on against a small provider on loopback: who comes in, and every forgery that does not."""

import time
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.web.conftest import PASSWORD, Site
from tests.web.provider import CLIENT, SECRET, Provider, provider

from junheng.web.people import actions
from junheng.web.people.models import Account, Organisation
from junheng.web.people.outside import require_safe
from junheng.web.people.roles import Role
from junheng.web.people.sign_in import providers

People = Callable[[Role, Organisation], Account]


@pytest.fixture
def there(settings: Settings) -> Iterator[Provider]:
    with provider() as found:
        settings.SOCIALACCOUNT_PROVIDERS = providers(
            {
                "JUNHENG_OIDC_ISSUER": found.address + "/",
                "JUNHENG_OIDC_CLIENT": CLIENT,
                "JUNHENG_OIDC_SECRET": SECRET,
            }
        )
        yield found


def _leave(browser: Client, query: str = "") -> str:
    """The address the site's page leads to."""
    page = browser.post("/account/outside/oidc/login/" + query)
    assert page.status_code == 200, page.content.decode()[:500]
    return unescape(page.content.decode().split("0;url=")[1].split('"')[0])


def _walk(browser: Client, there: Provider, query: str = "") -> Any:
    return browser.get(there.authorise(_leave(browser, query)))


def _is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


@pytest.fixture
def linked(site: Site, person: People, there: Provider) -> Account:
    """A leader who connected the identity, signed in."""
    leader = person(Role.LEADER, site.county)
    browser = Client()
    browser.post("/account/login/", {"login": leader.username, "password": PASSWORD})
    _walk(browser, there, "?process=connect")
    assert SocialAccount.objects.get().user == leader
    return leader


def test_who_connected_it_signs_in_with_it(linked: Account, there: Provider) -> None:
    browser = Client()
    assert _walk(browser, there).status_code == 302
    assert browser.session["_auth_user_id"] == str(linked.pk)


def test_an_unknown_person_gets_no_account(site: Site, person: People, there: Provider) -> None:
    leader = person(Role.LEADER, site.county)
    there.bend = {"preferred_username": leader.username, "email": "a@b.c", "email_verified": True}
    Account.objects.update(email="a@b.c")
    browser, before = Client(), Account.objects.count()
    answer = _walk(browser, there)
    assert answer.status_code == 403
    assert "没有对应的账号" in answer.content.decode()
    assert not _is_in(browser)
    assert Account.objects.count() == before


def test_an_invited_person_gets_one_once(site: Site, person: People, there: Provider) -> None:
    _, token = actions.invite(person(Role.ADMINISTRATOR, site.county), "张", site.school, Role.CLERK)
    browser = Client()
    assert "/account/outside/oidc/login/" in browser.get(reverse("invitation", args=[token])).content.decode()
    _walk(browser, there)
    account = Account.objects.get(username="zhang")
    assert (account.name, account.has_usable_password()) == ("张", False)
    assert _is_in(browser)
    assert Client().get(reverse("invitation", args=[token])).status_code == 404


_NOW = int(time.time())


@pytest.mark.parametrize(
    "bend",
    [
        {"nonce": "x"},
        {"nonce": None},
        {"iss": "https://elsewhere.example"},
        {"aud": "another"},
        {"aud": [CLIENT, "another"]},
        {"azp": "another"},
        pytest.param({"exp": _NOW - 3600}, id="expired"),
        {"exp": None},
        pytest.param({"iat": _NOW + 3600}, id="not yet issued"),
        {"sub": None},
    ],
    ids=str,
)
def test_a_token_that_does_not_hold_opens_nothing(
    linked: Account, there: Provider, bend: dict[str, Any]
) -> None:
    there.bend = bend
    browser = Client()
    assert "单点登录失败" in _walk(browser, there).content.decode()
    assert not _is_in(browser)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_signed_otherwise_opens_nothing(linked: Account, there: Provider, algorithm: str) -> None:
    there.algorithm = algorithm
    browser = Client()
    _walk(browser, there)
    assert not _is_in(browser)


def test_a_forged_signature_opens_nothing(linked: Account, there: Provider) -> None:
    there.forge = True
    browser = Client()
    _walk(browser, there)
    assert not _is_in(browser)


def test_an_answer_of_another_session_opens_nothing(linked: Account, there: Provider) -> None:
    """State: an answer is taken only by the browser that asked."""
    back = there.authorise(_leave(Client()))
    victim = Client()
    _leave(victim)
    victim.get(back)
    assert not _is_in(victim)


def test_an_answer_is_taken_once(linked: Account, there: Provider) -> None:
    browser = Client()
    back = there.authorise(_leave(browser))
    browser.get(back)
    browser.logout()
    browser.get(back)
    assert not _is_in(browser)


def test_a_discovery_of_another_issuer_is_refused(linked: Account, there: Provider) -> None:
    there.issuer = "https://elsewhere.example"
    assert Client().post("/account/outside/oidc/login/").status_code == 502


@pytest.mark.parametrize(
    "address", ["http://idp.example/token", "file:///etc/passwd", "", "ftp://127.0.0.1/"]
)
def test_an_endpoint_without_tls_is_refused(address: str) -> None:
    from allauth.socialaccount.providers.oauth2.client import OAuth2Error

    with pytest.raises(OAuth2Error):
        require_safe(address)


def test_a_closed_account_does_not_come_in(linked: Account, there: Provider) -> None:
    Account.objects.filter(pk=linked.pk).update(is_active=False)
    browser = Client()
    _walk(browser, there)
    assert not _is_in(browser)


def test_without_a_provider_there_is_no_door(db: None) -> None:
    assert Client().get("/account/outside/oidc/login/").status_code == 404
    assert "outside" not in Client().get("/account/login/").content.decode()
