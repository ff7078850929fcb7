"""A county's year: the officer's list, opening by the form, freezing to the same finding as judging the data directly."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.conftest import DISTRICT, SCHOOL, Site
from tests.web.filings import NEIGHBOUR, YEAR, filings_of, tables_of
from tests.web.test_jobs import done

from junheng.data import check_snapshot, read_input, write_template
from junheng.indicators import load_catalogue
from junheng.judgement import Question, assess_regions, write_findings
from junheng.web.audit.models import Entry
from junheng.web.filing.freezing import folder_of, freeze, judge
from junheng.web.filing.models import Cell, CountyYear, Filing
from junheng.web.filing.opening import Opening, open_year
from junheng.web.filing.queries import lines_of, listed
from junheng.web.filing.sections import sections
from junheng.web.filing.states import State
from junheng.web.jobs.models import Job
from junheng.web.jobs.queries import known_source
from junheng.web.people.actions import add_organisation
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Kind, Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]


def test_the_list_needs_no_more_queries_for_more_schools(site: Site, person: People, browse: Browse) -> None:
    filings_of(site, person(Role.OFFICER, site.county))
    opened = CountyYear.objects.get()
    officer, address = browse(Role.OFFICER, site.county), reverse("filing_year", args=[opened.pk])

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert officer.get(address).status_code == 200
        return len(caught)

    Filing.objects.exclude(code=SCHOOL).delete()
    queries()  # the first visit of a session writes it
    one = queries()
    _more(opened, range(29))
    assert officer.get(address).content.decode().count('state-draft">') >= 30
    assert queries() == one
    _more(opened, range(29, 299))
    assert queries() == one
    last = officer.get(address, {"page": 3, "q": "小学"}).content.decode()
    assert "2199001298" in last
    assert "2199001001" not in last
    assert "q=%E5%B0%8F%E5%AD%A6&amp;page=2" in last


def _more(opened: CountyYear, numbers: range) -> None:
    for number in numbers:
        code = f"2199001{number:03d}"
        school = Organisation.objects.create(
            kind=Kind.SCHOOL,
            name=f"第{number}小学",
            parent=opened.county,
            path=f"{opened.county.path}{code}/",
        )
        Filing.objects.create(county_year=opened, school=school, code=code)


def test_the_list_tells_who_has_not_reported_and_who_is_late(
    site: Site, person: People, browse: Browse
) -> None:
    filings = filings_of(site, person(Role.OFFICER, site.county))
    opened = filings[SCHOOL].county_year
    Filing.objects.filter(pk=filings[SCHOOL].pk).update(state=State.SUBMITTED)
    due = opened.due_on
    assert [line.is_overdue for line in lines_of(opened, listed(opened), due)] == [False, False]
    lines = lines_of(opened, listed(opened), due + timedelta(days=1))
    assert [(line.filing.state, line.is_overdue) for line in lines] == [("submitted", False), ("draft", True)]
    assert [one.code for one in listed(opened, "submitted")] == [SCHOOL]
    assert [one.code for one in listed(opened, words="师范 2199")] == [NEIGHBOUR]
    CountyYear.objects.update(due_on=date(2020, 1, 1))
    page = browse(Role.OFFICER, site.county).get(reverse("filing_year", args=[opened.pk])).content.decode()
    assert page.count("逾期</span>") == 1
    assert "定稿并评估" not in page
    assert browse(Role.CLERK, site.school).get(reverse("filing_year", args=[opened.pk])).status_code == 404


def _sent(source: bytes | None, name: str = "上年.xlsx") -> dict[str, object]:
    sent: dict[str, object] = {"year": YEAR, "due_on": "2024-10-31", "standard": "quality-2017"}
    return sent | ({"source": SimpleUploadedFile(name, source)} if source is not None else {})


def test_an_officer_opens_a_year_with_a_workbook(site: Site, browse: Browse) -> None:
    address = reverse("filing_open", args=[site.county.pk])
    workbook = (DISTRICT / "2023.xlsx").read_bytes()
    officer = browse(Role.OFFICER, site.county)
    assert officer.get(address).status_code == 200
    answer = officer.post(address, _sent(workbook))
    opened = CountyYear.objects.get()
    assert answer["Location"] == reverse("filing_year", args=[opened.pk])
    cell = Cell.objects.get(row__filing__code=SCHOOL, row__table="stage", column="pupils")
    assert cell.place.startswith("上年.xlsx 学段 D")
    assert Cell.objects.filter(row__filing__code=SCHOOL, row__table="class").count() > 20
    for section in sections():
        page = browse(Role.CLERK, site.school).get(
            reverse("filing", args=[cell.row.filing_id]) + f"?section={section}"
        )
        assert page.status_code == 200, section


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [(b"not a workbook", "a.xlsx", "source"), (b"MZ", "a.exe", "工作簿"), (b"", "a.xlsx", "空")],
)
def test_an_upload_that_is_no_workbook_opens_nothing(
    site: Site, browse: Browse, content: bytes, name: str, said: str
) -> None:
    before = sorted(Path(settings.HOME).glob("inputs/*"))
    answer = browse(Role.OFFICER, site.county).post(
        reverse("filing_open", args=[site.county.pk]), _sent(content, name)
    )
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert said in answer.content.decode()
    assert not CountyYear.objects.exists()
    assert sorted(Path(settings.HOME).glob("inputs/*")) == before


def test_it_freezes_only_when_every_return_is_accepted(site: Site, person: People, tmp_path: Path) -> None:
    officer = person(Role.OFFICER, site.county)
    filing = filings_of(site, officer, tables_of(tmp_path / "before"))[SCHOOL]
    before = sorted(Path(settings.HOME).glob("snapshots/*"))
    Filing.objects.filter(pk=filing.pk).update(state=State.ACCEPTED)
    with pytest.raises(ValidationError, match="还有 1 份"):
        freeze(officer, filing.county_year)
    assert sorted(Path(settings.HOME).glob("snapshots/*")) == before
    with pytest.raises(ValidationError):
        judge(officer, filing.county_year)
    Filing.objects.update(state=State.ACCEPTED)
    frozen = freeze(officer, filing.county_year)
    assert set(Filing.objects.values_list("state", flat=True)) == {State.FROZEN}
    with pytest.raises(ValidationError, match="已经定稿"):
        freeze(officer, filing.county_year)
    assert Entry.objects.filter(action="filing.freeze").count() == 1
    assert sorted(path.name for path in folder_of(frozen).iterdir()) == [
        "premises.csv",
        "school.csv",
        "stage.csv",
        "teacher_count.csv",
    ]


def _district() -> dict[str, pa.Table]:
    """What schools file, of the example district's 2023, as if it were said of the next year."""
    tables = read_input(DISTRICT / "2023.xlsx").tables
    return {
        name: table.set_column(
            table.schema.get_field_index("year"), "year", pc.add(table["year"], pa.scalar(1, pa.int32()))
        )
        for name, table in tables.items()
        if name in sections()
    }


def _year_page(browse: Browse, site: Site, opened: CountyYear) -> str:
    answer = browse(Role.OFFICER, site.county).get(reverse("filing_year", args=[opened.pk]))
    return answer.content.decode()


def test_a_frozen_year_is_judged_as_the_same_data_given_directly(
    site: Site, person: People, browse: Browse, tmp_path: Path
) -> None:
    tables = _district()
    for row in tables["school"].to_pylist():
        if row["school_id"] not in (SCHOOL, "2199000002"):
            add_organisation(None, Kind.SCHOOL, row["name"], site.county, row["school_id"], 2015)
    officer = person(Role.OFFICER, site.county)
    asked = Opening(YEAR, date(YEAR, 10, 31), "quality-2017", DISTRICT / "2023.xlsx")
    opened = open_year(officer, site.county, asked)
    Filing.objects.filter(county_year=opened).update(state=State.ACCEPTED)
    answer = browse(Role.OFFICER, site.county).post(reverse("filing_freeze", args=[opened.pk]))
    assert answer.status_code == 302
    asked_for = Job.objects.get(options__snapshot__gt="")
    assert judge(officer, CountyYear.objects.get(pk=opened.pk)) == asked_for
    assert reverse("job", args=[asked_for.pk]) in _year_page(browse, site, opened)
    assert done(asked_for).state == "done", asked_for.error
    opened.refresh_from_db()
    assert opened.finding is not None
    assert opened.finding == asked_for.finding
    assert known_source(opened.finding) == folder_of(opened)
    assert Entry.objects.filter(action="filing.judge").count() == 1

    write_template(tmp_path / "direct.xlsx", tables=tables)
    checked = check_snapshot(read_input(tmp_path / "direct.xlsx"))
    direct = assess_regions(checked, Question("quality-2017", YEAR), catalogue=load_catalogue(()))
    write_findings(direct, tmp_path / "direct", command=["test"], documents=lambda _: None)
    told, expected = (
        json.loads((folder / "verdict.json").read_bytes())
        for folder in (opened.finding.folder, tmp_path / "direct")
    )
    assert told["schools"] == expected["schools"]
    assert told == expected
    assert len(told["schools"]) > 90
