"""The loop from a plan to the verdict on its planned state, and whether the two say the same."""

from pathlib import Path
from typing import Any

from tests.planning.invest.claims import complies, within_cv

from junheng.data import check_snapshot, read_input
from junheng.judgement import CountyResult, assess
from junheng.planning.invest import planned_state
from junheng.standards import resolve, school_year_start

EXAMPLE = Path(__file__).parents[3] / "examples" / "plans" / "invest" / "problem.yaml"
Json = dict[str, Any]


def judged(problem: Json, outcome: Json, folder: Path, path: Path = EXAMPLE) -> CountyResult:
    """The verdict on the target year of the planned state."""
    years = planned_state(path, problem, outcome, folder)
    assert years == tuple(problem["years"])
    checked = check_snapshot(read_input(folder))
    assert not [p for p in checked.problems if p.severity == "logic"]
    standard = resolve("quality-2017", on=school_year_start(2028), region="999901")
    return assess(checked, standard, year=2028).counties[0]


def agree(problem: Json, outcome: Json, found: CountyResult) -> None:
    """Every school's verdict, and every coefficient's, as promised."""
    promised = complies(problem, outcome)
    assert {(s.school_id, s.stage): s.verdict == "met" for s in found.schools} == promised
    for (stage, key), holds in within_cv(problem, outcome).items():
        assert (found.stages[stage].indicators[key].cv_verdict == "met") is holds
