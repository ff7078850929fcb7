"""Two real boards abroad brought in as an office would: a workbook of places, one input of all, every page down to the cell."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Site
from tests.web.test_people_imports import workbook

from junheng.web.findings.actions import Asked
from junheng.web.findings.in_bulk import evaluate_all
from junheng.web.findings.models import Finding
from junheng.web.findings.reading import verdict_of
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
YEAR = 2020
PLACES = (
    ("county", "多伦多公立教育局 Toronto District School Board", "TOR", "", YEAR, None),
    ("county", "哈密尔顿公立与天主教教育局 Hamilton（2016 年在校生 pupils of 2016）", "HAM", "", YEAR, None),
)


@pytest.fixture(scope="module")
def folder(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two tables as published beside the shipped mapping: what an administrator puts on the server."""
    made = tmp_path_factory.mktemp("boards")
    shutil.copy(EXAMPLES / "two_boards" / "mapping.yaml", made)
    shutil.copy(shared_data / "toronto" / "tdsb_schools_2020.csv", made)
    shutil.copy(shared_data / "hamilton" / "hamilton_schools_2011_2016.csv", made)
    return made


@pytest.fixture
def boards(site: Site, browse: Browse, folder: Path) -> Mapping[str, Finding]:
    """Both boards imported from a workbook below the city, and judged in one pass."""
    browser = browse(Role.ADMINISTRATOR, site.city)
    file = SimpleUploadedFile("places.xlsx", workbook("organisations", PLACES))
    look = browser.post(reverse("import", args=[site.city.pk, "organisations"]), {"file": file})["Location"]
    browser.post(look, {"seen": browser.get(look).context["plan"].digest})
    asked = Asked(folder, str(EXAMPLES / "toronto" / "standard"), YEAR)
    found = evaluate_all(None, asked, lambda _: None, has_documents=False)
    return {str(one.county.codes.get().code): one for one in found}


def test_two_real_boards_from_the_city_to_the_cell(
    site: Site, boards: Mapping[str, Finding], browse: Browse
) -> None:
    client = browse(Role.INSPECTOR, site.city)
    city = client.get(reverse("place", args=[site.city.pk]), {"year": YEAR}).content.decode()
    schools = {}
    for code, finding in boards.items():
        assert reverse("finding", args=[finding.pk]) in city
        assert "生均用地与建筑面积监测（自定）" in city, "a standard of one's own by its name"
        assert finding.verdict == "cannot_tell", "the standard sets no line"
        schools[code] = _every_page_opens(client, finding)
    assert schools == {"TOR": 583, "HAM": 160}
    _a_cell_of_toronto_tells_its_acres(client, boards["TOR"])
    _hamilton_has_no_site_area(client, boards["HAM"])


def _every_page_opens(client: Client, finding: Finding) -> int:
    for stage in ("primary", "senior"):
        for name in ("finding", "finding_map"):
            assert client.get(reverse(name, args=[finding.pk]), {"stage": stage}).status_code == 200
        name = f"heat-{stage}.csv"
        assert client.get(reverse("finding_export", args=[finding.pk, name])).status_code == 200
    return len(verdict_of(finding)["schools"])


def _a_cell_of_toronto_tells_its_acres(client: Client, finding: Finding) -> None:
    """Name → its page → the figure, whose row is the table's own: 6.13 acres, 410 pupils."""
    school = "Albion Heights Junior Middle School"
    page = client.get(reverse("finding_school", args=[finding.pk, school])).content.decode()
    figure = reverse("finding_figure", args=[finding.pk, school, "S1"])
    assert figure in page
    assert "0/2" not in page, "nothing is judged: nothing is met or missed"
    told = client.get(figure, {"stage": "primary"}).content.decode()
    for word in ("6.13 英亩", "24807.22987 平方米", "24,807.22987 平方米", "410", "tdsb_schools_2020.csv"):
        assert word in told, word


def _hamilton_has_no_site_area(client: Client, finding: Finding) -> None:
    told = verdict_of(finding)["stages"]["primary"]["indicators"]
    assert told["S1"]["cv_compared"] is None, "missing is missing"
    assert told["S2"]["cv_compared"] == pytest.approx(0.4340, abs=5e-5)
    drawn = client.get(reverse("finding_map", args=[finding.pk])).content.decode()
    assert "<svg" in drawn
    assert "本图未经地图审核" not in drawn
