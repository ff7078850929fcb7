"""Zones that choose alone: whole blocks leave seats over, which prices of seats cannot see."""

from itertools import pairwise

from tests.planning.zone.small import problem

from junheng.planning.frozen import exact
from junheng.planning.zone.bound import bound
from junheng.planning.zone.check import check
from junheng.planning.zone.check_knapsack import by_blocks
from junheng.planning.zone.check_scene import Scene
from junheng.planning.zone.search_clock import ZoneClock
from junheng.planning.zone.search_relax import relax
from junheng.planning.zone.solution import solve

BLOCKS = dict.fromkeys("abcdef", 10)
METRES = {b: {"X": 0 if b == "a" else 100, "Y": 0 if b == "f" else 500} for b in BLOCKS}
ASKED = problem(
    BLOCKS, METRES, " ".join(a + b for a, b in pairwise("abcdef")), {"X": 39, "Y": 60},
    seeds={"X": "a", "Y": "f"}, contiguity="off",
)  # fmt: skip


def test_by_hand() -> None:
    """X takes two blocks besides a (29 seats left): 2 × 1,000 + 2 × 5,000; by seats alone 2.9 blocks would fit."""
    outcome = solve(ASKED)
    assert outcome["objective"]["cost"] == 12_000
    assert exact(outcome["bound"]["cost"]) == 12_000
    assert any(row["row"] == "block" for row in outcome["prices"])
    without = outcome | {"prices": [row for row in outcome["prices"] if row["row"] != "block"]}
    assert "the bound is not" in " ".join(line.en for line in check(ASKED, without))


def test_knapsacks_by_hand() -> None:
    """At 50 a pupil: X takes two of the four at 1,000 - 500·10, Y none at 5,000 - 500·10."""
    scene = Scene(ASKED)
    costs = {b: {z: BLOCKS[b] * METRES[b][z] for z in scene.open[b]} for b in BLOCKS}
    assert by_blocks(scene, costs, dict.fromkeys(BLOCKS, 5_000), 1) == 4 * 5_000 + 2 * (1_000 - 5_000)


def test_never_below_the_relaxed_model() -> None:
    from junheng.planning.zone.bound_knapsack import sharpened
    from junheng.planning.zone.check_bound import bound as exact_bound
    from junheng.planning.zone.model import layout_of
    from junheng.planning.zone.outcome import price_rows
    from junheng.planning.zone.synthetic import Wish, synthetic_problem

    asked = synthetic_problem(2, 60, 8, Wish("irregular", slack=0.02, moved=300, needy=500))
    layout, clock = layout_of(asked), ZoneClock(seconds=20)
    relaxed = relax(layout, clock)
    better = sharpened(layout, relaxed.prices, 1.02 * relaxed.bound, clock)
    found = float(exact_bound(Scene(asked), price_rows(layout, better)))
    assert found > relaxed.bound * (1 + 1e-5)
    assert bound(layout, relaxed.prices) <= relaxed.bound * (1 + 1e-9)
