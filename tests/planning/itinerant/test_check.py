"""Every alteration of an outcome must be caught."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from tests.planning.itinerant.instances import lesson, need, problem, school, teacher

from junheng.planning.itinerant import check, solve

Json = dict[str, Any]
PROBLEM = problem(
    [school("A", 3), school("B", 2, live_rooms=1, mbps=20), school("C", 1, live_rooms=1, mbps=20),
     school("S", 6, live_rooms=1, mbps=8)],
    [need("B", "music", 3), need("B", "pe", 2), need("C", "pe", 2), need("C", "art", 2), need("B", "art", 2)],
    [teacher("T", "A", ["music", "pe"], own=3,
             fixed=[{"day": "4", "half": "am", "place": "base"}, {"day": "5", "half": "pm", "place": "away"}]),
     teacher("U", "A", ["pe"], load=2)],
    {("A", "B"): 3000, ("B", "C"): 2000, ("A", "C"): 4000},
    lessons=[lesson("L1", "S", "art", "1", 1, 2), lesson("L2", "S", "art", "2", 3, 1)],
)  # fmt: skip
OUTCOME = solve(PROBLEM)


def altered(change: Callable[[Json], object]) -> Json:
    found = copy.deepcopy(OUTCOME)
    change(found)
    return found


def out_day(found: Json) -> Json:
    return next(row for row in found["days"] if row["travel"])


def test_the_outcome_itself_is_right() -> None:
    assert check(PROBLEM, OUTCOME) == ()
    assert OUTCOME["objective"]["unmet_periods"] == 4
    assert OUTCOME["objective"]["live"] == 3


CHANGES: dict[str, Callable[[Json], object]] = {
    "another problem": lambda o: o.update(problem_hash="0" * 64),
    "another kind": lambda o: o.update(kind="rotate"),
    "a lesson dropped": lambda o: o["lessons"].pop(),
    "a lesson twice": lambda o: o["lessons"].append(dict(o["lessons"][0])),
    "a lesson moved to a school she is not at": lambda o: o["lessons"][0].update(school="S"),
    "a subject she does not teach": lambda o: o["lessons"][0].update(subject="art"),
    "a stage she does not teach": lambda o: o["lessons"][0].update(stage="junior"),
    "a period that is not": lambda o: o["lessons"][0].update(period=9),
    "a day less": lambda o: o["days"].pop(),
    "a day twice": lambda o: o["days"].append(dict(o["days"][0])),
    "a shorter way": lambda o: out_day(o).update(travel=out_day(o)["travel"] - 1),
    "at home on paper": lambda o: out_day(o).update(am="A", pm="A", travel=0),
    "a place that is no school": lambda o: out_day(o).update(am="X"),
    "a half-day off": lambda o: out_day(o).update(pm=""),
    "an unreachable school": lambda o: out_day(o).update(pm="S"),
    "a fixed half-day elsewhere": lambda o: next(
        row for row in o["days"] if (row["teacher"], row["day"]) == ("T", "4")
    ).update(am="B"),
    "a fixed absence worked": lambda o: next(
        row for row in o["days"] if (row["teacher"], row["day"]) == ("T", "5")
    ).update(pm="A"),
    "a received lesson dropped": lambda o: o["live"].pop(),
    "a received lesson twice": lambda o: o["live"].append(dict(o["live"][0])),
    "a received lesson at another time": lambda o: o["live"][0].update(period=2),
    "a received lesson at its sender": lambda o: o["live"][0].update(school="S"),
    "a received lesson nobody sends": lambda o: o["live"][0].update(lesson="L9"),
    "a need dropped": lambda o: o["needs"].pop(),
    "a need made larger": lambda o: o["needs"][0].update(periods=9),
    "less left": lambda o: o["needs"][0].update(left=0, in_person=2),
    "a reason too many": lambda o: next(row for row in o["needs"] if not row["left"]).update(why="full"),
    "a total": lambda o: o["objective"].update(unmet_periods=0),
    "a way in total": lambda o: o["objective"].update(travel=1),
    "a bound above what was found": lambda o: o["bound"].update(travel=o["objective"]["travel"] + 1),
    "a bound of lessons above": lambda o: o["bound"].update(unmet_periods=5),
    "a bound below without a gap": lambda o: o["bound"].update(travel=0),
    "a bound of video below": lambda o: o["bound"].update(live=2),
    "a gap": lambda o: o.update(gap="0.5"),
    "a status": lambda o: o.update(status="time_limit"),
    "no status": lambda o: o.pop("status"),
    "impossible": lambda o: o.update(status="infeasible", reasons=[]),
    "a visiting teacher of the relaxation": lambda o: o["relaxation"][1]["teachers"].append("X"),
    "a small school forgotten": lambda o: o["relaxation"].pop(),
    "lessons of the wrong kind": lambda o: o.update(lessons=7),
}


@pytest.mark.parametrize("name", CHANGES)
def test_an_alteration_is_caught(name: str) -> None:
    assert check(PROBLEM, altered(CHANGES[name]))


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("rules", {"schools_per_day": 2, "same_day": 0, "mbps_per_stream": 4}),
        ("rules", {"schools_per_day": 0, "same_day": 2, "mbps_per_stream": 4}),
        ("rules", {"schools_per_day": 2, "same_day": 2, "mbps_per_stream": 9}),
    ],
)
def test_limits_of_the_problem_are_looked_at(part: str, change: Json) -> None:
    """The same outcome under a stricter problem (its hash set right) is refused."""
    stricter = PROBLEM | {part: change}
    from junheng.planning.frozen import problem_hash

    assert check(stricter, OUTCOME | {"problem_hash": problem_hash(stricter)})


@pytest.mark.parametrize("change", ["load", "classes", "receivers", "closed", "rooms", "reach", "grades"])
def test_every_limit_counts(change: str) -> None:
    from junheng.planning.frozen import problem_hash

    stricter = copy.deepcopy(PROBLEM)
    if change == "load":
        stricter["teachers"][0]["load"] = 4
    elif change == "classes":
        stricter["schools"][1]["classes"][0]["classes"] = 0
    elif change == "receivers":
        stricter["lessons"][0]["receivers"] = 1
    elif change == "closed":
        stricter["schools"][1]["closed"] = [
            {"day": str(d), "half": h} for d in range(1, 6) for h in ("am", "pm")
        ]
    elif change == "rooms":
        stricter["schools"][2]["live_rooms"] = 0
    elif change == "reach":
        stricter["travel"]["reach"] = 1000
    else:
        stricter["demand"][3]["grades"] = {"4": 2}
    assert check(stricter, OUTCOME | {"problem_hash": problem_hash(stricter)})
