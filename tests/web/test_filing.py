"""Filling a return: what it begins with, typing, history, checks, explanations."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import NEIGHBOUR, YEAR, cell_of, filings_of, row_of, tables_of

from junheng.data import load_dictionary
from junheng.web.filing import actions, review
from junheng.web.filing.checking import problems_of
from junheng.web.filing.models import Cell, Change, CountyYear, Explanation, Filing, Origin
from junheng.web.filing.opening import Opening, open_year
from junheng.web.filing.sections import fields_of, sections
from junheng.web.filing.states import State
from junheng.web.people.actions import add_organisation
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Kind, Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]


@pytest.fixture
def filing(site: Site, person: People, tmp_path: Path) -> Filing:
    return filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "before"))[SCHOOL]


def test_it_begins_with_the_tables_of_the_year_before_and_says_where_each_cell_stood(filing: Filing) -> None:
    pupils, area = cell_of(filing, "stage", "pupils"), cell_of(filing, "premises", "teaching_area_m2")
    assert (pupils.value, pupils.last_year, pupils.origin) == ("900", "900", Origin.INPUT)
    assert pupils.place == "stage.csv D2"
    assert area.value == "5000.5"
    assert cell_of(filing, "school", "kind").value == "primary"


def test_a_school_nothing_is_known_of_begins_with_its_name_alone(filing: Filing) -> None:
    other = Filing.objects.get(code=NEIGHBOUR)
    cells = Cell.objects.filter(row__filing=other)
    assert [(one.column, one.value, one.origin, one.last_year) for one in cells] == [
        ("name", "XX区师范附属小学", Origin.TREE, "")
    ]


def test_last_years_accepted_return_comes_before_the_tables(
    filing: Filing, site: Site, person: People, tmp_path: Path
) -> None:
    officer = person(Role.OFFICER, site.county)
    row = row_of(filing, "stage")
    actions.save_cell(person(Role.CLERK, site.school), row, "pupils", "913")
    Filing.objects.filter(pk=filing.pk).update(state=State.ACCEPTED)
    asked = Opening(
        YEAR + 1, filing.county_year.due_on, "quality-2017", tables_of(tmp_path / "now", year=YEAR)
    )
    open_year(officer, site.county, asked)
    later = Filing.objects.get(code=SCHOOL, county_year__year=YEAR + 1)
    pupils = cell_of(later, "stage", "pupils")
    assert (pupils.value, pupils.origin, pupils.place) == ("913", Origin.LAST_RETURN, "2024")
    draft = Filing.objects.get(code=NEIGHBOUR, county_year__year=YEAR + 1)
    assert cell_of(draft, "school", "name").origin == Origin.TREE, "last year's was never accepted"


def test_a_year_opens_once_and_only_with_a_code_for_every_school(site: Site, person: People) -> None:
    officer = person(Role.OFFICER, site.county)
    add_organisation(None, Kind.SCHOOL, "无码小学", site.county)
    with pytest.raises(ValidationError, match="无码小学"):
        filings_of(site, officer)
    assert not CountyYear.objects.exists()
    Organisation.objects.filter(name="无码小学").delete()
    filings_of(site, officer)
    with pytest.raises(ValidationError, match="已经开始"):
        filings_of(site, officer)


def test_the_form_asks_every_column_of_the_dictionary_by_its_heading(
    filing: Filing, site: Site, browse: Browse
) -> None:
    clerk = browse(Role.CLERK, site.school)
    assert {"school", "stage", "teacher_count", "premises", "special_room", "class"} <= set(sections())
    assert not {"pupil", "teacher", "county"} & set(sections())
    for name in ("school", "stage", "premises"):
        page = clerk.get(reverse("filing", args=[filing.pk]) + f"?section={name}").content.decode()
        assert load_dictionary().tables[name].sheet.zh in page
        for spec in fields_of(name):
            assert spec.heading.zh in page
            assert f'name="c-{row_of(filing, name).pk}-{spec.name}"' in page


def test_a_cell_is_kept_as_it_is_typed(filing: Filing, site: Site, browse: Browse) -> None:
    row = row_of(filing, "stage")
    clerk = browse(Role.CLERK, site.school)
    address = reverse("filing_cell", args=[filing.pk, row.pk, "graduates"])
    answer = clerk.post(address, {"value": " 150\n", "seen": ""})
    assert answer.json() == {"value": "150", "origin": "本年填写", "overtaken": None, "revision": 1}
    cell = cell_of(filing, "stage", "graduates")
    assert (cell.value, cell.origin) == ("150", Origin.TYPED)
    clerk.post(address, {"value": "150", "seen": "150"})
    assert Change.objects.count() == 1, "the same again is no change"
    page = clerk.get(reverse("filing_history", args=[filing.pk, row.pk, "graduates"])).content.decode()
    assert "150" in page
    assert "学校填报员" in page
    clerk.post(address, {"value": "", "seen": "150"})
    cell.refresh_from_db()
    assert cell.value == "", "missing, not 0"


def test_of_two_browsers_the_last_typing_wins_and_both_stand_in_the_history(
    filing: Filing, site: Site, browse: Browse
) -> None:
    row = row_of(filing, "stage")
    address = reverse("filing_cell", args=[filing.pk, row.pk, "pupils"])
    clerk, head = browse(Role.CLERK, site.school), browse(Role.HEAD, site.school)
    assert clerk.post(address, {"value": "910", "seen": "900"}).json()["overtaken"] is None
    assert head.post(address, {"value": "920", "seen": "900"}).json()["overtaken"] == "910"
    assert cell_of(filing, "stage", "pupils").value == "920"
    assert list(Change.objects.order_by("pk").values_list("old", "new")) == [("900", "910"), ("910", "920")]


def test_two_browsers_in_different_cells_lose_nothing(filing: Filing, site: Site, person: People) -> None:
    """Each loaded the return before the other wrote: cells are written alone, never a whole return."""
    row, again = row_of(filing, "stage"), row_of(filing, "stage")
    actions.save_cell(person(Role.CLERK, site.school), row, "pupils", "910")
    actions.save_cell(person(Role.HEAD, site.school), again, "classes", "21")
    assert cell_of(filing, "stage", "pupils").value == "910"
    assert cell_of(filing, "stage", "classes").value == "21"
    assert Filing.objects.get(pk=filing.pk).revision == 2


@pytest.mark.parametrize(
    ("table", "column", "typed", "check"),
    [
        ("stage", "pupils", "九百", "read.not_a_number"),
        ("stage", "pupils", "99999", "cell.maximum"),
        ("premises", "teaching_area_m2", "-1", "cell.minimum"),
    ],
)
def test_a_broken_rule_of_logic_blocks_submitting(
    filing: Filing, site: Site, person: People, table: str, column: str, typed: str, check: str
) -> None:
    clerk = person(Role.CLERK, site.school)
    actions.save_cell(clerk, row_of(filing, table), column, typed)
    now = Filing.objects.get(pk=filing.pk)
    (found,) = problems_of(now)
    assert found.is_logic
    assert (found.check, found.table, found.row, found.column) == (
        check,
        table,
        row_of(filing, table).pk,
        column,
    )
    with pytest.raises(ValidationError, match="逻辑问题 1 个"):
        review.submit(clerk, now)
    with pytest.raises(ValidationError):
        actions.explain(clerk, now, found.key, "就是这样")


@pytest.mark.parametrize("typed", ["", "无", "/", "N/A"])
def test_a_word_for_none_is_a_blank_and_must_be_explained(
    filing: Filing, site: Site, person: People, typed: str
) -> None:
    clerk = person(Role.CLERK, site.school)
    actions.save_cell(clerk, row_of(filing, "stage"), "pupils", typed)
    now = Filing.objects.get(pk=filing.pk)
    assert [one.what_zh for one in problems_of(now) if one.column == "pupils"] == [
        "没有数据：在校生数（pupils）"
    ]
    with pytest.raises(ValidationError, match="待说明"):
        review.submit(clerk, now)


def test_the_unlikely_asks_for_a_word_and_asks_again_of_another_value(
    filing: Filing, site: Site, person: People
) -> None:
    clerk = person(Role.CLERK, site.school)
    actions.save_cell(clerk, row_of(filing, "stage"), "pupils", "450")
    now = Filing.objects.get(pk=filing.pk)
    unlikely = [one for one in problems_of(now) if one.column == "pupils" and not one.is_logic]
    assert unlikely, "half the pupils of last year"
    with pytest.raises(ValidationError, match="待说明"):
        review.submit(clerk, now)
    for one in problems_of(now):
        actions.explain(clerk, now, one.key, "划片调整，部分学生转出")
    assert review.submit(clerk, now).state == State.SUBMITTED
    assert {one.words for one in Explanation.objects.all()} == {"划片调整，部分学生转出"}
    review.send_back(person(Role.OFFICER, site.county), now, "请核对")
    actions.save_cell(clerk, row_of(filing, "stage"), "pupils", "440")
    with pytest.raises(ValidationError, match="待说明"):
        review.submit(clerk, Filing.objects.get(pk=filing.pk))


def test_checks_are_remembered_until_a_cell_changes(
    filing: Filing, site: Site, person: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = problems_of(filing)
    monkeypatch.setattr("junheng.web.filing.checking.check_snapshot", None)
    again = Filing.objects.get(pk=filing.pk)
    assert problems_of(again) == said
    assert json.loads(again.problems) is not None
    actions.save_cell(person(Role.CLERK, site.school), row_of(filing, "stage"), "pupils", "901")
    with pytest.raises(TypeError):
        problems_of(Filing.objects.get(pk=filing.pk))
