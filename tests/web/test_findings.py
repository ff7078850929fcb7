"""Pages of a finding: what they show is what the library found; each school's people see their own school."""

import json
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.conftest import SCHOOL, Site

from junheng.web.audit.models import Entry
from junheng.web.findings.actions import keep
from junheng.web.findings.heat import heat
from junheng.web.findings.models import Finding
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]


def test_the_overview_shows_the_librarys_verdict(site: Site, finding: Finding, browse: Browse) -> None:
    told = json.loads((finding.folder / "verdict.json").read_bytes())
    page = browse(Role.LEADER, site.county).get(reverse("finding", args=[finding.pk])).content.decode()
    assert "未达标" in page
    for reason in told["county"]["reasons"]:
        assert reason["zh"] in page
    rows = heat(finding, "primary")
    assert len(rows) == told["stages"]["primary"]["schools"]
    assert sum(cell.key == "R1" and cell.mark == "good" for row in rows for cell in row.cells) == 46
    assert page.split('class="heat"')[1].split("</table>")[0].count('scope="row"') == len(rows)


def test_a_school_sees_itself_and_no_other(site: Site, finding: Finding, browse: Browse) -> None:
    clerk = browse(Role.CLERK, site.school)
    assert clerk.get(reverse("finding_school", args=[finding.pk, SCHOOL])).status_code == 200
    assert clerk.get(reverse("finding_figure", args=[finding.pk, SCHOOL, "R4"])).status_code == 200
    assert clerk.get(reverse("finding_school", args=[finding.pk, "2199000002"])).status_code == 404
    assert clerk.get(reverse("finding_figure", args=[finding.pk, "2199000002", "R4"])).status_code == 404
    assert clerk.get(reverse("finding", args=[finding.pk])).status_code == 404


def test_a_figure_opens_down_to_its_cells(site: Site, finding: Finding, browse: Browse) -> None:
    page = browse(Role.OFFICER, site.county).get(reverse("finding_figure", args=[finding.pk, SCHOOL, "R4"]))
    text = page.content.decode()
    for words in ("算式", "2024.xlsx", "校舍与设施", "premises.teaching_area_m2"):
        assert words in text


def test_what_is_not_there_is_not_found(site: Site, finding: Finding, browse: Browse) -> None:
    leader = browse(Role.LEADER, site.county)
    for address in (
        reverse("finding", args=[finding.pk + 1000]),
        reverse("finding_school", args=[finding.pk, "0000000000"]),
        reverse("finding_figure", args=[finding.pk, SCHOOL, "R99"]),
        reverse("finding", args=[finding.pk]) + "?stage=senior",
    ):
        assert leader.get(address).status_code == 404, address


def test_a_newer_finding_takes_the_place_of_the_older(site: Site, finding: Finding) -> None:
    folder = finding.folder
    Finding.objects.filter(pk=finding.pk).update(folder_name="older")
    newer = keep(None, site.county, folder)
    assert list(Finding.objects.filter(is_current=True)) == [newer]
    assert Finding.objects.count() == 2
    assert Entry.objects.filter(action="finding.keep").count() == 2


def test_a_region_needs_no_more_queries_for_more_counties(
    site: Site, finding: Finding, browse: Browse
) -> None:
    inspector = browse(Role.INSPECTOR, site.city)
    address = reverse("place", args=[site.city.pk])

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert inspector.get(address).status_code == 200
        return len(caught)

    queries()  # the first visit of a session writes it
    one = queries()
    for number in range(30):
        Finding.objects.create(
            county=site.other, standard=f"s{number}", year=2024, verdict="met", passed=1, judged=1,
            folder_name=f"f{number}", sha256="0" * 64,
        )  # fmt: skip
    assert queries() == one
