"""The trail in words: every act and kind has words, details say old → new, the raw text stays folded away."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from tests.web.conftest import Site

from junheng.web.audit.chain import Act, record_all
from junheng.web.audit.detail_words import told_detail
from junheng.web.audit.models import Entry
from junheng.web.audit.object_names import _MODELS, KINDS
from junheng.web.audit.words import ACTIONS
from junheng.web.front.words import CHINESE, ENGLISH
from junheng.web.monitoring.states import Act as GapAct
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role
from junheng.web.people.tree import rename

Browse = Callable[[Role, Organisation], Client]
People = Callable[[Role, Organisation], Account]
_SOURCE = Path(__file__).parents[2] / "src/junheng/web"
_RECORDED = re.compile(r'(?:record|record_act|Act)\(\s*[^"\n]*?\n?\s*"([a-z]+\.[a-z_]+)"')


def _said(action: str, detail: dict[str, object], **names: str) -> str:
    known = {(kind, one.partition("=")[0]): one.partition("=")[2] for kind, one in names.items()}
    return told_detail(action, json.dumps(detail), known)


def test_every_act_that_is_recorded_has_words() -> None:
    found = {act for path in _SOURCE.rglob("*.py") for act in _RECORDED.findall(path.read_text("utf-8"))}
    assert len(found) > 30
    assert found - set(ACTIONS) == set()
    assert {f"gap.{act}" for act in GapAct.values} - set(ACTIONS) == set()


def test_every_kind_of_object_has_words_and_a_model() -> None:
    assert set(_MODELS) <= set(KINDS)
    for label, _ in _MODELS.values():
        assert apps.get_model(label)


def test_old_and_new_are_told_as_such() -> None:
    with override(CHINESE):
        assert _said("organisation.rename", {"from": "一小", "to": "实验小学"}) == "一小 → 实验小学"
        told = {"rule": "HOT-GROWTH", "line": "growth", "was": "", "value": "0.2", "why": "新城"}
        assert _said("rule.value", told) == "规则自身的值 → 0.2；规则：HOT-GROWTH；界线：growth；原因：新城"
        assert _said("post.give", {"account": 7, "role": "clerk", "section": ""}, account="7=王") == (
            "账号：王；岗位：学校填报员"
        )
    with override(ENGLISH):
        assert (
            _said("job.finish", {"work": "plan", "state": "failed", "why": ""}) == "work: plan; state: failed"
        )
        assert _said("rule.value", {"was": "0.2", "value": ""}) == "0.2 → the rule's own"


def test_every_kind_is_named_on_the_page(site: Site, person: People, browse: Browse) -> None:
    leader = person(Role.LEADER, site.county)
    with transaction.atomic():
        record_all(leader, [Act("x.y", kind, "1", {"finding": 1}, site.county.pk) for kind in KINDS])
        record_all(
            leader, [Act("rule.value", "rule", "HOT-GROWTH", {"was": "", "value": "0.2"}, site.county.pk)]
        )
    page = browse(Role.LEADER, site.county).get(reverse("trail", args=[site.county.pk])).content.decode()
    assert "HOT-GROWTH 学生增长过快" in page
    assert "规则自身的值 → 0.2" in page


def test_what_cannot_be_read_is_told_as_nothing() -> None:
    assert told_detail("x", "{", {}) == ""
    assert told_detail("x", "[1]", {}) == ""


def test_the_page_names_objects_and_folds_the_raw_text(site: Site, person: People, browse: Browse) -> None:
    leader = person(Role.LEADER, site.county)
    rename(leader, site.neighbour, "附属小学（新）")
    page = browse(Role.LEADER, site.county).get(reverse("trail", args=[site.county.pk])).content.decode()
    row = next(one for one in page.split("<tbody>")[1].split("<tr>") if "机构改名" in one)
    shown, folded = row.split("<details>")[:2]
    assert "附属小学（新）" in shown
    assert " → 附属小学（新）" in shown
    assert "{" not in shown
    assert "{&quot;from&quot;" in folded


def test_as_many_questions_for_thirty_entries_as_for_one(site: Site, person: People, browse: Browse) -> None:
    leader, counted = person(Role.LEADER, site.county), []
    client, address = browse(Role.LEADER, site.county), reverse("trail", args=[site.county.pk])
    for number in (1, 30):
        with transaction.atomic():
            place = site.neighbour.pk
            acts = [
                Act("organisation.close", "organisation", place, {}, site.county.pk) for _ in range(number)
            ]
            record_all(leader, acts)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counted.append(len(asked))
    assert counted[0] == counted[1]
    assert Entry.objects.filter(action="organisation.close").count() == 31
