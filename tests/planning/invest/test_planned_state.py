"""What a plan promises is what evaluating its planned state finds, on the made-up district."""

import random
from pathlib import Path
from typing import Any

import pytest
from tests.planning.invest.claims import bought_for
from tests.planning.invest.loop import EXAMPLE, agree, judged

from junheng.basics import UserError
from junheng.planning.invest import planned_state, read_problem

Json = dict[str, Any]


@pytest.fixture(scope="module")
def problem() -> Json:
    return read_problem(EXAMPLE)


def test_nothing_bought(problem: Json, tmp_path: Path) -> None:
    nothing: Json = {"actions": [], "moves": []}
    found = judged(problem, nothing, tmp_path / "state")
    agree(problem, nothing, found)
    assert len(found.schools) == 96
    assert 0 < sum(school.verdict == "met" for school in found.schools) < 96


def test_everything_bought(problem: Json, tmp_path: Path) -> None:
    plan = bought_for(problem, {school["id"] for school in problem["schools"]})
    found = judged(problem, plan, tmp_path / "state")
    agree(problem, plan, found)
    assert all(school.verdict == "met" for school in found.schools)
    by_key = {(s.school_id, s.stage): s for s in found.schools}
    assert all(r.verdict == "met" for s in by_key.values() for r in s.indicators.values())


def test_half_bought_trained_and_moved(problem: Json, tmp_path: Path) -> None:
    """Half of the schools buy one unit too few of something, others train and give teachers away."""
    draw = random.Random(20170523)
    ids = [school["id"] for school in problem["schools"]]
    plan = bought_for(problem, set(draw.sample(ids, len(ids) // 2)))
    for action in plan["actions"]:
        if draw.random() < 0.2:
            action["quantity"] -= 1
        elif action["measure"].startswith("build") and draw.random() < 0.5:
            action["quantity"] = f"{action['quantity'] * 7 + 1}/7"  # no end: rounded up to the millionth
    plan["actions"] += trainings(problem, draw)
    plan["moves"] = moves(problem, draw)
    assert plan["moves"]
    assert any(action["measure"].startswith("train") for action in plan["actions"])
    agree(problem, plan, judged(problem, plan, tmp_path / "state"))


def trainings(problem: Json, draw: random.Random) -> list[Json]:
    return [
        {"school_id": s["id"], "stage": stage["stage"], "year": 2027, "measure": key, "quantity": most}
        for s in problem["schools"]
        for stage in s["stages"]
        for key, most in stage["limits"].items()
        if most and key.startswith("train") and draw.random() < 0.5
    ]


def moves(problem: Json, draw: random.Random) -> list[Json]:
    """Every school gives what it may to a school drawn from the others of its stage."""
    rows = [(s["id"], stage) for s in problem["schools"] for stage in s["stages"] if stage["judged"]]
    found = []
    for school, stage in rows:
        others = [other for other, of in rows if of["stage"] == stage["stage"] and other != school]
        for transfer, most in stage["movable"].items():
            if most:
                move = {"transfer": transfer, "from": school, "to": draw.choice(others), "persons": most}
                found.append(move | {"year": 2026})
    return found


def test_only_what_is_bought_by_then(problem: Json, tmp_path: Path) -> None:
    plan = bought_for(problem, {problem["schools"][1]["id"]})
    for action in plan["actions"]:
        action["year"] = 2027
    planned_state(EXAMPLE, problem, plan, tmp_path / "state")
    before, after = (
        (tmp_path / "state" / str(year) / "premises.csv").read_text(encoding="utf-8").splitlines()
        for year in (2026, 2027)
    )
    changed = [(a, b) for a, b in zip(before[1:], after[1:], strict=True) if a[4:] != b[4:]]
    assert [line[5:15] for line, _ in changed] == [problem["schools"][1]["id"]]


def test_changed_input_is_refused(problem: Json, tmp_path: Path) -> None:
    other = problem | {"inputs": [{"name": "2024.xlsx", "sha256": "0" * 64}]}
    with pytest.raises(UserError, match="数据或标准在规划之后有变动"):
        planned_state(EXAMPLE, other, {"actions": [], "moves": []}, tmp_path / "state")
    assert not (tmp_path / "state").exists()


def test_more_than_is_there_is_refused(problem: Json, tmp_path: Path) -> None:
    first = problem["schools"][0]
    move = {
        "transfer": "move:primary:R1+R2",
        "from": first["id"],
        "to": problem["schools"][1]["id"],
        "year": 2026,
    }
    with pytest.raises(RuntimeError, match="does not fit"):
        planned_state(
            EXAMPLE, problem, {"actions": [], "moves": [move | {"persons": 5000}]}, tmp_path / "state"
        )
