"""Returns for the tests: a year opened from tables in memory, without reading a workbook each time."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from tests.web.conftest import SCHOOL, Site
from tests.web.evidences import evidence_of

from junheng.web.filing.models import Attachment, Cell, CountyYear, Filing, Row, Workbook
from junheng.web.filing.opening import Opening, open_year
from junheng.web.people.models import Account
from junheng.web.people.roles import Role

YEAR = 2024
NEIGHBOUR = "2199000002"
_SCHOOL = "year,school_id,name,kind,ownership,county_code\n"
_TABLES = {
    "school": _SCHOOL + "{year},{code},甲小学,primary,public,999901\n",
    "stage": "year,school_id,stage,pupils,classes,max_class_size\n{year},{code},primary,900,20,45\n",
    "teacher_count": (
        "year,school_id,stage,full_time,doctor,master,bachelor,associate,secondary_or_below,backbone,pe,music,art,arts\n"
        "{year},{code},primary,60,0,5,50,5,0,10,4,3,3,0\n"
    ),
    "premises": (
        "year,school_id,teaching_area_m2,indoor_sports_area_m2,sports_ground_area_m2,equipment_value_yuan,multimedia_rooms\n"
        "{year},{code},5000.5,900,8000,2500000,24\n"
    ),
}


def tables_of(folder: Path, code: str = SCHOOL, year: int = YEAR - 1) -> Path:
    """A folder of a school's tables, as the county had them."""
    folder.mkdir(exist_ok=True)
    for name, text in _TABLES.items():
        (folder / f"{name}.csv").write_text(text.format(year=year, code=code), encoding="utf-8")
    return folder


def filings_of(site: Site, officer: Account, source: Path | None = None) -> Mapping[str, Filing]:
    """The county's year, opened; its returns by code."""
    opened = open_year(officer, site.county, Opening(YEAR, date(YEAR, 10, 31), "quality-2017", source))
    return {one.code: one for one in Filing.objects.filter(county_year=opened)}


def row_of(filing: Filing, table: str) -> Row:
    """The first row of a table."""
    return Row.objects.filter(filing=filing, table=table).order_by("position")[0]


def cell_of(filing: Filing, table: str, column: str) -> Cell:
    """A cell of that row."""
    return Cell.objects.get(row=row_of(filing, table), column=column)


def route_values(site: Site, person: Account) -> Mapping[str, object]:
    """A year, a return, a row and a column for the walk over all routes."""
    opened = CountyYear.objects.filter(county=site.county).first()
    filing = (
        Filing.objects.get(county_year=opened, code=SCHOOL) if opened else filings_of(site, person)[SCHOOL]
    )
    row = row_of(filing, "school")
    attachment = Attachment.objects.create(filing=filing, evidence=evidence_of(site))
    workbook = Workbook.objects.create(filing=filing, name="a.xlsx", made_of=0, filled="[]", not_read="[]")
    return {
        "county_year": filing.county_year_id,
        "filing": filing.pk,
        "row": row.pk,
        "column": "name",
        "attachment": attachment.pk,
        "workbook": workbook.pk,
    }


__all__ = ["NEIGHBOUR", "YEAR", "Role", "cell_of", "filings_of", "route_values", "row_of", "tables_of"]
