"""Odd requests to every route: told apart, never a fault of the site; and what every answer carries."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests.web.api_keys import Program, key
from tests.web.conftest import Site
from tests.web.walks import NAMES, address_of, everybody, guard_of, signed_in, values_of

from junheng.web.findings.models import Finding
from junheng.web.people.models import Account
from junheng.web.people.roles import Role

_LONG = "9" * 5000  # more digits than int() reads
_FIELDS = (
    *("page", "year", "alert", "after", "scenario", "least", "number", "with", "below", "q", "section", "state"),
    *("stage", "sort", "street", "community", "door", "on", "look", "batch", "who", "action", "rule", "level"),
    *("school_code", "tab", "by", "object_id", "school", "close", "verdict", "town", "order", "kind", "table"),
    *("value", "seen", "words", "name", "invitation", "session", "act", "place", "reason", "choice", "key"),
    *("column", "structure", "revision", "query", "token", "owner", "due_on", "title", "role", "code", "drop"),
)  # fmt: skip
_ODD = {
    "digits": dict.fromkeys(_FIELDS, "²") | {"r-²-name": "x", "c-²-name": "x", "choice-²": "mine"},
    "long": dict.fromkeys(_FIELDS, _LONG) | {f"r-{_LONG}-name": "x", f"c-{_LONG}-name": "x", f"choice-{_LONG}": "mine"},
    "signs": dict.fromkeys(_FIELDS, "\u202e\u2028\ufeff\U0001f600'\"\\;--%_<") | {"structure": "[" * 50_000},
}  # fmt: skip
_SLOW = {
    "monitoring_run",
    "job_evaluate",
    "scenario_evaluate",
    "filing_judge",
}  # compute
World = tuple[Account, Mapping[str, Any]]


@pytest.fixture
def world(site: Site, finding: Finding) -> World:
    me = everybody(site)
    return me, values_of(site, finding, me)


def _answers(world: World, sent: Mapping[str, str]) -> Iterator[tuple[str, str, Any]]:
    """Every route asked by whoever may everything, each as if it were the first."""
    me, values = world
    for name in NAMES:
        for method in sorted({"GET", "POST"} & guard_of(name).methods):
            if name in _SLOW:
                continue
            with transaction.atomic():
                client = signed_in(Account.objects.get(pk=me.pk))
                yield name, method, getattr(client, method.lower())(address_of(name, values), sent)
                transaction.set_rollback(True)


@pytest.mark.parametrize("kind", _ODD)
def test_odd_fields_are_no_fault_of_the_site(world: World, kind: str) -> None:
    faults = [
        (name, method) for name, method, answer in _answers(world, _ODD[kind]) if answer.status_code >= 500
    ]
    assert not faults


@pytest.mark.parametrize("field", ["q", "value", "r-\x00-name"])
def test_a_nul_is_refused_before_any_database_sees_it(world: World, field: str) -> None:
    me, values = world
    client = signed_in(me)
    for name in NAMES:
        if name.startswith("api_"):
            continue
        for method in sorted({"GET", "POST"} & guard_of(name).methods):
            answer = getattr(client, method.lower())(address_of(name, values), {field: "a\x00b"})
            assert answer.status_code == 400, (name, method)
    assert client.get("/invitation/a%00b").status_code == 400


def test_every_answer_carries_the_policy_and_nothing_personal_is_cached(world: World) -> None:
    for name, method, answer in _answers(world, {}):
        told = (name, method, answer.status_code)
        assert "default-src 'none'" in answer["Content-Security-Policy"], told
        assert answer["X-Content-Type-Options"] == "nosniff", told
        assert answer["X-Frame-Options"] == "DENY", told
        assert answer["X-Request-ID"], told
        if name != "health":
            assert "no-store" in answer["Cache-Control"], told
        if not answer["Content-Type"].startswith(
            ("text/html", "application/json", "application/problem+json")
        ):
            shown = answer.status_code in (404, 410) or answer["Content-Disposition"].startswith("attachment")
            assert shown, told


def test_what_answers_by_itself_carries_the_policy_too(site: Site, browse: Callable[..., Client]) -> None:
    client = browse(Role.LEADER, site.county)
    client.raise_request_exception = False
    checked = Client(enforce_csrf_checks=True)
    many = {f"f{number}": "1" for number in range(1100)}
    answers = {
        "not found": (client.get("/nothing"), 404),
        "a foreign host": (client.get("/", headers={"host": "evil.example"}), 400),
        "no token of the form": (checked.post("/language", {"language": "en"}), 403),
        "too many fields": (client.post("/language", many), 400),
        "too large a body": (client.post("/language", "x" * 6_000_000, "application/x-www-form-urlencoded"), 400),
        "a NUL": (client.get("/?q=%00"), 400),
        "a method": (client.delete("/"), 405),
        "a file of ours": (client.get("/static/front/site.css"), 200),
        "the way in": (Client().get(reverse("invitation", args=["x" * 40])), 404),
    }  # fmt: skip
    for what, (answer, status) in answers.items():
        assert answer.status_code == status, what
        assert "default-src 'none'" in answer["Content-Security-Policy"], what
    assert "no-store" in answers["the way in"][0]["Cache-Control"]


@pytest.mark.parametrize(
    "body", ["[" * 100_000, '{"a":' * 50_000, "\x00", '{"cells":"\\ud800"}', "9" * 10_000]
)
def test_a_deep_or_broken_body_is_refused_by_the_interface(
    site: Site, person: Callable[..., Account], world: World, body: str
) -> None:
    _, word = key(person(Role.ADMINISTRATOR, site.county), site.school)
    program, filing = Program(word), world[1]["filing"]
    for method, end in (("PUT", "cells"), ("POST", "rows"), ("POST", "explanations")):
        answer = program.client.generic(
            method,
            f"/api/v1/returns/{filing}/{end}",
            body,
            content_type="application/json",
            headers=program.head,
        )
        assert answer.status_code in (400, 422), (end, answer.status_code)
        assert json.loads(answer.content)["messages"] is not None
