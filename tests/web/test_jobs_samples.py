"""Templates and samples beside the forms of jobs: whoever may ask gets them, and they are what they say."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Site

from junheng.data import read_input
from junheng.planning.invest import read_problem
from junheng.web.jobs.samples import SAMPLES
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]


def _sent(client: Client, site: Site, name: str) -> bytes:
    answer = client.get(reverse("job_sample", args=[site.county.pk, name]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return bytes(answer.content)


def test_the_forms_offer_them(site: Site, browse: Browse) -> None:
    officer = browse(Role.OFFICER, site.county)
    told = "".join(
        officer.get(reverse(name, args=[site.county.pk])).content.decode()
        for name in ("job_evaluate", "job_plan")
    )
    for name in SAMPLES:
        assert reverse("job_sample", args=[site.county.pk, name]) in told


@pytest.mark.parametrize(("role", "place"), [(Role.CLERK, "school"), (Role.OFFICER, "other")])
def test_others_do_not(site: Site, browse: Browse, role: Role, place: str) -> None:
    client = browse(role, getattr(site, place))
    for name in SAMPLES:
        assert client.get(reverse("job_sample", args=[site.county.pk, name])).status_code == 404


def test_what_is_none_is_not_found(site: Site, browse: Browse) -> None:
    address = reverse("job_sample", args=[site.county.pk, "other.xlsx"])
    assert browse(Role.OFFICER, site.county).get(address).status_code == 404


def test_the_sample_of_data_is_read_and_the_template_has_its_sheets(
    site: Site, browse: Browse, tmp_path: Path
) -> None:
    officer = browse(Role.OFFICER, site.county)
    path = tmp_path / "sample.xlsx"
    path.write_bytes(_sent(officer, site, "sample.xlsx"))
    assert read_input(path).years() == (2024,)
    assert zipfile.is_zipfile(io.BytesIO(_sent(officer, site, "template.xlsx")))


def test_the_sample_of_a_problem_is_whole(site: Site, browse: Browse, tmp_path: Path) -> None:
    officer = browse(Role.OFFICER, site.county)
    content = _sent(officer, site, "problem-sample.zip")
    zipfile.ZipFile(io.BytesIO(content)).extractall(tmp_path)
    problem = read_problem(tmp_path / "problem.yaml")
    assert problem
    packed = zipfile.ZipFile(io.BytesIO(_sent(officer, site, "problem-template.zip")))
    assert set(packed.namelist()) == {"costs.xlsx", "forecast.xlsx", "limits.xlsx", "problem.yaml"}
