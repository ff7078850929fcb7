"""``junheng plan`` never replaces what it did not write; figures side by side have names and units."""

from pathlib import Path

import pytest
from tests.cli.conftest import Run

from junheng.cli.plan.figures import figure_of, status_text

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "plans"
PROBLEM = EXAMPLES / "pair" / "trusteeship.yaml"
REFUSED = 2


def test_a_file_and_a_folder_of_others_are_kept(junheng: Run, tmp_path: Path) -> None:
    file, folder = tmp_path / "文件", tmp_path / "文件夹"
    file.write_text("x")
    folder.mkdir()
    (folder / "重要.txt").write_text("y")
    for out in (file, folder):
        made = junheng("plan", "pair", PROBLEM, "--out", out, "--no-documents")
        assert made.code == REFUSED
    assert "重要.txt" in made.err
    assert (file.read_text(), (folder / "重要.txt").read_text()) == ("x", "y")


def test_a_plan_is_replaced_unless_somebody_worked_on_it(junheng: Run, tmp_path: Path) -> None:
    asked = ("plan", "pair", PROBLEM, "--out", tmp_path / "规划", "--no-documents")
    assert junheng(*asked).code == 0
    assert junheng(*asked).code == 0
    (tmp_path / "规划" / "批注.docx").write_text("mine")
    made = junheng(*asked)
    assert made.code == REFUSED
    assert "批注.docx" in made.err
    assert (tmp_path / "规划" / "批注.docx").exists()


def test_a_comparison_spares_other_files_and_names_its_figures(junheng: Run, tmp_path: Path) -> None:
    plans = [tmp_path / "一", tmp_path / "二"]
    for plan in plans:
        assert junheng("plan", "pair", PROBLEM, "--out", plan, "--no-documents").code == 0
    out = tmp_path / "对比"
    made = junheng("plan", "compare", *plans, "--out", out)
    assert made.code == 0
    assert "burden_metres" not in made.out
    assert junheng("plan", "compare", *plans, "--out", out).code == 0
    (out / "我的.txt").write_text("mine")
    assert junheng("plan", "compare", *plans, "--out", out).code == REFUSED


@pytest.mark.parametrize(
    ("problem", "key", "words", "unit"),
    [
        ({}, "solver_unmet", "仍缺岗位（求解器）", "岗"),
        ({"travel": {"unit": "min"}}, "travel", "每周路程", "分钟"),
        ({"objective": "cv"}, "between_schools", "差异系数平方之和", ""),
        ({"rules": {"serve": "all"}}, "need", "有伙伴的薄弱校", "所"),
        ({}, "another", "another", ""),
    ],
)
def test_figures_have_names(problem: dict[str, object], key: str, words: str, unit: str) -> None:
    figure = figure_of(problem, key)
    assert (figure.words.zh, figure.unit) == (words, unit)
    assert status_text("optimal").zh == "最优（已证明）"
