import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.planning.itinerant.instances import best_by_trying, need, problem, school, teacher, tiny

from junheng.planning.itinerant import check, solve

WAYS = {("A", "B"): 3000, ("B", "C"): 2000, ("A", "C"): 4000}


def test_one_round_trip_serves_two_schools() -> None:
    """Two music lessons at B, one at C: out in the morning (2 periods), on in the afternoon: 3 + 2 + 4 = 9 km.

    Two days would cost 6 + 8 km; C in the morning and B twice in the afternoon more.
    """
    given = problem(
        [school("A"), school("B"), school("C")],
        [need("B", "music", 2), need("C", "music", 1)],
        [teacher("T", "A", ["music"])],
        WAYS,
    )
    found = solve(given)
    assert found["status"] == "optimal"
    assert found["objective"] == {"unmet_periods": 0, "travel": 9000, "live": 0, "left": 0}
    assert found["bound"]["travel"] == 9000
    (out,) = [row for row in found["days"] if row["travel"]]
    assert (out["am"], out["pm"]) == ("B", "C")


def test_the_load_binds_and_the_rest_is_told() -> None:
    """A load of 5 with 3 own lessons leaves 2 of the 4 needed."""
    given = problem(
        [school("A"), school("B")], [need("B", "pe", 4)], [teacher("T", "A", ["pe"], own=3, load=5)], WAYS
    )
    found = solve(given)
    assert found["objective"]["unmet_periods"] == 2
    (row,) = found["needs"]
    assert (row["in_person"], row["left"], row["why"]) == (2, 2, "full")


def test_nobody_and_out_of_reach_are_told_apart() -> None:
    given = problem(
        [school("A"), school("B"), school("C")],
        [need("B", "art", 1), need("C", "pe", 1)],
        [teacher("T", "A", ["pe"])],
        {("A", "B"): 3000},
    )
    assert {row["subject"]: row["why"] for row in solve(given)["needs"]} == {
        "art": "no_teacher",
        "pe": "out_of_reach",
    }


def test_own_lessons_keep_the_teacher_at_home() -> None:
    """A week of 2 + 1 periods on one day and 2 own lessons: only the afternoon is free, for one lesson."""
    given = problem(
        [school("A"), school("B")], [need("B", "pe", 3)], [teacher("T", "A", ["pe"], own=2)], WAYS, days=1
    )
    assert solve(given)["objective"]["unmet_periods"] == 2


def test_teachers_crowd_a_one_class_school() -> None:
    """Three teachers, one class, one day of 3 periods: 3 of the 6 lessons fit, whatever the counts of a week say."""
    given = problem(
        [school("A", 6), school("B", 1)],
        [need("B", name, 2) for name in ("art", "music", "pe")],
        [teacher(name, "A", [name]) for name in ("art", "music", "pe")],
        {("A", "B"): 1000},
        days=1,
    )
    found = solve(given)
    assert found["status"] == "optimal"
    assert found["objective"]["unmet_periods"] == 3
    assert found["objective"]["travel"] == 4000, "two teachers suffice: two lessons in the morning, one after"


def test_a_fixed_visit_is_kept_even_beyond_reach() -> None:
    fixed = [{"day": "2", "half": "am", "place": "C"}, {"day": "3", "half": "pm", "place": "away"}]
    given = problem(
        [school("A"), school("C")],
        [need("C", "pe", 4)],
        [teacher("T", "A", ["pe"], fixed=fixed)],
        {("A", "C"): 9000},
    )
    found = solve(given)
    assert found["objective"] == {"unmet_periods": 2, "travel": 18000, "live": 0, "left": 2}
    places = {(row["day"], half): row[half] for row in found["days"] for half in ("am", "pm")}
    assert places["2", "am"] == "C"
    assert places["3", "pm"] == ""


def test_contradictions_are_named_with_what_is_short() -> None:
    fixed = [
        {"day": str(day), "half": half, "place": "away"} for day in (1, 2, 3, 4, 5) for half in ("am", "pm")
    ]
    given = problem(
        [school("A"), school("B")],
        [need("B", "pe", 1)],
        [teacher("T", "A", ["pe"], own=4, fixed=fixed), teacher("U", "A", ["pe"], own=9, load=8)],
        WAYS,
    )
    found = solve(given)
    assert found["status"] == "infeasible"
    stated = [(row["teacher"], row["kind"], row["short"]) for row in found["reasons"]]
    assert stated == [("T", "home", 4), ("U", "load", 1)]
    assert check(given, found) == ()
    assert check(given, found | {"reasons": found["reasons"][:1]})


def test_nothing_to_do() -> None:
    given = problem([school("A")], [], [], {})
    found = solve(given)
    assert (found["status"], found["objective"]["travel"], found["lessons"]) == ("optimal", 0, [])


@settings(max_examples=examples(25), deadline=None)
@given(st.integers(0, 10**6))
def test_as_good_as_trying_everything(seed: int) -> None:
    instance = tiny(seed)
    wanted = best_by_trying(instance)
    found = solve(instance, gap=0.0)
    assert wanted is not None
    assert (found["objective"]["unmet_periods"], found["objective"]["travel"]) == wanted
    assert found["status"] == "optimal"


def test_the_same_problem_gives_the_same_outcome() -> None:
    assert solve(tiny(11)) == solve(tiny(11))


@pytest.mark.parametrize("seed", range(3))
def test_stopped_at_once_a_sound_plan_still_comes(seed: int) -> None:
    stop = threading.Event()
    stop.set()
    instance = tiny(seed)
    assert check(instance, solve(instance, stop=stop)) == ()


def test_progress_is_heard() -> None:
    heard: list[float] = []
    ways = {("A", "B"): 3000, ("A", "C"): 2500, ("B", "C"): 1500}
    given = problem(
        [school(name, 3) for name in "ABC"],
        [need(name, subject, 5) for name in "BC" for subject in ("art", "music", "pe")],
        [teacher("T", "A", ["art", "music"], own=5), teacher("U", "B", ["pe", "music"], own=3)],
        ways,
    )
    solve(given, watch=lambda step: heard.append(step.bound))
    assert heard
