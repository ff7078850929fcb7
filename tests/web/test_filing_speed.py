"""What keeps 300 schools filing at once on two cores: no engine for one return, few questions."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import filings_of, row_of, tables_of

from junheng.data.checks import run
from junheng.web.filing.models import Filing
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

pytestmark = pytest.mark.django_db
_CHECKS, _SAVE = 10, 14  # questions to the database, sign-in and rights included


@pytest.fixture
def filing(site: Site, person: Callable[[Role, Organisation], Account], tmp_path: Path) -> Filing:
    return filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "before"))[SCHOOL]


def _asked(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]])


def test_a_figure_and_its_checks_cost_little(
    site: Site,
    filing: Filing,
    browse: Callable[[Role, Organisation], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def engine(*_: object) -> None:
        raise AssertionError("an engine was asked about one school's rows")

    monkeypatch.setattr(run, "run_sql", engine)
    client, row = browse(Role.CLERK, site.school), row_of(filing, "stage")
    cell = reverse("filing_cell", args=[filing.pk, row.pk, "pupils"])
    checks = reverse("filing_checks", args=[filing.pk])
    assert client.post(cell, {"value": "450"}).status_code == 200
    assert "由 900 变为 450" in client.get(checks).content.decode()
    assert _asked(lambda: client.post(cell, {"value": "460"})) <= _SAVE
    assert _asked(lambda: client.get(checks)) <= _CHECKS
    assert _asked(lambda: client.get(checks)) < _CHECKS, "what is known of this revision is not asked again"
