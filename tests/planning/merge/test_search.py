"""The search against plain enumeration, and its bounds against every plan."""

from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.planning.merge.small import Json, home, school, way, whole

from junheng.planning.frozen import exact
from junheng.planning.merge import solve


def problem_of(draw: Any) -> Json:
    """Two or three small mergers of one or two villages, two or three tight schools."""
    problem = whole() | {"mode": "search", "evidence": [], "money": [], "homes": [], "ways": []}
    receivers = [f"R{at}" for at in range(draw(st.integers(2, 3)))]
    schools = [
        school(
            key,
            draw(st.integers(20, 44)),
            rooms=draw(st.integers(4, 6)),
            places=draw(st.integers(0, 3)),
            boarders=0,
        )
        for key in receivers
    ]
    merges = []
    for at in range(draw(st.integers(2, 3))):
        key = f"M{at}"
        schools.append(school(f"T{at}", 1, remote=0))
        merges.append({"id": key, "school": f"T{at}", "stated": "proposed", "year": 2024})
        for village in range(draw(st.integers(1, 2))):
            place = f"{key}v{village}"
            for grade in (1, 4):
                boards = draw(st.integers(0, 2)) if grade == 4 else 0
                row = home(place, grade, draw(st.integers(2, 14)), boards=boards, merge=key)
                row.pop("to")
                problem["homes"].append(row)
            problem["ways"] += [way(place, r, draw(st.integers(10, 36))) for r in receivers]
    problem |= {"schools": sorted(schools, key=lambda s: s["id"]), "merges": merges}
    return problem


def holds(problem: Json, assignment: dict[tuple[str, str], str]) -> bool:
    """The limits of the search written out plainly for one assignment."""
    schools = {s["id"]: s for s in problem["schools"]}
    ways = {(w["place"], w["school"]): w["minutes"] for w in problem["ways"]}
    come: dict[tuple[str, int], int] = {}
    beds: dict[str, int] = {}
    for row in problem["homes"]:
        to = assignment.get((row["merge"], row["place"]))
        if to is None:
            continue
        if row["pupils"] > row["boards"] and ways[row["place"], to] > (30 if row["grade"] <= 3 else 40):
            return False
        come[to, row["grade"]] = come.get((to, row["grade"]), 0) + row["pupils"]
        beds[to] = beds.get(to, 0) + row["boards"]
    for to in {key[0] for key in come}:
        own = schools[to]
        rows = own["stages"][0]["grades"]
        classes = sum(
            max(g["classes"], -(-(g["pupils"] + come.get((to, g["grade"]), 0)) // 45)) for g in rows
        )
        total = own["pupils"] + sum(v for k, v in come.items() if k[0] == to)
        if classes > own["rooms"] or total > own["rooms"] * 45 or beds[to] > own["places"]:
            return False
    return True


def best(problem: Json) -> tuple[int, int]:
    """Most mergers, then least pupil-minutes, over every assignment."""
    units = sorted({(row["merge"], row["place"]) for row in problem["homes"]})
    ways = {(w["place"], w["school"]): w["minutes"] for w in problem["ways"]}
    options: list[str | None] = [None, *(s["id"] for s in problem["schools"] if s["id"].startswith("R"))]
    found = (0, 0)
    for pick in product(options, repeat=len(units)):
        assignment = {unit: to for unit, to in zip(units, pick, strict=True) if to}
        merges = {unit[0] for unit in units}
        whole_ones = {m for m in merges if all(u in assignment for u in units if u[0] == m)}
        if any(unit[0] not in whole_ones for unit in assignment) or not holds(problem, assignment):
            continue
        cost = sum(row["pupils"] * ways[row["place"], assignment[row["merge"], row["place"]]]
                   for row in problem["homes"] if (row["merge"], row["place"]) in assignment)  # fmt: skip
        found = max(found, (len(whole_ones), -cost))
    return found[0], -found[1]


@settings(max_examples=examples(25))
@given(st.data())
def test_the_search_is_the_best_of_all_assignments(data: st.DataObject) -> None:
    problem = problem_of(data.draw)
    outcome = solve(problem, gap=0.0)
    mergers, cost = best(problem)
    assert (outcome["objective"]["mergers"], exact(outcome["objective"]["pupil_minutes"])) == (mergers, cost)
    assert outcome["bound"]["mergers"] >= mergers
    if outcome["bound"]["mergers"] == mergers:
        assert exact(outcome["bound"]["pupil_minutes"]) <= cost
    assert len(outcome["holds"]) == mergers
    assert len(outcome["left"]) == len(problem["merges"]) - mergers


def test_prices_prove_nothing_false() -> None:
    """Any prices at all give a bound that no plan beats: worse prices, a worse bound."""
    problem = whole() | {"mode": "search"}
    for row in problem["homes"]:
        row.pop("to")
    outcome = solve(problem)
    assert (
        outcome["moves"][0]["to"] == "A"
    )  # B is full: 40 + 5 in each of four grades is 45, and it has four rooms
    assert outcome["moves"][1]["to"] == "B"
    assert exact(outcome["objective"]["pupil_minutes"]) == Fraction(10 * 20 + 10 * 10)
    assert (outcome["status"], outcome["gap"]) == ("optimal", 0)


def test_two_runs_give_the_same_bytes() -> None:
    problem = whole() | {"mode": "search"}
    assert solve(problem) == solve(problem)
