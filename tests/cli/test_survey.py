"""``junheng survey``: from the return to the rate, and a draw of schools that the public verifier accepts."""

import csv
import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook
from tests.cli.conftest import Run

from junheng.data import read_input, write_template

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, county: dict[str, pa.Table]) -> Path:
    """The county's return, written once."""
    path = tmp_path_factory.mktemp("survey") / "county.xlsx"
    write_template(path, tables=county)
    return path


@pytest.fixture
def maker() -> ModuleType:
    """The example's script that answers a plan."""
    path = ROOT / "examples" / "make_survey_answers.py"
    spec = importlib.util.spec_from_file_location("make_survey_answers", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_whole_way(junheng: Run, book: Path, tmp_path: Path, maker: ModuleType) -> None:
    plan, out = tmp_path / "plan", tmp_path / "out"
    answer = junheng("survey", "plan", book, "--residents", 500_000, "--out", plan)
    assert answer.code == 0, answer.err
    assert json.loads((plan / "plan.json").read_text("utf-8"))["size"] == 750
    assert (
        junheng("survey", "plan", book, "--residents", 500_000, "--out", plan).code == 2
    )  # never written over
    assert junheng("survey", "paper", plan, "--out", tmp_path / "paper").code == 0
    maker.main(plan, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerow(maker.answers_of(maker.codes_of(plan))[0])
    answer = junheng("survey", "read", plan, tmp_path / "a.csv", "--out", out)
    assert answer.code == 0, answer.err
    outcome = json.loads((out / "survey.json").read_text("utf-8"))
    assert outcome["whole"]["issued"] == 750
    assert outcome["whole"]["valid"] == 656
    assert [entry["reason"] for entry in outcome["invalid"]] == ["twice"]
    assert "a.csv 第 2 行" in answer.out
    rows = read_input(out / "survey.csv", is_part=True).tables["survey"].to_pylist()  # the dictionary's table
    assert sum(row["issued"] for row in rows) == 750
    assert {row["respondent_group"] for row in rows} >= {"parents", "npc", "cppcc"}
    for folder, given in ((plan, book), (out, tmp_path)):  # the second mind, alone and with what was read
        assert junheng("verify", folder).code == 0
        checked = junheng("verify", folder, "--input", given)
        assert (checked.code, checked.err) == (0, "")
        assert "一致" in checked.out
    public = (out / "public.json").read_text("utf-8")
    assert not any(code in public for code in maker.codes_of(plan)[:50])
    told = json.loads((plan / "plan.json").read_text("utf-8"))
    (plan / "plan.json").write_text(json.dumps({**told, "standard_sha256": "0"}), encoding="utf-8")
    refused = junheng("survey", "read", plan, tmp_path / "a.csv", "--out", tmp_path / "other")
    assert refused.code == 2
    assert "标准与定方案时不同" in refused.err  # limits of other rules are never put to this sample
    assert sorted(path.name for path in out.iterdir()) == [
        "papers.json", "public.json", "survey.csv", "survey.json", "调查结果.xlsx", "调查结果公示.docx",
    ]  # fmt: skip
    (out / "survey.json").write_text(json.dumps({**outcome, "verdict": "met"}), encoding="utf-8")
    checked = junheng("verify", out)
    assert checked.code == 1
    assert "verdict：结果写的是 met" in checked.out


def test_schools_are_drawn_in_public_and_checked(junheng: Run, book: Path, tmp_path: Path) -> None:
    folder = tmp_path / "insp"
    answer = junheng("survey", "schools", book, "--number", 9, "--rehearsal", "--out", folder)
    assert answer.code == 0, answer.err
    assert junheng("survey", "drawn", folder, "--out", tmp_path / "d.xlsx").code == 2  # not yet
    draw, plan = folder / "draw", folder / "plan.yaml"
    for role in ("supervision", "observer"):
        assert (
            junheng("draw", "commit", draw, "--role", role, "--plan", plan, "--secret", tmp_path / role).code
            == 0
        )
    assert junheng("draw", "spec", draw, "--plan", plan).code == 0
    for role in ("supervision", "observer"):
        assert junheng("draw", "reveal", draw, "--role", role, "--secret", tmp_path / role).code == 0
    assert junheng("draw", "beacon", draw, "--observed", "hall=3 8 12 20 27 33").code == 0
    assert junheng("draw", "seed", draw).code == 0
    assert junheng("draw", "run", draw).code == 0
    assert junheng("survey", "drawn", folder, "--out", tmp_path / "d.xlsx").code == 0
    rows = CalamineWorkbook.from_path(tmp_path / "d.xlsx").get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + 9
    assert (
        junheng("draw", "publish", draw, "--out", tmp_path / "pub", "--sealed", tmp_path / "sealed").code == 0
    )
    checked = junheng("draw", "verify", tmp_path / "pub")
    assert checked.code == 0
    assert "未通过 failed 0" in checked.out
