"""Duties by hand: what meets them, what does not, and what cannot be told."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.planning.merge.small import Json, home, paper, school, way, whole

from junheng.planning.merge import solve, summary, tables


def verdicts(problem: Json) -> dict[str, tuple[str, str]]:
    (row,) = solve(problem)["mergers"]
    return {duty["id"]: (duty["verdict"], duty["why"]) for duty in row["duties"]}


def test_a_whole_merger_meets_every_duty_and_is_carried_out() -> None:
    outcome = solve(whole())
    (row,) = outcome["mergers"]
    assert {duty["verdict"] for duty in row["duties"]} == {"met"}
    assert (row["state"], row["reachable"], row["bars"]) == ("carried_out", "carried_out", [])
    assert outcome["holds"] == ["M"]
    assert row["before"]["minutes_mean"] == "5.5"
    assert row["after"] == {"minutes_untold": 0, "minutes_mean": 25, "minutes_most": 30, "metres_untold": 0,
                            "metres_mean": 1000, "metres_most": 1000}  # fmt: skip
    assert row["money"] == {"items": 2, "blanks": 3, "once": 0, "yearly": 50000, "saved": 80000}
    (receiver,) = outcome["receivers"]
    assert (receiver["seats"], receiver["free_before"], receiver["free_after"]) == (270, 150, 130)
    assert [grade["largest"] for grade in receiver["grades"]] == [35, 35, 35, 35]


def set_papers(problem: Json, duty: str, *rows: Json) -> None:
    problem["evidence"] = [row for row in problem["evidence"] if row["duty"] != duty] + list(rows)


CASES: list[tuple[str, Callable[[Json], Any], tuple[str, str]]] = [
    ("plan", lambda p: set_papers(p, "plan"), ("not_met", "no_evidence")),
    ("plan", lambda p: set_papers(p, "plan", paper("plan", held="absent")), ("cannot_tell", "file_absent")),
    ("plan", lambda p: set_papers(p, "plan", paper("plan", held="changed")), ("cannot_tell", "changed")),
    ("plan", lambda p: set_papers(p, "plan", paper("plan", on="2024-09-02")), ("not_met", "not_yet")),
    ("hearing", lambda p: set_papers(p, "hearing", paper("hearing"), paper("hearing", on="2024-04-01", outcome="opposed")),
     ("not_met", "opposed")),
    ("consent", lambda p: set_papers(p, "consent", paper("consent", agreed=10)), ("not_met", "too_few")),  # half is no majority
    ("publicity", lambda p: set_papers(p, "publicity", paper("publicity", until="2024-03-29")), ("not_met", "too_short")),
    ("publicity", lambda p: set_papers(p, "publicity", paper("publicity", until="2024-09-02")), ("not_met", "running")),
    ("time_low", lambda p: p["ways"].__setitem__(3, way("w", "A", "30.01")), ("not_met", "far")),
    ("time_low", lambda p: p["ways"].pop(3), ("cannot_tell", "way_unknown")),
    ("time_high", lambda p: p["ways"].__setitem__(0, way("v", "A", "40.5")), ("not_met", "far")),
    ("time_high", lambda p: p.update(homes=[home("v", 4, 20, boards=20), home("w", 2, 0)]), ("met", "nobody")),
    ("no_boarding", lambda p: p["homes"][2].update(boards=1), ("not_met", "boards")),
    ("no_boarding", lambda p: p["homes"][2].pop("boards"), ("cannot_tell", "boards_unknown")),
    ("remote", lambda p: p["schools"][2].update(remote=1), ("not_met", "remote")),
    ("remote", lambda p: p["schools"][2].pop("remote"), ("cannot_tell", "remote_unknown")),
    ("class_size", lambda p: p["schools"].__setitem__(0, school("A", 41, rooms=7)), ("not_met", "no_room")),  # 46 → 2 classes
    ("class_size", lambda p: p["schools"].__setitem__(0, school("A", 41)), ("cannot_tell", "rooms_unknown")),
    ("class_size", lambda p: p["schools"].__setitem__(0, school("A", 40)), ("met", "no_new_class")),
    ("school_size", lambda p: p["schools"].__setitem__(0, school("A", 496, 12, rooms=60)), ("not_met", "too_large")),
    ("seats", lambda p: p["schools"][0].update(seats=139), ("not_met", "full")),
    ("seats", lambda p: p["schools"][0].update(seats=140), ("met", "seated")),
    ("boarding_places", lambda p: p["homes"][1].update(boards=5), ("not_met", "too_few_places")),
    ("boarding_places", lambda p: p["homes"][1].update(boards=4), ("met", "housed")),
]  # fmt: skip


@pytest.mark.parametrize(("duty", "change", "wanted"), CASES)
def test_one_change_and_its_verdict(
    duty: str, change: Callable[[Json], Any], wanted: tuple[str, str]
) -> None:
    problem = whole()
    change(problem)
    found = verdicts(problem)
    assert found[duty] == wanted
    outcome = solve(problem)
    told = {str(row[0]): row for row in tables(problem, outcome)[1].rows}  # the checklist of the one merger
    assert len(told) == len(problem["duties"])
    assert all("{" not in f"{row[2]}" for row in told.values())
    assert summary(problem, outcome)


@pytest.mark.parametrize("duty", [d["id"] for d in whole()["duties"]])
def test_a_merger_lacking_one_duty_is_not_approved(duty: str) -> None:
    """Whatever the tables report: each duty of approval, lacking alone, keeps the merger below it."""
    problem = whole()
    change = next((change for of, change, wanted in CASES if of == duty and wanted[0] != "met"), None)
    (change or (lambda p: set_papers(p, duty)))(problem)
    (row,) = solve(problem)["mergers"]
    assert row["stated"] == "carried_out"
    if duty == "placement":
        assert (row["state"], row["bars"]) == ("approved", [])
    else:
        assert duty in row["bars"]
        assert row["state"] in ("proposed", "argued", "heard", "published")


def test_no_state_is_skipped() -> None:
    """All papers but the argument: the merger stays proposed, however much came later."""
    problem = whole()
    set_papers(problem, "argument")
    assert solve(problem)["mergers"][0]["state"] == "proposed"
    modest = whole()
    modest["merges"][0]["stated"] = "heard"
    (row,) = solve(modest)["mergers"]
    assert (row["state"], row["reachable"]) == ("heard", "carried_out")
