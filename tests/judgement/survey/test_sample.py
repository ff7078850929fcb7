"""The sample: its size by the standards' rules, quotas that add up exactly, codes that tell nothing."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import UserError
from junheng.judgement.survey import (
    Roll,
    SampleRules,
    SurveyedSchool,
    apportion,
    code_hash,
    codes_json,
    group_quotas,
    inspection_strata,
    level,
    load_method,
    make_codes,
    make_plan,
    sample_rules,
    visits_stated,
)
from junheng.standards import resolve

ON = date(2024, 9, 1)


def rules(standard: str) -> SampleRules:
    return sample_rules(resolve(standard, on=ON))


def school(
    number: int, pupils: int | None = 100, kind: str = "primary", place: str = "111"
) -> SurveyedSchool:
    return SurveyedSchool(
        f"21990{number:05}", f"甲{number}", kind, place, pupils, 10, f"表.xlsx [学校] 第 {number} 行"
    )


def roll(*schools: SurveyedSchool, residents: int | None = 500_000) -> Roll:
    return Roll(2024, "999901", "XX区", residents, schools)


def plan_of(found: Roll, standard: str = "basic-2012") -> "object":
    return make_plan(rules(standard), found, residents=None, standard_sha256="0", questionnaire="q")


@pytest.mark.parametrize("standard", ["basic-2012", "quality-2017"])
@pytest.mark.parametrize(
    ("residents", "size"),
    [(500_000, 750), (400_000, 600), (300_000, 600), (400_001, 601), (399_999, 600), (1_000_000, 1500)],
)
def test_golden_sizes(standard: str, residents: int, size: int) -> None:
    assert rules(standard).size(residents) == size


def test_half_are_parents_and_the_rest_about_equal() -> None:
    groups, notes = group_quotas(rules("basic-2012"), 750, {})
    assert groups == {"parents": 375, "npc": 75, "cppcc": 75, "principals": 75, "teachers": 75, "public": 75}
    assert notes == []
    odd, _ = group_quotas(rules("quality-2017"), 751, {})
    assert odd["parents"] == 376
    assert set(odd.values()) - {376} == {62, 63}
    assert sum(odd.values()) == 751


def test_a_group_smaller_than_its_share_is_asked_whole_and_that_is_told() -> None:
    groups, notes = group_quotas(rules("basic-2012"), 750, {"principals": 20})
    assert groups["principals"] == 20
    assert groups["parents"] == 375
    assert sum(groups.values()) == 750
    assert len(notes) == 1
    assert "20" in notes[0].en


def test_an_overlay_of_a_limit_changes_the_sample() -> None:
    standard = resolve("quality-2017", on=ON)
    item = next(item for item in standard.items if item.id == "REC")
    limit = item.limits["sample_per_mille"].model_copy(update={"value": "1.0"})
    changed = item.model_copy(update={"limits": {**item.limits, "sample_per_mille": limit}})
    other = standard.model_copy(update={"items": (changed,)})
    assert sample_rules(other).size(800_000) == 800
    assert sample_rules(other).size(500_000) == 600


@given(st.integers(0, 3000), st.lists(st.integers(0, 500), min_size=1, max_size=12))
@settings(max_examples=examples(60), deadline=None)
def test_largest_remainders_add_up_and_keep_within_one(total: int, weights: list[int]) -> None:
    named = {str(place): weight for place, weight in enumerate(weights)}
    shares = apportion(total, named)
    whole = sum(weights)
    assert sum(shares.values()) == (total if whole else 0)
    for name, weight in named.items():
        assert whole == 0 or abs(shares[name] * whole - total * weight) < whole


@given(st.integers(0, 900), st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 200)))
@settings(max_examples=examples(60), deadline=None)
def test_level_shares_keep_their_bounds_and_differ_by_one_at_most(total: int, most: dict[str, int]) -> None:
    shares = level(total, "abcdef", most)
    assert all(shares[name] <= bound for name, bound in most.items())
    open_shares = [share for name, share in shares.items() if share < most.get(name, total + 1)]
    assert max(open_shares, default=0) - min(open_shares, default=0) <= 1
    if len(most) < 6:
        assert sum(shares.values()) == total


def test_quotas_by_school_follow_the_pupils_and_add_up() -> None:
    found = roll(school(1, 1000), school(2, 500), school(3, 1))
    plan = make_plan(rules("basic-2012"), found, residents=None, standard_sha256="0", questionnaire="q")
    parents = {slot.school_id: slot.quota for slot in plan.slots if slot.group == "parents"}
    assert sum(parents.values()) == plan.groups["parents"]
    assert parents["2199000001"] > 1.9 * parents["2199000002"]
    assert sum(slot.quota for slot in plan.slots) == plan.size == 750


def test_missing_numbers_are_named_never_taken_as_zero() -> None:
    with pytest.raises(UserError, match="缺少人数") as caught:
        plan_of(roll(school(1), school(2, None)))
    assert "第 2 行" in caught.value.where
    with pytest.raises(UserError, match="没有 XX区 的常住人口"):
        plan_of(roll(school(1), residents=None))


def test_codes_are_fresh_hidden_and_name_no_one() -> None:
    found = roll(school(1, 1000), school(2, 500), school(3, 1))
    plan = make_plan(rules("basic-2012"), found, residents=None, standard_sha256="0", questionnaire="q")
    codes, method = make_codes(plan, load_method()), load_method()
    assert len({code.text for code in codes}) == plan.size
    assert {code.text for code in codes}.isdisjoint({code.text for code in make_codes(plan, method)})
    kept = codes_json(codes)["codes"]
    assert not any(code.text in str(kept) for code in codes[:20])
    principal = next(code for code in codes if code.group == "principals")
    assert kept[code_hash(principal.text)] == {"group": "principals", "school_id": ""}
    many = next(code for code in codes if code.group == "parents" and code.school_id == "2199000001")
    assert kept[code_hash(many.text.lower())]["school_id"] == "2199000001"


def test_schools_to_visit_cover_the_strata() -> None:
    schools = [school(n) for n in range(1, 9)] + [school(n, place="220") for n in range(9, 15)]
    schools += [
        school(20, kind="junior", place="121"),
        school(21, kind="special", place=""),
        school(22, kind="senior"),
    ]
    found = inspection_strata(roll(*schools), load_method(), 7)
    seats = {stratum.id: stratum.seats for stratum in found}
    assert seats == {"primary-town": 3, "primary-country": 2, "junior-town": 1, "special-unknown": 1}
    assert all(stratum.seats <= len(stratum.schools) for stratum in found)
    assert visits_stated(resolve("quality-2017", on=ON)) == (9, 11)
    with pytest.raises(UserError, match="可抽的学校有 16 所"):
        inspection_strata(roll(*schools), load_method(), 17)
