"""Document and interface agree: schemathesis asks every operation, bounded, by the document alone."""

import json
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from tests.web.api_keys import key
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import filings_of, tables_of

from junheng.web.api.routes import document
from junheng.web.findings.models import Finding
from junheng.web.jobs.models import Job
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role
from junheng.web.wsgi import application

_CHECKS: list[Any] = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
    response_headers_conformance, ignored_auth, unsupported_method,
]  # fmt: skip
_EXAMPLES = 4
_PATHS = sorted(document()["paths"])


@pytest.fixture(autouse=True)
def kept() -> Iterator[None]:
    """The test's connection stays open between requests, as Django's own test client keeps it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def asked(
    site: Site,
    finding: Finding,
    person: Callable[[Role, Organisation], Account],
    tmp_path: Path,
    settings: Any,
) -> tuple[dict[str, str], dict[str, Any]]:
    """A token that may do everything, and ids that exist: half of the requests go to them."""
    settings.API_REQUESTS_PER_MINUTE = 10**6
    filing = filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "t"))[SCHOOL]
    _, word = key(person(Role.ADMINISTRATOR, site.county), site.county)
    _, own = key(person(Role.ADMINISTRATOR, site.county), site.school)
    known = {
        "finding": finding.pk, "filing": filing.pk, "county_year": filing.county_year_id, "county": site.county.pk,
        "organisation": site.county.pk, "school": SCHOOL, "indicator": "R1", "table": "stage",
        "job": Job.objects.create(county=site.county, work="report", finding=finding).pk,
    }  # fmt: skip
    return {"county": word, "school": own}, known


@pytest.mark.parametrize("path", _PATHS)
def test_every_operation_keeps_its_word(path: str, asked: tuple[dict[str, str], dict[str, Any]]) -> None:
    schema = schemathesis.openapi.from_dict(dict(document()))
    schema.app = application
    schema.config.base_url = "http://localhost"
    for method in document()["paths"][path]:
        _ask(schema[path][method.upper()], *asked)


def _ask(operation: Any, words: dict[str, str], known: dict[str, Any]) -> None:
    turn = count()

    @settings(
        max_examples=_EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def keep(case: Any) -> None:
        number = next(turn)
        if number % 2:
            given_ids = case.path_parameters or {}
            case.path_parameters = {name: known.get(name, value) for name, value in given_ids.items()}
        word = words["school" if number % 4 == 1 else "county"]
        case.call_and_validate(headers={"Authorization": f"Bearer {word}"}, checks=_CHECKS)

    keep()


def test_the_document_is_openapi_31_and_served_as_made(db: None, client: Any) -> None:
    told = json.loads(client.get("/api/v1/openapi.json").content)
    assert told["openapi"].startswith("3.1")
    assert told == json.loads(json.dumps(document()))
    identities = [one["operationId"] for path in told["paths"].values() for one in path.values()]
    assert len(identities) == len(set(identities))
    for path in told["paths"].values():
        for one in path.values():
            assert " | " in one["summary"]
            assert " | " in " ".join(one["description"].split())
            assert one["x-junheng-scope"] in ("read", "submit", "export", "public")
            assert bool(one.get("security")) == (one["x-junheng-scope"] != "public")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_tells_every_operation(db: None, client: Any, language: str) -> None:
    client.cookies["django_language"] = language
    page = client.get("/api").content.decode()
    for path, operations in document()["paths"].items():
        assert page.count(f"<code>{path}</code>") == len(operations)
