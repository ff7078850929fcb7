"""Tiny places against every plan there is: nothing better, no bound above the best, in one piece."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.planning.zone.small import cost, plans, problem, short

from junheng.planning.frozen import exact
from junheng.planning.zone.bound import Prices, bound
from junheng.planning.zone.check import check
from junheng.planning.zone.check_bound import bound as exact_bound
from junheng.planning.zone.check_scene import Scene
from junheng.planning.zone.model import layout_of
from junheng.planning.zone.model_contiguity import first_rows
from junheng.planning.zone.outcome import price_rows
from junheng.planning.zone.solution import solve

Json = dict[str, Any]
_NAMES = "abcdefgh"


@st.composite
def places(draw: st.DrawFn) -> Json:
    """Two or three schools, five to eight blocks on a small map, limits that bind or clash."""
    count, zones = draw(st.integers(4, 8)), "XYZ"[: draw(st.integers(2, 3))]
    names = _NAMES[:count]
    pupils = {b: draw(st.integers(0, 9)) for b in names}
    edges = [a + b for a, b in pairwise(names)]
    edges += [a + b for i, a in enumerate(names) for b in names[i + 2 :] if draw(st.integers(0, 3)) == 0]
    if draw(st.integers(0, 3)) == 0:
        edges = [edge for edge in edges if names[-1] not in edge]  # an island
    metres = {b: {z: draw(st.integers(1, 30)) for z in zones if draw(st.integers(0, 5))} for b in names}
    seeds = {z: names[at] for at, z in enumerate(zones) if draw(st.integers(0, 5))}
    for z, b in seeds.items():
        metres[b][z] = draw(st.integers(0, 3))
    seats = {z: draw(st.integers(0, 1 + sum(pupils.values()))) for z in zones}
    found = problem(
        pupils, metres, " ".join(edges), seats, seeds=seeds,
        pins={b: draw(st.sampled_from(zones)) for b in names if not draw(st.integers(0, 9))},
        now={b: [draw(st.sampled_from(zones))] for b in names if draw(st.booleans())},
        needy={b: draw(st.integers(0, pupils[b])) for b in names if draw(st.integers(0, 4))},
        contiguity=draw(st.sampled_from(["closer", "connected", "connected", "off"])),
        weights={"metre": 1, "moved": draw(st.sampled_from([0, 5, "2.5"])), "needy": draw(st.sampled_from([0, 0, "3.5"]))},
    )  # fmt: skip
    if draw(st.integers(0, 3)) == 0:
        found["limits"]["least_fill"] = draw(st.sampled_from(["0.3", "0.6"]))
    return found


@settings(max_examples=examples(120), deadline=None)
@given(places())
def test_every_plan_is_tried(asked: Json) -> None:
    outcome = solve(asked, gap=0, seconds=20)
    assert check(asked, outcome) == ()
    if Scene(asked).clashes:
        assert outcome["status"] == "infeasible"
        return
    every = list(plans(asked))
    if not every:
        assert outcome["unplaced"] or outcome["reasons"]
        is_empty = not any(row["pupils"] or row["why"] == "clash" for row in outcome["unplaced"])
        assert (
            outcome["status"] == "infeasible" or is_empty
        )  # blocks without pupils may stay out of every zone
        return
    least = min(short(asked, plan) for plan in every)
    best = min(cost(asked, plan) for plan in every if short(asked, plan) == least)
    if least:
        assert outcome["objective"]["short"] == least
        assert all(exact(value) <= least + Fraction(1, 10**6) for value in outcome["bound"].values())
        assert outcome["status"] == "infeasible"
        return
    assert "short" not in outcome["objective"]
    chosen = {row["block"]: row["zone"] for row in outcome["assignment"]}
    assert chosen in every
    assert exact(outcome["objective"]["cost"]) == cost(asked, chosen) == best
    assert all(exact(value) <= best for value in outcome["bound"].values())


@settings(max_examples=examples(80), deadline=None)
@given(places(), st.data())
def test_no_prices_prove_more_than_the_best_plan(asked: Json, data: st.DataObject) -> None:
    layout, scene = layout_of(asked), Scene(asked)
    if scene.clashes or layout.lost:
        return
    seats = [data.draw(st.integers(-20, 40)) / 2 for _ in layout.zones]
    needy = [data.draw(st.integers(-7, 7)) * layout.needy_weight / 7 for _ in layout.zones]
    rows = [
        (row, float(data.draw(st.integers(1, 30))))
        for row in first_rows(layout.touch, layout.is_open)
        if data.draw(st.booleans())
    ]
    prices = Prices(np.array(seats), np.array(needy), rows)
    found = exact_bound(scene, price_rows(layout, prices))
    costs = [cost(asked, plan) for plan in plans(asked) if not short(asked, plan)]
    assert all(found <= value for value in costs)
    assert float(found) == pytest.approx(bound(layout, prices), abs=1e-6)
    if costs:  # zones that choose alone: a different proof, as safe
        blocks = np.array([data.draw(st.integers(-40, 200)) / 2 for _ in layout.blocks])
        stated = price_rows(layout, Prices(np.array(seats), np.array(needy), rows, blocks))
        assert found <= exact_bound(scene, stated) <= min(costs)
