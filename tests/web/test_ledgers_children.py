"""Children not at school: each post knows what it needs to, the library's states hold, no name leaves the page."""

import hashlib
import io
import json
import logging
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import SCHOOL, Site
from tests.web.ledgered import NAMES, NUMBERS, children_of, entry_of, ledger_file

from junheng.basics import UserError
from junheng.web.audit.models import Entry
from junheng.web.clocks.models import Notice
from junheng.web.clocks.remind import remind
from junheng.web.evidence.models import Evidence
from junheng.web.ledgers.child_acts import close, take_over, visit
from junheng.web.ledgers.models import Child
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]
_PROOF = "ab" * 32
_PERSONAL = (*NAMES, *NUMBERS, "赵监护", "XX镇XX村", "20170614")


@pytest.fixture
def children(site: Site) -> list[Child]:
    """One of the first school, one of the neighbour, one of the household list."""
    return children_of(site)


def _of(children: list[Child], school: Organisation | None) -> Child:
    return next(one for one in children if one.school_id == (school.pk if school else None))


def test_each_post_sees_what_it_needs(site: Site, children: list[Child], browse: Browse) -> None:
    county, school = (reverse("children", args=[one.pk]) for one in (site.county, site.school))
    for role in (Role.OFFICER, Role.LEADER):
        page = browse(role, site.county).get(county).text
        assert all(name in page for name in NAMES)
    counted = browse(Role.INSPECTOR, site.city).get(county).text
    assert not any(word in counted for word in _PERSONAL)
    assert "不显示" in counted, "one, two or three children are a small cell"
    head = browse(Role.HEAD, site.school).get(school).text
    assert "周*" in head
    assert not any(word in head for word in _PERSONAL)
    for role, place, address in (
        (Role.CLERK, site.school, school),
        (Role.HEAD, site.neighbour, school),
        (Role.HEAD, site.school, county),
        (Role.ADMINISTRATOR, site.county, county),
        (Role.OFFICER, site.other, county),
    ):
        assert browse(role, place).get(address).status_code == 404, (role, place)


def test_one_child_is_open_to_whom_it_concerns(site: Site, children: list[Child], browse: Browse) -> None:
    own, other, nowhere = (_of(children, one) for one in (site.school, site.neighbour, None))
    officer, head = browse(Role.OFFICER, site.county), browse(Role.HEAD, site.school)
    assert NUMBERS[1] in officer.get(reverse("child", args=[own.pk])).text
    masked = head.get(reverse("child", args=[own.pk])).text
    assert not any(word in masked for word in _PERSONAL)
    assert NUMBERS[1][-4:] in masked
    for child in (other, nowhere):
        assert head.get(reverse("child", args=[child.pk])).status_code == 404
        assert head.post(reverse("child_visited", args=[child.pk])).status_code == 404
    assert head.post(reverse("child_closed", args=[own.pk])).status_code == 404
    for role, place in (
        (Role.INSPECTOR, site.city),
        (Role.CLERK, site.school),
        (Role.ADMINISTRATOR, site.county),
    ):
        assert browse(role, place).get(reverse("child", args=[own.pk])).status_code == 404


def test_an_officer_of_another_section_knows_no_name(
    site: Site, children: list[Child], person: People
) -> None:
    from junheng.web.ledgers.permissions import may_know_children

    officer = person(Role.OFFICER, site.county)
    for section, knows in (("statistics", False), ("basic", True), ("", True)):
        officer.posts.update(section=section)
        officer.__dict__.pop("_posts", None)
        assert may_know_children(officer, site.county) is knows, section


def test_visited_confirmed_closed_by_number(site: Site, children: list[Child], browse: Browse) -> None:
    child, today = _of(children, site.school), timezone.localdate()
    officer, head = browse(Role.OFFICER, site.county), browse(Role.HEAD, site.school)
    paper = SimpleUploadedFile("证明.pdf", b"a paper")
    asked = {"reason": "returned", "dated": today, "file": paper}
    officer.post(reverse("child_closed", args=[child.pk]), asked)
    assert Child.objects.get(pk=child.pk).state == "open", "no closing without a visit"
    head.post(reverse("child_visited", args=[child.pk]), {"result": "确认辍学", "dated": today})
    now = Child.objects.get(pk=child.pk)
    assert (now.state, now.ledger) == ("confirmed", "dropout")
    paper.seek(0)
    officer.post(reverse("child_closed", args=[child.pk]), asked)
    now = Child.objects.get(pk=child.pk)
    assert (now.state, now.reason, now.closed_on) == ("closed", "returned", today)
    assert now.evidence_sha256 == hashlib.sha256(b"a paper").hexdigest()
    assert not Evidence.objects.exists(), "the paper names the child: only its fingerprint is kept"
    assert "销号" in officer.get(reverse("child", args=[child.pk])).text


def test_days_and_words_that_do_not_fit_are_refused(
    site: Site, children: list[Child], person: People
) -> None:
    officer, child, today = person(Role.OFFICER, site.county), children[0], timezone.localdate()
    for word, day in (
        ("确认辍学", today + timedelta(days=1)),
        ("确认辍学", date(2026, 1, 1)),
        ("也许", today),
    ):
        with pytest.raises(UserError):
            visit(officer, child, word, day)
    visit(officer, child, "已联系", today)
    for reason, proof in (("returned", "no hash"), ("", _PROOF), ("whim", _PROOF)):
        with pytest.raises(UserError):
            close(officer, child, reason, today, proof)
    assert Child.objects.get(pk=child.pk).state == "visited"


def test_the_second_of_two_officers_finds_it_closed(
    site: Site, children: list[Child], person: People
) -> None:
    officer, child, today = person(Role.OFFICER, site.county), children[0], timezone.localdate()
    visit(officer, child, "已联系", today)
    seen = [Child.objects.get(pk=child.pk) for _ in range(2)]
    close(officer, seen[0], "moved", today, _PROOF)
    with pytest.raises(UserError, match="已销号"):
        close(officer, seen[1], "died", today, _PROOF)
    assert Child.objects.get(pk=child.pk).reason == "moved"


@pytest.mark.parametrize("lacking", [{"reason": ""}, {"evidence_sha256": ""}, {"closed_on": None}])
def test_the_database_refuses_one_closed_without_proof(
    lacking: dict[str, Any], site: Site, children: list[Child]
) -> None:
    whole = {
        "state": "closed",
        "reason": "moved",
        "evidence_sha256": _PROOF,
        "closed_on": timezone.localdate(),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Child.objects.filter(pk=children[0].pk).update(**whole | lacking)
    assert Child.objects.filter(pk=children[0].pk).update(**whole) == 1


def test_a_comparison_continues_or_is_refused(
    site: Site, children: list[Child], person: People, browse: Browse
) -> None:
    officer, today = person(Role.OFFICER, site.county), timezone.localdate()
    visit(officer, children[0], "已联系", today)
    schools = {SCHOOL: site.school.pk, "2199000002": site.neighbour.pk}
    for given in (
        ledger_file(entry_of(1, SCHOOL), entry_of(2, "2199000002")),
        ledger_file(entry_of(1, SCHOOL), entry_of(2, "2199000002"), entry_of(3, "")),
        ledger_file(entry_of(4, ""), view="masked"),
        ledger_file(entry_of(4, ""), entry_of(4, "")),
        ledger_file(entry_of(4, "", state="closed")),
        b"[]", b"\xff", b'{"view": "full", "on": "2026-01-05", "entries": [{}]}',
    ):  # fmt: skip
        with pytest.raises(UserError) as refused:
            take_over(officer, site.county, given, schools)
        assert not any(word in str(refused.value) for word in _PERSONAL)
    answer = browse(Role.OFFICER, site.county).post(reverse("children_take", args=[site.county.pk]))
    held = json.loads(zipfile.ZipFile(io.BytesIO(answer.content)).read("full/ledgers.json"))
    held["entries"].append(entry_of(4, "9"))
    told = take_over(officer, site.county, json.dumps(held).encode(), schools)
    assert (told.entries, told.new, told.astray) == (4, 1, 1)
    assert Child.objects.get(pk=children[0].pk).state == "visited"


def test_what_is_taken_out_is_read_by_the_command(
    site: Site, children: list[Child], browse: Browse, tmp_path: Any
) -> None:
    from junheng.enrolment.outcome import read_previous

    answer = browse(Role.OFFICER, site.county).post(reverse("children_take", args=[site.county.pk]))
    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(tmp_path)
    assert [one.number for one in read_previous(tmp_path)] == [one.number for one in children]


def test_no_name_in_trail_log_notice_or_address(
    site: Site, children: list[Child], person: People, browse: Browse, caplog: pytest.LogCaptureFixture
) -> None:
    child, today = _of(children, site.school), timezone.localdate()
    officer, head = browse(Role.OFFICER, site.county), browse(Role.HEAD, site.school)
    with caplog.at_level(logging.DEBUG):
        pages = [
            officer.get(reverse("children", args=[site.county.pk])),
            head.get(reverse("child", args=[child.pk])),
        ]
        officer.post(reverse("child_visited", args=[child.pk]), {"result": "已联系", "dated": today})
        asked = {"reason": "moved", "dated": today, "file": SimpleUploadedFile("周吴郑.pdf", b"a")}
        pages.append(officer.post(reverse("child_closed", args=[child.pk]), asked))
        given = SimpleUploadedFile("ledgers.json", ledger_file(entry_of(5, "", status=NAMES[0], opened="x")))
        officer.post(reverse("children_give", args=[site.county.pk]), {"file": given})
        remind()
    kept = [*Entry.objects.values_list("detail", flat=True), *Notice.objects.values_list("zh", flat=True)]
    said = "".join([*kept, caplog.text])
    assert not any(word in said for word in _PERSONAL)
    acts = set(Entry.objects.values_list("action", flat=True))
    assert {"child.list", "child.read", "child.visit", "child.close", "child.take_over"} <= acts
    for page in pages:
        assert "noindex" in page.headers["X-Robots-Tag"]
        assert "no-store" in page.headers["Cache-Control"]


def test_heads_and_officers_are_reminded_once(site: Site, children: list[Child], person: People) -> None:
    officer, head = person(Role.OFFICER, site.county), person(Role.HEAD, site.school)
    remind()
    remind()
    assert Notice.objects.filter(account=head, key__startswith="children:").count() == 1
    assert Notice.objects.filter(account=officer, key__startswith="children-late:").count() == 1


def test_the_list_asks_as_often_for_thirty_as_for_one(site: Site, browse: Browse) -> None:
    client, address = browse(Role.OFFICER, site.county), reverse("children", args=[site.county.pk])
    children_of(site, entry_of(1, SCHOOL))
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    children_of(site, *(entry_of(number, SCHOOL) for number in range(1, 31)))
    with CaptureQueriesContext(connection) as many:
        page = client.get(address)
    assert len(page.context["lines"]) == 30
    assert len(many) == len(few)
