"""Tiny counties against every plan there is: nothing better, and no bound above the best."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.planning.rotate.small import Json, distance, person, plans, problem

from junheng.planning.frozen import exact
from junheng.planning.rotate import check, solve

_SECOND = {"id": "above", "zh": "学历", "en": "education", "weight": "0.3"}


@st.composite
def counties(draw: st.DrawFn) -> Json:
    """Three schools, at most seven teachers of two subjects, two attributes, a few limits."""
    persons = []
    for number in range(draw(st.integers(2, 7))):
        has = [name for name in ("backbone", "above") if draw(st.booleans())]
        more: Json = {
            "subject": draw(st.sampled_from(["语文", "语文", "数学"])),
            "years": draw(st.sampled_from([2, 6, 9])),
        }
        if draw(st.integers(0, 4)) == 0:
            more["reach"] = draw(st.lists(st.sampled_from("ABC"), unique=True).map(sorted))
        persons.append(person(f"p{number}", draw(st.sampled_from("ABC")), has, **more))
    rule = {
        "moved_of_eligible": draw(st.sampled_from(["0", "0.1", "0.4", "0.7"])),
        "most_moved_of_eligible": draw(st.sampled_from(["0.7", "1"])),
        "backbone_of_moved": draw(st.sampled_from(["0", "0.2", "0.5"])),
    }
    pupils = {school: draw(st.integers(20, 300)) for school in "ABC"}
    found = problem(pupils, persons, rule, objective=draw(st.sampled_from(["gap", "cv"])))
    return found | {"attributes": [*found["attributes"], _SECOND]}


@settings(max_examples=examples(60))
@given(counties())
def test_every_plan_is_tried(asked: Json) -> None:
    outcome = solve(asked, gap=0)
    values = [distance(asked, moves) for moves in plans(asked)]
    if outcome["status"] == "infeasible":
        assert not values or outcome["reasons"][0]["row"] == "no_eligible"
        return
    value, best = exact(outcome["objective"]["between_schools"]), min(values)
    assert float(value) == pytest.approx(float(best), abs=1e-9)
    assert distance(asked, {m["person"]: m["to"] for m in outcome["moves"]}) == value
    assert all(
        exact(outcome["bound"][name]) <= best + Fraction(1, 10**9)
        for name in outcome["bound"]
        if name != "burden"
    )
    assert check(asked, outcome) == ()
