"""A class formation as a draw: through the whole ceremony, and the small golden results of the exact text."""

import json
from pathlib import Path

import pytest
from tests.class_formation.random_intakes import random_intake, seed_bytes
from tests.class_formation.small import GRADE, SCHOOL, SEED, problem, row

from junheng.class_formation import run_draw
from junheng.draws import canonical_bytes, class_seed, team_order

GOLDEN = json.loads((Path(__file__).parent / "golden.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: str(case["intake"]))
def test_the_golden_results(case: dict[str, object]) -> None:
    number = int(str(case["intake"]))
    rules, rows = random_intake(number)
    outcome = run_draw({"kind": "classes", "hash": case["hash"], "problem": rules}, rows, seed_bytes(number))
    assert [leaf["class"] for leaf in outcome.leaves] == case["classes"]
    assert outcome.public["groups"] == case["groups"]


def test_golden_results_cover_every_method() -> None:
    methods = {random_intake(case["intake"])[0]["method"] for case in GOLDEN}
    assert methods == {"swaps", "stratified", "random", "serpentine", "rotated"}
    assert {case["hash"] for case in GOLDEN} == {"sha256", "sm3"}


def test_leaves_stand_in_the_order_of_the_roll_and_hold_nothing_else() -> None:
    rows = sorted((row(i, marks={"数学": i}) for i in range(12)), key=lambda r: str(r["pid"]))
    outcome = run_draw({"kind": "classes", "hash": "sha256", "problem": problem(2)}, rows, SEED)
    assert [leaf["pid"] for leaf in outcome.leaves] == [r["pid"] for r in rows]
    assert all(set(leaf) == {"pid", "school", "grade", "class"} for leaf in outcome.leaves)
    assert canonical_bytes(outcome.leaves)
    assert canonical_bytes(outcome.public)


def test_teams_are_drawn_under_the_seed_of_the_grade() -> None:
    rules = problem(3, teams=["甲组", "乙组", "丙组"])
    rows = [row(i) for i in range(9)]
    outcome = run_draw({"kind": "classes", "hash": "sha256", "problem": rules}, rows, SEED)
    seed = class_seed("sha256", SEED, SCHOOL, GRADE)
    assert outcome.public["groups"][0]["teams"] == team_order("sha256", seed, ["甲组", "乙组", "丙组"])
