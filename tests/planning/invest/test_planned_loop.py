"""The loop closed: solved plans against the verdict on the state they leave behind."""

from pathlib import Path

import pytest
from tests.planning.invest.loop import EXAMPLE, agree, judged

from junheng.planning.invest import read_problem, solve


@pytest.mark.parametrize("name", ["problem", "little_money"])
def test_the_solved_plan_is_what_the_verdict_finds(name: str, tmp_path: Path) -> None:
    """The stages that the outcome says comply are those that pass; and no coefficient limited by the plan is broken."""
    path = EXAMPLE.with_name(f"{name}.yaml")
    stated = read_problem(path)
    outcome = solve(stated)
    found = judged(stated, outcome, tmp_path / "state", path)
    agree(stated, outcome, found)
    passed = {(s.school_id, s.stage) for s in found.schools if s.verdict == "met"}
    assert passed == {(row["school_id"], row["stage"]) for row in outcome["complies"]}
    assert len(passed) == outcome["objective"]["stages"]
    for row in outcome["cv"]:
        cv = found.stages[row["stage"]].indicators[row["indicator"]].cv
        assert cv == pytest.approx(float(row["after"]), abs=1e-5)
