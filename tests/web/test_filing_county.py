"""The county's own return: filed by sections, accepted by the leader, and a frozen year judged as its workbook is."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Site
from tests.web.filings import YEAR, cell_of, filings_of, row_of, tables_of

from junheng.web.audit.models import Entry
from junheng.web.clocks.models import Notice
from junheng.web.filing import actions, county_return, review
from junheng.web.filing.checking import problems_of
from junheng.web.filing.freezing import folder_of, freeze
from junheng.web.filing.merging import apply, keep_workbook
from junheng.web.filing.models import Filing, Row
from junheng.web.filing.opening import Opening, open_year
from junheng.web.filing.permissions import may_accept, may_act, may_fill_table, tables_filled
from junheng.web.filing.sections import all_sections, county_sections, sections
from junheng.web.filing.states import Act, State
from junheng.web.filing.workbooks import write_workbook
from junheng.web.people.actions import give_post
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role, Section

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]
_COUNTY = "year,county_code,county_name,residents,teacher_pay_mean_yuan\n2023,999901,XX区,500000,98000.5\n"
_SURVEY = "year,county_code,respondent_group,issued,valid,satisfied\n2023,999901,parents,523,491,450\n2023,999902,parents,9,9,9\n"
_RATED = """year,scope,scope_id,item,rating,dated_on
2023,county,999901,G2,符合,2023-06-30
2023,school,2199000001,Q6,良好,2023-06-30
2023,school,2100000000,Q6,良好,2023-06-30
"""


@pytest.fixture
def own(site: Site, person: People, tmp_path: Path) -> Filing:
    """The county's own return of a year begun with its tables of the year before."""
    source = tables_of(tmp_path / "before")
    for name, text in (("county", _COUNTY), ("survey", _SURVEY), ("attestation", _RATED)):
        (source / f"{name}.csv").write_text(text, encoding="utf-8")
    filings_of(site, person(Role.OFFICER, site.county), source)
    return Filing.every.select_related("school", "county_year__county").get(is_county=True)


def _of_section(site: Site, section: Section) -> Account:
    found = Account.objects.create_user(username=section, password=None, name=section)
    give_post(None, found, site.county, Role.OFFICER, section)
    return found


def test_no_table_is_left_out(own: Filing) -> None:
    assert set(county_sections()) == {"county", "quota", "survey", "monitoring", "attestation"}
    assert {*county_sections(), *sections()} == set(all_sections())
    assert list(own.county_year.filings.filter(is_county=True)) == []


def test_it_begins_with_what_the_tables_said_of_the_county_alone(own: Filing) -> None:
    cell = cell_of(own, "county", "teacher_pay_mean_yuan")
    assert (cell.value, cell.last_year, cell.place) == ("98000.5", "98000.5", "county.csv E2")
    rows = list(Row.objects.filter(filing=own).order_by("table", "key").values_list("table", "key"))
    assert rows == [
        ("attestation", "county|999901|G2"),
        ("attestation", "school|2199000001|Q6"),
        ("county", ""),
        ("survey", "parents"),
    ]


def test_each_section_fills_its_own_tables(site: Site, own: Filing, person: People) -> None:
    finance, supervision = _of_section(site, Section.FINANCE), _of_section(site, Section.SUPERVISION)
    assert tables_filled(finance, own) == {"county"}
    assert tables_filled(supervision, own) == {"survey", "monitoring", "attestation"}
    assert tables_filled(person(Role.OFFICER, site.county), own) == set(county_sections())
    for role, place in ((Role.CLERK, site.school), (Role.LEADER, site.county), (Role.OFFICER, site.other)):
        assert not tables_filled(person(role, place), own)
    assert not may_fill_table(person(Role.OFFICER, site.county), own, "school")


def test_a_cell_of_another_section_is_refused(site: Site, own: Filing, browse: Browse) -> None:
    client = Client()
    client.force_login(_of_section(site, Section.FINANCE), backend=settings.AUTHENTICATION_BACKENDS[0])

    def typed(table: str, column: str) -> int:
        row = row_of(own, table)
        return client.post(reverse("filing_cell", args=[own.pk, row.pk, column]), {"value": "7"}).status_code

    assert (typed("county", "residents"), typed("survey", "satisfied")) == (200, 404)
    added = {"section": "quota", "k-senior_school_id": "3499000001", "k-junior_school_id": "3199000002"}
    assert client.post(reverse("filing_row_add", args=[own.pk]), added).status_code == 404
    assert client.post(reverse("filing_submit", args=[own.pk])).status_code == 404
    row = row_of(own, "survey")
    client.post(reverse("filing_section", args=[own.pk]), {"section": "county", f"c-{row.pk}-satisfied": "1"})
    assert cell_of(own, "survey", "satisfied").value == "450"
    for table in county_sections():
        page = browse(Role.OFFICER, site.county).get(reverse("filing", args=[own.pk]), {"section": table})
        assert page.status_code == 200, table
    assert browse(Role.CLERK, site.school).get(reverse("filing", args=[own.pk])).status_code == 404


def test_it_is_checked_submitted_sent_back_and_accepted_by_the_leader(
    site: Site, own: Filing, person: People
) -> None:
    officer, leader = person(Role.OFFICER, site.county), person(Role.LEADER, site.county)
    row = row_of(own, "survey")
    actions.save_cell(officer, row, "satisfied", "600")  # more than were valid
    own.refresh_from_db()
    assert [one.column for one in problems_of(own) if one.is_logic] == ["satisfied"]
    with pytest.raises(ValidationError, match="逻辑问题 1"):
        review.submit(officer, own)
    actions.save_cell(officer, row, "satisfied", "460")
    own.refresh_from_db()
    for one in problems_of(own):
        actions.explain(officer, own, one.key, "属实")
    review.submit(officer, own)
    own.refresh_from_db()
    assert (may_accept(officer, own), may_act(leader, own, Act.ACCEPT, State.SUBMITTED)) == (False, True)
    review.remark(leader, own, row, "satisfied", "请核对")
    review.send_back(leader, own)
    review.submit(officer, Filing.every.select_related("school", "county_year__county").get(pk=own.pk))
    review.accept(leader, own)
    assert Filing.every.get(pk=own.pk).state == State.ACCEPTED
    entry = Entry.objects.filter(action="filing.accept").get()
    assert entry.organisation_id == site.county.pk
    told = Notice.objects.order_by("pk").values_list("account", "zh")
    assert [(who, "审核" in zh) for who, zh in told] == [(leader.pk, True), (officer.pk, False)]


def test_an_untouched_one_never_enters_and_a_begun_one_waits(site: Site, own: Filing, person: People) -> None:
    officer = person(Role.OFFICER, site.county)
    own.county_year.filings.update(state=State.ACCEPTED)
    Filing.every.filter(pk=own.pk).update(revision=1)
    with pytest.raises(ValidationError, match="还有 1 份"):
        freeze(officer, own.county_year)
    Filing.every.filter(pk=own.pk).update(revision=0)
    frozen = freeze(officer, own.county_year)
    assert not (folder_of(frozen) / "county.csv").exists()
    assert Filing.every.get(pk=own.pk).state == State.DRAFT


def test_the_pages_tell_of_it(site: Site, own: Filing, browse: Browse) -> None:
    officer, address = browse(Role.OFFICER, site.county), reverse("filing_year", args=[own.county_year_id])
    assert "还没有人动过" in officer.get(address).content.decode()
    own.county_year.filings.update(state=State.ACCEPTED)
    Filing.every.filter(pk=own.pk).update(state=State.SUBMITTED)
    page = officer.get(address).content.decode()
    assert "还没有人动过" not in page
    assert "定稿并评估" not in page
    Filing.every.filter(pk=own.pk).update(state=State.ACCEPTED)
    assert "定稿并评估" in officer.get(address).content.decode()


def test_a_year_opened_without_one_gets_it(site: Site, own: Filing, browse: Browse, person: People) -> None:
    opened = own.county_year
    Filing.every.filter(is_county=True).delete()
    officer, address = browse(Role.OFFICER, site.county), reverse("filing_county", args=[opened.pk])
    assert browse(Role.LEADER, site.county).post(address).status_code == 404
    assert officer.post(address).status_code == 302
    made = county_return.own_return(opened)
    assert made is not None
    assert cell_of(made, "county", "county_name").value == site.county.name
    with pytest.raises(ValidationError, match="已经有"):
        county_return.begin_late(person(Role.OFFICER, site.county), opened)


def test_next_year_begins_with_it(site: Site, own: Filing, person: People) -> None:
    officer = person(Role.OFFICER, site.county)
    actions.save_cell(officer, row_of(own, "county"), "residents", "510000")
    Filing.every.filter(pk=own.pk).update(state=State.ACCEPTED)
    later = open_year(officer, site.county, Opening(YEAR + 1, date(YEAR + 1, 10, 31), "quality-2017"))
    again = county_return.own_return(later)
    assert again is not None
    assert cell_of(again, "county", "residents").last_year == "510000"


def test_it_is_filled_offline(site: Site, own: Filing, person: People, tmp_path: Path) -> None:
    from openpyxl import load_workbook  # the one test here that needs it

    path = tmp_path / "own.xlsx"
    write_workbook(own, path)
    book = load_workbook(path)
    sheet = book["满意度调查"]
    at = next(cell for line in sheet.iter_rows() for cell in line if cell.value == 450)
    at.value = 455
    book.save(path)
    officer = person(Role.OFFICER, site.county)
    apply(officer, keep_workbook(officer, own, path, "own.xlsx"), {})
    cell = cell_of(own, "survey", "satisfied")
    assert (cell.value, cell.origin) == ("455", "offline")
