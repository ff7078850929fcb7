"""``junheng plan``: read, solve, check, judge the planned state, write; verify it again; compare scenarios."""

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Run

from junheng.cli.plan.search import progress_words, searched
from junheng.planning import Step

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "plans"
DONE, DIFFERS, REFUSED = 0, 1, 2


def test_a_plan_is_written_whole_and_verified(junheng: Run, tmp_path: Path) -> None:
    out = tmp_path / "走教 规划"
    made = junheng("plan", "itinerant", EXAMPLES / "itinerant" / "problem.yaml", "--out", out)
    assert made.code == DONE, made.err
    assert "独立核对一致" in made.out
    names = {path.name for path in out.iterdir()}
    assert names == {"about.json", "plan.json", "problem.json", "行动清单.xlsx", "规划报告.docx"}
    assert junheng("verify", out).code == DONE
    plan = json.loads((out / "plan.json").read_bytes())
    plan["objective"]["unmet_periods"] -= 1
    (out / "plan.json").write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    found = junheng("verify", out)
    assert found.code == DIFFERS
    assert "不一致" in found.out
    assert "plan.json" in found.out


def test_the_planned_state_is_judged_by_the_same_engine(junheng: Run, tmp_path: Path) -> None:
    """The loop: what the plan claims for the target year is what the engine finds there, school by school."""
    out = tmp_path / "plan"
    made = junheng("plan", "invest", EXAMPLES / "invest" / "problem.yaml", "--out", out, "--no-documents")
    assert made.code == DONE, made.err
    plan, problem = (json.loads((out / name).read_bytes()) for name in ("plan.json", "problem.json"))
    verdict = json.loads((out / "findings" / str(problem["target"]) / "verdict.json").read_bytes())
    met = {(row["school_id"], row["stage"]) for row in verdict["schools"] if row["verdict"] == "met"}
    assert met == {(row["school_id"], row["stage"]) for row in plan["complies"]}
    assert junheng("verify", out).code == DONE
    stage = out / "planned" / str(problem["target"]) / "stage.csv"
    stage.write_bytes(stage.read_bytes().replace(b",1", b",2", 1))
    assert junheng("verify", out).code == DIFFERS


def test_scenarios_stand_side_by_side(junheng: Run, tmp_path: Path) -> None:
    folders = []
    for name in ("problem", "trusteeship"):
        folders.append(tmp_path / name)
        made = junheng(
            "plan", "pair", EXAMPLES / "pair" / f"{name}.yaml", "--out", folders[-1], "--no-documents"
        )
        assert made.code == DONE, made.err
    compared = junheng("plan", "compare", *folders, "--out", tmp_path / "对比")
    assert compared.code == DONE, compared.err
    assert (tmp_path / "对比" / "方案比较.xlsx").is_file()
    assert junheng("plan", "compare", folders[0], "--out", tmp_path / "x").code == REFUSED
    assert not (tmp_path / "x").exists()


def test_empty_tables_are_written_once(junheng: Run, tmp_path: Path) -> None:
    folder = tmp_path / "空表"
    assert junheng("plan", "template", folder).code == DONE
    assert any(folder.iterdir())
    assert junheng("plan", "template", folder).code == REFUSED


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("invest", "", "问题.yaml"),
        ("pair", "kind: invest\n", "pair"),
        ("rotate", "[1, 2]\n", ""),
        ("staff", "kind: staff\n: :\n", ""),
        ("itinerant", "\x00", ""),
    ],
)
def test_what_is_no_problem_is_refused(junheng: Run, tmp_path: Path, kind: str, text: str, said: str) -> None:
    path = tmp_path / "问题.yaml"
    path.write_text(text, encoding="utf-8")
    refused = junheng("plan", kind, path, "--out", tmp_path / "out")
    assert refused.code == REFUSED
    assert said in refused.err
    assert "Traceback" not in refused.err
    assert not (tmp_path / "out").exists()


def test_a_folder_without_a_plan_is_refused(junheng: Run, tmp_path: Path) -> None:
    refused = junheng("verify", tmp_path)
    assert refused.code == REFUSED
    assert "--input" in refused.err


def test_progress_and_a_stop_reach_the_search() -> None:
    """Ctrl-C sets the event that the search looks at; what it has found then is returned."""

    class Kind:
        def solve(
            self, problem: Any, *, gap: float, seconds: float, watch: Any, stop: threading.Event
        ) -> Any:
            import signal

            watch(Step(1.0, 5.0, 4.0, 0.2))
            signal.raise_signal(signal.SIGINT)
            return {"stopped": stop.is_set(), "gap": gap, "seconds": seconds}

    assert searched(Kind(), {}, 0.1, 9.0) == {"stopped": True, "gap": 0.1, "seconds": 9.0}  # type: ignore[arg-type] # a stand-in


def test_progress_in_words() -> None:
    assert "差距 gap 20.000%" in progress_words(Step(1.0, 5.0, 4.0, 0.2))
    assert "尚无方案" in progress_words(Step(1.0, None, 4.0, float("inf")))
