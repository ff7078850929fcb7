"""From a county's page every page of its keys, addresses, deadlines, sources and notices is two clicks away."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Site

from junheng.web.findings.models import Finding
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]


def _ways(client: Client, address: str) -> set[str]:
    page = client.get(address)
    found = re.findall(r'href="(/[^"?#]*)', page.content.decode()) if page.status_code == 200 else []
    return {one for one in found if not one.startswith("/static/")}


def _near(client: Client, address: str) -> set[str]:
    first = _ways(client, address)
    return first.union(*(_ways(client, one) for one in sorted(first) if not one.endswith((".zip", ".xlsx"))))


def test_an_officer_reaches_deadlines_sources_and_notices(site: Site, browse: Browse) -> None:
    near = _near(browse(Role.OFFICER, site.county), reverse("place", args=[site.county.pk]))
    for name in ("clocks_terms", "sources", "monitoring", "monitoring_given", "gaps"):
        assert reverse(name, args=[site.county.pk]) in near, name
    assert reverse("notices") in near


def test_an_administrator_reaches_tokens_and_hooks(site: Site, browse: Browse) -> None:
    near = _near(browse(Role.ADMINISTRATOR, site.county), reverse("place", args=[site.county.pk]))
    for name in ("tokens", "hooks"):
        assert reverse(name, args=[site.county.pk]) in near, name


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.CLERK])
def test_no_link_leads_to_what_is_not_theirs(
    role: Role, site: Site, finding: Finding, browse: Browse
) -> None:
    """An inspector of a city is offered no province, a clerk no county."""
    place = site.city if role == Role.INSPECTOR else site.school
    client = browse(role, place)
    first = reverse("place", args=[place.pk])
    assert client.get(first).status_code == 200
    wrong = [one for one in sorted(_ways(client, first)) if client.get(one, follow=True).status_code == 404]
    assert wrong == []
