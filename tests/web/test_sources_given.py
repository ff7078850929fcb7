"""What is kept of a source, and how a year begins with what sources say."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import NEIGHBOUR, YEAR, cell_of, filings_of, tables_of
from tests.web.sourced import give, register, stage

from junheng.web.filing.models import Cell, Filing, Origin, Row
from junheng.web.filing.opening import Opening, open_year
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role
from junheng.web.sources.giving import set_order
from junheng.web.sources.models import Saying, SourceKind, SourceTable

People = Callable[[Role, Organisation], Account]


@pytest.fixture
def officer(site: Site, person: People) -> Account:
    return person(Role.OFFICER, site.county)


def test_persons_of_a_register_are_not_kept(site: Site, officer: Account, tmp_path: Path) -> None:
    (source,) = give(site, officer, tmp_path, register(3), SourceKind.REGISTER)
    assert source.count == Saying.objects.count() == 4  # pupils, classes, largest class; the class
    assert not Saying.objects.filter(table="pupil").exists()
    assert "P1" not in str(list(Saying.objects.values_list("value", "place")))


def test_a_new_upload_replaces_and_schools_of_others_are_left_out(
    site: Site, officer: Account, tmp_path: Path
) -> None:
    give(site, officer, tmp_path, stage(799))
    rows = stage(801)
    rows["stage"].append({**rows["stage"][0], "school_id": "2199999999"})
    (source,) = give(site, officer, tmp_path, rows)
    assert (source.foreign, source.count) == (1, 2)
    old = SourceTable.objects.exclude(pk=source.pk).get()
    assert old.replaced_at is not None
    assert not old.sayings.exists()
    with pytest.raises(ValidationError, match="没有本县的学校"):
        give(site, officer, tmp_path, {"stage": [{**rows["stage"][1]}]})
    assert SourceTable.objects.get(replaced_at=None) == source  # nothing of the refused one stayed


def test_a_year_begins_with_its_sources_in_their_order(site: Site, officer: Account, tmp_path: Path) -> None:
    give(site, officer, tmp_path, stage(799, boarders=7))
    give(site, officer, tmp_path, register(12), SourceKind.REGISTER)
    filing = filings_of(site, officer, tables_of(tmp_path / "before"))[SCHOOL]
    pupils, boarders = cell_of(filing, "stage", "pupils"), cell_of(filing, "stage", "boarders")
    assert (pupils.value, pupils.origin, pupils.last_year) == ("12", Origin.REGISTER, "900")
    assert pupils.place == "来源.xlsx 学生名册"
    assert (boarders.value, boarders.origin, boarders.last_year) == ("7", Origin.STATISTICS, "")
    area = cell_of(filing, "premises", "teaching_area_m2")
    assert (area.value, area.origin) == ("5000.5", Origin.INPUT)
    assert Row.objects.get(filing=filing, table="class").key == "primary|1|1"
    other = Filing.objects.get(code=NEIGHBOUR)
    assert cell_of(other, "school", "name").origin == Origin.TREE


def test_the_order_can_be_changed_before_the_year_opens(site: Site, officer: Account, tmp_path: Path) -> None:
    give(site, officer, tmp_path, stage(799))
    give(site, officer, tmp_path, register(12), SourceKind.REGISTER)
    set_order(officer, site.county, YEAR, ["last_year", "statistics", "workbook", "register"])
    with pytest.raises(ValidationError):
        set_order(officer, site.county, YEAR, ["last_year", "last_year", "workbook", "register"])
    filing = filings_of(site, officer, tables_of(tmp_path / "before"))[SCHOOL]
    assert cell_of(filing, "stage", "pupils").value == "900"
    assert cell_of(filing, "stage", "max_class_size").origin == Origin.INPUT
    assert cell_of(filing, "class", "pupils").origin == Origin.REGISTER


def test_sources_of_another_year_fill_nothing(site: Site, officer: Account, tmp_path: Path) -> None:
    give(site, officer, tmp_path, stage(799))
    open_year(officer, site.county, Opening(YEAR + 1, date(YEAR + 1, 10, 31), "quality-2017"))
    assert not Cell.objects.exclude(origin=Origin.TREE).exists()
