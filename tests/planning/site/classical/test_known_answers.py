"""Answers worked by hand, and what happens when there is no plan or no time."""

import threading
from typing import Any

import pytest

from junheng.basics import UserError
from junheng.planning.site.classical import check, solve, summary, tables

Json = dict[str, Any]
LINE = (0, 2, 3, 10, 11, 30)  # villages along a road, in km


def line(model: str, **more: Any) -> Json:
    """Six villages on a road; each may have the school."""
    ids = [f"v{place}" for place in range(len(LINE))]
    return {
        "format": "junheng-plan-1",
        "kind": "site",
        "model": model,
        "name": "路",
        "sources": {},
        "inputs": [],
        "unit": {"zh": "千米", "en": "km"},
        "cannot_tell": [],
        "demand": [{"id": name, "name": f"村{name}", "weight": 1} for name in ids],
        "sites": [{"id": name, "name": f"校{name}"} for name in ids],
        "ways": [[abs(a - b) for b in LINE] for a in LINE],
        **more,
    }


def test_median_of_the_line() -> None:
    # Three groups {0,2,3}, {10,11}, {30}: the middle of the first, either of the second.
    outcome = solve(line("p_median", count=3))
    assert outcome["objective"] == {"cost": 2 + 1 + 1}
    assert outcome["open"] in (["v1", "v3", "v5"], ["v1", "v4", "v5"])
    assert (outcome["status"], outcome["gap"]) == ("optimal", 0)


def test_median_of_one_site_is_a_middle_village() -> None:
    outcome = solve(line("p_median", count=1))
    assert outcome["objective"] == {"cost": 3 + 1 + 0 + 7 + 8 + 27}


def test_weights_pull_the_median() -> None:
    problem = line("p_median", count=1)
    problem["demand"][5]["weight"] = 100
    assert solve(problem)["open"] == ["v5"]


def test_centre_of_the_line() -> None:
    outcome = solve(line("p_centre", count=2))
    assert outcome["objective"] == {"radius": 8}  # v2 or v3 for the west, v5 for the east
    assert outcome["bound"]["radius"] == 8


def test_fewest_sites_within_a_radius() -> None:
    outcome = solve(line("set_covering", radius=3))
    assert outcome["objective"] == {"cost": 3}
    cheap = line("set_covering", radius=3)
    for site, cost in zip(cheap["sites"], ("1", "5", "1", "4.5", "4", "2"), strict=True):
        site["cost"] = cost
    assert solve(cheap)["objective"] == {"cost": 7}  # v0 or v2, v4, v5


def test_most_people_within_a_radius() -> None:
    problem = line("maximal_covering", count=1, radius=1)
    outcome = solve(problem)
    assert outcome["objective"] == {"covered": 2}
    problem["demand"][5]["weight"] = 9
    outcome = solve(problem)
    assert (outcome["objective"], outcome["open"]) == ({"covered": 9}, ["v5"])
    assert outcome["uncovered"] == ["v0", "v1", "v2", "v3", "v4"]


def test_capacity_splits_a_village() -> None:
    # One cheap site of 3 places beside 5 pupils: two of them have to go to the other.
    problem = line("capacitated")
    problem["demand"] = [{"id": "a", "name": "甲", "weight": 5}]
    problem["sites"] = [
        {"id": "x", "name": "x", "cost": 1, "capacity": 3},
        {"id": "y", "name": "y", "cost": "2.5", "capacity": 9},
    ]
    problem["ways"] = [[0, 50]]
    outcome = solve(problem, gap=0.0)
    assert outcome["objective"] == {"cost": "23.5"}  # 1 + 2.5 + 2/5 × 50; y alone costs 52.5
    assert [(row["site"], row["units"]) for row in outcome["assignment"]] == [("x", 3), ("y", 2)]


def test_reasons_name_what_is_wrong() -> None:
    far = line("set_covering", radius=3)
    far["ways"][5] = ["", "", "", "", "", ""]
    outcome = solve(far)
    assert (outcome["status"], outcome["reasons"][0]["demand"]) == ("infeasible", ["v5"])
    few = line("p_centre", count=2)
    few["ways"] = [[way if way <= 3 else "" for way in row] for row in few["ways"]]
    outcome = solve(few)
    assert (outcome["reasons"][0]["kind"], outcome["reasons"][0]["needed"]) == ("count", 3)
    assert check(few, outcome) == ()
    assert "至少需要 3" in " ".join(text.zh for text in summary(few, outcome))
    assert tables(few, outcome)


def test_capacity_that_is_short_by_neighbourhood() -> None:
    problem = line("capacitated")
    for site in problem["sites"]:
        site |= {"cost": 1, "capacity": 1}
    problem["demand"][0]["weight"] = 1
    problem["ways"] = [[way if way <= 1 else "" for way in row] for row in problem["ways"]]
    problem["demand"][3]["weight"] = 2
    problem["sites"][0]["capacity"] = 5
    outcome = solve(problem)
    reason = outcome["reasons"][0]
    assert (reason["kind"], reason["lacking"], reason["demand"]) == ("crowded", 1, ["v3", "v4"])


def test_what_is_stopped_still_gives_a_plan() -> None:
    stop = threading.Event()
    stop.set()
    for model in ("p_median", "maximal_covering"):
        problem = line(model, count=2, radius=1) if model == "maximal_covering" else line(model, count=2)
        outcome = solve(problem, stop=stop)
        assert outcome["status"] in ("interrupted", "optimal")
        assert check(problem, outcome) == ()


@pytest.mark.parametrize("way", [10**17, "0.00000000000000001"])
def test_numbers_that_cannot_be_exact_are_refused(way: int | str) -> None:
    problem = line("p_median", count=2)
    problem["ways"][0][1] = way
    with pytest.raises(UserError, match="精确"):
        solve(problem)
