"""``junheng plan many``: the counties of a province, each as if alone."""

import shutil
from pathlib import Path

from tests.cli.conftest import Run

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "plans"
DONE, NOT_ALL, REFUSED = 0, 1, 2


def test_every_county_is_planned_as_if_alone_and_a_bad_one_stops_nobody(junheng: Run, tmp_path: Path) -> None:
    province, out = tmp_path / "省", tmp_path / "规划"
    for county in ("甲县", "乙县"):
        shutil.copytree(EXAMPLES / "itinerant", province / county)
    (province / "丙县").mkdir()
    (province / "丙县" / "problem.yaml").write_text("kind: itinerant\ntables: 没有.xlsx\n", encoding="utf-8")
    made = junheng("plan", "many", "itinerant", province, "--out", out)
    assert made.code == NOT_ALL, made.err
    assert "3 个县，2 个有方案" in made.out
    alone = junheng("plan", "itinerant", EXAMPLES / "itinerant" / "problem.yaml", "--out", tmp_path / "alone")
    assert alone.code == DONE
    for county in ("甲县", "乙县"):
        plan = (out / f"{county}_problem" / "plan.json").read_bytes()
        assert plan == (tmp_path / "alone" / "plan.json").read_bytes()
    assert not (out / "丙县_problem").exists()
    assert (out / "各县汇总.xlsx").is_file()
    assert junheng("verify", out).code == DONE
    assert junheng("plan", "many", "itinerant", province, "--out", out).code == NOT_ALL, (
        "its own plans are replaced"
    )
    (out / "笔记.txt").write_text("x", encoding="utf-8")
    assert junheng("plan", "many", "itinerant", province, "--out", out).code == REFUSED


def test_a_folder_without_problems_of_the_kind_is_refused(junheng: Run, tmp_path: Path) -> None:
    refused = junheng("plan", "many", "invest", EXAMPLES / "pair", "--out", tmp_path / "out")
    assert refused.code == REFUSED
    assert "kind: invest" in refused.err
