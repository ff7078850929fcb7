"""From state to state: submit, send back,
accept. Each is asked of the table of states under the return's lock."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from junheng.basics import sha256_bytes
from junheng.draws import canonical_bytes
from junheng.web.audit.chain import record
from junheng.web.filing.actions import locked
from junheng.web.filing.attaching import hashes_of
from junheng.web.filing.checking import problems_of, unexplained
from junheng.web.filing.county_return import tell
from junheng.web.filing.models import Filing, Remark, Row
from junheng.web.filing.refusing import refused
from junheng.web.filing.sections import fields_of
from junheng.web.filing.states import Act, State, transition
from junheng.web.filing.tables import content_of
from junheng.web.front.words import both
from junheng.web.people.models import Account

_WORDS = 500


def submit(actor: Account, filing: Filing) -> Filing:
    """Hand it to the bureau. Raises ValidationError where the state forbids it or a check stands in the way."""
    found = problems_of(filing)  # outside the lock: it takes half a second
    explained = dict(filing.explanations.values_list("key", "words"))
    left = unexplained(found, explained)
    with transaction.atomic():
        now = _moved(filing, Act.SUBMIT)
        if now.revision != filing.revision:
            raise refused("刚才又有改动，请再看一遍后提交", "it was changed meanwhile: look again")
        if left:
            logic = sum(one.is_logic for one in left)
            raise refused(
                f"还不能提交：逻辑问题 {logic} 个，经验问题待说明 {len(left) - logic} 个",
                f"not yet: {logic} rules of logic broken, {len(left) - logic} unlikely figures unexplained",
            )
        now.submitted_at = timezone.now()
        now.save(update_fields=["state", "submitted_at"])
        Remark.objects.filter(filing=now, closed_at=None).exclude(sent_at=None).update(
            closed_at=timezone.now()
        )
        _record(actor, now, Act.SUBMIT, _said(now))
        tell(now, Act.SUBMIT)
    return now


@transaction.atomic
def remark(
    actor: Account, filing: Filing, row: Row | None, column: str, words: str, words_en: str = ""
) -> Remark:
    """Note a reason to send a return back; the school sees it when it is sent. Raises ValidationError."""
    now = locked(filing.pk)
    if transition(Act.SEND_BACK, now.state) is None:
        state = both(State(now.state).label)
        raise refused(f"报表“{state.zh}”，不在审核", f"the return is {state.en}: not under review")
    said = " ".join(words.split())[:_WORDS]
    is_known = row is None or (
        row.filing_id == now.pk and column in {spec.name for spec in fields_of(row.table)}
    )
    if not said or not is_known:
        raise refused("请写明理由和所在的栏", "say why, and of which cell")
    return Remark.objects.create(
        filing=now, row=row, column=column if row else "", words=said, words_en=words_en[:_WORDS], by=actor,
        by_name=actor.name,
    )  # fmt: skip


@transaction.atomic
def send_back(actor: Account, filing: Filing, words: str = "") -> Filing:
    """Back to the school, with every reason noted. Raises ValidationError without one, or where the state forbids it."""
    now = _moved(filing, Act.SEND_BACK)
    if words.strip():
        remark(actor, filing, None, "", words)
    reasons = list(Remark.objects.filter(filing=now, sent_at=None))
    if not reasons:
        raise refused("退回须写明至少一条理由", "say at least one reason")
    Remark.objects.filter(filing=now, sent_at=None).update(sent_at=timezone.now())
    now.save(update_fields=["state"])
    _record(
        actor, now, Act.SEND_BACK, {"reasons": [f"{one.column}: {one.words}".strip(": ") for one in reasons]}
    )
    tell(now, Act.SEND_BACK)
    return now


@transaction.atomic
def accept(actor: Account, filing: Filing) -> Filing:
    """Take it as it is. Raises ValidationError where the state forbids it, so of two officers the second is told."""
    now = _moved(filing, Act.ACCEPT)
    now.accepted_at = timezone.now()
    now.save(update_fields=["state", "accepted_at"])
    Remark.objects.filter(filing=now, sent_at=None).delete()  # noted, never sent: no reason remains
    _record(actor, now, Act.ACCEPT, _said(now))
    return now


@transaction.atomic
def reopen(actor: Account, filing: Filing, words: str) -> Filing:
    """Back to the school although it was accepted: a mistake of the bureau's, until the year is frozen.

    Raises ValidationError without a reason, or where the state forbids it.
    """
    now, said = _moved(filing, Act.REOPEN), " ".join(words.split())[:_WORDS]
    if not said:
        raise refused("撤销通过须写明理由", "say why it is opened again")
    Remark.objects.create(
        filing=now, row=None, column="", words=said, by=actor, by_name=actor.name, sent_at=timezone.now()
    )
    now.accepted_at = None
    now.save(update_fields=["state", "accepted_at"])
    _record(actor, now, Act.REOPEN, {"reasons": [said]})
    tell(now, Act.SEND_BACK)
    return now


def _moved(filing: Filing, act: Act) -> Filing:
    """The return, held and in its next state (not saved). Raises ValidationError where the table has no such way."""
    now = locked(filing.pk)
    way = transition(act, now.state)
    if now.county_year.frozen_at:
        raise refused("这一年已经定稿", "the year is frozen: nothing changes")
    if way is None:
        raise refused(
            f"报表现在是“{both(State(now.state).label).zh}”，不能{both(act.label).zh}",
            f"the return is {both(State(now.state).label).en}: {both(act.label).en} is not open now",
        )
    now.state = way.after
    return now


def digest_of(filing: Filing) -> str:
    """SHA-256 of what the return says, so that the trail holds what was submitted and accepted."""
    held = content_of([filing])
    said = [
        {"table": row.table, "key": row.key, "cells": dict(held.values.get(row.pk, {}))} for row in held.rows
    ]
    return sha256_bytes(canonical_bytes({"code": filing.code, "rows": said}))


def _said(filing: Filing) -> Mapping[str, object]:
    """What the trail holds of a return: its figures and its files, by their hashes."""
    files = list(hashes_of([filing]).get(filing.code, ()))
    return {"sha256": digest_of(filing), "revision": filing.revision, "evidence": files}


def _record(actor: Account, filing: Filing, act: Act, detail: Mapping[str, object]) -> None:
    told = {"year": filing.county_year.year, **detail}
    record(actor, f"filing.{act}", "filing", filing.pk, told, organisation_id=filing.school_id)
