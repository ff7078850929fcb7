"""Subjects and placement: known answers, brute force, the bound from prices."""

import threading
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.planning.staff.made import one_subject, problem, rules, school, stage

from junheng.planning.staff import check, solve
from junheng.planning.staff.check import price_bound


def test_posts_by_subject() -> None:
    """Two classes a grade: 主科 Chinese 2 × (8 + 8 + 7 + 7 + 6 + 6) = 84 periods ÷ 14 = 6; PE 2 × 20 ÷ 15 = 2.67 → 3."""
    grades = {str(grade): 2 for grade in range(1, 7)}
    present = {
        "chinese": 7,
        "mathematics": 4,
        "english": 1,
        "science": 1,
        "morality": 2,
        "music": 2,
        "art": 2,
        "pe": 3,
    }
    made = problem(school("a", stage("primary", 500, 12, grades=grades, subjects=present)))
    cells = {one["subject"]: one for one in solve(made)["subjects"]}
    assert (cells["chinese"]["periods"], cells["chinese"]["posts"], cells["chinese"]["difference"]) == (
        84,
        6,
        1,
    )
    assert (cells["pe"]["need"], cells["pe"]["posts"]) == ("8/3", 3)
    assert set(cells) == set(present)  # no physics in a primary school


def _one(
    key: str, classes: int, teachers: int, in_quota: int, quota_pupils: int = 190, **more: Any
) -> dict[str, Any]:
    """A school whose Chinese posts are its classes; quota 10 posts unless said otherwise."""
    found = stage("primary", quota_pupils, classes, grades={"1": classes}, subjects={"chinese": teachers})
    return school(key, found, in_quota=in_quota, **more)


def test_rounds_and_weak_schools_first() -> None:
    """One to spare in x (area 1). Short: y (area 1), z (area 2, weak). The weak school comes first, by the county."""
    schools = [
        _one("x", 2, 3, 10, area="1"), _one("y", 2, 1, 5, area="1"), _one("z", 2, 1, 5, area="2"),
    ]  # fmt: skip
    near = solve(problem(*schools, given=one_subject()))
    assert [
        (one["round"], one["from"], one["to"]) for one in near["moves"]
    ] == []  # x may not fall below its quota
    schools[0]["posts"]["in_quota"] = 11
    near = solve(problem(*schools, given=one_subject()))
    assert [(one["round"], one["from"], one["to"], one["persons"]) for one in near["moves"]] == [
        (2, "x", "y", 1)
    ]
    schools[2]["weak"] = 1
    far = solve(problem(*schools, given=one_subject()))
    assert [(one["round"], one["to"]) for one in far["moves"]] == [(3, "z")]
    assert far["objective"] == {"unmet": 1, "unmet_weak": 0, "moved": 1, "county_placed": 1}
    assert far["bound"]["unmet"] == far["bound"]["solver_unmet"] == 1


def test_inside_the_school_before_others() -> None:
    """A Chinese teacher to spare may take morality in the own school; nobody has to come from y."""
    here = stage("primary", 190, 4, grades={"1": 2, "2": 2}, subjects={"chinese": 3, "morality": 1})
    there = stage("primary", 190, 4, grades={"1": 2, "2": 2}, subjects={"chinese": 2, "morality": 3})
    schools = [school("x", here, in_quota=5), school("y", there, in_quota=12)]
    given_rules = one_subject(also_teaches={"primary": {"chinese": ["morality"]}})
    outcome = solve(problem(*schools, given=given_rules))
    assert [(one["round"], one["from_subject"], one["subject"]) for one in outcome["moves"]] == [
        (1, "chinese", "morality")
    ]


@pytest.mark.parametrize(("allows", "moved"), [("1", 1), ("0", 0)])
def test_a_higher_stage_may_teach_the_lower(allows: str, moved: int) -> None:
    upper = stage("junior", 135, 1, grades={"7": 1}, subjects={"chinese": 2})
    lower = stage("primary", 190, 2, grades={"1": 2}, subjects={"chinese": 1})
    given_rules = one_subject(may_teach_lower_stage=allows)
    given_rules["periods"] = {"chinese": {"1": 1, "7": 1}}
    made = problem(school("x", upper, lower, in_quota=20), given=given_rules)
    assert sum(one["persons"] for one in solve(made)["moves"]) == moved


def test_a_school_above_its_quota_gains_nobody() -> None:
    schools = [_one("x", 2, 4, 15), _one("y", 2, 1, 11)]
    outcome = solve(problem(*schools, given=one_subject()))
    assert outcome["moves"] == []
    assert outcome["unmet"] == [{"school_id": "y", "stage": "primary", "subject": "chinese", "persons": 1}]


def test_unknown_staff_stays_inside() -> None:
    schools = [_one("x", 2, 4, 15), _one("y", 2, 1, 5)]
    del schools[1]["posts"]["in_quota"]
    outcome = solve(problem(*schools, given=one_subject()))
    assert outcome["moves"] == []
    assert any(one["missing"] == ["in_quota"] for one in outcome["cannot_tell"] if one["part"] == "posts")


def test_a_subject_without_a_number_cannot_be_told() -> None:
    """A blank is not zero teachers: no shortage is made of it."""
    present = {"chinese": 1}
    one = stage("primary", 190, 4, grades={"1": 2, "2": 2}, subjects=present)
    outcome = solve(problem(school("x", one, in_quota=5), given=one_subject()))
    assert [cell["subject"] for cell in outcome["subjects"]] == ["chinese"]
    told = [row for row in outcome["cannot_tell"] if row["part"] == "subjects"]
    assert [(row["subject"], row["missing"]) for row in told] == [("morality", ["teachers"])]


_SCHOOLS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(7, 13), st.sampled_from("12")),
    min_size=2,
    max_size=4,
)


@settings(max_examples=examples(40), deadline=None)
@given(_SCHOOLS)
def test_tiny_counties_equal_brute_force(rows: list[tuple[int, int, int, str]]) -> None:
    schools = [
        _one(f"s{at}", need, have, staff, area=area) for at, (need, have, staff, area) in enumerate(rows)
    ]
    made = problem(*schools, given=one_subject())
    outcome = solve(made)
    assert (outcome["status"], outcome["gap"]) == ("optimal", "0")
    assert (
        outcome["objective"]["unmet"],
        outcome["objective"]["moved"],
        outcome["objective"]["county_placed"],
    ) == _brute(rows)
    assert outcome["bound"]["unmet"] <= outcome["objective"]["unmet"]


def _brute(rows: list[tuple[int, int, int, str]]) -> tuple[int, int, int]:
    """Every way of moving persons from schools with too many to schools with too few: (open, moved, across areas)."""
    spare = [at for at, (need, have, _, _) in enumerate(rows) if have > need]
    short = [at for at, (need, have, _, _) in enumerate(rows) if have < need]
    pairs = [(a, b) for a in spare for b in short]
    most = [range(min(rows[a][1] - rows[a][0], rows[b][0] - rows[b][1]) + 1) for a, b in pairs]
    found = []
    for persons in product(*most):
        net = [0] * len(rows)
        for count, (a, b) in zip(persons, pairs, strict=True):
            net[a] -= count
            net[b] += count
        posts = 10 if rows else 0
        is_fine = all(
            min(0, posts - staff) <= change <= max(0, posts - staff)
            and (change >= need - have if have > need else change <= need - have)
            for change, (need, have, staff, _) in zip(net, rows, strict=True)
        )
        if is_fine:
            still = sum(rows[b][0] - rows[b][1] - net[b] for b in short)
            across = sum(
                count for count, (a, b) in zip(persons, pairs, strict=True) if rows[a][3] != rows[b][3]
            )
            found.append((still, sum(persons), across))
    return min(found)


@settings(max_examples=examples(30), deadline=None)
@given(_SCHOOLS, st.lists(st.tuples(st.sampled_from(["surplus", "shortage", "room"]), st.integers(0, 3),
                                    st.sampled_from(["-1", "-0.5", "0.5", "1", "2"])), max_size=6))  # fmt: skip
def test_any_prices_give_a_true_bound(
    rows: list[tuple[int, int, int, str]], told: list[tuple[str, int, str]]
) -> None:
    schools = [
        _one(f"s{at}", need, have, staff, area=area) for at, (need, have, staff, area) in enumerate(rows)
    ]
    made = problem(*schools, given=one_subject())
    post = {"room": "", "surplus": ":primary:chinese", "shortage": ":primary:chinese"}
    prices = [{"row": f"{kind}:s{at}{post[kind]}", "value": value} for kind, at, value in told]
    assert price_bound(made, prices) <= solve(made)["objective"]["unmet"]


def test_a_stop_gives_a_plan_all_the_same() -> None:
    stop = threading.Event()
    stop.set()
    schools = [_one(f"s{at}", at % 4, (at * 3) % 5, 8 + at % 5, area=str(at % 3)) for at in range(12)]
    made = problem(*schools, given=one_subject())
    outcome = solve(made, stop=stop)
    assert outcome["status"] in ("interrupted", "optimal")
    assert check(made, outcome) == ()


def test_two_runs_are_equal() -> None:
    schools = [_one(f"s{at}", at % 4, (at * 3) % 5, 8 + at % 5, area=str(at % 3)) for at in range(12)]
    made = problem(*schools, given=one_subject())
    assert solve(made) == solve(made)


def test_no_load_means_no_answer() -> None:
    given_rules = rules()
    del given_rules["loads"]["primary"]["pe"]
    grades = {"1": 1}
    made = problem(
        school("a", stage("primary", 40, 1, grades=grades, subjects={"pe": 1, "chinese": 1})),
        given=given_rules,
    )
    told = {
        one.get("subject"): one["missing"] for one in solve(made)["cannot_tell"] if one["part"] == "subjects"
    }
    assert told["pe"] == ["load"]
