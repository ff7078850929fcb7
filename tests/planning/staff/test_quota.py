"""Posts: ratios, schools of two stages, small schools, the county total."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.planning.staff.made import problem, rules, school, stage

from junheng.planning.frozen import exact
from junheng.planning.staff import check, solve
from junheng.planning.staff.quota import largest_remainder
from junheng.planning.staff.reading.parameters import LIBRARY, read_parameters


@pytest.mark.parametrize(
    ("stages", "posts"),
    [
        ((stage("primary", 950, 20),), 50),  # 950 / 19
        ((stage("primary", 951, 20),), 51),
        ((stage("junior", 1350, 27),), 100),
        ((stage("senior", 1250, 25),), 100),
        ((stage("primary", 190, 6), stage("junior", 135, 3)), 20),  # nine-year: 10 + 10
        ((stage("primary", 195, 6), stage("junior", 140, 3)), 21),  # 10.263… + 10.370… = 20.63…, up once
        ((stage("junior", 140, 3), stage("senior", 130, 3)), 21),  # 完全中学: 10.370… + 10.4
        ((stage("primary", 60, 6),), 11),  # small: 6 × 1.7 = 10.2 beats 60 / 19
        ((stage("primary", 99, 1),), 6),  # small, but the ratio of pupils is the larger: 5.21
        ((stage("primary", 100, 6),), 6),  # not small any more: 5.26
        ((stage("primary", 0, 0),), 0),
    ],
)
def test_posts_of_one_school(stages: tuple[dict[str, object], ...], posts: int) -> None:
    outcome = solve(problem(school("a", *stages)))
    assert outcome["quotas"][0]["posts"] == posts
    assert outcome["totals"]["posts"] == posts


@pytest.mark.parametrize(("place", "posts"), [("city", 50), ("town", 46), ("rural", 42)])
def test_the_standard_of_2001_goes_by_place(place: str, posts: int) -> None:
    """950 / 19, 950 / 21 = 45.2, 950 / 23 = 41.3."""
    old = read_parameters({"rules": "by_place_2001"}, LIBRARY, "made")
    outcome = solve(problem(school("a", stage("primary", 950, 20), place=place), given=old))
    assert outcome["quotas"][0]["posts"] == posts


def test_without_a_place_only_the_unified_standard_can_tell() -> None:
    one = school("a", stage("primary", 950, 20))
    del one["place"]
    assert solve(problem(one))["quotas"][0]["posts"] == 50
    old = read_parameters({"rules": "by_place_2001"}, LIBRARY, "made")
    outcome = solve(problem(one, given=old))
    assert outcome["quotas"] == []
    assert [row["missing"] for row in outcome["cannot_tell"] if row["part"] == "quota"] == [["place"]]


@pytest.mark.parametrize(
    ("counts", "missing"), [(stage("primary"), "pupils"), (stage("primary", 60), "classes")]
)
def test_absent_is_not_zero(counts: dict[str, object], missing: str) -> None:
    outcome = solve(problem(school("a", counts), school("b", stage("primary", 950, 20))))
    assert [one["school_id"] for one in outcome["quotas"]] == ["b"]
    assert {"part": "quota", "school_id": "a", "stage": "primary", "missing": [missing]}.items() <= outcome[
        "cannot_tell"
    ][0].items()
    assert (outcome["totals"]["schools"], outcome["totals"]["of"]) == (1, 2)


def test_rounding_is_a_parameter() -> None:
    for how, posts in (("ceil", 3), ("floor", 2), ("half_up", 3)):
        found = solve(
            problem(
                school("a", stage("senior", 32, 1)), given=rules(rounding=how, small={"below_pupils": "1"})
            )
        )
        assert found["quotas"][0]["posts"] == posts, how  # 32 / 12.5 = 2.56


def test_whole_posts_may_exceed_the_county_total() -> None:
    """Two schools of 20.52: up, 21 + 21 = 42 against 41. The rest goes to one of them, first by id."""
    schools = [school(key, stage("junior", 277, 6), in_quota=20) for key in "ab"]  # 277 / 13.5 = 20.52
    outcome = solve(problem(*schools, approved_total=41))
    assert outcome["totals"]["over"] == 1
    assert [one["allotted"] for one in outcome["quotas"]] == [21, 20]
    assert [one["vacant"] for one in outcome["staffing"]] == [1, 0]


def test_nothing_is_cut_while_a_school_cannot_be_told() -> None:
    outcome = solve(
        problem(school("a", stage("primary", 950, 20)), school("b", stage("primary")), approved_total=10)
    )
    assert outcome["quotas"][0]["allotted"] == 50
    assert "over" not in outcome["totals"]


@settings(max_examples=examples(60))
@given(st.lists(st.fractions(0, 50, max_denominator=27), max_size=8), st.integers(0, 200))
def test_largest_remainder_is_near_every_share(shares: list[Fraction], total: int) -> None:
    found = largest_remainder(shares, total)
    wanted = sum(shares, Fraction(0))
    assert sum(found) <= total
    if wanted >= total:
        assert sum(found) == total
    for posts, share in zip(found, shares, strict=True):
        aim = share * total / wanted if wanted > total else share
        assert abs(posts - aim) < 1


def test_staff_on_post_and_those_not_teaching() -> None:
    """100 on the quota, 4 of them away, 10 outside: 106 on post. 1,900 pupils: 100 posts, at most 9 of them not teaching."""
    posts = {"in_quota": 100, "off_post": 4, "outside": 10, "borrowed": 3, "on_post": 106, "non_teaching": 11}
    given_problem = problem(school("a", stage("primary", 1900, 40), posts=posts))
    row = solve(given_problem)["staffing"][0]
    assert (row["on_post"], row["vacant"], row["non_teaching_limit"], row["non_teaching_over"]) == (
        106,
        0,
        9,
        2,
    )


@settings(max_examples=examples(40), deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["primary", "junior", "senior"]), st.integers(0, 400), st.integers(0, 9)),
        max_size=5,
    ),
    st.integers(0, 60),
)
def test_the_second_mind_agrees(rows: list[tuple[str, int, int]], total: int) -> None:
    schools = [
        school(f"s{at}", stage(name, pupils, classes), in_quota=at)
        for at, (name, pupils, classes) in enumerate(rows)
    ]
    made = problem(*schools, approved_total=total)
    outcome = solve(made)
    assert check(made, outcome) == ()
    assert (
        sum(one["allotted"] for one in outcome["quotas"]) <= max(total, 0) or outcome["totals"]["over"] <= 0
    )
    assert exact(outcome["totals"]["exact"]) <= outcome["totals"]["posts"]
