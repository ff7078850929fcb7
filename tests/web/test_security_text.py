"""What people type is text wherever it stands: on every page in either language, and in the files handed out."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from tests.web.conftest import SCHOOL, Site
from tests.web.walks import NAMES, address_of, everybody, guard_of, signed_in, values_of

from junheng.web.api.models import Token
from junheng.web.clocks.models import Notice as Reminder
from junheng.web.evidence.models import Evidence
from junheng.web.filing.models import Cell, Workbook
from junheng.web.findings.models import Finding
from junheng.web.monitoring.models import Alert, Event, Gap
from junheng.web.people.models import Account, Organisation
from junheng.web.public.models import Notice
from junheng.web.whatif.models import Scenario

World = tuple[Account, Mapping[str, Any]]
_EVIL = "<script>alert(1)</script>\"'>=1+1"


@pytest.fixture
def world(site: Site, finding: Finding) -> World:
    me = everybody(site)
    return me, values_of(site, finding, me)


def _renamed(name: str) -> None:
    """What people type becomes ``name`` wherever something typed stands."""
    Organisation.objects.update(name=name)
    Account.objects.update(name=name)
    for model, columns in _TYPED.items():
        model.objects.update(**dict.fromkeys(columns, name))


_TYPED: Mapping[Any, tuple[str, ...]] = {
    Token: ("name",), Reminder: ("zh", "en"), Evidence: ("name", "words", "kept_by_name"),
    Cell: ("value", "last_year", "place"), Workbook: ("name", "uploaded_by_name"), Alert: ("school_name",),
    Gap: ("title", "measures", "passing"), Event: ("by_name",), Notice: ("title", "text"),
    Scenario: ("name", "note", "author_name"),
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_was_typed_is_text_on_every_page(world: World, language: str) -> None:
    _renamed(_EVIL)
    me, values = world
    seen = 0
    for name in NAMES:
        if "GET" not in guard_of(name).methods:
            continue
        client = signed_in(me)
        client.cookies["django_language"] = language
        answer = client.get(address_of(name, values))
        if answer["Content-Type"].startswith("text/html"):
            page = answer.content.decode()
            assert "<script>alert" not in page, name
            assert "\"'>=1" not in page, name
            seen += "&lt;script&gt;alert" in page
    assert seen > 30, "the names do stand on the pages"


_FILES = {
    "workbook": ("filing_workbook_file", {}), "overview": ("finding_export", {"name": "overview.xlsx"}),
    "map": ("finding_export", {"name": "map-primary.svg"}), "heat": ("finding_export", {"name": "heat-primary.csv"}),
    "school": ("school_export", {"name": "school.csv"}), "sources": ("sources_export", {}), "trail": ("trail_export", {}),
}  # fmt: skip


@pytest.mark.parametrize("what", _FILES)
def test_no_file_handed_out_holds_a_script_or_a_formula(world: World, what: str) -> None:
    _renamed("=1+1<script>alert(1)</script>")
    name, more = _FILES[what]
    answer = signed_in(world[0]).get(address_of(name, {**world[1], "school": SCHOOL, **more}))
    if answer.status_code == 404 and what == "map":
        pytest.skip("这份结论没有坐标，不画地图 | this finding has no coordinates: no map is drawn")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = [packed.read(one) for one in packed.namelist()]
        assert not any(b"<script" in part or b"<f>1+1" in part for part in parts)
    else:
        assert b"<script" not in content or "csv" in answer["Content-Type"], "a picture that runs"
    if "csv" in answer["Content-Type"]:
        cells = [cell for line in content.decode("utf-8-sig").splitlines() for cell in line.split(",")]
        assert not [cell for cell in cells if cell.lstrip('"').startswith(("=", "@"))]
