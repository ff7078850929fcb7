"""Webhooks: signed, tried again, given up; told of what the trail records and of nothing about people."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import filings_of, tables_of
from tests.web.hook_receiver import Receiver, receiver

from junheng.web.api import posting
from junheng.web.api.events import announce
from junheng.web.api.hooks import end, key_of, register
from junheng.web.api.kinds import OFFERED, Event, Stand, Trouble
from junheng.web.api.models import Delivery, Hook
from junheng.web.api.sending import PAUSES, send_due
from junheng.web.audit.chain import record
from junheng.web.filing.models import Filing
from junheng.web.filing.review import accept
from junheng.web.filing.states import State
from junheng.web.findings.models import Finding
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

__all__ = ["receiver"]  # a fixture: pytest finds it here
Person = Callable[[Role, Organisation], Account]
_EVERY = [one.value for one in OFFERED]


@pytest.fixture
def hook(site: Site, person: Person, receiver: Receiver) -> Hook:
    """A county's address, told of everything."""
    return register(person(Role.ADMINISTRATOR, site.county), site.county, receiver.address, _EVERY)


def test_a_message_is_signed(site: Site, hook: Hook, receiver: Receiver) -> None:
    assert announce(Event.GAP_OPENED, site.school, {"gap": 7, "state": "open"}) == 1
    assert send_due() == 1
    ((head, body),) = receiver.got
    told = json.loads(body)
    assert told["event"] == head["Junheng-Event"] == "gap.opened"
    assert (told["organisation"], told["data"]) == (site.school.pk, {"gap": 7, "state": "open"})
    assert told["id"] == head["Junheng-Delivery"]
    parts = dict(part.split("=") for part in head["Junheng-Signature"].split(","))
    wanted = hmac.new(key_of(hook).encode(), f"{parts['t']}.".encode() + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(parts["v1"], wanted)
    assert Delivery.objects.get().stand == Stand.SENT
    assert send_due() == 0


def test_its_key_is_not_in_the_database(hook: Hook) -> None:
    assert key_of(hook) not in str(Hook.objects.values().get())


def test_what_changes_a_state_is_told(
    site: Site, hook: Hook, person: Person, finding: Finding, tmp_path: Path
) -> None:
    officer = person(Role.OFFICER, site.county)
    filing = filings_of(site, officer, tables_of(tmp_path / "t"))[SCHOOL]
    Filing.objects.filter(pk=filing.pk).update(state=State.SUBMITTED)
    accept(officer, filing)
    with transaction.atomic():
        for action, one, where in (
            ("job.finish", 5, site.county),
            ("gap.open", 6, site.school),
            ("gap.close", 6, site.school),
        ):
            detail = {"state": "done", "why": "某某"}
            record(officer, action, action.partition(".")[0], one, detail, organisation_id=where.pk)
    told = [json.loads(body) for body in Delivery.objects.order_by("pk").values_list("body", flat=True)]
    assert [(one["event"], one["data"]) for one in told] == [
        ("finding.current", {"finding": finding.pk, "state": "current"}),
        ("return.accepted", {"return": filing.pk, "state": "accepted"}),
        ("job.done", {"job": 5, "state": "done"}),
        ("gap.opened", {"gap": 6, "state": "open"}),
        ("gap.closed", {"gap": 6, "state": "closed"}),
    ]
    assert "某某" not in str(told)


def test_what_is_rolled_back_is_not_told(site: Site, hook: Hook) -> None:
    with transaction.atomic():
        assert announce(Event.GAP_CLOSED, site.county, {"gap": 1}) == 1
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("value", ["张三", "a b", "", "x" * 65, 1.5, None, ["x"]])
def test_no_words_leave_the_site(site: Site, hook: Hook, value: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        announce(Event.GAP_OPENED, site.county, {"gap": value})
    assert not Delivery.objects.exists()


def test_only_who_asked_and_only_of_their_own(site: Site, person: Person, receiver: Receiver) -> None:
    administrator = person(Role.ADMINISTRATOR, site.other)
    register(administrator, site.other, receiver.address, _EVERY)
    register(administrator, site.county, receiver.address, ["gap.closed"])
    city = register(administrator, site.city, receiver.address, ["gap.opened"])
    assert announce(Event.GAP_OPENED, site.school, {"gap": 1}) == 1
    assert Delivery.objects.get().hook == city


def test_it_is_tried_again_and_then_given_up(site: Site, hook: Hook, receiver: Receiver) -> None:
    receiver.status = 503
    announce(Event.GAP_OPENED, site.county, {"gap": 1})
    for pause in (*PAUSES, None):
        before = timezone.now()
        assert send_due() == 1
        one = Delivery.objects.get()
        assert (one.status, one.trouble) == (503, Trouble.ANSWER)
        if pause is None:
            assert one.stand == Stand.FAILED
            break
        assert one.next_at >= before + timedelta(seconds=pause)
        assert send_due() == 0
        Delivery.objects.update(next_at=timezone.now())
    assert len({head["Junheng-Delivery"] for head, _ in receiver.got}) == 1
    assert len(receiver.got) == len(PAUSES) + 1


def test_a_redirect_is_not_followed(site: Site, hook: Hook, receiver: Receiver) -> None:
    receiver.status, receiver.head = 302, {"Location": receiver.address}
    announce(Event.GAP_OPENED, site.county, {"gap": 1})
    send_due()
    assert len(receiver.got) == 1
    assert Delivery.objects.get().trouble == Trouble.ANSWER


def test_a_slow_receiver_is_cut_off(
    site: Site, hook: Hook, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "SECONDS", 0.3)
    receiver.is_slow = True
    announce(Event.GAP_OPENED, site.county, {"gap": 1})
    send_due()
    assert Delivery.objects.get().trouble == Trouble.TIME


def test_of_two_workers_one_sends(site: Site, hook: Hook, receiver: Receiver) -> None:
    announce(Event.GAP_OPENED, site.county, {"gap": 1})
    one, other = Delivery.objects.get(), Delivery.objects.get()
    from junheng.web.api.sending import _claimed

    assert [_claimed(one), _claimed(other)] == [True, False]


def test_an_ended_address_is_told_nothing(site: Site, hook: Hook, person: Person, receiver: Receiver) -> None:
    announce(Event.GAP_OPENED, site.county, {"gap": 1})
    assert end(person(Role.ADMINISTRATOR, site.county), hook)
    assert announce(Event.GAP_OPENED, site.county, {"gap": 2}) == 0
    assert send_due() == 0
    assert Delivery.objects.get().trouble == Trouble.ENDED
    assert receiver.got == []


def test_the_pages(site: Site, receiver: Receiver, browse: Callable[[Role, Organisation], Client]) -> None:
    browser, address = browse(Role.ADMINISTRATOR, site.county), reverse("hooks", args=[site.county.pk])
    refused = browser.post(address, {"address": "ftp://x", "events": ["job.done"]})
    assert not Hook.objects.exists()
    assert refused.status_code == 200
    made = browser.post(address, {"address": receiver.address, "events": ["job.done"]})
    hook = Hook.objects.get()
    assert key_of(hook) in made.content.decode()
    assert made["Cache-Control"] == "no-store"
    browser.post(reverse("hook_try", args=[hook.pk]))
    send_due()
    log = browser.get(reverse("hook", args=[hook.pk])).content.decode()
    assert "HTTP 200" in log
    assert "secret words" not in log
    assert key_of(hook) not in log + browser.get(address).content.decode()
    browser.post(reverse("hook_end", args=[hook.pk]))
    assert Hook.objects.get().ended_at is not None


def test_the_worker_sends(site: Site, hook: Hook, receiver: Receiver) -> None:
    announce(Event.GAP_OPENED, site.county, {"gap": 1})
    call_command("worker", "--once")
    assert len(receiver.got) == 1


def test_jobs_of_the_trail_with_strange_details_are_told_all_the_same(
    site: Site, hook: Hook, person: Person
) -> None:
    with transaction.atomic():
        record(person(Role.OFFICER, site.county), "job.finish", "job", 5, {}, organisation_id=site.county.pk)
    assert json.loads(Delivery.objects.get().body)["data"] == {"job": 5, "state": "ended"}
