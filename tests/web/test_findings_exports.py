"""What the pages hand out: real numbers, the finding's hash, no formulas, to nobody it is not for."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SCHOOL, Site

from junheng.reports.workbook import ALL_DECIMALS, Column, Sheet
from junheng.web.findings.models import Finding
from junheng.web.findings.sending import csv_of, safe
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]


def _get(client: Client, finding: Finding, name: str, query: str = "") -> bytes:
    answer = client.get(reverse("finding_export", args=[finding.pk, name]) + query)
    assert answer.status_code == 200, name
    assert answer["Content-Disposition"].startswith("attachment")
    return answer.content


def test_the_workbook_holds_the_findings_numbers(site: Site, finding: Finding, browse: Browse) -> None:
    held = _get(browse(Role.LEADER, site.county), finding, "overview.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(held))
    sheet = book["小学"]
    heads = [cell.value for cell in sheet[1]]
    told = json.loads((finding.folder / "verdict.json").read_bytes())
    wanted = {
        s["school_id"]: s["indicators"]["R4"]["value"] for s in told["schools"] if s["stage"] == "primary"
    }
    found = {
        row[0]: row[heads.index("R4")]
        for row in sheet.iter_rows(min_row=2, values_only=True)
        if row[0] in wanted
    }
    assert found == pytest.approx(wanted, rel=1e-15)  # a workbook keeps 16 digits
    for name in ("结论", "差异系数", "缺口", "各年", "城乡", "教育集团", "初中"):
        text = " ".join(str(cell) for row in book[name].iter_rows(values_only=True) for cell in row if cell)
        assert finding.sha256 in text, name


def test_csv_follows_the_filter_and_has_no_formulas(site: Site, finding: Finding, browse: Browse) -> None:
    client = browse(Role.LEADER, site.county)
    held = _get(client, finding, "heat-primary.csv", "?verdict=met").decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(held)) if row and not row[0].startswith("#")]
    assert len(rows) == 1 + 5
    assert finding.sha256 in held
    evil = ["=1+1", "+1", "-1", "@A1", "\t=1", " =1", "\r=1"]
    sheet = Sheet("x", [Column("=列", 9), Column("值", 9, ALL_DECIMALS)], [[word, -1.5] for word in evil])
    parsed = list(csv.reader(io.StringIO(csv_of(sheet).decode("utf-8-sig"), newline="")))
    assert all(row[0].startswith("'") and row[1] == "-1.5" for row in parsed[1:])
    assert parsed[0][0] == "'=列"
    assert safe("小学") == "小学"
    assert safe(None) is None


@pytest.mark.parametrize(
    "name", ["variation.png", "trend.png", "areas.png", "heat-primary.png", "distribution-junior.png"]
)
def test_pictures_are_pictures(name: str, site: Site, finding: Finding, browse: Browse) -> None:
    assert _get(browse(Role.LEADER, site.county), finding, name).startswith(b"\x89PNG")


def test_what_is_not_offered_is_not_found(site: Site, finding: Finding, browse: Browse) -> None:
    client = browse(Role.LEADER, site.county)
    for name in (
        "overview.csv",
        "verdict.json",
        "heat-senior.csv",
        "heat-..xlsx",
        "map-senior.png",
        "x",
        ".xlsx",
    ):
        assert client.get(reverse("finding_export", args=[finding.pk, name])).status_code == 404, name
    assert (
        client.get(reverse("school_export", args=[finding.pk, "0000000000", "school.csv"])).status_code == 404
    )
    assert client.get(reverse("place_export", args=[site.county.pk, "counties.csv"])).status_code == 404


def test_a_schools_people_take_their_own_school_and_nothing_else(
    site: Site, finding: Finding, browse: Browse
) -> None:
    clerk = browse(Role.CLERK, site.school)
    own = clerk.get(reverse("school_export", args=[finding.pk, SCHOOL, "school.csv"])).content.decode(
        "utf-8-sig"
    )
    assert "R1" in own
    told = json.loads((finding.folder / "verdict.json").read_bytes())
    others = {school["name"] for school in told["schools"]} - {"XX区实验小学"}
    assert not any(name in own for name in others)
    rows = clerk.get(reverse("figure_export", args=[finding.pk, SCHOOL, "R1", "rows.csv"])).content.decode(
        "utf-8-sig"
    )
    assert "2024.xlsx" in rows
    assert "2199000002" not in rows
    for address in (
        reverse("finding_export", args=[finding.pk, "overview.xlsx"]),
        reverse("finding_export", args=[finding.pk, "heat-primary.csv"]),
        reverse("finding_map", args=[finding.pk]),
        reverse("school_export", args=[finding.pk, "2199000002", "school.csv"]),
        reverse("figure_export", args=[finding.pk, "2199000002", "R1", "rows.csv"]),
        reverse("place_export", args=[site.city.pk, "counties.csv"]),
    ):
        assert clerk.get(address).status_code == 404, address


def test_the_figures_page_shows_the_rows_as_read(site: Site, finding: Finding, browse: Browse) -> None:
    page = browse(Role.CLERK, site.school).get(reverse("finding_figure", args=[finding.pk, SCHOOL, "R4"]))
    text = page.content.decode()
    assert "原始数据行" in text
    assert "教学及辅助用房面积" in text.split("原始数据行")[1]


def test_counties_are_handed_out_in_the_pages_order(site: Site, finding: Finding, browse: Browse) -> None:
    Finding.objects.create(
        county=site.other, standard=finding.standard, year=finding.year, verdict="met", passed=9, judged=9,
        over_limit=0, limited=14, worst=0.5, worst_of="primary R1", folder_name="other", sha256="f" * 64,
    )  # fmt: skip
    client = browse(Role.INSPECTOR, site.city)
    for query, wanted in (("", ["XX区", "YY区"]), ("?sort=worst_cv", ["YY区", "XX区"])):
        page = client.get(reverse("place", args=[site.city.pk]) + query).content.decode()
        table = page.split("<tbody>")[1]
        assert [table.index(name) for name in wanted] == sorted(table.index(name) for name in wanted)
        held = client.get(reverse("place_export", args=[site.city.pk, "counties.csv"]) + query).content
        rows = list(csv.reader(io.StringIO(held.decode("utf-8-sig"))))
        assert [row[1] for row in rows[1:3]] == wanted
    assert rows[1][-1] == "f" * 64


def test_the_headline_is_kept_with_the_finding(site: Site, finding: Finding, district_finding: Path) -> None:
    told = json.loads((district_finding / "verdict.json").read_bytes())
    cvs = [one for stage in told["stages"].values() for one in stage["indicators"].values()]
    assert finding.over_limit == sum(one["cv_verdict"] == "not_met" for one in cvs) == 2
    assert (finding.limited, finding.judged, finding.passed) == (14, 96, 5)
    assert finding.worst == max(one["cv"] / one["cv_limit"] for one in cvs)
