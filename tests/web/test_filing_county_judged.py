"""A frozen year with the county's own tables is judged as the whole workbook is."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
from tests.web.conftest import DISTRICT, SCHOOL, Site
from tests.web.filings import YEAR
from tests.web.test_jobs import done

from junheng.data import check_snapshot, read_input, write_template
from junheng.indicators import load_catalogue
from junheng.judgement import Question, assess_regions, write_findings
from junheng.web.filing.freezing import freeze, judge
from junheng.web.filing.models import CountyYear, Filing
from junheng.web.filing.opening import Opening, open_year
from junheng.web.filing.sections import all_sections
from junheng.web.filing.states import State
from junheng.web.people.actions import add_organisation
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Kind, Role

People = Callable[[Role, Organisation], Account]


def _a_year_before(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """The same tables, as if they were said of the year before: what prefilling begins with."""
    found = {}
    for name, table in tables.items():
        place = table.schema.get_field_index("year")
        years = pa.array([YEAR - 1] * table.num_rows, table.schema.field("year").type)
        found[name] = table.set_column(place, "year", years)
    return found


def test_a_frozen_year_is_judged_as_fully_as_the_workbook(site: Site, person: People, tmp_path: Path) -> None:
    workbook = DISTRICT / "2024.xlsx"
    tables = {name: one for name, one in read_input(workbook).tables.items() if name in all_sections()}
    write_template(tmp_path / "2023.xlsx", tables=_a_year_before(tables))
    for row in tables["school"].to_pylist():
        if row["school_id"] not in (SCHOOL, "2199000002"):
            add_organisation(None, Kind.SCHOOL, row["name"], site.county, row["school_id"], 2015)
    officer = person(Role.OFFICER, site.county)
    asked = Opening(YEAR, date(YEAR, 10, 31), "quality-2017", tmp_path / "2023.xlsx")
    opened = open_year(officer, site.county, asked)
    Filing.every.filter(county_year=opened).update(state=State.ACCEPTED)
    freeze(officer, opened)
    finding = done(judge(officer, CountyYear.objects.get(pk=opened.pk))).finding
    assert finding is not None
    told = json.loads((finding.folder / "verdict.json").read_bytes())

    checked = check_snapshot(read_input(workbook))
    direct = assess_regions(checked, Question("quality-2017", YEAR), catalogue=load_catalogue(()))
    write_findings(direct, tmp_path / "direct", command=["test"], documents=lambda _: None)
    expected = json.loads((tmp_path / "direct" / "verdict.json").read_bytes())
    assert told == expected
    assert len(told["schools"]) > 90
