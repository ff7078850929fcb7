"""Counties of another country: two regions of one table, no lines, indicators missing."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Site

from junheng.data import check_snapshot, read_input
from junheng.indicators import load_catalogue
from junheng.judgement import Question, assess_regions, write_findings
from junheng.web.findings.actions import keep
from junheng.web.findings.models import Finding
from junheng.web.people.actions import add_organisation
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Kind, Role

Browse = Callable[[Role, Organisation], Client]
STANDARD = Path(__file__).resolve().parents[2] / "examples" / "toronto" / "standard"
MAPPING = """
title: 两个外国教育局的学校表 | schools of two boards abroad
note: test
sources:
  - file: "schools.csv"
    year: {constant: 2020}
    tables:
      - table: school
        columns:
          school_id: id
          name: name
          kind: {heading: level, values: {E: primary, S: senior}}
          county_code: board
          lon: lon
          lat: lat
      - table: stage
        where: [{heading: level, among: [E]}]
        columns: {school_id: id, stage: {constant: primary}, pupils: pupils}
      - table: premises
        columns:
          school_id: id
          site_area_m2: {heading: acres, unit: acre}
          teaching_area_m2: {heading: sqft, unit: ft2}
"""
ROWS = """id,name,board,level,pupils,acres,sqft,lon,lat
A/1,Élan "A" <Junior> School,TOR,E,410,6.13,56683,,
A 2,Beaumonde & Sons,TOR,E,539,,66328,,
A?3,Third #1,TOR,E,300,2.5,,,
A4,Secondary,TOR,S,900,9,120000,,
H1,Allan,HAM,E,553,,37028,-79.912432,43.334711
H2,Guardian,HAM,E,472,,45768,-79.914303,43.34357
H3,Empty,HAM,E,,,45768,,
"""


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Path]:
    folder = tmp_path_factory.mktemp("abroad")
    (folder / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    (folder / "schools.csv").write_text(ROWS, encoding="utf-8")
    checked = check_snapshot(read_input(folder / "schools.csv", mapping=folder / "mapping.yaml"))
    found = assess_regions(checked, Question(str(STANDARD), 2020), catalogue=load_catalogue(()))
    written = write_findings(found, folder / "out", command=["test"], documents=lambda _: None)
    home = Path(settings.HOME) / "findings"
    home.mkdir(exist_ok=True)
    return [path.rename(home / f"abroad-{path.name}") for path in written]


@pytest.fixture
def boards(site: Site, folders: Sequence[Path]) -> dict[str, Finding]:
    found = {}
    for folder in folders:
        code = folder.name.removeprefix("abroad-")
        board = add_organisation(None, Kind.COUNTY, f"{code} Board", site.city, code, 2015)
        found[code] = keep(None, board, folder)
    return found


def test_two_boards_are_two_counties(boards: dict[str, Finding]) -> None:
    assert sorted(boards) == ["HAM", "TOR"]
    for finding in boards.values():
        assert (finding.judged, finding.limited, finding.worst) == (0, 0, None)


def test_every_page_and_file_of_them_opens(site: Site, boards: dict[str, Finding], browse: Browse) -> None:
    client = browse(Role.INSPECTOR, site.city)
    for finding in boards.values():
        for stage in ("primary", "senior"):
            for name in ("finding", "finding_map"):
                address = reverse(name, args=[finding.pk]) + f"?stage={stage}"
                assert client.get(address).status_code == 200, address
            for name in (f"heat-{stage}.xlsx", f"heat-{stage}.csv", "overview.xlsx"):
                assert client.get(reverse("finding_export", args=[finding.pk, name])).status_code == 200, name
        page = client.get(reverse("finding", args=[finding.pk])).content.decode()
        assert "本标准不设达标值" in page
        assert "本标准不逐校判定" in page
        for link in set(page.split('scope="row"><a href="')[1:]):
            address = link.split('"')[0]
            assert client.get(address).status_code == 200, address


def test_only_the_board_with_coordinates_has_a_map(
    site: Site, boards: dict[str, Finding], browse: Browse
) -> None:
    client = browse(Role.INSPECTOR, site.city)
    with_map = client.get(reverse("finding_map", args=[boards["HAM"].pk])).content.decode()
    assert "<svg" in with_map
    assert "本图未经地图审核" not in with_map  # not a map of China
    assert "Empty" in with_map.split("没有坐标的学校")[1]
    without = client.get(reverse("finding_map", args=[boards["TOR"].pk])).content.decode()
    assert "没有可画在一张图上的学校坐标" in without
    name = reverse("finding_export", args=[boards["TOR"].pk, "map-primary.png"])
    assert client.get(name).status_code == 404


def test_names_and_codes_of_any_kind_lead_to_their_school(
    site: Site, boards: dict[str, Finding], browse: Browse
) -> None:
    page = browse(Role.INSPECTOR, site.city).get(reverse("finding", args=[boards["TOR"].pk])).content.decode()
    assert "Élan &quot;A&quot; &lt;Junior&gt; School" in page
    assert "?</a>" in page  # what is missing is missing, never 0


def test_the_city_sets_them_beside_each_other(site: Site, boards: dict[str, Finding], browse: Browse) -> None:
    page = browse(Role.INSPECTOR, site.city).get(reverse("place", args=[site.city.pk])).content.decode()
    assert "HAM Board" in page
    assert "TOR Board" in page
    assert "0/0" not in page.split("<tbody>")[1].split("</tbody>")[0].replace("0/0<", "")
