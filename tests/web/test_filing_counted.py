"""What leaving schools out does to what is counted: said on the page, and true of the
library's finding."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import NEIGHBOUR, YEAR, filings_of, row_of, tables_of

from junheng.data import check_snapshot, read_input
from junheng.indicators import load_catalogue
from junheng.judgement import Question, assess_regions
from junheng.web.filing import actions
from junheng.web.filing.counted import left_out_of
from junheng.web.filing.freezing import folder_of, freeze
from junheng.web.filing.models import CountyYear, Filing
from junheng.web.filing.states import State
from junheng.web.findings.models import Finding
from junheng.web.people.actions import add_organisation
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Kind, Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]
THIRD = "2199000003"


@pytest.fixture
def filings(site: Site, person: People, tmp_path: Path) -> dict[str, Filing]:
    """A school that reported, its teaching point of 30 pupils that may not have, a third nobody touched."""
    add_organisation(None, Kind.SCHOOL, "第三小学", site.county, THIRD, 2015)
    found = dict(filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "before")))
    clerk, point = person(Role.CLERK, site.neighbour), found[NEIGHBOUR]
    said = {"kind": "teaching_point", "parent_school_id": SCHOOL, "ownership": "public"}
    for column, value in said.items():
        actions.save_cell(clerk, row_of(point, "school"), column, value)
    actions.add_row(clerk, point, "stage", {"stage": "primary"})
    actions.save_cell(clerk, row_of(point, "stage"), "pupils", "30")
    Filing.objects.exclude(code=THIRD).update(state=State.ACCEPTED)
    return found


def _counted(year: CountyYear) -> list[tuple[str, bool]]:
    """The school-stages the library counts of the frozen tables, and whether it can tell anything of them."""
    checked = check_snapshot(read_input(folder_of(year)))
    (found,) = assess_regions(checked, Question(year.standard, YEAR), catalogue=load_catalogue(()))
    rows = [row for row in found.evaluation.values.to_pylist() if row["counted"]]
    return sorted((row["school_id"], row["R1_value"] is not None) for row in rows)


def test_a_teaching_point_that_did_not_report_counts_as_a_unit_that_cannot_be_told(
    filings: dict[str, Filing], site: Site, person: People, browse: Browse
) -> None:
    leader, year = person(Role.LEADER, site.county), filings[SCHOOL].county_year
    assert left_out_of(year).points == ()
    Filing.objects.filter(code=NEIGHBOUR).update(state=State.DRAFT)
    told = left_out_of(year)
    assert [one.code for one in told.points] == [NEIGHBOUR]
    assert [one.code for one in told.nameless] == [THIRD]
    assert told.points_are is not None
    assert "不足 50 人" in told.points_are.zh
    page = browse(Role.LEADER, site.county).get(reverse("filing_year", args=[year.pk])).content.decode()
    assert told.points_are.zh in page
    assert "总数也不计" in page
    frozen = freeze(leader, year, "洪灾停课")
    assert (
        told.points_are.zh
        in browse(Role.LEADER, site.county).get(reverse("filing_year", args=[year.pk])).content.decode()
    ), "and afterwards"
    assert _counted(frozen) == [(SCHOOL, True), (NEIGHBOUR, False)]


def test_one_that_reported_few_pupils_is_no_unit(
    filings: dict[str, Filing], site: Site, person: People
) -> None:
    frozen = freeze(person(Role.LEADER, site.county), filings[SCHOOL].county_year, "洪灾停课")
    assert _counted(frozen) == [(SCHOOL, True)]


def test_a_part_whose_school_is_left_out_is_named(
    filings: dict[str, Filing], site: Site, person: People
) -> None:
    Filing.objects.filter(code=SCHOOL).update(state=State.SUBMITTED)
    year = CountyYear.objects.get()
    assert left_out_of(year).parts == (), "a teaching point stands by itself by this standard"
    clerk = person(Role.CLERK, site.neighbour)
    Filing.objects.filter(code=NEIGHBOUR).update(state=State.DRAFT)
    for column, value in {"kind": "primary", "is_counted": "false"}.items():
        actions.save_cell(clerk, row_of(filings[NEIGHBOUR], "school"), column, value)
    Filing.objects.filter(code=NEIGHBOUR).update(state=State.ACCEPTED)
    assert [one.code for one in left_out_of(year).parts] == [NEIGHBOUR]


def test_a_standard_without_teaching_points_says_so(filings: dict[str, Filing]) -> None:
    Filing.objects.filter(code=NEIGHBOUR).update(state=State.DRAFT)
    CountyYear.objects.update(standard="basic-2012")
    told = left_out_of(CountyYear.objects.get()).points_are
    assert told is not None
    assert "不计教学点" in told.zh
    CountyYear.objects.update(standard="none-such")
    assert left_out_of(CountyYear.objects.get()).points_are is None, "judging says what is wrong with it"


def test_the_leaders_card_and_the_verdict_say_how_many_did_not_report(
    filings: dict[str, Filing], finding: Finding, site: Site, person: People, browse: Browse
) -> None:
    leader, year = browse(Role.LEADER, site.county), filings[SCHOOL].county_year
    pages = [reverse("place", args=[site.county.pk]), reverse("finding", args=[finding.pk])]
    assert not any("所学校 · 已报" in leader.get(one).content.decode() for one in pages), (
        "of an upload nothing"
    )
    freeze(person(Role.LEADER, site.county), year, "洪灾停课")
    CountyYear.objects.update(finding=finding)
    for page in (leader.get(one).content.decode() for one in pages):
        assert "<b>未报 1</b> / 3 所学校 · 已报 2" in page
        assert "洪灾停课" in page
        assert reverse("filing_year", args=[year.pk]) in page
