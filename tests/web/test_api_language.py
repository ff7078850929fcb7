"""Switched to English, the pages of tokens and webhooks show no Chinese but names."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.api_keys import key
from tests.web.conftest import Site

from junheng.web.api.events import announce
from junheng.web.api.hooks import register
from junheng.web.api.kinds import OFFERED, Event, Stand, Trouble
from junheng.web.api.models import Delivery
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_NAMES = {"区", "教务系统", "实验小学", "中文", "均衡"}


def _left(client: Client, address: str) -> set[str]:
    page = client.get(address).content.decode()
    shown = re.findall(r"<title>.*?</title>|<main.*</main>", page, re.DOTALL)
    assert len(shown) > 1
    return set(_CHINESE.findall("".join(shown))) - _NAMES


@pytest.fixture
def pages(site: Site, person: Callable[[Role, Organisation], Account]) -> list[str]:
    """Each page with everything on it that it can show."""
    administrator = person(Role.ADMINISTRATOR, site.county)
    key(administrator, site.county)
    hook = register(administrator, site.county, "https://example.org/in", [one.value for one in OFFERED])
    for trouble in Trouble:
        announce(Event.GAP_OPENED, site.county, {"gap": 1})
        stand = Stand.FAILED if trouble else Stand.SENT
        newest = Delivery.objects.order_by("-pk")[0]
        Delivery.objects.filter(pk=newest.pk).update(trouble=trouble, stand=stand)
    place = site.county.pk
    return [
        reverse("tokens", args=[place]),
        reverse("token_make", args=[place]),
        reverse("hooks", args=[place]),
        reverse("hook", args=[hook.pk]),
        reverse("api_page"),
    ]


def test_no_chinese_but_names(
    site: Site, pages: list[str], browse: Callable[[Role, Organisation], Client]
) -> None:
    client = browse(Role.ADMINISTRATOR, site.county)
    client.cookies["django_language"] = "en"
    for address in pages:
        assert _left(client, address) == set(), address
    for address, told in (
        (pages[1], {"name": "x"}),
        (pages[2], {"address": "ftp://x", "events": ["job.done"]}),
    ):
        refused = client.post(address, told).content.decode()
        assert "errorlist" in refused
        assert not set(_CHINESE.findall(re.findall(r"<ul class=\"errorlist.*?</ul>", refused, re.DOTALL)[0]))


def test_chinese_stands_first_otherwise(
    site: Site, pages: list[str], browse: Callable[[Role, Organisation], Client]
) -> None:
    client = browse(Role.ADMINISTRATOR, site.county)
    for address in pages:
        assert len(_left(client, address)) > 5, address
