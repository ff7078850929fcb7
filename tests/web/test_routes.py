"""Every route has a guard, and the guard refuses whoever may not: walked over the generated list."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import Site
from tests.web.walks import METHODS, NAMES, OUTSIDE, ROUTES, address_of, guard_of, patterns, values_of

from junheng.web.findings.models import Finding
from junheng.web.front.guard import Guard
from junheng.web.people.models import Account
from junheng.web.people.roles import Role

_SIGN_IN, _NOT_THERE, _NOT_ALLOWED = 302, 404, 405
_CLOSED = [name for name in NAMES if not guard_of(name).is_public]
_OBJECTS = [name for name in _CLOSED if guard_of(name).load is not None]
_ANYBODYS = {  # of whoever is signed in: what they show is the asker's own
    "home", "my_scenarios", "notices", "notices_read", "start", "toured",
}  # fmt: skip
_ONES_OWN = {"notice"}  # a person's alone, whatever their post
_SCHOOLS = {  # of the school's people: their county's administrator has no part in them
    *("filing_section", "filing_cell", "filing_row_add", "filing_row_remove", "filing_explain", "filing_submit"),
    *("filing_attach", "filing_detach", "filing_workbook_upload"),
    *("hazard_mended", "commitment_progressed", "commitment_reported"),
    *("ledger_sheet_row", "ledger_sheet_removed"),
}  # fmt: skip
_OFFICERS = {  # of the officer's post: no leader, no administrator, no school
    *("filing_open", "filing_county", "filing_workbooks", "filing_workbooks_apply", "filing_remark", "filing_accept", "filing_accept_many"),
    *("sources_give", "sources_order", "sources_decide", "sources_decide_page"),
    *("gap_review", "gap_recheck", "gap_amend"),
    *("children_give", "children_take", "child_closed"),
}  # fmt: skip
_LEADERS = {"filing_unfreeze", "publish_data", "monitoring_value", "monitoring_issue"}
_INSPECTORS = {"gap_order"}
_ADMINISTRATORS = {
    *("import", "import_template", "import_look", "account", "end_post"),
    *("tokens", "token_make", "token_revoke", "hooks", "hook", "hook_try", "hook_end"),
}  # fmt: skip
_POSTS = {
    "school": _SCHOOLS, "officer": _OFFICERS, "leader": _LEADERS, "inspector": _INSPECTORS,
    "administrator": _ADMINISTRATORS,
}  # fmt: skip


def _asked(client: Client, name: str, values: Mapping[str, Any]) -> list[tuple[str, Any]]:
    address = address_of(name, values)
    return [(one, client.generic(one, address)) for one in METHODS if one in guard_of(name).methods]


def _is_sent_to_sign_in(answer: Any) -> bool:
    return answer.status_code == _SIGN_IN and str(answer["Location"]).startswith("/account/login/?next=/")


def _values(site: Site, finding: Finding, person: Callable[..., Account]) -> Any:
    return values_of(site, finding, person(Role.CLERK, site.school))


def test_no_two_routes_share_a_name() -> None:
    """A walk by name sees one of them alone: the pages, whose names the interface's operations have as well."""
    found = [one for address, one in patterns() if not address.startswith(OUTSIDE)]
    pages = [one.name for one in found if one in ROUTES.values()]
    assert len(pages) == len(set(pages)) == len(NAMES)
    assert {"finding", "job", "notices", "place"} <= set(pages)
    assert all(isinstance(getattr(one.callback, "guard", None), Guard) for one in found)


def test_who_is_not_signed_in_is_asked_to(
    site: Site, finding: Finding, person: Callable[..., Account]
) -> None:
    values = _values(site, finding, person)
    for name in _CLOSED:
        for method, answer in _asked(Client(), name, values):
            assert _is_sent_to_sign_in(answer), (method, name)


def test_a_forged_an_expired_and_an_ended_session_open_nothing(
    site: Site, finding: Finding, person: Callable[..., Account], browse: Callable[..., Client]
) -> None:
    values = _values(site, finding, person)
    forged, expired, ended = Client(), browse(Role.LEADER, site.county), browse(Role.LEADER, site.county)
    assert ended.get(address_of("place", values)).status_code == 200, "it would open while it stands"
    forged.cookies[settings.SESSION_COOKIE_NAME] = "f" * 32
    row = Session.objects.filter(session_key=expired.session.session_key)
    assert row.update(expire_date=timezone.now() - timedelta(seconds=1)) == 1
    Session.objects.get(session_key=ended.session.session_key).delete()
    for client in (forged, expired, ended):
        for name in _CLOSED:
            for method, answer in _asked(client, name, values):
                assert _is_sent_to_sign_in(answer), (method, name)


def test_people_of_another_county_find_nothing(
    site: Site, finding: Finding, person: Callable[..., Account], browse: Callable[..., Client]
) -> None:
    values = _values(site, finding, person)
    for role in (Role.ADMINISTRATOR, Role.LEADER, Role.OFFICER):
        client = browse(role, site.other)
        for name in _OBJECTS:
            for method, answer in _asked(client, name, values):
                assert answer.status_code == _NOT_THERE, (method, role, name)


def test_who_holds_no_post_and_whose_post_ended_find_nothing(
    site: Site, finding: Finding, person: Callable[..., Account], browse: Callable[..., Client]
) -> None:
    values, former, nobody = _values(site, finding, person), browse(Role.LEADER, site.county), Client()
    person(Role.LEADER, site.county).posts.update(until=timezone.localdate())
    alone = Account.objects.create_user("nobody", name="无")
    nobody.force_login(alone, backend=settings.AUTHENTICATION_BACKENDS[0])
    for client in (former, nobody):
        for name in _OBJECTS:
            for method, answer in _asked(client, name, values):
                assert answer.status_code == _NOT_THERE, (method, name)


@pytest.mark.parametrize("post", _POSTS)
def test_the_wrong_post_of_the_same_county_finds_nothing(
    post: str, site: Site, finding: Finding, person: Callable[..., Account], browse: Callable[..., Client]
) -> None:
    values = _values(site, finding, person)
    others = {
        "school": (Role.CLERK, site.neighbour), "officer": (Role.OFFICER, site.county),
        "leader": (Role.LEADER, site.county), "inspector": (Role.INSPECTOR, site.city),
        "administrator": (Role.ADMINISTRATOR, site.county),
    }  # fmt: skip
    for other, (role, place) in others.items():
        if other == post and other != "school":  # the neighbour's clerk is of another school
            continue
        client = browse(role, place)
        for name in sorted(_POSTS[post]):
            for method, answer in _asked(client, name, values):
                assert answer.status_code == _NOT_THERE, (method, role, name)


def test_what_asks_for_no_object_is_ones_own(
    site: Site, finding: Finding, browse: Callable[..., Client]
) -> None:
    assert {name for name in _CLOSED if guard_of(name).load is None} == _ANYBODYS
    assert set(NAMES) >= _ONES_OWN | _SCHOOLS | _OFFICERS | _LEADERS | _INSPECTORS | _ADMINISTRATORS


def test_a_method_that_is_not_offered_is_refused(
    site: Site, finding: Finding, person: Callable[..., Account], browse: Callable[..., Client]
) -> None:
    values, client = _values(site, finding, person), browse(Role.LEADER, site.county)
    for name in _CLOSED:
        for method in {"GET", "POST", "DELETE"} - guard_of(name).methods:
            answer = client.generic(method, address_of(name, values))
            assert answer.status_code == _NOT_ALLOWED, (method, name)


def test_no_form_is_taken_without_its_token(
    site: Site, finding: Finding, person: Callable[..., Account], browse: Callable[..., Client]
) -> None:
    values, client = _values(site, finding, person), browse(Role.LEADER, site.county)
    client.handler.enforce_csrf_checks = True
    for name in NAMES:
        if "POST" in guard_of(name).methods and not getattr(ROUTES[name].callback, "csrf_exempt", False):
            assert client.post(address_of(name, values)).status_code == 403, name


def test_the_routes_of_others_are_only_those_we_know() -> None:
    """allauth asks for the sign-in itself; a new route of an upgrade must be looked at before it is listed here."""
    names = {one.name for address, one in patterns() if address.startswith(OUTSIDE)}
    assert names == {
        *("account_login", "account_logout", "account_signup", "account_inactive", "account_reauthenticate"),
        *("account_change_password", "account_set_password", "account_email"),
        *("account_email_verification_sent", "account_confirm_login_code"),
        *("mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp"),
        *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
        "usersessions_list",
        *("socialaccount_login_cancelled", "socialaccount_login_error", "socialaccount_signup"),
        *("socialaccount_connections", "openid_connect_login", "openid_connect_callback"),
    }, sorted(name for name in names if name)


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_confirm_login_code"])
def test_nobody_signs_up_by_themselves(db: None, name: str) -> None:
    words = {"username": "eve", "password1": "Moon-9-Harbour", "password2": "Moon-9-Harbour"}
    for address in (reverse(name), "/account/signup/"):
        for answer in (Client().get(address), Client().post(address, words)):
            assert answer.status_code == _NOT_THERE
    assert not Account.objects.filter(username="eve").exists()
