"""Service, firms and stock on the site: the library reads each row before it is kept, sums them, and reads the book back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import SCHOOL, Site

from junheng.data.books import read_book
from junheng.judgement.ledgers import ledger_forms
from junheng.web.audit.models import Entry
from junheng.web.findings.models import Finding
from junheng.web.ledgers import reading
from junheng.web.ledgers.models import Record, SheetRow
from junheng.web.ledgers.sheet_acts import put_row
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]
_SERVICE = {
    "year": "2025",
    "plan": "方案.pdf",
    "wanting": "600",
    "taking": "590",
    "collected_yuan": "88500.50",
}
_FIRM = {
    "firm_id": "F001",
    "name": "某培训中心",
    "licensed": "no",
    "prepaid_yuan": "50000",
    "supervised_yuan": "20000",
}


def test_a_school_enters_its_service_and_the_county_sees_the_sums(
    site: Site, finding: Finding, browse: Browse
) -> None:
    address, head = (
        reverse("ledger_sheet_new", args=[site.school.pk, "service"]),
        browse(Role.HEAD, site.school),
    )
    assert head.post(address, _SERVICE).status_code == 302
    assert "已经有一行" in head.post(address, _SERVICE).text
    row = SheetRow.objects.get()
    assert (row.key, row.cells["collected_yuan"]) == ("2025", "88500.5")
    change = reverse("ledger_sheet_row", args=[row.pk])
    assert head.post(change, {**_SERVICE, "taking": "600"}).status_code == 302
    trail = Entry.objects.filter(action="ledger.row").order_by("-number")[0]
    assert "taking=590" in trail.detail
    page = browse(Role.INSPECTOR, site.city).get(reverse("ledger_sheet", args=[site.county.pk, "service"]))
    facts = {what.zh: (much, whose) for what, much, whose in page.context["facts"]}
    assert facts["参加学生"][0] == "600"
    assert facts["收费没有公示"] == ("1", ["XX区实验小学"])
    assert int(facts["没有课后服务记录的学校"][0].replace(",", "")) == len(page.context["report"].schools) - 1
    for client in (browse(Role.OFFICER, site.county), browse(Role.CLERK, site.neighbour)):
        assert client.get(change).status_code == 404
    assert head.post(reverse("ledger_sheet_removed", args=[row.pk])).status_code == 302
    assert head.get(change).status_code == 404


def test_what_the_library_would_not_read_stands_beside_its_field(site: Site, browse: Browse) -> None:
    head = browse(Role.HEAD, site.school)
    address = reverse("ledger_sheet_new", args=[site.school.pk, "service"])
    assert "不能是" in head.post(address, {**_SERVICE, "wanting": "很多"}).text
    assert "负数" in head.post(address, {**_SERVICE, "wanting": "-1"}).text
    stock = reverse("ledger_sheet_new", args=[site.school.pk, "stock"])
    asked = {
        "category": "books",
        "name": "图书",
        "quantity": "3000",
        "value_yuan": "60000",
        "acquired_on": "",
    }
    assert head.post(stock, asked).status_code == 200, "a required day"
    assert not SheetRow.objects.exists()
    assert head.get(reverse("ledger_sheet", args=[site.school.pk, "firm"])).status_code == 404
    assert head.get(reverse("ledger_sheet", args=[site.school.pk, "none"])).status_code == 404


def test_firms_are_the_sections_and_stock_tells_its_renewal(
    site: Site, finding: Finding, browse: Browse
) -> None:
    officer, this = browse(Role.OFFICER, site.county), timezone.localdate().year
    address = reverse("ledger_sheet_new", args=[site.county.pk, "firm"])
    assert officer.post(address, _FIRM).status_code == 302
    assert browse(Role.LEADER, site.county).get(address).status_code == 404
    page = officer.get(reverse("ledger_sheet", args=[site.county.pk, "firm"]))
    facts = {what.zh: (much, whose) for what, much, whose in page.context["facts"]}
    assert facts["没有办学许可"] == facts["监管余额低于预收费"] == ("1", ["F001"])
    head, stock = browse(Role.HEAD, site.school), reverse("ledger_sheet_new", args=[site.school.pk, "stock"])
    asked = {
        "category": "books",
        "name": "图书",
        "quantity": "3000",
        "value_yuan": "60000",
        "life_years": "10",
    }
    assert head.post(stock, {**asked, "acquired_on": f"{this - 12}-09-01"}).status_code == 302
    assert (
        head.post(stock, {**asked, "acquired_on": f"{this - 3}-09-01", "value_yuan": ""}).status_code == 302
    )
    page = officer.get(reverse("ledger_sheet", args=[site.county.pk, "stock"]))
    assert page.context["renewal"] == [(this, "图书", 1, "60,000", "0"), (this + 7, "图书", 1, "0", "1")]


def test_the_workbook_is_read_back_whole(
    site: Site, finding: Finding, browse: Browse, tmp_path: Path
) -> None:
    put_row(None, site.school, "service", "2024", {"wanting": "1"}, None)
    put_row(None, site.school, "service", "2025", {"wanting": "600", "collected_yuan": "88500.5"}, None)
    put_row(None, site.county, "firm", "F001", {"firm_id": "F001", "name": "某中心", "licensed": "no"}, None)
    stock = {
        "category": "books",
        "name": "图书",
        "quantity": "3000",
        "acquired_on": "2016-09-01",
        "life_years": "10",
    }
    put_row(None, site.school, "stock", "", stock, None)
    Record.objects.create(
        school=site.school, ledger="safety", item="alarm", value="是", dated_on="2025-09-01", by_name="", at=timezone.now()
    )  # fmt: skip
    answer = browse(Role.OFFICER, site.county).get(
        reverse("ledger_sheets_book", args=[site.county.pk]), {"ledger": "safety"}
    )
    path = tmp_path / "rows.xlsx"
    path.write_bytes(answer.content)
    read = read_book(path, ledger_forms())
    assert (read.faults, read.titles) == ((), ())
    assert [dict(one.cells) for one in read.rows("service")] == [
        {"school_id": SCHOOL, "wanting": "600", "collected_yuan": "88500.5"}
    ]
    assert [dict(one.cells) for one in read.rows("stock")] == [{"school_id": SCHOOL, **stock}]
    assert read.rows("firm")[0].cell("licensed") == "no"
    assert read.rows("record")[0].cell("value") == "是"


def test_a_sheet_asks_as_much_of_one_row_as_of_thirty(site: Site, finding: Finding, browse: Browse) -> None:
    client, address = (
        browse(Role.OFFICER, site.county),
        reverse("ledger_sheet", args=[site.county.pk, "stock"]),
    )
    counts = []
    for n in (1, 30):
        for _ in range(n):
            put_row(
                None, site.school, "stock", "", {"category": "books", "name": "图书", "quantity": "1"}, None
            )
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_register_of_weak_schools_shows_the_four_firsts(
    site: Site, finding: Finding, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Weak is what the returns say; a first that nobody recorded is not a no."""
    monkeypatch.setattr(
        reading, "_flags", lambda _: {SCHOOL: {"is_weak": "是"}, "2199000002": {"is_weak": "否"}}
    )
    for item, value in (("projects", "是"), ("money", "否")):
        Record.objects.create(
            school=site.school, ledger="weak", item=item, value=value, dated_on=timezone.localdate(), by_name="",
            at=timezone.now(),
        )  # fmt: skip
    page = browse(Role.OFFICER, site.county).get(reverse("ledger", args=[site.county.pk, "weak"]))
    (line,) = page.context["weak"]
    assert [value for _, value in line.firsts] == [True, False, None, None]
    assert page.context["unflagged"] == len(page.context["report"].schools) - 2
    assert "四个优先" in page.text
