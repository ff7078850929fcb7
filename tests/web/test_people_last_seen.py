"""When a session was last used is written once a minute, and at once where browser or address is new."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import Site

from junheng.web.people import last_seen
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role

pytestmark = pytest.mark.django_db
Browse = Callable[[Role, Organisation], Client]


def _writes(client: Client, address: str, **heads: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address, headers=heads).status_code == 200
    return sum(
        "usersessions" in one["sql"] and not one["sql"].startswith("SELECT") for one in asked.captured_queries
    )


def test_it_is_written_once_a_minute(site: Site, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    client, address = browse(Role.CLERK, site.school), reverse("filing_years", args=[site.school.pk])
    assert _writes(client, address) == 1
    long_ago = timezone.now() - timedelta(hours=1)
    UserSession.objects.update(last_seen_at=long_ago)
    assert _writes(client, address) == 0
    monkeypatch.setattr(last_seen, "_SECONDS", 0.0)
    assert _writes(client, address) == 1
    assert UserSession.objects.get().last_seen_at > long_ago


def test_another_browser_with_the_same_cookie_is_written_down_at_once(site: Site, browse: Browse) -> None:
    client, address = browse(Role.CLERK, site.school), reverse("filing_years", args=[site.school.pk])
    assert _writes(client, address, user_agent="one") == 1
    assert _writes(client, address, user_agent="two") == 1
    assert UserSession.objects.get().user_agent == "two"


def test_nobody_is_written_down_who_is_not_signed_in(db: None) -> None:
    Client().get(reverse("health"))
    assert not UserSession.objects.exists()
