"""Hazards: found, mended, reviewed by another – closed only as the library and the database allow; the photos, the book."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import Site
from tests.web.ledgered import JPEG, hazard_at, photo, photo_of

from junheng.judgement.ledgers import ledgers
from junheng.web.audit.models import Entry
from junheng.web.clocks.models import Notice
from junheng.web.clocks.remind import remind
from junheng.web.ledgers.hazard_acts import Found, find, mend, review, told
from junheng.web.ledgers.models import Hazard
from junheng.web.ledgers.models.hazards import Result
from junheng.web.ledgers.photos import untold
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]


def _state(hazard: Hazard, on: date | None = None) -> str:
    return told(Hazard.objects.get(pk=hazard.pk), on or timezone.localdate()).state


def test_found_mended_returned_mended_closed(site: Site, person: People, browse: Browse) -> None:
    officer, leader = person(Role.OFFICER, site.county), browse(Role.LEADER, site.county)
    head = browse(Role.HEAD, site.school)
    asked = {
        "school": site.school.pk, "severity": "serious", "what": "围墙破损", "found_on": timezone.localdate(),
        "item": "closed_campus", "file": photo(),
    }  # fmt: skip
    new = reverse("hazard_new", args=[site.county.pk, "safety"])
    answer = browse(Role.OFFICER, site.county).post(new, asked)
    hazard = Hazard.objects.get()
    assert answer.status_code == 302
    assert hazard.due_on == hazard.found_on + timedelta(days=15), "the ledger's days for the severity"
    assert (hazard.found_by, _state(hazard)) == (officer, "open")
    mended, reviewed = (reverse(f"hazard_{act}", args=[hazard.pk]) for act in ("mended", "reviewed"))
    for result, state in (("returned", "returned"), ("passed", "closed")):
        assert "报告整改完成" in head.get(reverse("hazard", args=[hazard.pk])).content.decode()
        head.post(mended, {"words": "已修好", "file": photo("后.jpg")})
        assert _state(hazard) == "to_review"
        leader.post(reviewed, {"result": result, "words": "照片看不清"})
        assert _state(hazard) == state
    told_acts = list(
        Entry.objects.filter(object_kind="hazard").values_list("action", flat=True).order_by("number")
    )
    assert [one.partition(".")[2] for one in told_acts] == ["find", "mend", "return", "mend", "pass"]
    assert Notice.objects.filter(address=reverse("hazard", args=[hazard.pk])).count() >= 4
    assert (
        hazard.number
        in leader.get(reverse("hazards", args=[site.county.pk]) + "?tab=closed").content.decode()
    )


def test_what_the_state_forbids_is_refused(site: Site, person: People) -> None:
    officer, leader = person(Role.OFFICER, site.county), person(Role.LEADER, site.county)
    hazard = hazard_at(officer, site)
    head, after = person(Role.HEAD, site.school), photo_of(site.school)
    with pytest.raises(ValidationError, match="整改中"):
        review(leader, hazard, Result.PASSED, "")
    mend(head, hazard, "已清理", after)
    with pytest.raises(ValidationError, match="待复查"):
        mend(head, hazard, "再报一次", after)
    with pytest.raises(ValidationError, match="另一人"):
        review(officer, hazard, Result.PASSED, "")
    with pytest.raises(ValidationError, match="写明"):
        review(leader, hazard, Result.RETURNED, "  ")
    assert _state(hazard) == "to_review"
    review(leader, hazard, Result.PASSED, "")
    with pytest.raises(ValidationError, match="已销号"):
        review(leader, hazard, Result.RETURNED, "不行")


def test_the_second_of_two_officers_finds_it_done(site: Site, person: People) -> None:
    """Both hold the page of a hazard that waits; the lock lets one act, the other is told the state."""
    hazard = hazard_at(person(Role.OFFICER, site.county), site)
    mend(person(Role.HEAD, site.school), hazard, "已清理", photo_of(site.school))
    seen = [Hazard.objects.get(pk=hazard.pk) for _ in range(2)]
    review(person(Role.LEADER, site.county), seen[0], Result.RETURNED, "不行")
    with pytest.raises(ValidationError, match="复查退回"):
        review(person(Role.INSPECTOR, site.city), seen[1], Result.PASSED, "")
    assert _state(hazard) == "returned"


@pytest.mark.parametrize("lacking", ["after", "before", "mended_on", "reviewed_by", "finder"])
def test_the_database_refuses_one_closed_without_proof(lacking: str, site: Site, person: People) -> None:
    officer = person(Role.OFFICER, site.county)
    hazard = hazard_at(officer, site)
    today, leader = timezone.localdate(), person(Role.LEADER, site.county)
    whole: dict[str, Any] = {
        "mended_on": today, "mended_by": person(Role.HEAD, site.school), "after": photo_of(site.school),
        "reviewed_on": today, "reviewed_by": leader, "result": "passed",
    }  # fmt: skip
    broken = whole | ({"reviewed_by": officer} if lacking == "finder" else {lacking: None})
    with pytest.raises(IntegrityError), transaction.atomic():
        Hazard.objects.filter(pk=hazard.pk).update(**broken)
    Hazard.objects.filter(pk=hazard.pk).update(**whole)
    assert _state(hazard) == "closed"


def test_numbers_follow_and_a_ledger_without_days_asks_for_one(site: Site, person: People) -> None:
    officer = person(Role.OFFICER, site.county)
    day = date(2026, 3, 2)
    assert [hazard_at(officer, site, found_on=day).number for _ in range(2)] == ["2026-0001", "2026-0002"]
    said = Found(ledgers()["weak"], "", "没有优先", "general", day, None, None)
    with pytest.raises(ValidationError, match="期限"):
        find(officer, site.county, site.school, said)
    with pytest.raises(ValidationError, match="照片"):
        find(
            officer,
            site.county,
            site.school,
            Found(ledgers()["safety"], "", "隐患", "major", day, None, None),
        )
    assert Hazard.objects.count() == 2


def test_an_overdue_one_is_told_escalated_and_reminded_once(
    site: Site, person: People, browse: Browse
) -> None:
    today = timezone.localdate()
    hazard = hazard_at(
        person(Role.OFFICER, site.county), site, today - timedelta(days=40), today - timedelta(days=50)
    )
    person(Role.HEAD, site.school)
    page = browse(Role.LEADER, site.county).get(reverse("hazards", args=[site.county.pk]) + "?tab=overdue")
    (line,) = page.context["page"].object_list
    assert (line.entry.state, line.entry.late_days) == ("overdue", 40)
    assert line.level.zh
    remind()
    remind()
    assert Notice.objects.filter(key=f"hazard:{hazard.pk}:{hazard.due_on}").count() == 1


def test_the_photo_before_must_be_one_and_a_refused_one_leaves_nothing(site: Site, browse: Browse) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from junheng.web.evidence.models import Evidence

    client, address = (
        browse(Role.INSPECTOR, site.city),
        reverse("hazard_new", args=[site.county.pk, "safety"]),
    )
    asked = {
        "school": site.school.pk,
        "severity": "major",
        "what": "围墙破损",
        "found_on": timezone.localdate(),
    }
    for content in (b"%PDF-1.7\n%%EOF\n", JPEG[:30], b"hello"):
        answer = client.post(address, asked | {"file": SimpleUploadedFile("a.jpg", content)})
        assert answer.status_code == 200
    late = asked | {"due_on": timezone.localdate() - timedelta(days=1), "file": photo()}
    assert "早于发现日期" in client.post(address, late).content.decode()
    assert not Hazard.objects.exists()
    assert not Evidence.objects.exists()


def test_a_photo_is_kept_without_place_and_turned_as_it_was() -> None:
    made = untold(photo()).read()
    assert b"GPS" in JPEG
    assert b"GPS" not in made
    assert b"\x01\x12\0\x03\0\0\0\x01\0\x06" in made, "which way is up"
    assert made.endswith(b"\xff\xda\0\x02\x12\x34\xff\xd9")
    png = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\x03eXIfGPS\0\0\0\0" + b"\0\0\0\0IEND\xaeB`\x82"
    from django.core.files.uploadedfile import SimpleUploadedFile

    assert untold(SimpleUploadedFile("a.png", png)).read() == b"\x89PNG\r\n\x1a\n\0\0\0\0IEND\xaeB`\x82"


def test_who_may_find_mend_and_review(site: Site, person: People, browse: Browse) -> None:
    hazard = hazard_at(person(Role.OFFICER, site.county), site)
    new = reverse("hazard_new", args=[site.county.pk, "safety"])
    mended, reviewed = (reverse(f"hazard_{act}", args=[hazard.pk]) for act in ("mended", "reviewed"))
    for role, place, finds, sees, mends, reviews in (
        (Role.OFFICER, site.county, True, True, False, False),  # who found it reviews nothing
        (Role.LEADER, site.county, False, True, False, True),
        (Role.INSPECTOR, site.city, True, True, False, True),
        (Role.ADMINISTRATOR, site.county, False, True, False, False),
        (Role.CLERK, site.school, False, True, True, False),
        (Role.CLERK, site.neighbour, False, False, False, False),
    ):
        client = browse(role, place)
        found = [
            client.get(new).status_code == 200, client.get(reverse("hazard", args=[hazard.pk])).status_code == 200,
            client.post(mended).status_code != 404, client.post(reviewed).status_code != 404,
        ]  # fmt: skip
        assert found == [finds, sees, mends, reviews], (role, place)


def test_an_officer_of_another_section_records_none(site: Site, person: People) -> None:
    from junheng.web.ledgers.permissions import may_find

    officer = person(Role.OFFICER, site.county)
    officer.posts.update(section="finance")
    officer.__dict__.pop("_posts", None)
    assert not may_find(officer, site.county, "safety")
    officer.posts.update(section="supervision")
    officer.__dict__.pop("_posts", None)
    assert may_find(officer, site.county, "safety")
    assert not may_find(officer, site.county, "weak")


def test_the_list_asks_as_often_for_thirty_as_for_one(site: Site, person: People, browse: Browse) -> None:
    officer, client = person(Role.OFFICER, site.county), browse(Role.LEADER, site.county)
    first = hazard_at(officer, site)
    address = reverse("hazards", args=[site.county.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    rows = [
        Hazard(**{f: getattr(first, f) for f in (
            "county_id", "school_id", "ledger", "item", "what", "severity", "found_on", "found_by_id",
            "needs_before", "before_id", "due_on",
        )}, number=f"2020-{n:04}") for n in range(29)
    ]  # fmt: skip
    Hazard.objects.bulk_create(rows)
    with CaptureQueriesContext(connection) as many:
        page = client.get(address)
    assert len(page.context["page"].object_list) == 30
    assert len(many) == len(few)


def test_the_book_is_the_library_s(site: Site, finding: Any, person: People, browse: Browse) -> None:
    hazard = hazard_at(person(Role.OFFICER, site.county), site)
    answer = browse(Role.LEADER, site.county).get(reverse("ledger_book", args=[site.county.pk, "safety"]))
    sheets = zipfile.ZipFile(io.BytesIO(answer.content))
    text = "".join(sheets.read(name).decode() for name in sheets.namelist() if name.endswith(".xml"))
    assert hazard.number in text
    assert "消防通道堆物" in text
    assert Entry.objects.filter(action="export.take").exists()
