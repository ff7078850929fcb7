"""Groups of pupils, the standard of schools and the schools to visit: asked, done, read; who sees small counts."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Site
from tests.web.drawn import folder_zip, say
from tests.web.test_jobs import page
from tests.web.worked import EXAMPLES, example, frozen_year, in_process, read, worked

from junheng.web.jobs.models import Upload
from junheng.web.jobs.works.places import composable
from junheng.web.people.models import Account, Organisation, OrganisationCode
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]
pytestmark = pytest.mark.usefixtures(in_process.__name__)


def lists(*names: str) -> SimpleUploadedFile:
    """The made-up lists of these names in one archive."""
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(f"{name}.csv", (EXAMPLES / "enrolment" / "名单" / f"{name}.csv").read_bytes())
    return SimpleUploadedFile("某校名册.zip", packed.getvalue())


def test_groups_of_pupils_and_their_small_counts(
    site: Site, browse: Browse, person: Callable[[Role, Organisation], Account]
) -> None:
    leader, inspector = browse(Role.LEADER, site.county), browse(Role.INSPECTOR, site.city)
    job = worked(leader, site.county, "groups", book=lists("学籍", "毕业队列"), on="2026-10-01")
    whole = read(leader, job)
    for words in (
        "30 ÷ 120 = 1/4",
        "随班就读",
        "98.66%",
        "毕业队列.csv 第 2 行",
        "独立复算一致",
        "特殊群体情况.docx",
    ):
        assert words in whole, words
    counts = page(inspector, "job_counts", job.pk)
    assert "25.00%" in counts
    assert counts.count("过少，不显示") == 2, "one pupil in either placement"
    assert "全部人数" not in counts
    assert "XX中学" not in counts
    assert inspector.get(reverse("job", args=[job.pk])).status_code == 404
    assert "某校" not in str(list(Upload.objects.values_list("name", flat=True))), (
        "the list's own name is not kept"
    )
    holders = [person(Role.LEADER, site.county), person(Role.INSPECTOR, site.city)]
    assert [composable(site.county, one) for one in holders] == [[job], []], (
        "a report takes what its writer sees"
    )


_STANDARD = """
standard: {id: made-up, name: {zh: 虚构标准, en: Made up}, region: "99", is_made_up: true}
documents: {虚构〔2012〕1号: {title: 虚构标准}}
figures: [{id: building_area_m2, name: {zh: 校舍建筑面积, en: Building area}, unit: {zh: 平方米, en: m²}}]
groups: [{id: all_rows, name: {zh: 规模, en: Size}}]
versions:
  - in_force_from: 2012-09-01
    source: {document: 虚构〔2012〕1号, article: 第一条, certainty: local}
    max_misses: 0
    rows:
      - {id: size, name: {zh: 学校规模, en: Size}, group: all_rows, numerator: pupils, denominator: "1",
         unit: {zh: 人, en: pupils}, quantity: {zh: 人, en: pupils}, lines: [{schools: "TRUE", at_least: 100}]}
      - {id: area, name: {zh: 生均面积, en: Area}, group: all_rows, numerator: building_area_m2, denominator: pupils,
         unit: {zh: 平方米, en: m²}, quantity: {zh: 平方米, en: m²}, lines: [{schools: "TRUE", at_least: 5}]}
"""


def test_schools_against_a_standard(site: Site, browse: Browse) -> None:
    officer = browse(Role.OFFICER, site.county)
    OrganisationCode.objects.create(organisation=site.county, code="999903", first_year=2005, last_year=2014)
    given = {
        "norm": "rural-2008",
        "year": "",
        "on": "2025-01-10",
        "kept": "",
        "data": example("funding/county.xlsx"),
    }
    standard = SimpleUploadedFile("标准.yaml", _STANDARD.encode())
    job = worked(officer, site.county, "norms", norm_file=standard, **given)
    text = read(officer, job)
    for words in (
        "虚构",
        "达标率",
        "<svg",
        "没有填：校舍建筑面积",
        "补充数据样表.xlsx",
        "独立复算一致",
        "差 54 人",
        "≥100",
    ):
        assert words in text, words
    assert "在校生数 46（county.xlsx [学段] D17）" in text, "a gap opens to its cells"
    counts = page(browse(Role.INSPECTOR, site.city), "job_counts", job.pk)
    assert "全县各项还差多少" in counts
    assert "示例甲村小学" not in counts


def test_schools_to_visit(site: Site, browse: Browse, tmp_path: Path) -> None:
    officer, kept = browse(Role.OFFICER, site.county), frozen_year(site.county)
    job = worked(
        officer, site.county, "visits", kept=kept, standard="quality-2017", year="", number=9, rehearsal="on"
    )
    text = read(officer, job)
    for words in ("999901-2024-INSPECT", "演练，不能公布", "城镇小学", "junheng draw verify", "1/4 · 94"):
        assert words in text, words
    inspector = browse(Role.INSPECTOR, site.city)
    assert "名册指纹" in read(inspector, job)
    for name in ("实地抽签.zip", "draw/private/identities.jsonl"):
        assert inspector.get(reverse("job_paper", args=[job.pk, name])).status_code == 404, (
            "sealed until it is drawn"
        )
        assert officer.get(reverse("job_paper", args=[job.pk, name])).status_code == 200
    decided = tmp_path / "实地"
    shutil.copytree(job.folder or "", decided)
    carry_on(decided, tmp_path)
    drawn = worked(officer, site.county, "drawn", book=folder_zip(decided))
    text = read(officer, drawn)
    for words in (
        "抽中的学校",
        "9 / 94",
        "独立复算一致",
        "抽中学校.xlsx",
        "公布.zip",
        "public/rehearsal-transcript.json",
    ):
        assert words in text, words


def carry_on(folder: Path, secrets: Path) -> None:
    """The draw of a folder as far as its beacons."""
    draw, plan = folder / "draw", folder / "plan.yaml"
    (folder / "实地抽签.zip").unlink()
    with pytest.MonkeyPatch.context() as patch:
        for role in ("supervision", "observer"):
            say(patch, "draw", "commit", draw, "--role", role, "--plan", plan, "--secret", secrets / role)
        say(patch, "draw", "spec", draw, "--plan", plan)
        for role in ("supervision", "observer"):
            say(patch, "draw", "reveal", draw, "--role", role, "--secret", secrets / role)
        say(patch, "draw", "beacon", draw, "--observed", "hall=3 8 12 20 27 33")
