"""Every route has a guard, and the guard refuses whoever may not: walked over the generated list."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.web.api_keys import route_values as api_values
from tests.web.conftest import SCHOOL, Site
from tests.web.evidences import evidence_of
from tests.web.filings import route_values
from tests.web.monitored import monitoring_values
from tests.web.reminders import reminder_of
from tests.web.scenarios import scenario_of

from junheng.web.findings.models import Finding
from junheng.web.front.guard import Guard
from junheng.web.jobs.models import Job
from junheng.web.people.models import Account, Import, Post
from junheng.web.people.roles import Role
from junheng.web.public.models import Notice

_OUTSIDE = "account/"  # allauth's own, listed below by name
_SIGN_IN, _NOT_THERE, _NOT_ALLOWED = 302, 404, 405


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        address = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _patterns(one, address)
        else:
            yield address, one


def _own() -> list[tuple[str, URLPattern]]:
    return [(address, one) for address, one in _patterns(get_resolver()) if not address.startswith(_OUTSIDE)]


def _guard(pattern: URLPattern) -> Guard:
    guard = getattr(pattern.callback, "guard", None)
    assert isinstance(guard, Guard), f"{pattern.name} has no guard"
    return guard


def _route(name: str, site: Site, finding: Finding, post: Post) -> dict[str, Any]:
    """Values for the parameters of a route, all of the first county."""
    known = {
        "organisation": site.county.pk,
        "finding": finding.pk,
        "school": SCHOOL,
        "indicator": "R1",
        "post": post.pk,
        "account": post.account_id,
        "what": "people",
        "given": Import.objects.create(organisation=site.county, what="people", sha256="0" * 64).pk,
        "token": "x" * 40,
        "kind": "notice",
        "item": Notice.objects.create(county=site.county, first_day=date(2026, 5, 1)).pk,
        "job": Job.objects.create(county=site.county, work="report", finding=finding).pk,
        "name": "verdict.json",
        "scenario": scenario_of(finding, post.account).pk,
        "evidence": evidence_of(site).pk,
        "notice": reminder_of(post.account).pk,
        **api_values(site, post.account),
        **route_values(site, post.account),
        **monitoring_values(site, finding, post.account),
    }
    pattern = next(one for _, one in _own() if one.name == name)
    return {key: known[key] for key in pattern.pattern.converters}


_NAMES = [one.name for _, one in _own()]


@pytest.mark.parametrize("name", _NAMES)
def test_who_is_not_signed_in_is_asked_to(
    name: str, site: Site, finding: Finding, person: Callable[..., Account]
) -> None:
    pattern = next(one for _, one in _own() if one.name == name)
    guard = _guard(pattern)
    if guard.is_public:
        return
    post = person(Role.CLERK, site.school).posts.get()
    address = reverse(name, kwargs=_route(name, site, finding, post))
    for method in sorted(guard.methods & {"GET", "POST"}):
        answer = Client().generic(method, address)
        assert answer.status_code == _SIGN_IN, (method, address)
        assert "/account/login/" in answer["Location"]


@pytest.mark.parametrize("name", _NAMES)
def test_people_of_another_county_find_nothing(
    name: str,
    site: Site,
    finding: Finding,
    person: Callable[..., Account],
    browse: Callable[..., Client],
) -> None:
    pattern = next(one for _, one in _own() if one.name == name)
    guard = _guard(pattern)
    if guard.is_public or guard.load is None:
        return
    post = person(Role.CLERK, site.school).posts.get()
    address = reverse(name, kwargs=_route(name, site, finding, post))
    for role in (Role.ADMINISTRATOR, Role.LEADER, Role.OFFICER):
        for method in sorted(guard.methods & {"GET", "POST"}):
            assert browse(role, site.other).generic(method, address).status_code == _NOT_THERE, (
                role,
                address,
            )


def test_a_method_that_is_not_offered_is_refused(site: Site, browse: Callable[..., Client]) -> None:
    address = reverse("place", kwargs={"organisation": site.county.pk})
    assert browse(Role.LEADER, site.county).post(address).status_code == _NOT_ALLOWED


def test_the_routes_of_others_are_only_those_we_know() -> None:
    """allauth asks for the sign-in itself; a new route of an upgrade must be looked at before it is listed here."""
    names = {one.name for address, one in _patterns(get_resolver()) if address.startswith(_OUTSIDE)}
    assert names <= {
        *("account_login", "account_logout", "account_signup", "account_inactive", "account_reauthenticate"),
        *("account_change_password", "account_set_password", "account_email", "account_confirm_email"),
        *("account_email_verification_sent", "account_reset_password", "account_reset_password_done"),
        *("account_reset_password_from_key", "account_reset_password_from_key_done"),
        *("account_confirm_login_code", "account_request_login_code"),
        *("mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp"),
        *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
        *("mfa_trust", "usersessions_list"),
        *("socialaccount_login_cancelled", "socialaccount_login_error", "socialaccount_signup"),
        *("socialaccount_connections", "openid_connect_login", "openid_connect_callback"),
    }, sorted(name for name in names if name)


def test_nobody_signs_up_by_themselves(db: None) -> None:
    answer = Client().post(
        "/account/signup/", {"username": "eve", "password1": "Moon-9-Harbour", "password2": "Moon-9-Harbour"}
    )
    assert not Account.objects.filter(username="eve").exists()
    assert answer.status_code in (200, 302, 404)


def test_every_page_forbids_what_is_not_ours(db: None) -> None:
    answer = Client().get("/account/login/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
