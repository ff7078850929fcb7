"""Survey, children not at school, draws and quota seats in a report: printed from results, silent or lacking else."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.reports.compose.conftest import EXAMPLES
from typer.testing import CliRunner

from junheng.basics import UserError
from junheng.cli.app import app
from junheng.reports.compose import Composed, check_composed, compose

SEED = "0123456789abcdef" * 4
WHOLE = {"issued": 1000, "returned": 900, "valid": 800, "satisfied": 680, "interval": [0.823, 0.873]}
SURVEY: dict[str, Any] = {"limit": "17/20", "return_limit": None, "confidence": "0.95", "whole": WHOLE}
SPEC = {"purpose": "official", "title": "某区招生派位", "parties": [{}, {}, {}]}
ADMISSION: dict[str, Any] = {
    "spec": {**SPEC, "kind": "admission"},
    "result": {"statistics": {"children": 1200, "placed": 1190, "unplaced": 10, "over_plan": 0}},
}
CLASSES: dict[str, Any] = {
    "spec": {**SPEC, "kind": "classes", "roll": {"per_school": {"甲校": 417, "乙校": 507}}},
    "result": {"rows": 924, "groups": [{"sizes": [46] * 9}, {"sizes": [46, 47]}]},
}
Json = dict[str, Any]


def folder(home: Path, name: str, file: str, content: Json) -> Path:
    """A result of one file."""
    path = home / name / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")
    return home / name


def made(home: Path, *, survey: Json = SURVEY, admission: Json = ADMISSION) -> list[Path]:
    """A survey's result and two published draws."""
    return [
        folder(home, "survey", "survey.json", survey),
        folder(home, "draw", "transcript.json", admission),
        folder(home, "classes", "transcript.json", CLASSES),
    ]


def said(done: Composed, sentence: str) -> str:
    """A sentence without the tags of its figures."""
    return re.sub(r"F\d+", "", done.sentences[sentence].chinese)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Composed, list[Path]]:
    """The example lists and quota seats by their commands, with the made survey and draws."""
    home = tmp_path_factory.mktemp("people")
    lists = ["enrolment", "match", str(EXAMPLES / "enrolment" / "名单"), "--on", "2026-10-01"]
    quota = [
        "quota",
        str(EXAMPLES / "quota" / "quota_2027.xlsx"),
        "--rules",
        str(EXAMPLES / "quota" / "rules.yaml"),
    ]
    for words in (
        [*lists, "--out", str(home / "lists")],
        [*quota, "--seed", SEED, "--out", str(home / "quota")],
    ):
        ran = CliRunner().invoke(app, words)
        assert ran.exit_code == 0, ran.output
    folders = [*made(home), home / "lists", home / "quota"]
    return compose("congress", folders, home / "report.docx"), folders


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            "survey_met",
            "发放问卷1000份，回收900份，有效800份，有效回收率80%；满意680份，满意率85%，达到85%的要求",
        ),
        ("survey_near", "85%的界线落在满意率95%的置信区间之内"),
        (
            "draw_placed",
            "“某区招生派位”由3方各自提交秘密数、公开产生种子，参加派位学生1200名，录取1190名，占99.1%，未录取10名",
        ),
        ("classes_drawn", "2所学校的924名学生经公开抽签均衡编成11个班，平均每班84人"),
        ("quota_shared", "招生计划3110名，指标到校1866名，占60%，达到不低于50%的要求，在24所初中"),
        ("quota_tilt", "每名毕业生农村0.4638个、其他0.3118个"),
        ("quota_admitted", "录取指标生1386名，没有用完的480个指标退回统招"),
        ("roll_checked", "户籍学龄儿童120人与学籍120人逐人比对，确定有学籍的102人，尚未确定的18人列入台账"),
        (
            "onsite_checked",
            "学籍在册120人与在校名单113人逐人比对，确定在校102人，未能确认的18人列入疑似辍学台账",
        ),
    ],
)
def test_a_sentence_tells_its_result(run: tuple[Composed, list[Path]], sentence: str, words: str) -> None:
    assert words in said(run[0], sentence)


def test_what_does_not_apply_is_silent(run: tuple[Composed, list[Path]]) -> None:
    silent = {name for name, one in run[0].sentences.items() if one.state == "silent"}
    assert {
        "survey_short",
        "survey_return_short",
        "draw_over_plan",
        "quota_shared_short",
        "onsite_all_found",
    } <= silent
    assert "dropout_overdue" in silent


def test_every_figure_opens_in_its_result(run: tuple[Composed, list[Path]]) -> None:
    count, differences = check_composed(run[0].report, run[1])
    assert count > 30
    assert differences == ()


def test_a_rehearsal_and_an_empty_survey_are_lacking_with_the_reason(tmp_path: Path) -> None:
    rehearsal = {**ADMISSION, "spec": {**ADMISSION["spec"], "purpose": "rehearsal"}}
    empty = {**SURVEY, "whole": {**WHOLE, "returned": 0, "valid": 0, "satisfied": 0, "interval": None}}
    done = compose("congress", made(tmp_path, survey=empty, admission=rehearsal), tmp_path / "r.docx")
    reasons = {
        name: [str(one.reason) for one in done.sentences[name].reasons]
        for name in ("draw_placed", "survey_met")
    }
    assert "演练" in reasons["draw_placed"][0]
    assert done.sentences["survey_met"].state == "lacking"
    assert done.sentences["survey_near"].state == "silent"  # no interval without a valid paper


def test_a_return_below_its_limit_is_told_where_the_standard_sets_one(tmp_path: Path) -> None:
    survey = {**SURVEY, "return_limit": "7/10", "whole": {**WHOLE, "valid": 699, "satisfied": 699}}
    done = compose("district", made(tmp_path, survey=survey), tmp_path / "r.docx")
    assert "有效回收率69.9%，低于70%的要求" in said(done, "survey_return_short")


def test_counts_too_small_to_publish_are_not_printed(tmp_path: Path) -> None:
    counts = {"tables": {"household_register": {"left": 96, "right": 120, "certain": None, "rest": None}}}
    told = folder(tmp_path, "lists", "enrolment.json", {"format": "junheng/enrolment/1"})
    folder(tmp_path, "lists", "counts/counts.json", counts)
    done = compose("congress", [told], tmp_path / "r.docx")
    assert {str(one.reason) for one in done.sentences["roll_checked"].reasons} == {
        "人数过少，不公开 | too few to publish"
    }
    assert "没有“在校”名单" in str(done.sentences["onsite_checked"].reasons[0].reason)


def test_a_corrected_draw_is_refused(tmp_path: Path) -> None:
    folders = made(tmp_path)
    (folders[1] / "correction-0001.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UserError, match="已有更正"):
        compose("congress", folders, tmp_path / "r.docx")
