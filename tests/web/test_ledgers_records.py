"""Records of schools: typed once, counted by the library alone, expired by their term, changed only in the trail's sight."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import DISTRICT, Site
from tests.web.ledgered import photo

from junheng.data import check_snapshot, read_input
from junheng.data.books import read_book
from junheng.judgement.ledgers import ledger_forms, ledger_of, ledger_report, ledgers
from junheng.reports import share_words
from junheng.web.audit.models import Entry
from junheng.web.findings.models import Finding
from junheng.web.ledgers.models import Record
from junheng.web.ledgers.reading import county_in, report_on
from junheng.web.people.actions import add_organisation
from junheng.web.people.models import Account, Organisation, OrganisationCode
from junheng.web.people.roles import Kind, Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]
_BOOK = DISTRICT.parent / "ledgers" / "informatisation.xlsx"
_ON = date(2024, 12, 31)


def _asked(item: str, value: str, day: date, **more: Any) -> dict[str, Any]:
    return {"item": item, "value": value, "dated_on": day, **more}


def test_a_school_records_and_its_county_sees_the_rate(
    site: Site, finding: Finding, browse: Browse, person: People
) -> None:
    today, clerk = timezone.localdate(), browse(Role.CLERK, site.school)
    address = reverse("ledger", args=[site.school.pk, "safety"])
    assert clerk.post(address, _asked("alarm", "是", today, file=photo())).status_code == 302
    clerk.post(address, _asked("alarm", "否", today))
    record = Record.objects.get()
    assert (record.value, record.evidence is not None, record.by_name) == (
        "否",
        True,
        person(Role.CLERK, site.school).name,
    )
    first, second = (
        json.loads(one.detail) for one in Entry.objects.filter(action="ledger.record").order_by("number")
    )
    assert ((first["was"], first["value"]), (second["was"], second["value"])) == (("", "是"), ("是", "否"))
    page = browse(Role.OFFICER, site.county).get(reverse("ledger", args=[site.county.pk, "safety"]))
    (line,) = [one for one in page.context["lines"] if one.rate.item.id == "alarm"]
    assert (line.failing, line.rate.met, len(line.unrecorded)) == (["XX区实验小学"], 0, line.rate.whole - 1)
    assert "XX区实验小学" in page.content.decode()


@pytest.mark.parametrize(
    ("item", "value", "day", "words"),
    [
        ("alarm", "也许", 0, "选项"),
        ("unsafe_area", "很多", 0, "不能是"),
        ("unsafe_area", "-1", 0, "不能是"),
        ("alarm", "是", 1, "今天之后"),
    ],
)
def test_what_the_library_would_not_read_is_refused(
    item: str, value: str, day: int, words: str, site: Site, browse: Browse
) -> None:
    asked = _asked(item, value, timezone.localdate() + timedelta(days=day), file=photo())
    answer = browse(Role.HEAD, site.school).post(reverse("ledger", args=[site.school.pk, "safety"]), asked)
    assert words in answer.content.decode()
    assert not Record.objects.exists()
    assert not Entry.objects.filter(action="evidence.keep").exists(), "the file goes with the record"


def test_a_record_past_its_term_is_told_as_expired(site: Site, finding: Finding, browse: Browse) -> None:
    old = timezone.localdate() - timedelta(days=400)  # the item holds for twelve months
    Record.objects.create(
        school=site.school,
        ledger="safety",
        item="alarm",
        value="是",
        dated_on=old,
        by_name="王",
        at=timezone.now(),
    )
    page = browse(Role.OFFICER, site.county).get(reverse("ledger", args=[site.county.pk, "safety"]))
    (line,) = [one for one in page.context["lines"] if one.rate.item.id == "alarm"]
    assert [name for name, _ in line.expired] == ["XX区实验小学"]
    assert line.rate.met == 0
    own = (
        browse(Role.CLERK, site.school)
        .get(reverse("ledger", args=[site.school.pk, "safety"]))
        .content.decode()
    )
    assert "已过期" in own


def test_rates_are_those_of_the_command(site: Site, finding: Finding) -> None:
    """The rows of the example's workbook, typed into the site: the very rates that ``junheng ledger`` tells."""
    ledger = ledger_of("informatisation")
    book = read_book(_BOOK, ledger_forms())
    district = check_snapshot(read_input(DISTRICT / "2024.xlsx")).snapshot
    told = ledger_report(book, ledger, district, year=2024, county="999901", name="XX区", on=_ON)
    codes = dict(OrganisationCode.objects.values_list("code", "organisation_id"))
    for code in sorted({row.cell("school_id") for row in book.rows("record")} - codes.keys()):
        codes[code] = add_organisation(None, Kind.SCHOOL, code, site.county, code, 2015).pk
    Record.objects.bulk_create(
        Record(
            school_id=codes[row.cell("school_id")], ledger=ledger.id, item=row.cell("item"), value=row.cell("value"),
            dated_on=row.cell("dated_on"), expires_on=row.cell("expires_on") or None, by_name="", at=timezone.now(),
        )
        for row in book.rows("record")
    )  # fmt: skip
    ours = report_on(county_in(site.county, _ON), ledger, _ON)
    assert ours.faults == ()
    figures = [(one.item.id, share_words(one), one.met, one.whole) for one in told.rates]
    assert figures == [(one.item.id, share_words(one), one.met, one.whole) for one in ours.rates]
    assert len(figures) == len(ledger.items)
    assert set(told.schools) == set(ours.schools)


def test_before_anything_was_judged_rates_say_that_they_cannot(site: Site, browse: Browse) -> None:
    page = browse(Role.OFFICER, site.county).get(reverse("ledger", args=[site.county.pk, "safety"]))
    (guards,) = [one for one in page.context["lines"] if one.rate.item.id == "guards"]
    assert len(guards.rate.outside) == 2
    assert guards.rate.verdict is not None
    assert guards.rate.verdict.value == "cannot_tell"
    assert (
        "还没有评估结论"
        in browse(Role.OFFICER, site.county).get(reverse("ledgers", args=[site.county.pk])).text
    )


def test_every_ledger_opens_in_both_languages_for_whom_it_may(
    site: Site, finding: Finding, browse: Browse
) -> None:
    school, county = browse(Role.CLERK, site.school), browse(Role.INSPECTOR, site.city)
    for client, place, language in ((school, site.school, "zh-hans"), (county, site.county, "en")):
        client.cookies["django_language"] = language
        assert client.get(reverse("ledgers", args=[place.pk])).status_code == 200
        for name in ledgers():
            page = client.get(reverse("ledger", args=[place.pk, name])).text
            assert ("导出台账" in page, "Workbook and bulletin" in page) == (False, place == site.county)
    assert (
        browse(Role.CLERK, site.neighbour).get(reverse("ledgers", args=[site.school.pk])).status_code == 404
    )
    other = browse(Role.OFFICER, site.county)
    day = timezone.localdate()
    assert (
        other.post(reverse("ledger", args=[site.school.pk, "safety"]), _asked("alarm", "是", day)).status_code
        == 404
    )
    assert not Record.objects.exists()


def test_a_county_s_page_asks_as_often_for_many_schools_as_for_few(
    site: Site, finding: Finding, browse: Browse
) -> None:
    client, address = browse(Role.OFFICER, site.county), reverse("ledgers", args=[site.county.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(10):
        school = add_organisation(None, Kind.SCHOOL, f"新校{number}", site.county, f"218800{number:04}", 2015)
        Record.objects.create(
            school=school,
            ledger="safety",
            item="alarm",
            value="是",
            dated_on=_ON,
            by_name="王",
            at=timezone.now(),
        )
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
