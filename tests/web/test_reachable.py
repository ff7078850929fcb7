"""From a county's page every page of its keys, addresses, deadlines, sources and notices is two clicks away."""

import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from tests.web.conftest import Site

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
