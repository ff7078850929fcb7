"""Every route of the site with values for its parameters, for the tests that walk over all of them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.web.api_keys import route_values as api_values
from tests.web.appraised import appraisal_values
from tests.web.conftest import PASSWORD, SCHOOL, Site
from tests.web.evidences import evidence_of
from tests.web.filings import route_values
from tests.web.ledgered import ledger_values
from tests.web.monitored import monitoring_values
from tests.web.reminders import reminder_of
from tests.web.scenarios import scenario_of
from tests.web.surveyed import route_values as survey_values

from junheng.web.findings.models import Finding
from junheng.web.front.guard import Guard
from junheng.web.jobs.models import Job
from junheng.web.people.actions import give_post
from junheng.web.people.models import Account, Import
from junheng.web.people.roles import Role
from junheng.web.public.models import Notice

OUTSIDE = "account/"  # allauth's own pages
METHODS = ("GET", "POST")


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its pattern, also allauth's."""
    for one in (resolver or get_resolver()).url_patterns:
        address = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, address)
        else:
            yield address, one


def _is_operation(pattern: URLPattern) -> bool:
    """An operation of the interface: their names are those of pages, and test_api_access walks them by the document."""
    return str(pattern.callback.__module__).startswith("ninja")


ROUTES = {
    one.name: one for address, one in patterns() if not address.startswith(OUTSIDE) and not _is_operation(one)
}
NAMES = list(ROUTES)


def guard_of(name: str) -> Guard:
    """What stands before it; a view without a guard does not exist."""
    guard = getattr(ROUTES[name].callback, "guard", None)
    assert isinstance(guard, Guard), f"{name} has no guard"
    return guard


def values_of(site: Site, finding: Finding, person: Account) -> Mapping[str, Any]:
    """Values for the parameters of all routes: objects of the first county, a notice of ``person``."""
    return {
        "organisation": site.county.pk,
        "county": site.county.pk,
        "finding": finding.pk,
        "school": SCHOOL,
        "indicator": "R1",
        "clause": "Q6",
        "field": "rating",
        "post": person.posts.order_by("pk")[0].pk,
        "account": person.pk,
        "what": "people",
        "given": Import.objects.create(organisation=site.county, what="people", sha256="0" * 64).pk,
        "token": "x" * 40,
        "kind": "notice",
        "item": Notice.objects.create(county=site.county, first_day=date(2026, 5, 1)).pk,
        "job": Job.objects.create(county=site.county, work="report", finding=finding).pk,
        "name": "verdict.json",
        "work": "sizes",
        "form": "funds.xlsx",
        "scenario": scenario_of(finding, person).pk,
        "evidence": evidence_of(site).pk,
        "notice": reminder_of(person).pk,
        "draw": 1,
        "version": 1,
        "package": 1,
        "suffix": "json",
        "rest": "nothing/here",
        "table": "school",
        "street": "x",
        **api_values(site, person),
        **route_values(site, person),
        **monitoring_values(site, finding, person),
        **survey_values(site),
        **ledger_values(site, person),
        **appraisal_values(site, person),
    }


def address_of(name: str, values: Mapping[str, Any]) -> str:
    """The address of a route, its parameters filled."""
    return reverse(name, kwargs={key: values[key] for key in ROUTES[name].pattern.converters})


def everybody(site: Site) -> Account:
    """One account with every post there is in the first county: what it is refused, nobody may."""
    found = Account.objects.create_user(username="everybody", password=PASSWORD, name="众人")
    for role, place in (
        (Role.CLERK, site.school), (Role.HEAD, site.school), (Role.HEAD, site.neighbour), (Role.OFFICER, site.county),
        (Role.LEADER, site.county), (Role.ADMINISTRATOR, site.county), (Role.INSPECTOR, site.city),
    ):  # fmt: skip
        give_post(None, found, place, role)
    return found


def signed_in(account: Account) -> Client:
    """A browser of theirs; what goes wrong inside is answered, not raised."""
    client = Client(raise_request_exception=False)
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client
