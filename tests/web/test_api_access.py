"""Every operation of the document refuses who may not: forged, ended, foreign, without the scope."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.api_keys import ALL, Program, Scope, Token, key
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import filings_of, row_of, tables_of

from junheng.web.api.routes import document
from junheng.web.filing.models import Filing
from junheng.web.findings.models import Finding
from junheng.web.jobs.models import Job
from junheng.web.people.actions import add_organisation
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Kind, Role

Person = Callable[[Role, Organisation], Account]
_UNKNOWN, _WITHOUT, _NOT_THERE = 401, 403, 404
_OWN = {"/api/v1/me", "/api/v1/organisations"}  # about the token itself: there is nothing foreign to ask for


def _operations() -> Iterator[tuple[str, str, str]]:
    for path, operations in document()["paths"].items():
        for method, told in operations.items():
            yield method.upper(), path, told["x-junheng-scope"]


OPERATIONS = sorted(_operations())
_CLOSED = [one for one in OPERATIONS if one[2] != "public"]


@pytest.fixture
def world(site: Site, finding: Finding, person: Person, tmp_path: Any) -> dict[str, Any]:
    """Values for the parameters of every path, all of the first county; and bodies by operation."""
    officer = person(Role.OFFICER, site.county)
    filing = filings_of(site, officer, tables_of(tmp_path / "tables"))[SCHOOL]
    job = Job.objects.create(county=site.county, work="report", finding=finding)
    return {
        "finding": finding.pk, "filing": filing.pk, "county_year": filing.county_year_id, "job": job.pk,
        "school": SCHOOL, "indicator": "R1", "suffix": "json", "table": "school", "county": site.county.pk,
        "row": row_of(filing, "school").pk,
    }  # fmt: skip


def _address(path: str, world: dict[str, Any], site: Site) -> str:
    """The path with its values; a school's own for the operation about a school's returns."""
    place = site.school if path.endswith("/returns") and "{organisation}" in path else site.county
    return path.removeprefix("/api/v1").format(**world, organisation=place.pk)


def _body(method: str, path: str, world: dict[str, Any]) -> Any:
    bodies: dict[str, Any] = {
        "/cells": {"cells": [{"row": world["row"], "column": "name", "value": "甲"}]},
        "/rows": {"table": "stage", "keys": {"stage": "junior"}},
        "/explanations": {"key": "0" * 64, "words": "x"},
    }
    return (
        next((body for end, body in bodies.items() if path.endswith(end)), None) if method != "GET" else None
    )


def _asked(program: Program, method: str, path: str, world: dict[str, Any], site: Site) -> int:
    address = _address(path, world, site)
    if path.endswith("/evaluations"):
        from django.core.files.uploadedfile import SimpleUploadedFile

        file = SimpleUploadedFile("a.xlsx", b"x")
        told = {"file": file, "standard": "quality-2017", "year": "2024"}
        return int(program.client.post(f"/api/v1{address}", told, headers=program.head).status_code)
    return int(program.ask(method, address, _body(method, path, world)).status_code)


@pytest.mark.parametrize(("method", "path", "scope"), _CLOSED)
def test_no_forged_expired_or_revoked_token_opens_it(
    method: str, path: str, scope: str, site: Site, world: dict[str, Any], person: Person
) -> None:
    administrator = person(Role.ADMINISTRATOR, site.county)
    _, word = key(administrator, site.county)
    old, past = key(administrator, site.county)
    gone, ended = key(administrator, site.county)
    Token.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    Token.objects.filter(pk=gone.pk).update(revoked_at=timezone.now())
    for one in ("", word[:-2] + "xx", "Basic x", past, ended):
        assert _asked(Program(one), method, path, world, site) == _UNKNOWN, one


@pytest.mark.parametrize(("method", "path", "scope"), _CLOSED)
def test_each_scope_opens_its_own_alone(
    method: str, path: str, scope: str, site: Site, world: dict[str, Any], person: Person
) -> None:
    others = [one for one in ALL if one.value != scope]
    _, word = key(person(Role.ADMINISTRATOR, site.county), site.county, others)
    assert _asked(Program(word), method, path, world, site) == _WITHOUT


@pytest.mark.parametrize(("method", "path", "scope"), [one for one in _CLOSED if one[1] not in _OWN])
def test_a_foreign_county_finds_nothing(
    method: str, path: str, scope: str, site: Site, world: dict[str, Any], person: Person
) -> None:
    _, word = key(person(Role.ADMINISTRATOR, site.other), site.other)
    assert _asked(Program(word), method, path, world, site) == _NOT_THERE
    stranger = add_organisation(None, Kind.SCHOOL, "YY区小学", site.other, "2199000099", 2015)
    _, word = key(person(Role.ADMINISTRATOR, site.other), stranger)
    assert _asked(Program(word), method, path, world, site) == _NOT_THERE


@pytest.mark.parametrize(("method", "path", "scope"), [one for one in OPERATIONS if one[2] == "public"])
def test_public_things_need_no_token_and_take_no_bad_one(
    method: str, path: str, scope: str, site: Site, world: dict[str, Any], person: Person
) -> None:
    more = "?street=x" if path.endswith("/zones") else ""
    address = _address(path, world, site) + more
    assert Program().get(address).status_code == 200
    assert Program("jh_0_forged").get(address).status_code == _UNKNOWN
    _, word = key(person(Role.ADMINISTRATOR, site.other), site.other, (Scope.EXPORT,))
    assert Program(word).get(address).status_code == 200


def test_a_school_sees_itself_alone(site: Site, world: dict[str, Any], person: Person) -> None:
    _, word = key(person(Role.ADMINISTRATOR, site.county), site.school)
    program = Program(word)
    assert [one["id"] for one in program.get("/organisations").json()["items"]] == [site.school.pk]
    assert program.get(f"/findings/{world['finding']}/schools/{SCHOOL}/R1").status_code == 200
    other = Filing.objects.exclude(school=site.school).get()
    for closed in (
        f"/findings/{world['finding']}", f"/findings/{world['finding']}/values", f"/returns/{other.pk}",
        f"/findings/{world['finding']}/export.zip", f"/findings/{world['finding']}/schools/2199000002/R1",
        f"/years/{world['county_year']}/returns", f"/organisations/{site.county.pk}",
        f"/organisations/{site.county.pk}/jobs", f"/years/{world['county_year']}/export.zip",
    ):  # fmt: skip
        assert program.get(closed).status_code == _NOT_THERE, closed


@pytest.mark.parametrize(("method", "path", "scope"), _CLOSED)
def test_the_session_of_a_browser_opens_nothing(
    method: str, path: str, scope: str, site: Site, world: dict[str, Any], browse: Callable[..., Client]
) -> None:
    for role, place in ((Role.CLERK, site.school), (Role.OFFICER, site.county)):
        program = Program()
        program.client = browse(role, place)
        assert _asked(program, method, path, world, site) == _UNKNOWN


def test_no_address_besides(db: None) -> None:
    for method in ("GET", "POST", "PUT", "DELETE", "PATCH"):
        found = Program().ask(method, "/nothing/here")
        assert found.status_code == _NOT_THERE
        assert found["Content-Type"] == "application/problem+json"
        assert json.loads(found.content)["messages"][0]["en"]
