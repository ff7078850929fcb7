"""The page of what-if: figures follow, people see what is theirs, odd input is told, nothing
is kept unasked."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.conftest import DISTRICT, SCHOOL, Site

from junheng.web.audit.models import Entry
from junheng.web.findings.models import Finding
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role
from junheng.web.whatif import warm
from junheng.web.whatif.models import Scenario

Browse = Callable[[Role, Organisation], Client]
NEIGHBOUR = "2199000002"
CELL = f"set:{SCHOOL}:primary:teacher_count:backbone"


@pytest.fixture
def source(finding: Finding) -> Iterator[Path]:
    """The input of the finding, where the site looks for the demonstration's."""
    folder = Path(settings.HOME) / "demo" / "xx_district"
    shutil.copytree(DISTRICT, folder, dirs_exist_ok=True)
    for path in folder.glob("*"):
        if path.suffix != ".xlsx":
            path.unlink()
    yield folder
    shutil.rmtree(folder.parent, ignore_errors=True)


def page_of(finding: Finding) -> str:
    return reverse("whatif", args=[finding.pk])


def test_a_figure_changes_and_the_indicator_follows(
    site: Site, finding: Finding, source: Path, browse: Browse
) -> None:
    officer = browse(Role.OFFICER, site.county)
    start = officer.get(page_of(finding), {"school": SCHOOL})
    assert start.status_code == 200
    assert "judge;dur=" in start["Server-Timing"]
    assert "XX区实验小学" in start.text
    answer = officer.post(page_of(finding), {"school": SCHOOL, CELL: "0", "part": "1"})
    assert "<html" not in answer.text  # the outcome alone
    assert re.search(r"R2.*1\.76 ✓.*0\.00 ✗", answer.text, re.DOTALL)
    assert "不再达标" in answer.text
    assert not Scenario.objects.exists()


def test_without_script_the_same_form_answers_with_the_page(
    site: Site, finding: Finding, source: Path, browse: Browse
) -> None:
    page = browse(Role.OFFICER, site.county).post(page_of(finding), {"school": SCHOOL, CELL: "0"}).text
    assert f'name="{CELL}" value="0"' in page
    assert "0.00 ✗" in page


def test_merging_opening_and_building_are_listed_and_can_be_dropped(
    site: Site, finding: Finding, source: Path, browse: Browse
) -> None:
    officer = browse(Role.OFFICER, site.county)
    sent = {"merge_into": SCHOOL, "merge_gone": NEIGHBOUR, "open_name": "新校", "open_stage": ["primary"]}
    sent |= {"build_school": SCHOOL, "build:teaching_area_m2": "500"}
    page = officer.post(page_of(finding), sent)
    kept = json.loads(page.context["structure_text"])
    assert [one["do"] for one in kept] == ["open", "build", "merge"]
    assert "无法判定" in page.text  # of the new school nothing is known
    again = officer.post(page_of(finding), {"structure": page.context["structure_text"], "drop": ["0", "2"]})
    assert [one["do"] for one in json.loads(again.context["structure_text"])] == ["build"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({CELL: "-5"}, "不小于 0"),
        ({CELL: "1.5"}, "整数"),
        ({CELL: "99999999"}, "不超过"),
        ({CELL: "<script>"}, "不小于 0"),
        ({"merge_into": SCHOOL, "merge_gone": SCHOOL}, "并入自己"),
        ({"structure": "{"}, "表单不完整"),
        ({"structure": '[{"do":"fly"}]'}, "不是假设测算能做的改动"),
        ({f"set:{SCHOOL}:junior:stage:pupils": "5"}, "没有这个学段"),
        ({f"set:{SCHOOL}::school:name": "5"}, "不能假设"),
    ],
)
def test_odd_input_is_told_and_nothing_breaks(
    sent: dict[str, str], said: str, site: Site, finding: Finding, source: Path, browse: Browse
) -> None:
    page = browse(Role.OFFICER, site.county).post(page_of(finding), sent | {"school": SCHOOL})
    assert page.status_code == 200
    assert said in page.text
    assert "<script>" not in page.text.replace("<script src=", "")


def test_what_would_close_it_fills_the_form(
    site: Site, finding: Finding, source: Path, browse: Browse
) -> None:
    officer = browse(Role.OFFICER, site.county)
    told = json.loads((finding.folder / "verdict.json").read_bytes())["schools"]
    short = next(one for one in told if one["indicators"]["R2"]["verdict"] == "not_met")
    wish = f"{short['school_id']}:{short['stage']}:R2"
    page = officer.get(page_of(finding), {"close": wish})
    outcome = page.context["outcome"]
    pair = next(one for one in outcome.schools if one.school_id == short["school_id"])
    now = next(one for one in pair.pairs if one.key == "R2")
    assert (now.was.verdict, now.now.verdict) == ("not_met", "met")
    for odd in ("", "a:b", f"{SCHOOL}:primary:R99", f"{SCHOOL}:senior:R2", "x:y:R2"):
        assert officer.get(page_of(finding), {"close": odd}).status_code == 200


def test_a_head_plays_with_the_own_school_and_sees_no_other(
    site: Site, finding: Finding, source: Path, browse: Browse
) -> None:
    head = browse(Role.HEAD, site.school)
    page = head.post(page_of(finding), {"school": [SCHOOL, NEIGHBOUR], CELL: "0"})
    assert page.status_code == 200
    assert [one.school_id for one in page.context["outcome"].schools] == [SCHOOL]
    assert page.context["outcome"].reasons_stay == ()
    assert "XX区师范附属小学" not in page.text
    other = head.post(page_of(finding), {f"set:{NEIGHBOUR}:primary:teacher_count:backbone": "0"})
    assert "只能改动本校" in other.text
    assert "只能改动本校" in head.post(page_of(finding), {"merge_into": SCHOOL, "merge_gone": NEIGHBOUR}).text
    assert browse(Role.CLERK, site.school).get(page_of(finding)).status_code == 404
    assert browse(Role.OFFICER, site.other).get(page_of(finding)).status_code == 404


def test_a_head_sees_no_cv_of_a_handful_of_schools(
    site: Site, finding: Finding, source: Path, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = browse(Role.HEAD, site.school)
    assert head.get(page_of(finding)).context["outcome"].stages
    monkeypatch.setenv("JUNHENG_SMALL_CELL", "1000")
    assert head.get(page_of(finding)).context["outcome"].stages == ()


def test_an_input_that_is_gone_or_changed_is_told(
    site: Site, finding: Finding, source: Path, browse: Browse
) -> None:
    officer = browse(Role.OFFICER, site.county)
    warm.forget()
    shutil.rmtree(source)
    for sent in ({}, {"part": "1"}):
        page = officer.post(page_of(finding), sent)
        assert page.status_code == 200
        assert "原始数据已不在服务器上" in page.text


def test_the_finding_stays_as_it_is(site: Site, finding: Finding, source: Path, browse: Browse) -> None:
    officer = browse(Role.OFFICER, site.county)
    before, acts = sorted((finding.folder).rglob("*")), Entry.objects.count()
    officer.post(page_of(finding), {"school": SCHOOL, CELL: "0"})
    assert sorted((finding.folder).rglob("*")) == before
    assert Entry.objects.count() == acts
    assert Finding.objects.filter(is_current=True).count() == 1


def test_only_a_few_inputs_are_kept_ready(monkeypatch: pytest.MonkeyPatch, finding: Finding) -> None:
    warm.forget()
    made: list[str] = []
    monkeypatch.setattr(warm, "_prepared", lambda one: made.append(one.sha256) or object())
    for number in range(warm.MOST + 2):
        finding.sha256 = f"{number:064d}"
        warm.ground_of(finding)
        warm.ground_of(finding)
    assert len(made) == warm.MOST + 2
    assert len(warm._ready) == warm.MOST
    warm.forget()


def test_more_changes_need_no_more_queries(
    site: Site, finding: Finding, source: Path, browse: Browse
) -> None:
    officer = browse(Role.OFFICER, site.county)
    codes = [
        one["school_id"] for one in json.loads((finding.folder / "verdict.json").read_bytes())["schools"]
    ][:10]

    def queries(schools: list[str]) -> int:
        sent = {f"set:{code}:primary:teacher_count:backbone": "9" for code in schools}
        with CaptureQueriesContext(connection) as caught:
            assert officer.post(page_of(finding), sent | {"school": schools}).status_code == 200
        return len(caught)

    queries(codes[:1])
    assert queries(codes[:1]) == queries(codes)


def test_switched_to_english_the_page_holds_no_chinese_but_names(
    site: Site, finding: Finding, source: Path, browse: Browse
) -> None:
    officer = browse(Role.OFFICER, site.county)
    officer.cookies["django_language"] = "en"
    page = officer.post(page_of(finding), {"school": SCHOOL, CELL: "0"}).text
    main = page[page.index("<main") : page.index("</main>")]
    names = ("XX区", "实验小学", "甲", "乙")
    plain = re.sub(r"<option[^>]*>[^<]*|<h[123]>[^<]*|（[^）]*）", "", main)
    left = set(re.findall(r"[\u4e00-\u9fff]+", plain))
    assert not {word for word in left if not any(name in word or word in "实验小学区" for name in names)}, (
        left
    )
