"""Tokens: made, shown once, kept as a hash, bounded, ended."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.web.api_keys import Program, Scope, Token, key
from tests.web.conftest import Site

from junheng.web.api.tokens import LONGEST_DAYS, make, recognise, revoke
from junheng.web.audit.models import Entry
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

Person = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]


def test_only_its_hash_is_kept(site: Site, person: Person) -> None:
    token, word = key(person(Role.ADMINISTRATOR, site.county), site.county)
    row = Token.objects.values().get(pk=token.pk)
    secret = word.split("_", 2)[2]
    assert secret not in str(row)
    assert secret not in str(list(Entry.objects.values_list("detail", flat=True)))
    assert recognise(word) == token


def test_it_acts_as_an_account_that_cannot_sign_in(site: Site, person: Person) -> None:
    token, _ = key(person(Role.ADMINISTRATOR, site.county), site.county)
    assert not token.account.has_usable_password()
    assert [(post.organisation_id, post.role) for post in token.account.posts.all()] == [
        (site.county.pk, "officer")
    ]
    school, _ = key(person(Role.ADMINISTRATOR, site.county), site.school)
    assert [(post.organisation_id, post.role) for post in school.account.posts.all()] == [
        (site.school.pk, "clerk")
    ]


@pytest.mark.parametrize("days", [-1, 0, LONGEST_DAYS + 1])
def test_no_token_for_a_past_or_far_day(site: Site, person: Person, days: int) -> None:
    with pytest.raises(ValidationError):
        key(person(Role.ADMINISTRATOR, site.county), site.county, days=days)
    assert not Token.objects.exists()


def test_no_token_without_a_scope(site: Site, person: Person) -> None:
    with pytest.raises(ValidationError):
        make(
            person(Role.ADMINISTRATOR, site.county), site.county, "x", [], timezone.now() + timedelta(days=1)
        )


def test_a_word_changed_by_one_letter_is_forged(site: Site, person: Person) -> None:
    _, word = key(person(Role.ADMINISTRATOR, site.county), site.county)
    other = word[:-1] + ("A" if word[-1] != "A" else "B")
    for forged in (other, word[:11], "jh__", "jh_0_0", "", "x", word + "é", "jh_\x00_x"):
        assert recognise(forged) is None
        assert Program(forged).get("/me").status_code == 401


def test_ended_and_expired_open_nothing(site: Site, person: Person) -> None:
    administrator = person(Role.ADMINISTRATOR, site.county)
    token, word = key(administrator, site.county)
    assert Program(word).get("/me").status_code == 200
    assert revoke(administrator, token)
    assert not revoke(administrator, token)
    assert Program(word).get("/me").status_code == 401
    old, past = key(administrator, site.county)
    Token.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    assert Program(past).get("/me").status_code == 401


def test_an_ended_post_closes_it(site: Site, person: Person, finding: object) -> None:
    token, word = key(person(Role.ADMINISTRATOR, site.county), site.county)
    assert Program(word).get(f"/organisations/{site.county.pk}/findings").status_code == 200
    token.account.posts.update(until=timezone.localdate())
    assert Program(word).get(f"/organisations/{site.county.pk}/findings").status_code == 404
    assert Program(word).get("/organisations").json()["items"] == []


def test_above_its_rate_it_waits(site: Site, person: Person, settings: object) -> None:
    settings.API_REQUESTS_PER_MINUTE = 3  # type: ignore[attr-defined] # pytest-django's settings
    token, word = key(person(Role.ADMINISTRATOR, site.county), site.county)
    _, second = key(person(Role.ADMINISTRATOR, site.county), site.county)
    found = [Program(word).get("/me") for _ in range(8)]  # a minute may end once between them
    refused = [one for one in found if one.status_code == 429]
    assert refused
    assert 0 < int(refused[0]["Retry-After"]) <= 60
    assert Program(second).get("/me").status_code == 200
    Token.objects.filter(pk=token.pk).update(minute=0)
    assert Program(word).get("/me").status_code == 200


def test_last_use_is_noted(site: Site, person: Person) -> None:
    token, word = key(person(Role.ADMINISTRATOR, site.county), site.county)
    assert token.used_at is None
    Program(word).get("/me")
    token.refresh_from_db()
    assert token.used_at is not None


def test_the_page_makes_lists_and_ends(site: Site, browse: Browse) -> None:
    browser = browse(Role.ADMINISTRATOR, site.county)
    told = {
        "name": "学籍系统",
        "scopes": ["read"],
        "expires_on": f"{timezone.localdate() + timedelta(days=9)}",
    }
    made = browser.post(reverse("token_make", args=[site.school.pk]), told)
    word = made.content.decode().split("<code>")[1].split("</code>")[0]
    assert made["Cache-Control"] == "no-store"
    assert Program(word).get("/me").json()["scopes"] == ["read"]
    address = reverse("tokens", args=[site.county.pk])
    listed = browser.get(address).content.decode()
    assert "学籍系统" in listed
    assert word not in listed
    browser.post(reverse("token_revoke", args=[Token.objects.get().pk]))
    assert Program(word).get("/me").status_code == 401
    acts = list(Entry.objects.values_list("action", flat=True))
    assert {"token.make", "token.revoke", "post.end"} <= set(acts)


def test_nobody_else_keeps_tokens(site: Site, browse: Browse, person: Person) -> None:
    token, _ = key(person(Role.ADMINISTRATOR, site.county), site.county)
    for role, place in (
        (Role.OFFICER, site.county),
        (Role.LEADER, site.county),
        (Role.ADMINISTRATOR, site.other),
    ):
        browser = browse(role, place)
        assert browser.get(reverse("tokens", args=[site.county.pk])).status_code == 404
        assert browser.get(reverse("token_make", args=[site.school.pk])).status_code == 404
        assert browser.post(reverse("token_revoke", args=[token.pk])).status_code == 404


def test_the_list_asks_as_often_for_thirty_as_for_one(site: Site, browse: Browse, person: Person) -> None:
    browser, counts = browse(Role.ADMINISTRATOR, site.county), []
    for many in (1, 28):
        for _ in range(many):
            key(person(Role.ADMINISTRATOR, site.county), site.county, (Scope.READ,))
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("tokens", args=[site.county.pk]))
        counts.append(len(asked))
    assert counts[1] <= counts[0]  # the first request of a session reads a little more
