"""Keeping, copying and deleting scenarios, each with its entry in the trail."""

from dataclasses import dataclass

from django.db import transaction

from junheng.basics import Text, UserError, sha256_bytes
from junheng.data import changes_json, read_changes
from junheng.draws import canonical_bytes
from junheng.judgement import WhatIf
from junheng.web.audit.chain import record
from junheng.web.findings.models import Finding
from junheng.web.people.models import Account
from junheng.web.whatif.models import Scenario

MOST_OWN = 200  # scenarios of one person in one county; own default


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be kept: name, note, changes in plain form, the verdict they come to, and to which school it is confined."""

    name: str
    note: str
    listed: list[dict[str, object]]
    found: WhatIf
    own_school: str = ""


def save(
    actor: Account, finding: Finding, draft: Draft, before: Scenario | None = None, seen: int = 0
) -> Scenario:
    """Keep a draft, as a new scenario or over ``before``. Raises UserError where another tab saved since ``seen``."""
    with transaction.atomic():
        if before is None:
            return _new(actor, finding, draft)
        now = Scenario.objects.select_for_update(of=("self",)).filter(pk=before.pk, author=actor).first()
        if now is None:
            raise UserError(
                Text("方案已被删除", "the scenario was deleted"), fix=Text("请另存", "save it anew")
            )
        if now.revision != seen:
            raise _overtaken(now)
        _fill(now, draft)
        now.revision += 1
        now.save()
        _told(actor, "scenario.save", now)
        return now


def _new(actor: Account, finding: Finding, draft: Draft) -> Scenario:
    if Scenario.objects.filter(county=finding.county, author=actor).count() >= MOST_OWN:
        raise UserError(
            Text(f"您在本县已存 {MOST_OWN} 个方案", f"you keep {MOST_OWN} scenarios here already"),
            fix=Text("请先删除不用的", "delete some you do not need"),
        )
    made = Scenario(county=finding.county, finding=finding, author=actor, author_name=actor.name)
    _fill(made, draft)
    made.save()
    _told(actor, "scenario.save", made)
    return made


def _fill(scenario: Scenario, draft: Draft) -> None:
    stages = draft.found.county.stages.values()
    listed = changes_json(read_changes(draft.listed))
    scenario.name, scenario.note, scenario.own_school = draft.name, draft.note, draft.own_school
    scenario.changes = canonical_bytes({"changes": listed}).decode("utf-8")[len('{"changes":') : -1]
    scenario.verdict = str(draft.found.county.verdict)
    scenario.passed = sum(stage.passed for stage in stages)
    scenario.judged = sum(stage.schools for stage in stages)


def copy(actor: Account, scenario: Scenario, own_school: str) -> Scenario:
    """The same changes under the actor's name."""
    name = f"{scenario.name[:90]}（副本）"
    kept = {"finding": scenario.finding, "county": scenario.county, "changes": scenario.changes}
    verdict = {"verdict": scenario.verdict, "passed": scenario.passed, "judged": scenario.judged}
    who = {"author": actor, "author_name": actor.name, "own_school": own_school}
    with transaction.atomic():
        made = Scenario.objects.create(name=name, note=scenario.note, **kept, **verdict, **who)
        _told(actor, "scenario.save", made)
        return made


def delete(actor: Account, scenario: Scenario) -> None:
    """Delete it; the trail keeps that it was there."""
    with transaction.atomic():
        _told(actor, "scenario.delete", scenario)
        scenario.delete()


def told_handed(actor: Account, scenario: Scenario, work: str, job: int) -> None:
    """Enter that a scenario was handed to a job."""
    with transaction.atomic():
        _told(actor, "scenario.hand_over", scenario, {"work": work, "job": job})


def _told(actor: Account, action: str, scenario: Scenario, more: dict[str, object] | None = None) -> None:
    detail: dict[str, object] = {
        "name": scenario.name,
        "finding": scenario.finding_id,
        "revision": scenario.revision,
        "sha256": sha256_bytes(scenario.changes.encode("utf-8")),
    }
    record(actor, action, "scenario", scenario.pk, detail | (more or {}), organisation_id=scenario.county_id)


def _overtaken(now: Scenario) -> UserError:
    return UserError(
        Text(
            f"这个方案在别的页面存过（第 {now.revision} 版），这里的改动没有存",
            f"another page has saved this scenario (revision {now.revision}); nothing was saved here",
        ),
        fix=Text("请另存为新方案，或打开最新的一版", "save it as a new one, or open the newest revision"),
    )
