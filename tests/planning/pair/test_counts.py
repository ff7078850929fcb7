"""Coverage as documents print it, published figures recomputed, alliances on paper."""

from fractions import Fraction
from typing import Any

import pytest
from tests.planning.pair.scenes import problem, school, tie

from junheng.planning.pair import solve, summary
from junheng.planning.pair.coverage import printed, published
from junheng.planning.pair.settings import library

Json = dict[str, Any]


def _figures() -> dict[str, Json]:
    whole = ("total", "whole", "against")
    rows = [
        {**row, **{k: int(row[k]) for k in whole if k in row}, "parts": [int(part) for part in row["parts"]]}
        for row in library("published")["figures"]
    ]
    return {row["id"]: row for row in published(rows)}


def test_the_figures_of_the_documents() -> None:
    found = _figures()
    assert (found["groups"]["sum"], found["groups"]["sum_agrees"]) == (40, 1)
    assert (found["coverage"]["sum"], found["coverage"]["share"]) == (97, "97/257")
    assert (found["coverage"]["truncated"], found["coverage"]["rounded"]) == ("37.7", "37.7")
    assert found["coverage"]["agrees"] == "both"
    assert found["pairs"]["ratio"] == "47/38"
    assert (found["pilots"]["share"], found["pilots"]["truncated"]) == ("0.4", "40.0")
    assert found["towns"]["ratio"] == "0.5"


@pytest.mark.parametrize(
    ("share", "decimals", "cut", "rounded"),
    [
        ("46/66", 1, "69.6", "69.7"),
        ("97/257", 1, "37.7", "37.7"),
        ("97/257", 2, "37.74", "37.74"),
        ("2/3", 0, "66", "67"),
        ("1/8", 2, "12.50", "12.50"),
        ("1/2000", 1, "0.0", "0.1"),
        ("1", 1, "100.0", "100.0"),
    ],
)
def test_truncated_and_rounded(share: str, decimals: int, cut: str, rounded: str) -> None:
    assert (
        printed(Fraction(share), decimals, "truncate"),
        printed(Fraction(share), decimals, "round"),
    ) == (cut, rounded)


def test_a_printed_share_is_told_apart() -> None:
    rows = [
        {"id": name, "parts": [40, 5], "total": 46, "whole": 66, "printed": name}
        for name in ("69.6", "69.7", "69.8")
    ]
    found = published(rows)
    assert [row["agrees"] for row in found] == ["truncate", "round", "neither"]
    assert {row["sum_agrees"] for row in found} == {0}


def _hohhot() -> Json:
    """257 schools; 25 city groups with 65 schools and 15 county groups with 32, as document 0 counts them."""
    schools = [school(f"{n:03d}", "other", place="city" if n < 65 else "rural") for n in range(257)]
    register = []
    for first, last, groups in ((0, 65, 25), (65, 97, 15)):
        for n in range(first, last):
            number = (n - first) % groups
            role = "core" if n - first < groups else "member"
            register.append(tie(f"G{first}-{number}", f"{n:03d}", role, "2020-09-01", "集团化"))
    return problem(schools, {}, register=register)


def test_a_city_of_257_schools_with_40_groups() -> None:
    found = _hohhot()
    outcome = solve(found)
    own = outcome["coverage"]["before"]
    assert (own["groups"], own["schools"], own["whole"], own["printed"]) == (40, 97, 257, "37.7")
    assert own["share"] == "97/257"
    assert {part["key"]: part["schools"] for part in own["by_place"]} == {"city": 65, "rural": 32}
    assert any("97/257" in line.zh for line in summary(found, outcome))


def test_coverage_after_the_plan_counts_new_groups_and_schools_once() -> None:
    schools = [school("a", "strong"), school("x", "weak", 3), school("y", "weak", 2), school("z", "other")]
    outcome = solve(problem(schools, {("a", "x"): 1, ("a", "y"): 1}))
    before, after = outcome["coverage"]["before"], outcome["coverage"]["after"]
    assert (before["groups"], before["schools"], before["printed"]) == (0, 0, "0.0")
    assert (after["groups"], after["schools"], after["share"], after["printed"]) == (1, 3, "0.75", "75.0")
    assert after["by_form"] == [{"key": "结对", "groups": 1, "schools": 3}]


@pytest.mark.parametrize(
    ("counts", "joined", "verdict"),
    [
        ({"teachers": 0, "lessons": 0, "visits": 0}, "2022-09-01", "paper"),
        ({"teachers": 0, "lessons": 1, "visits": 0}, "2022-09-01", "active"),
        ({"lessons": 1}, "2022-09-01", "active"),
        ({"teachers": 0, "lessons": 0}, "2022-09-01", "cannot_tell"),
        ({}, "2022-09-01", "cannot_tell"),
        ({"teachers": 0, "lessons": 0, "visits": 0}, "2023-09-02", "part_year"),
        ({"visits": 2}, "2023-09-02", "active"),
    ],
)
def test_alliances_on_paper(counts: Json, joined: str, verdict: str) -> None:
    register = [tie("D", "a", "core", "2020-09-01"), tie("D", "x", "member", joined)]
    rows = [{"year": 2023, "group": "D", "school": "x", **counts}] if counts else []
    schools = [school("a", "strong"), school("x", "weak", 1)]
    outcome = solve(problem(schools, {}, register=register, evidence={"year": 2023, "rows": rows}))
    assert [row["verdict"] for row in outcome["alliances"]] == [verdict]


def test_evidence_of_another_year_says_nothing() -> None:
    register = [tie("D", "a", "core", "2020-09-01"), tie("D", "x", "member", "2020-09-01")]
    rows = [{"year": 2022, "group": "D", "school": "x", "teachers": 3, "lessons": 3, "visits": 3}]
    schools = [school("a", "strong"), school("x", "weak", 1)]
    outcome = solve(problem(schools, {}, register=register, evidence={"year": 2023, "rows": rows}))
    assert [row["verdict"] for row in outcome["alliances"]] == ["cannot_tell"]
