import json
from typing import Any

import pytest

from junheng.judgement import Facts, judge, sensitivity
from junheng.judgement.sensitivity.contributions import contributions
from junheng.standards import Standard


@pytest.fixture
def found(quality: Standard, county_of: Any, facts_of: Any) -> Any:
    def of(*schools: Any, standard: Standard = quality) -> dict[str, Any]:
        facts = facts_of(county_of(*schools), standard)
        county = judge(facts, standard, year=2024)[0]
        content = sensitivity(county, Facts(facts, standard))
        json.dumps(content, allow_nan=False)
        return content

    return of


def test_failing_schools_and_what_they_lack(found: Any, school_of: Any) -> None:
    content = found(school_of("A"), school_of("B", backbone=8), school_of("C", teaching_area_m2=4000.0))
    lacking = {row["school_id"]: row["indicators"] for row in content["failing"]}
    assert lacking == {
        "B": {"R2": {"shortfall": 2, "floor_shortfall": 1}},
        "C": {"R4": {"shortfall": 500, "floor_shortfall": 0}},
    }
    total = content["totals"]["primary"]["R4"]
    assert (total["shortfall"], total["schools"], total["floor_schools"]) == (500, 1, 0)
    assert total["unit"]["en"] == "m²"


def test_totals_leave_out_what_is_unknown(found: Any, school_of: Any) -> None:
    content = found(school_of("A", teaching_area_m2=None), school_of("B", teaching_area_m2=4000.0))
    total = content["totals"]["primary"]["R4"]
    assert (total["shortfall"], total["undecided"]) == (500, 1)
    assert "R4" not in content["contributions"]["primary"]


def test_which_schools_to_raise(found: Any, school_of: Any) -> None:
    schools = [school_of("L", equipment_value_yuan=100_000.0)]
    schools += [school_of(f"S{i}", equipment_value_yuan=2_000_000.0 + i) for i in range(2)]
    gap = found(*schools)["raise_to_mean"]["primary"]
    assert set(gap) == {"R6"}
    assert gap["R6"]["schools"] == ["L"]
    assert gap["R6"]["raises"][0]["raise"] == pytest.approx(gap["R6"]["mean"] * 1000 - 100_000)
    assert gap["R6"]["method"] == "exact"


def test_raising_in_whole_persons(found: Any, school_of: Any) -> None:
    schools = [school_of("L", backbone=0), school_of("M", backbone=10), school_of("N", backbone=11)]
    gap = found(*schools)["raise_to_mean"]["primary"]["R2"]
    assert gap["schools"] == ["L"]
    assert gap["raises"][0]["raise"] == 7


def test_unweighted_coefficients_are_raised_without_weights(
    found: Any, school_of: Any, quality: Standard
) -> None:
    rule = quality.variation.model_copy(update={"weights": "none"})
    plain = quality.model_copy(update={"variation": rule})
    schools = [school_of("T", pupils=60, teaching_area_m2=0.0), school_of("L", pupils=6000)]
    schools.append(school_of("M", pupils=6000))
    assert found(*schools)["raise_to_mean"]["primary"] == {}
    assert found(*schools, standard=plain)["raise_to_mean"]["primary"]["R4"]["schools"] == ["T"]


def test_contributions_are_shares_of_the_weighted_variance() -> None:
    shares = contributions(["A", "B", "C"], [0.0, 200.0, 100.0], [100.0, 100.0, 100.0])
    assert [(one.school_id, one.share, one.above_mean) for one in shares] == [
        ("A", 0.5, False),
        ("B", 0.5, True),
        ("C", 0.0, False),
    ]
    assert contributions(["A"], [3.0], [1.0]) == ()
    assert contributions([], [], []) == ()


def test_inequality_by_area_adds_up(found: Any, school_of: Any) -> None:
    schools = [school_of("A", urban_rural_code="111"), school_of("B", urban_rural_code="210", backbone=30)]
    schools.append(school_of("C", urban_rural_code="210", backbone=20, group_id="G1"))
    measures = found(*schools)["inequality"]["primary"]["R2"]
    area = measures["by_area"]
    assert area["between"] + area["within"] == pytest.approx(measures["theil"])
    assert set(area["groups"]) == {"city", "rural"}
    assert set(measures["by_group"]["groups"]) == {"G1"}
    assert measures["max_min_ratio"] == pytest.approx(2.5)


def test_an_unknown_area_leaves_the_split_out(found: Any, school_of: Any) -> None:
    content = found(school_of("A", urban_rural_code=None), school_of("B"))
    measures = content["inequality"]["primary"]["R2"]
    assert measures["by_area"] is None
    assert measures["gini"] == pytest.approx(0.0)
