"""Pages of declared items: what verdict.json says, opened down to schools and cells, each school's people their own."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import openpyxl
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.conftest import SCHOOL, Site

from junheng.web.findings.actions import keep
from junheng.web.findings.items import lines_of, parts_of
from junheng.web.findings.models import Finding
from junheng.web.findings.parts import parts_in
from junheng.web.findings.school_items import missing, of_school, table_of
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]


def _told(finding: Finding) -> Any:
    return json.loads((finding.folder / "verdict.json").read_bytes())


def test_parts_and_items_are_those_of_the_finding(site: Site, finding: Finding, browse: Browse) -> None:
    told = _told(finding)
    assert {one.key: one.verdict for one in parts_in(finding.parts)} == told["county"]["parts"]
    assert {key: one.verdict for key, one in lines_of(finding).items()} == {
        key: one["verdict"] for key, one in told["items"].items()
    }
    assert sum(len(part.items) for part in parts_of(finding)) == len(told["items"])
    page = browse(Role.LEADER, site.county).get(reverse("finding_items", args=[finding.pk])).content.decode()
    for key, one in told["items"].items():
        assert f'id="{key}"' in page
        assert one["reason"] is None or one["reason"]["zh"] in page, key
    for name in ("finding", "place"):
        asked = finding.pk if name == "finding" else site.county.pk
        shown = browse(Role.LEADER, site.county).get(reverse(name, args=[asked])).content.decode()
        assert "政府保障" in shown
        assert "一票否决" in shown


def test_an_item_opens_to_the_schools_that_miss_it(site: Site, finding: Finding, browse: Browse) -> None:
    told = _told(finding)["items"]["G3"]
    found = missing(finding, "G3")
    rooms = sum(test["shortfall"] for test in told["tests"])
    assert sum(one.lacks for one in found) == rooms
    assert sum(one.verdict == "not_met" for one in found) == len(found)
    client = browse(Role.OFFICER, site.county)
    page = client.get(reverse("finding_item", args=[finding.pk, "G3"])).content.decode()
    for one in found:
        assert one.name in page
        assert one.lacking in page
    assert f"{told['relaxed']['G3a']}" in page
    assert "G3a" in page
    cells = client.get(
        reverse("finding_figure", args=[finding.pk, found[0].school_id, "G3"])
    ).content.decode()
    assert "2024.xlsx" in cells
    assert "special_room" in cells
    assert client.get(reverse("finding_item", args=[finding.pk, "R1"])).status_code == 404


def test_a_school_opens_its_own_items_and_none_of_the_county(
    site: Site, finding: Finding, browse: Browse
) -> None:
    clerk, own = browse(Role.CLERK, site.school), of_school(finding, SCHOOL)
    page = clerk.get(reverse("finding_school", args=[finding.pk, SCHOOL])).content.decode()
    assert own
    assert all(f"/{one.key}" in page for one in own)
    assert clerk.get(reverse("finding_figure", args=[finding.pk, SCHOOL, own[0].key])).status_code == 200
    assert clerk.get(reverse("finding_figure", args=[finding.pk, SCHOOL, "G9"])).status_code == 404
    assert clerk.get(reverse("finding_figure", args=[finding.pk, SCHOOL, "G1"])).status_code == 404
    for name, more in (("finding_items", []), ("finding_item", ["G3"])):
        assert clerk.get(reverse(name, args=[finding.pk, *more])).status_code == 404


def test_exports_hold_every_school_and_test(site: Site, finding: Finding, browse: Browse) -> None:
    client = browse(Role.LEADER, site.county)
    answer = client.get(reverse("finding_export", args=[finding.pk, "items.xlsx"]))
    book = openpyxl.load_workbook(io.BytesIO(answer.content), read_only=True)
    rows = list(book["小学条款"].iter_rows(min_row=2, values_only=True))
    ids = {row[0] for row in rows}
    assert {one.school_id for one in table_of(finding, "primary")} <= ids
    tests = sum(len(one["tests"]) for one in _told(finding)["items"].values())
    assert sum(bool(row[4]) for row in book["条款"].iter_rows(min_row=2, values_only=True)) == tests
    address = reverse("finding_export", args=[finding.pk, "items-primary.csv"])
    assert client.get(address).content.decode("utf-8-sig").startswith("学校标识码")


def test_an_old_finding_without_items_still_opens(site: Site, district_finding: Path, browse: Browse) -> None:
    folder = Path(settings.HOME) / "findings" / "old"
    if not folder.exists():
        copytree(district_finding, folder)
        told = json.loads((folder / "verdict.json").read_bytes())
        told["items"] = {key: {"limit": {}} for key in told["items"]}
        for row in (*told["schools"], *told["skipped"]):
            row.pop("items", None)
        (folder / "verdict.json").write_text(json.dumps(told), encoding="utf-8")
    old = keep(None, site.county, folder)
    client = browse(Role.LEADER, site.county)
    for address in (
        reverse("finding", args=[old.pk]),
        reverse("finding_items", args=[old.pk]),
        reverse("finding_school", args=[old.pk, SCHOOL]),
        reverse("finding_export", args=[old.pk, "overview.xlsx"]),
    ):
        assert client.get(address).status_code == 200, address
    assert "重新评估" in client.get(reverse("finding_items", args=[old.pk])).content.decode()
    assert client.get(reverse("finding_item", args=[old.pk, "G3"])).status_code == 404
    assert client.get(reverse("finding_export", args=[old.pk, "items.xlsx"])).status_code == 404


def test_the_pages_ask_the_same_few_questions_at_any_size(
    site: Site, finding: Finding, browse: Browse
) -> None:
    client = browse(Role.LEADER, site.county)
    counts = []
    for stage in ("junior", "primary"):  # 30 schools, then 66
        client.get(reverse("finding_items", args=[finding.pk]) + f"?stage={stage}")
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("finding_items", args=[finding.pk]) + f"?stage={stage}")
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 12
