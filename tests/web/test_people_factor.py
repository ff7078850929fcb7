"""The second factor: asked of chosen roles, set by oneself, kept encrypted, recovered, taken off; walked in both languages."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings as site_settings
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.web.conftest import PASSWORD, Site

from junheng.web.people import access
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role
from junheng.web.people.sign_in import factor_roles

People = Callable[[Role, Organisation], Account]


@pytest.fixture
def asked(settings: Settings) -> None:
    settings.TWO_FACTOR_ROLES = factor_roles({})


def _code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def _sign_in(account: Account, language: str = "zh-hans") -> Client:
    browser = Client()
    browser.cookies[site_settings.LANGUAGE_COOKIE_NAME] = language
    browser.post("/account/login/", {"login": account.username, "password": PASSWORD})
    return browser


def _activate(browser: Client) -> str:
    assert "/reauthenticate/" in browser.get(reverse("mfa_activate_totp"))["Location"]
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = browser.get(reverse("mfa_activate_totp"))
    secret = str(page.context["form"].secret)
    assert browser.post(reverse("mfa_activate_totp"), {"code": _code(secret)}).status_code == 302
    return secret


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    ("role", "is_asked"), [(Role.ADMINISTRATOR, True), (Role.LEADER, True), (Role.OFFICER, False)]
)
def test_chosen_roles_set_it_first(site: Site, person: People, role: Role, is_asked: bool) -> None:
    browser, place = _sign_in(person(role, site.county)), reverse("place", args=[site.county.pk])
    answer = browser.get(place)
    if not is_asked:
        assert answer.status_code == 200
        return
    assert answer["Location"] == reverse("mfa_activate_totp")
    _activate(browser)
    assert browser.get(place).status_code == 200
    assert browser.post(reverse("mfa_deactivate_totp")).status_code in (200, 403)
    assert Authenticator.objects.filter(type="totp").exists(), "who must have it cannot take it off"


@pytest.mark.usefixtures("asked")
def test_the_people_of_the_made_up_county_are_not_asked(site: Site, person: People) -> None:
    leader = person(Role.LEADER, site.county)
    Account.objects.filter(pk=leader.pk).update(is_demo=True)
    assert _sign_in(leader).get(reverse("place", args=[site.county.pk])).status_code == 200


def test_the_password_alone_no_longer_opens(site: Site, person: People) -> None:
    leader = person(Role.LEADER, site.county)
    secret = _activate(_sign_in(leader))
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    browser = _sign_in(leader)
    assert "_auth_user_id" not in browser.session
    assert browser.get(reverse("place", args=[site.county.pk])).status_code == 302
    answer = browser.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert answer.status_code == 200
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert browser.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 302
    assert "_auth_user_id" in browser.session
    again = _sign_in(leader)
    again.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert "_auth_user_id" not in again.session, "a recovery code works once"


def test_a_lost_telephone_is_taken_off_by_the_administrator(site: Site, person: People) -> None:
    leader = person(Role.LEADER, site.county)
    browser = _sign_in(leader)
    _activate(browser)
    access.take_off_second_factor(person(Role.ADMINISTRATOR, site.county), leader)
    assert browser.get(reverse("place", args=[site.county.pk])).status_code == 302
    assert "_auth_user_id" in _sign_in(leader).session


_PAGES = (
    *(
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reauthenticate",
        "account_change_password",
    ),
    *(
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_reauthenticate",
    ),
    *("mfa_generate_recovery_codes", "usersessions_list", "socialaccount_connections"),
    *("socialaccount_login_cancelled", "socialaccount_login_error"),
)


@pytest.mark.parametrize("has_factor", [False, True])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_account_page_is_ours_in_both_languages(
    site: Site, person: People, language: str, has_factor: bool
) -> None:
    leader = person(Role.LEADER, site.county)
    Account.objects.filter(pk=leader.pk).update(name="Wang", username="wang")
    leader.refresh_from_db()
    Organisation.objects.update(name="Place")
    browser = _sign_in(leader, language)
    if has_factor:
        _activate(browser)
    anonymous = Client()
    anonymous.cookies[site_settings.LANGUAGE_COOKIE_NAME] = language
    seen = 0
    for name in _PAGES:
        asking = anonymous if name in ("account_login", "account_inactive") else browser
        page = asking.get(reverse(name))
        if page.status_code not in (200, 401):
            assert page.status_code in (302, 404), name
            continue
        text = page.content.decode()
        seen += 1
        assert 'class="top"' in text, name
        assert "style=" not in text, name
        _speaks_only(language, text, name)
    assert seen >= 10


def _speaks_only(language: str, text: str, name: str) -> None:
    body = text.split("<main")[1].split("</main>")[0]
    if language == "en":
        odd = sorted({sign for sign in body if "\u4e00" <= sign <= "\u9fff"})
        assert not odd, (name, odd)
    else:
        assert any("\u4e00" <= sign <= "\u9fff" for sign in body), name


@pytest.mark.parametrize("name", ["account_signup", "account_email", "socialaccount_signup"])
def test_pages_nobody_needs_are_switched_off(db: None, name: str) -> None:
    assert Client().get(reverse(name)).status_code == 404
    assert Client().post(reverse(name)).status_code == 404
