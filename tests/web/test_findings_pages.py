"""The overview, the map and the school's page: filters, sums, both languages, names that are no HTML."""

import html
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.conftest import SCHOOL, Site
from tests.web.judged import EVIL, judged, with_places

from junheng.data import make_county
from junheng.web.findings.actions import keep
from junheng.web.findings.heat import heat
from junheng.web.findings.models import Finding
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]


@pytest.fixture(scope="session")
def placed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tables = with_places(dict(make_county(30, 5)))
    return judged("placed", tables, "quality-2017", tmp_path_factory.mktemp("placed"))


@pytest.fixture(scope="session")
def basic_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return judged("basic", dict(make_county(12, 5)), "basic-2012", tmp_path_factory.mktemp("basic"))


@pytest.fixture
def placed(site: Site, placed_folder: Path) -> Finding:
    return keep(None, site.county, placed_folder)


def _page(client: Client, finding: Finding, query: str = "", name: str = "finding") -> str:
    answer = client.get(reverse(name, args=[finding.pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_shortfalls_are_the_librarys_sums(site: Site, finding: Finding, browse: Browse) -> None:
    totals = json.loads((finding.folder / "sensitivity.json").read_bytes())["totals"]["primary"]
    page = _page(browse(Role.LEADER, site.county), finding)
    assert f"{totals['R1']['shortfall']:,.0f} 人" in page
    assert f"{totals['R4']['shortfall']:,.1f} 平方米" in page


def test_the_heat_table_is_filtered_and_sorted_by_its_address(
    site: Site, finding: Finding, browse: Browse
) -> None:
    client = browse(Role.LEADER, site.county)
    rows = heat(finding, "primary")
    rural = [row for row in rows if row.about.area == "rural"]
    page = _page(client, finding, "?stage=primary&area=rural&sort=-R4")
    shown = page.split('class="heat"')[1].split("</table>")[0]
    assert shown.count('scope="row"') == len(rural) > 5
    values = {row.name: row.cells[3].value or 0 for row in rural}
    order = sorted(values, key=lambda name: -values[name])
    assert [shown.index(f">{name}<") for name in order] == sorted(shown.index(f">{name}<") for name in order)
    assert 'aria-sort="descending"' in shown
    assert "没有符合筛选条件的学校" in _page(client, finding, "?q=没有这个学校")
    assert _page(client, finding, "?verdict=met").count("/2199000001/R1") == 1
    assert client.get(reverse("finding", args=[finding.pk]) + "?sort=x&town=x'").status_code == 200
    assert client.get(reverse("finding", args=[finding.pk]) + "?sort=%00").status_code == 400


def test_every_section_is_there(site: Site, finding: Finding, browse: Browse) -> None:
    page = _page(browse(Role.LEADER, site.county), finding)
    for words in ("缺口", "各年变化", "城区、镇区、乡村", "教育集团", "未参加评价的学校", "<polyline"):
        assert words in page, words


def test_the_english_page_shows_no_chinese_but_names(site: Site, finding: Finding, browse: Browse) -> None:
    client = browse(Role.LEADER, site.county)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    for name, args in (
        ("finding", [finding.pk]),
        ("finding_map", [finding.pk]),
        ("finding_school", [finding.pk, SCHOOL]),
        ("place", [site.county.pk]),
    ):
        whole = client.get(reverse(name, args=args)).content.decode()
        page = whole.split('<main id="content">')[1].split("</main>")[0]
        page = re.sub(r'<g id="(legend|notes)">.*?</g>', "", page)  # the library's map is bilingual
        page = re.sub(r"<desc>.*?</desc>", "", page)
        for words in ("达标", "学段", "指标", "缺口", "同类校", "标准", "学校结论", "年份"):
            assert words not in page, (name, words)


def test_the_map_shows_who_has_coordinates_and_lists_who_has_not(
    site: Site, placed: Finding, basic_folder: Path, browse: Browse
) -> None:
    client = browse(Role.LEADER, site.county)
    rows = heat(placed, "primary")
    here = [row for row in rows if row.about.lon is not None]
    assert 0 < len(here) < len(rows)
    page = _page(client, placed, "?stage=primary&by=R4", "finding_map")
    drawing = page.split('<g id="places">')[1].split("</g>")[0]
    assert drawing.count("<title>") == len(here)
    assert "本图未经地图审核" in page
    assert "没有坐标的学校" in page
    assert client.get(reverse("finding_map", args=[placed.pk]) + "?by=R99").status_code == 404
    without = keep(None, site.county, basic_folder)
    assert "没有可画在一张图上的学校坐标" in _page(client, without, name="finding_map")


@pytest.fixture(autouse=True, scope="session")
def _twin(district_finding: Path) -> None:
    """A second name for the district's finding: a folder is known to the site once."""
    twin = district_finding.parent / "district-twin"
    if not twin.exists():
        shutil.copytree(district_finding, twin)


def test_names_are_words_and_never_html(site: Site, placed: Finding, browse: Browse) -> None:
    client = browse(Role.LEADER, site.county)
    school = next(row for stage in ("primary", "junior") for row in heat(placed, stage) if row.name == EVIL)
    for address in (
        reverse("finding", args=[placed.pk]) + f"?stage={school.stage}&q=<script>",
        reverse("finding_map", args=[placed.pk]) + f"?stage={school.stage}",
        reverse("finding_school", args=[placed.pk, school.school_id]),
        reverse("finding_figure", args=[placed.pk, school.school_id, "R1"]),
    ):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page, address


def test_a_standard_without_lines_has_no_shortfalls_and_no_floors(
    site: Site, basic_folder: Path, browse: Browse
) -> None:
    finding = keep(None, site.county, basic_folder)
    client = browse(Role.LEADER, site.county)
    page = _page(client, finding)
    assert "本标准不设达标值，不测算缺口" in page
    assert "▵" not in page
    told = json.loads((basic_folder / "verdict.json").read_bytes())
    assert f"{told['stages']['primary']['indicators'].popitem()[1]['cv_compared']:,.4f}" in page
    first = told["schools"][0]["school_id"]
    assert client.get(reverse("finding_school", args=[finding.pk, first])).status_code == 200
    assert _page(client, finding, name="finding_map")


def test_a_schools_page_has_facts_peers_and_years(site: Site, finding: Finding, browse: Browse) -> None:
    page = (
        browse(Role.CLERK, site.school)
        .get(reverse("finding_school", args=[finding.pk, SCHOOL]))
        .content.decode()
    )
    for words in ("2,217", "专任教师", "最大班额", "同类校", 'class="peers"', "标准：不超过 45"):
        assert words in page, words
    assert reverse("finding", args=[finding.pk]) + '"' not in page  # the county's page is not theirs


def test_the_history_is_of_the_school_that_had_the_code(
    site: Site, finding: Finding, district_finding: Path, browse: Browse
) -> None:
    earlier = keep(None, site.county, district_finding.parent / "district-twin")
    Finding.objects.filter(pk=earlier.pk).update(year=2023)
    Finding.objects.filter(pk=finding.pk).update(is_current=True)
    client = browse(Role.LEADER, site.county)
    address = reverse("finding_school", args=[finding.pk, SCHOOL])
    assert "<polyline" in client.get(address).content.decode()
    site.school.codes.update(first_year=2024)  # in 2023 the code was somebody else's
    assert "<polyline" not in client.get(address).content.decode()


def test_a_long_heat_table_comes_in_pages_and_its_export_whole(
    site: Site, finding: Finding, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("junheng.web.findings.views.PAGE", 10)
    client, names = browse(Role.LEADER, site.county), [row.name for row in heat(finding, "primary")]
    seen: list[str] = []
    for number in range(1, -(-len(names) // 10) + 1):
        page = _page(client, finding, f"?stage=primary&sort=name&page={number}")
        shown = page.split('class="heat"')[1].split("</table>")[0]
        rows = re.findall(r'<th scope="row"><a [^>]*>([^<]*)<', shown)
        assert len(rows) <= 10
        seen += rows
    assert seen == sorted(html.escape(name) for name in names)
    narrow = _page(client, finding, "?stage=primary&area=rural&sort=-R4&page=2")
    assert "area=rural&amp;sort=-R4&amp;page=3#heat" in narrow, "filter and order go along"
    assert "page=2" not in narrow.split("heat-primary.csv")[1].split('"')[0]
    sheet = client.get(reverse("finding_export", args=[finding.pk, "heat-primary.csv"]) + "?sort=name")
    assert sum(name in sheet.content.decode() for name in names) == len(names)


def test_the_map_is_drawn_in_the_readers_language(site: Site, placed: Finding, browse: Browse) -> None:
    client = browse(Role.LEADER, site.county)
    assert "北 N" in _page(client, placed, name="finding_map")
    client.post(reverse("language"), {"language": "en", "next": "/"})
    drawing = _page(client, placed, name="finding_map").split("<svg")[1].split("</svg>")[0]
    for row in heat(placed, "primary"):
        drawing = drawing.replace(html.escape(row.name), "")
    assert "not met" in drawing
    words = set(re.findall(">([^<]*)<", drawing))
    assert not any(one in word for word in words for one in ("北", "公里", "达标", "地图", "投影", "未标"))


def test_a_figures_page_tells_units_in_english(site: Site, finding: Finding, browse: Browse) -> None:
    client = browse(Role.LEADER, site.county)
    client.post(reverse("language"), {"language": "en", "next": "/"})
    row = heat(finding, "primary")[0]
    page = client.get(reverse("finding_figure", args=[finding.pk, row.school_id, "R4"])).content.decode()
    main = page.split("<main")[1].split("</main>")[0]
    assert " m²" in main
    assert "平方米" not in re.sub("“[^”]*”", "", main), "but for the clause quoted"


def test_more_schools_need_no_more_queries(
    site: Site, finding: Finding, basic_folder: Path, browse: Browse
) -> None:
    small = keep(None, site.county, basic_folder)
    client = browse(Role.LEADER, site.county)

    def queries(one: Finding) -> int:
        _page(client, one)
        with CaptureQueriesContext(connection) as caught:
            _page(client, one)
        return len(caught)

    assert queries(small) == queries(finding)
