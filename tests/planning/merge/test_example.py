"""The example district's six teaching points: states held back, the search, the county judged again."""

import runpy
import shutil
from pathlib import Path

from tests.planning.effect.judging import DISTRICT, judged

from junheng.planning.effect import effect_rows, planned_state, side_of
from junheng.planning.merge import check, read_problem, solve, summary, tables, walking

EXAMPLE = Path(__file__).parents[3] / "examples" / "plans" / "merge"


def test_the_states_are_held_back() -> None:
    problem = read_problem(EXAMPLE / "problem.yaml")
    outcome = solve(problem)
    told = {row["id"]: (row["stated"], row["state"]) for row in outcome["mergers"]}
    assert told == {
        "C1": ("approved", "approved"), "C2": ("approved", "published"), "C3": ("published", "heard"),
        "C4": ("heard", "argued"), "C5": ("argued", "argued"), "C6": ("proposed", "proposed"),
    }  # fmt: skip
    bars = {row["id"]: row["bars"] for row in outcome["mergers"]}
    assert bars["C1"] == []
    assert bars["C2"] == ["time_low", "filing"]
    assert {"remote", "class_size"} <= set(bars["C5"])
    names = [table.name.zh for table in tables(problem, outcome)]
    assert [name for name in names if name.startswith("清单")] == [f"清单 C{n}" for n in range(1, 7)]
    assert all(len(row) == len(table.columns) for table in tables(problem, outcome) for row in table.rows)
    assert 3 <= len(summary(problem, outcome)) <= 8


def test_the_search_finds_what_the_tables_do_not() -> None:
    """C2 sends one village to a nearer school, C4 avoids the one whose rooms nobody knows: four hold, not two."""
    stated, problem = (read_problem(EXAMPLE / name) for name in ("problem.yaml", "search.yaml"))
    outcome = solve(problem)
    assert solve(stated)["holds"] == ["C1", "C3"]
    assert outcome["holds"] == ["C1", "C2", "C3", "C4"]
    assert outcome["bound"]["mergers"] == 4
    assert {row["merge"]: row["why"] for row in outcome["left"]} == {"C5": "remote", "C6": "remote"}
    assert len(next(row for row in outcome["mergers"] if row["id"] == "C2")["to"]) == 2
    assert check(problem, outcome) == ()
    assert any("至多 4 项" in line.zh for line in summary(problem, outcome))


def test_the_county_judged_again(tmp_path: Path) -> None:
    path = EXAMPLE / "problem.yaml"
    problem = read_problem(path)
    outcome = solve(problem)
    assert planned_state(path, problem, outcome, tmp_path / "state") == (2024,)
    before = side_of(*judged(DISTRICT), walking(problem, outcome, False))
    after = side_of(
        *judged(tmp_path / "state"), walking(problem, outcome, True), outcome["objective"]["cost_yuan"]
    )
    rows = {(row["stage"], row["key"]): row for row in effect_rows(before, after)}
    assert rows["primary", "schools"]["change"] == "-1"  # one of the two has too few pupils to be counted
    assert rows["primary", "R4:met"]["change"] == "-2"
    assert (rows["primary", "minutes_most"]["before"], rows["primary", "minutes_most"]["after"]) == (15, 25)
    assert rows["", "cost_yuan"]["after"] == 61_900  # once, of the two that hold
    assert rows["junior", "R4:met"]["change"] == "0"
    gone = [key for key in before["schools"] if key not in after["schools"]]
    assert gone == ["2199000056/primary"]


def test_the_tables_are_written_again_the_same(tmp_path: Path) -> None:
    made = runpy.run_path(str(EXAMPLE / "make_merge.py"))
    shutil.copytree(EXAMPLE / "evidence", tmp_path / "evidence")
    made["write"](tmp_path / "merge.xlsx")
    assert (tmp_path / "merge.xlsx").read_bytes() == (EXAMPLE / "merge.xlsx").read_bytes()
    runpy.run_path(str(EXAMPLE / "make_ledger.py"))["write"](tmp_path / "ledger.xlsx")
    assert (tmp_path / "ledger.xlsx").read_bytes() == (EXAMPLE / "ledger.xlsx").read_bytes()
