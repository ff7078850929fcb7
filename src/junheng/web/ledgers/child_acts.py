"""Taking over a comparison, visits, closings: the library's steps, kept; the trail knows numbers and no names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.basics import Text, UserError, sha256_bytes
from junheng.enrolment import (
    Rules,
    as_of,
    close_step,
    left_behind,
    load_rules,
    read_standing,
    stepped,
    visit_step,
)
from junheng.web.audit.chain import record
from junheng.web.ledgers.models import Child, ChildLedger
from junheng.web.ledgers.models.children import CLOSED
from junheng.web.people.models import Account, Organisation

Json = dict[str, Any]
_SHOWN = 5  # numbers told in a refusal


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking over a comparison did. ``astray``: entries whose school is not one of the county's here."""

    entries: int
    new: int
    astray: int


def rules_on(day: date) -> Rules:
    """The rules shipped that are in force on a day."""
    return load_rules(day)[0]


@transaction.atomic
def take_over(
    actor: Account | None, county: Organisation, content: bytes, schools: Mapping[str, int]
) -> Taken:
    """Take over the full ledger of a comparison; ``schools``: organisation by school code. Raises UserError.

    It must continue what stands here – every number, with the steps taken since –, or nothing is changed.
    """
    today = timezone.localdate()
    rules = rules_on(today)
    on, entries = read_standing(content, rules)
    Organisation.objects.select_for_update().get(pk=county.pk)
    held = {one.number: one for one in Child.objects.select_for_update().filter(county=county)}
    if on > today:
        raise UserError(Text("比对日在今天之后", "the comparison is of a day after today"))
    _require_continued([one.entry for one in held.values()], entries)
    for entry in entries:
        child = held.get(entry["number"]) or Child(county=county, number=entry["number"])
        child.school_id = schools.get(entry["school"]) if entry["table"] == "register" else None
        _keep(child, as_of(entry, rules, today))
    digest = sha256_bytes(content)
    told = {"compared_on": on, "sha256": digest, "given_by": actor, "given_at": timezone.now()}
    ChildLedger.objects.update_or_create(county=county, defaults=told)
    new = sum(entry["number"] not in held for entry in entries)
    detail: dict[str, object] = {"entries": len(entries), "new": new, "sha256": digest}
    record(actor, "child.take_over", "child_ledger", county.pk, detail, organisation_id=county.pk)
    astray = sum(one["table"] == "register" and one["school"] not in schools for one in entries)
    return Taken(len(entries), new, astray)


def _require_continued(before: list[Json], after: list[Json]) -> None:
    lost = left_behind(before, after)
    if lost:
        told = "、".join(lost[:_SHOWN]) + ("…" if len(lost) > _SHOWN else "")
        raise UserError(
            Text(f"{len(lost)} 个条目没有接续：{told}", f"{len(lost)} entries are not continued: {told}"),
            why=Text(
                "编号、走访和销号要从现有台账接续", "numbers, visits and closings go on from what stands here"
            ),
            fix=Text(
                "先导出现有台账，作为 --previous 再比对",
                "take the ledger out first and compare with --previous",
            ),
        )


@transaction.atomic
def visit(actor: Account, child: Child, word: str, dated: date) -> Child:
    """Enter a visit by its result. Raises UserError where the library's table of states forbids it."""
    held, today = _locked(child), timezone.localdate()
    rules = rules_on(today)
    step = visit_step(word, dated, actor.name, rules)
    held.said = [*held.said, {"dated": dated.isoformat(), "zh": word}]
    _keep(held, stepped(held.entry, step, rules, today))
    detail = {"number": held.number, "state": held.state, "result": word}
    record(actor, "child.visit", "child", held.pk, detail, organisation_id=_place(held))
    return held


@transaction.atomic
def close(actor: Account, child: Child, reason: str, dated: date, evidence: str) -> Child:
    """Close by number with reason, day and the fingerprint of the paper. Raises UserError as ``visit`` does."""
    held, today = _locked(child), timezone.localdate()
    rules = rules_on(today)
    step = close_step(reason, dated, evidence, rules)
    _keep(held, stepped(held.entry, step, rules, today))
    said = rules.reasons.words[reason].zh
    detail = {"number": held.number, "state": held.state, "reason": said, "sha256": evidence}
    record(actor, "child.close", "child", held.pk, detail, organisation_id=_place(held))
    return held


def _locked(child: Child) -> Child:
    chosen = Child.objects.select_for_update(of=("self",))
    return chosen.select_related("county", "school").get(pk=child.pk)


def _keep(child: Child, entry: Json) -> None:
    """The entry, and what is drawn from it to be asked for."""
    closed = [step["dated"] for step in entry["steps"] if step["action"] == "close"]
    child.entry, child.ledger, child.state = entry, entry["ledger"], entry["state"]
    child.due_on = date.fromisoformat(entry["due"]) if entry["due"] else None
    child.reason, child.evidence_sha256 = entry["reason"], entry["evidence"].lower()
    # an explanation with evidence closes an entry on the day it is opened
    is_closed = entry["state"] == CLOSED
    child.closed_on = date.fromisoformat([entry["opened"], *closed][-1]) if is_closed else None
    child.save()


def _place(child: Child) -> int:
    return int(child.school_id or child.county_id)


@transaction.atomic
def note_page(actor: Account, place: Organisation, shown: int) -> None:
    """Who read a list of names, and how many."""
    record(actor, "child.list", "organisation", place.pk, {"shown": shown}, organisation_id=place.pk)


@transaction.atomic
def note_reading(actor: Account, child: Child) -> None:
    """Who read one child's entry."""
    detail = {"number": child.number}
    record(actor, "child.read", "child", child.pk, detail, organisation_id=_place(child))


@transaction.atomic
def note_export(actor: Account, county: Organisation, shown: int) -> None:
    """Who took the ledger out."""
    record(actor, "child.export", "child_ledger", county.pk, {"shown": shown}, organisation_id=county.pk)
