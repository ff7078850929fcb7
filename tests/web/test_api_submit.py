"""What programs send: by the same rules as the form, all or none, never over what they had not seen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.api_keys import Program, Scope, key
from tests.web.conftest import DISTRICT, SCHOOL, Site
from tests.web.filings import NEIGHBOUR, cell_of, filings_of, row_of, tables_of

from junheng.web.audit.models import Entry
from junheng.web.filing.actions import save_cell
from junheng.web.filing.checking import problems_of
from junheng.web.filing.models import Change, Filing
from junheng.web.jobs.models import Job, Upload
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

Person = Callable[[Role, Organisation], Account]


@pytest.fixture
def filing(site: Site, person: Person, tmp_path: Path) -> Filing:
    """A school's return, prefilled."""
    return filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "t"))[SCHOOL]


@pytest.fixture
def school(site: Site, person: Person) -> Program:
    """The school's own system."""
    return Program(key(person(Role.ADMINISTRATOR, site.county), site.school)[1])


@pytest.fixture
def bureau(site: Site, person: Person) -> Program:
    """The county's system."""
    return Program(key(person(Role.ADMINISTRATOR, site.county), site.county)[1])


def _cell(filing: Filing, value: str | None, column: str = "pupils", **more: object) -> dict[str, object]:
    return {"row": row_of(filing, "stage").pk, "column": column, "value": value, **more}


def test_cells_are_kept_with_their_history(school: Program, filing: Filing) -> None:
    sent = {
        "revision": 0,
        "cells": [_cell(filing, "901", seen="900"), _cell(filing, None, "classes", seen="20")],
    }
    told = school.ask("PUT", f"/returns/{filing.pk}/cells", sent)
    assert (told.status_code, told.json()["revision"]) == (200, 2)
    assert cell_of(filing, "stage", "pupils").value == "901"
    assert cell_of(filing, "stage", "classes").value == ""
    change = Change.objects.get(cell=cell_of(filing, "stage", "pupils"))
    assert (change.old, change.new, change.by_name) == ("900", "901", "接口·教务系统")
    rows = school.get(f"/returns/{filing.pk}").json()["rows"]
    cells = {one["column"]: one["value"] for row in rows if row["table"] == "stage" for one in row["cells"]}
    assert cells["classes"] is None


def test_what_was_not_seen_is_not_overwritten(
    site: Site, school: Program, filing: Filing, person: Person
) -> None:
    save_cell(person(Role.CLERK, site.school), row_of(filing, "stage"), "pupils", "950")
    sent = {"cells": [_cell(filing, "21", "classes", seen="20"), _cell(filing, "901", seen="900")]}
    refused = school.ask("PUT", f"/returns/{filing.pk}/cells", sent)
    assert refused.status_code == 409
    assert refused["Content-Type"] == "application/problem+json"
    (conflict,) = refused.json()["conflicts"]
    assert (conflict["seen"], conflict["value"], conflict["by"]) == (
        "900",
        "950",
        person(Role.CLERK, site.school).name,
    )
    assert conflict["at"]
    assert cell_of(filing, "stage", "classes").value == "20"  # all or none
    stale = {"revision": 0, "cells": [_cell(filing, "21", "classes")]}
    assert school.ask("PUT", f"/returns/{filing.pk}/cells", stale).status_code == 409
    later = {"cells": [_cell(filing, "901")]}  # nothing claimed: the later typing wins, as in the form
    assert school.ask("PUT", f"/returns/{filing.pk}/cells", later).status_code == 200


def test_cells_that_are_not_there(school: Program, filing: Filing, site: Site) -> None:
    other = Filing.objects.get(code=NEIGHBOUR)
    for wrong in (
        {"cells": [_cell(filing, "1", "no_such")]},
        {"cells": [{"row": row_of(other, "school").pk, "column": "name", "value": "x"}]},
        {"cells": []},
        {"cells": [_cell(filing, "x" * 201)]},
        {"cells": [_cell(filing, "1")] * 501},
        {},
    ):
        assert school.ask("PUT", f"/returns/{filing.pk}/cells", wrong).status_code == 422
    assert school.ask("PUT", f"/returns/{other.pk}/cells", {"cells": [_cell(filing, "1")]}).status_code == 404
    assert not Change.objects.exists()


def test_the_bureau_reads_a_return_and_does_not_fill_it(bureau: Program, filing: Filing) -> None:
    assert bureau.get(f"/returns/{filing.pk}").status_code == 200
    assert (
        bureau.ask("PUT", f"/returns/{filing.pk}/cells", {"cells": [_cell(filing, "1")]}).status_code == 404
    )
    assert bureau.ask("POST", f"/returns/{filing.pk}/submit").status_code == 404


def test_a_return_is_submitted_by_the_rules_of_the_page(school: Program, filing: Filing) -> None:
    bad = {"cells": [_cell(filing, "-5")]}
    school.ask("PUT", f"/returns/{filing.pk}/cells", bad)
    refused = school.ask("POST", f"/returns/{filing.pk}/submit")
    assert refused.status_code == 409
    assert refused.json()["messages"][0]["zh"]
    school.ask("PUT", f"/returns/{filing.pk}/cells", {"cells": [_cell(filing, "880")]})
    now = Filing.objects.get(pk=filing.pk)
    for one in problems_of(now):
        assert not one.is_logic, one
        told = {"key": one.key, "words": "九月转入"}
        assert school.ask("POST", f"/returns/{filing.pk}/explanations", told).status_code == 200
    assert school.ask("POST", f"/returns/{filing.pk}/submit").json()["state"] == "submitted"
    assert school.ask("POST", f"/returns/{filing.pk}/submit").status_code == 409
    assert (
        school.ask("PUT", f"/returns/{filing.pk}/cells", {"cells": [_cell(filing, "1")]}).status_code == 409
    )
    entry = Entry.objects.get(action="filing.submit")
    assert entry.actor_name == "接口·教务系统"


def test_rows(school: Program, filing: Filing) -> None:
    made = school.ask("POST", f"/returns/{filing.pk}/rows", {"table": "stage", "keys": {"stage": "junior"}})
    assert (made.status_code, made.json()["key"]) == (201, "junior")
    twice = school.ask("POST", f"/returns/{filing.pk}/rows", {"table": "stage", "keys": {"stage": "junior"}})
    assert twice.status_code == 409
    assert school.ask("POST", f"/returns/{filing.pk}/rows", {"table": "stage", "keys": {}}).status_code == 409


def _upload(
    program: Program, site: Site, name: str, content: bytes, **more: str
) -> tuple[int, dict[str, object]]:
    told = {"file": SimpleUploadedFile(name, content), "standard": "quality-2017", "year": "2024", **more}
    address = f"/api/v1/organisations/{site.county.pk}/evaluations"
    found = program.client.post(address, told, headers=program.head)
    return found.status_code, found.json()


def test_a_workbook_becomes_a_job(bureau: Program, site: Site) -> None:
    book = sorted(DISTRICT.glob("*2024*.xlsx"))[0].read_bytes()
    status, told = _upload(bureau, site, "2024.xlsx", book)
    assert (status, told["state"], told["work"]) == (202, "queued", "evaluate")
    job = Job.objects.get(pk=told["id"])
    assert job.asked_by is not None
    assert job.asked_by.username.startswith("api-")
    assert bureau.get(f"/jobs/{job.pk}").json()["log"] == []
    assert [one["id"] for one in bureau.get(f"/organisations/{site.county.pk}/jobs").json()["items"]] == [
        job.pk
    ]


@pytest.mark.parametrize(
    ("name", "content", "more"),
    [
        ("a.xlsm", b"PK\x03\x04", {}),
        ("a.xlsx", b"not a workbook", {}),
        ("a.xlsx", b"", {}),
        ("a.exe", b"MZ", {}),
        ("a.xlsx", b"PK\x03\x04", {"standard": "none"}),
        ("a.xlsx", b"PK\x03\x04", {"year": "1999"}),
        ("a.xlsx", b"PK\x03\x04", {"year": "2010"}),  # the county had no code then
    ],
)
def test_a_bad_upload_is_refused_and_not_kept(
    bureau: Program, site: Site, name: str, content: bytes, more: dict[str, str]
) -> None:
    status, told = _upload(bureau, site, name, content, **more)
    assert status == 422
    assert told["messages"]
    assert not Upload.objects.exists()
    assert not Job.objects.exists()


def test_one_too_large_is_refused(bureau: Program, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("junheng.web.jobs.limits.LimitHandler.limit", 1000)
    assert _upload(bureau, site, "a.xlsx", b"PK\x03\x04" + b"0" * 70_000)[0] == 413


def test_without_the_scope_nothing_is_written(site: Site, person: Person, filing: Filing) -> None:
    reader = Program(key(person(Role.ADMINISTRATOR, site.county), site.school, (Scope.READ, Scope.EXPORT))[1])
    assert (
        reader.ask("PUT", f"/returns/{filing.pk}/cells", {"cells": [_cell(filing, "1")]}).status_code == 403
    )
    assert cell_of(filing, "stage", "pupils").value == "900"


_BODIES = [
    b"{",
    b"\xff\xfe",
    b"[]",
    b"null",
    b"[" * 200_000,
    b'{"cells": [{"row": 1, "column": "\\ud800", "value": "\\u0000"}]}',
    b'{"revision": ' + b"9" * 6000 + b', "cells": []}',
    b'{"cells": [{"row": 1e400, "column": "x", "value": NaN}]}',
]


@pytest.mark.parametrize("body", _BODIES, ids=range(len(_BODIES)))
def test_a_body_that_is_not_what_was_asked(school: Program, filing: Filing, body: bytes) -> None:
    address = f"/api/v1/returns/{filing.pk}/cells"
    found = school.client.generic("PUT", address, body, "application/json", headers=school.head)
    assert found.status_code in (400, 422)
    assert found["Content-Type"] == "application/problem+json"


def test_a_body_too_large(school: Program, filing: Filing) -> None:
    address = f"/api/v1/returns/{filing.pk}/cells"
    found = school.client.generic("PUT", address, b" " * 6_000_000, "application/json", headers=school.head)
    assert found.status_code == 413


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "é"]
)
def test_a_form_that_is_none(bureau: Program, site: Site, kind: str) -> None:
    address = f"/api/v1/organisations/{site.county.pk}/evaluations"
    found = bureau.client.generic("POST", address, b"--y\r\n", kind, headers=bureau.head)
    assert found.status_code in (400, 422)
    assert found["Content-Type"] == "application/problem+json"


def test_control_characters_reach_no_table(school: Program, filing: Filing) -> None:
    sent = {"cells": [_cell(filing, "9\x0001")]}
    assert school.ask("PUT", f"/returns/{filing.pk}/cells", sent).status_code == 200
    assert cell_of(filing, "stage", "pupils").value == "9 01"
    bad = {"table": "stage", "keys": {"stage": "jun\x00ior"}}
    assert school.ask("POST", f"/returns/{filing.pk}/rows", bad).status_code == 422
    told = {"key": "0" * 64, "words": "a\x00b"}
    assert school.ask("POST", f"/returns/{filing.pk}/explanations", told).status_code == 422
