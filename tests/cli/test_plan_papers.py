"""The papers of a plan stay in the plan's folder, whatever its zones are called."""

from pathlib import Path

import pytest

from junheng.cli.plan.judged import Effect
from junheng.cli.plan.papers import write_papers
from junheng.planning import kind_of
from junheng.reports.planning import Picture, curve_picture

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "plans"


def test_a_slash_in_a_name_makes_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = kind_of("merge")
    problem = kind.read_problem(EXAMPLES / "merge" / "problem.yaml")
    outcome = kind.solve(problem)
    picture = Picture("fan0", "../甲/乙街道：小学", curve_picture([], 1).png, 100.0, 50.0, "扇形图")
    monkeypatch.setattr("junheng.cli.plan.pictures.pictures_of", lambda *_: [picture])
    folder = tmp_path / "plan"
    folder.mkdir()
    write_papers(kind, problem, outcome, Effect(()), folder)
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]
    assert {path.name for path in folder.glob("*.png")} == {"_甲_乙街道：小学.png"}
    assert all(path.is_file() for path in folder.iterdir())
