"""What the interface says is what the pages' queries say; tables, ETags, cursors."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.api_keys import Program, Scope, key
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import filings_of, tables_of

from junheng.data import load_dictionary
from junheng.judgement import explain_indicator, read_finding
from junheng.standards import list_standards
from junheng.web.filing.checking import problems_of
from junheng.web.filing.models import CountyYear, Filing
from junheng.web.filing.queries import lines_of, section_of, tallies, years_of
from junheng.web.filing.queries import listed as in_order
from junheng.web.filing.sections import sections
from junheng.web.findings.heat import heat
from junheng.web.findings.models import Finding
from junheng.web.findings.queries import current, stages_of
from junheng.web.jobs.models import Job
from junheng.web.people.actions import add_organisation
from junheng.web.people.models import Account, Organisation
from junheng.web.people.queries import within
from junheng.web.people.roles import Kind, Role

Person = Callable[[Role, Organisation], Account]


@pytest.fixture
def program(site: Site, person: Person) -> Program:
    """A program of the county that reads."""
    return Program(key(person(Role.ADMINISTRATOR, site.county), site.county, (Scope.READ,))[1])


def test_the_tree_page_by_page(site: Site, program: Program) -> None:
    for number in range(25):
        add_organisation(None, Kind.SCHOOL, f"第{number}小学", site.county, f"21990001{number:02d}", 2015)
    found, cursor = [], ""
    while True:
        told = program.get(f"/organisations?limit=10&cursor={cursor}").json()
        found += [one["id"] for one in told["items"]]
        cursor = told["next"]
        if cursor is None:
            break
    assert found == list(within(site.county).order_by("path").values_list("pk", flat=True))
    one = program.get(f"/organisations/{site.school.pk}").json()
    assert one["codes"] == [{"code": SCHOOL, "first_year": 2015, "last_year": None}]


@pytest.mark.parametrize(
    ("cursor", "status"), [("x", 422), ("!!", 422), ("MTIz", 200), ("é", 422), ("A" * 201, 422)]
)
def test_a_strange_cursor_is_refused(program: Program, cursor: str, status: int) -> None:
    """``MTIz`` is a place in the list, though nothing stands there."""
    assert program.get(f"/organisations?cursor={cursor}").status_code == status
    assert program.get("/organisations?cursor=Lg==").status_code == 422
    assert program.get(f"/organisations?limit=0&cursor={cursor}").status_code == 422


def test_a_finding_says_what_its_page_says(site: Site, program: Program, finding: Finding) -> None:
    listed = program.get(f"/organisations/{site.county.pk}/findings").json()["items"]
    assert [one["id"] for one in listed] == [one.pk for one in current(site.county)]
    head = program.get(f"/findings/{finding.pk}").json()
    assert (head["verdict"], head["passed"], head["judged"]) == (
        finding.verdict,
        finding.passed,
        finding.judged,
    )
    whole = program.get(f"/findings/{finding.pk}/verdict.json").json()
    assert whole == json.loads((finding.folder / "verdict.json").read_bytes())
    told = program.get(f"/findings/{finding.pk}/values").json()["rows"]
    values = {(one["stage"], one["school_id"], one["indicator"]): one["value"] for one in told}
    for stage, _ in stages_of(finding):
        for row in heat(finding, stage):
            for cell in row.cells:
                assert values[stage, row.school_id, cell.key] == cell.value


def test_a_table_is_the_same_in_every_format(program: Program, finding: Finding) -> None:
    plain = program.get(f"/findings/{finding.pk}/values.json").json()
    lines = csv.DictReader(
        io.StringIO(program.get(f"/findings/{finding.pk}/values.csv").content.decode("utf-8-sig"))
    )
    table = pq.read_table(io.BytesIO(program.get(f"/findings/{finding.pk}/values.parquet").content))
    assert table.to_pylist() == plain["rows"] == read_finding(finding.folder).values().to_pylist()
    said = [{key: "" if value is None else str(value) for key, value in row.items()} for row in plain["rows"]]
    assert list(lines) == said
    for accept, kind in (
        ("text/csv", "text/csv"),
        ("*/*", "application/json"),
        ("application/*;q=0.1,text/csv", "text/csv"),
    ):
        assert program.get(f"/findings/{finding.pk}/values", Accept=accept)["Content-Type"] == kind
    assert program.get(f"/findings/{finding.pk}/values", Accept="image/png").status_code == 406
    assert program.get(f"/findings/{finding.pk}/values.exe").status_code == 422


@pytest.mark.parametrize("end", ["", "/verdict.json", "/values.csv", "/values"])
def test_what_is_known_is_not_sent_again(program: Program, finding: Finding, end: str) -> None:
    first = program.get(f"/findings/{finding.pk}{end}")
    again = program.get(f"/findings/{finding.pk}{end}", **{"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert program.get(f"/findings/{finding.pk}{end}", **{"If-None-Match": '"other"'}).status_code == 200


def test_a_figure_rests_on_what_explain_says(program: Program, finding: Finding) -> None:
    told = program.get(f"/findings/{finding.pk}/schools/{SCHOOL}/R1").json()
    known = explain_indicator(read_finding(finding.folder), SCHOOL, "R1")
    nodes, said = [told], []
    while nodes:
        node = nodes.pop()
        nodes += node["children"]
        said += [(cell["column"], cell["value"], cell["cell"]) for cell in node["cells"]]
    assert said
    assert sorted(said) == sorted((c.column, c.value, c.cell) for node in known.walk() for c in node.cells)
    assert program.get(f"/findings/{finding.pk}/schools/{SCHOOL}/R999").status_code == 404


def test_returns_say_what_their_pages_say(
    site: Site, program: Program, person: Person, tmp_path: object
) -> None:
    filing = filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "t"))[SCHOOL]
    year = program.get(f"/organisations/{site.county.pk}/years").json()["items"][0]
    opened = years_of(site.county)[0]
    assert (year["id"], year["year"], year["due_on"]) == (opened.pk, opened.year, opened.due_on.isoformat())
    assert year["returns"] == {one.state.value: one.count for one in tallies(opened)}
    listed = program.get(f"/years/{year['id']}/returns").json()["items"]
    assert {one["id"]: one["state"] for one in listed} == {
        line.filing.pk: line.filing.state for line in lines_of(opened, in_order(opened))
    }
    assert program.get(f"/years/{year['id']}/returns?state=frozen").json()["items"] == []
    told = program.get(f"/returns/{filing.pk}").json()
    cells = {(row["id"], cell["column"]): cell for row in told["rows"] for cell in row["cells"]}
    shown = {
        (row.row.pk, field.spec.name): field
        for table in sections() for row in section_of(filing, table, [], is_office=True).rows for field in row.fields
    }  # fmt: skip
    for at, field in shown.items():
        assert (cells[at]["value"] if at in cells else None) == (field.value or None)
    assert {at for at in cells if cells[at]["value"]} <= set(shown)
    found = program.get(f"/returns/{filing.pk}/problems").json()["problems"]
    assert [one["key"] for one in found] == [one.key for one in problems_of(filing)]
    assert program.get(f"/organisations/{site.school.pk}/returns").json()["items"][0]["id"] == filing.pk


def test_the_dictionary_and_the_standards(db: None) -> None:
    tables = load_dictionary().tables
    heads = Program().get("/dictionary").json()
    assert {one["name"]: one["columns"] for one in heads} == {
        name: len(one.columns) for name, one in tables.items()
    }
    told = Program().get("/dictionary/teacher_count").json()["columns"]
    known = tables["teacher_count"].columns
    assert [(one["name"], one["unit"], one["privacy"]) for one in told] == [
        (name, one.unit or None, one.privacy) for name, one in known.items()
    ]
    assert Program().get("/dictionary/nothing").status_code == 404
    now = Program().get("/standards").json()
    assert {one["id"]: one["sha256"] for one in now} == {one.id: one.sha256 for one in list_standards()}
    before = {one["id"]: one["is_in_force"] for one in Program().get("/standards?on=1990-01-01").json()}
    assert not any(before.values())
    assert any(one["is_in_force"] for one in now)


@pytest.mark.parametrize("list_of", ["organisations", "findings", "years", "returns", "jobs"])
def test_a_list_asks_as_often_for_thirty_as_for_one(
    list_of: str, site: Site, program: Program, finding: Finding, person: Person, tmp_path: Path
) -> None:
    opened = filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "t"))[
        SCHOOL
    ].county_year
    address = {
        "organisations": "/organisations",
        "returns": f"/years/{opened.pk}/returns",
    }.get(list_of, f"/organisations/{site.county.pk}/{list_of}")
    counts = []
    program.get("/me")  # the minute's first request counts anew
    for many in (1, 29):
        for number in range(many):
            place = add_organisation(
                None, Kind.SCHOOL, "小学", site.county, f"21999{many:02d}{number:03d}", 2015
            )
            Filing.objects.create(county_year=opened, school=place, code=f"{many}-{number}")
            CountyYear.objects.create(
                county=site.county, year=1900 + many + number, due_on=opened.due_on, standard="x"
            )
            Job.objects.create(county=site.county, work="report", finding=finding)
            Finding.objects.filter(pk=finding.pk).update(is_current=True)
            copy = Finding.objects.get(pk=finding.pk)
            copy.pk, copy.year, copy.folder_name = None, 1900 + many + number, f"{many}-{number}"
            copy.save(force_insert=True)
        with CaptureQueriesContext(connection) as asked:
            told = program.get(f"{address}?limit=200").json()["items"]
        counts.append((len(asked), len(told)))
    assert counts[1][1] > counts[0][1]
    assert abs(counts[1][0] - counts[0][0]) <= 1  # a minute may have ended between them
