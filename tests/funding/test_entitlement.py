"""What a school is due: the worked arithmetic, each side of every limit, and what cannot be told."""

from pathlib import Path
from typing import Any

import pytest
from tests.funding.made import rules, school, stage

from junheng.funding import entitlement

Json = dict[str, Any]


def _yuan(found: Json) -> dict[tuple[str, str], tuple[str, str, str]]:
    return {
        (one["slot"], one["stage"]): (one["quantity"], one["rate"], one["yuan"]) for one in found["addends"]
    }


def test_the_sum_of_a_school_with_everything() -> None:
    """Hohhot 2020, as the city printed its amounts: 650/850, +10 % bilingual, +200 boarders, 6,000 special."""
    primary = stage(pupils=400, boarders=90, bilingual=300, inclusive=2, home_taught=1)
    junior = stage("junior", 260, boarders=110, bilingual=60)
    found = entitlement(school(primary, junior, kind="nine_year"), rules("150102", 2020))
    assert _yuan(found) == {
        ("base", "primary"): ("397", "650", "258050"),
        ("special", "primary"): ("3", "6000", "18000"),
        ("boarding", "primary"): ("90", "200", "18000"),
        ("bilingual", "primary"): ("300", "65", "19500"),
        ("base", "junior"): ("260", "850", "221000"),
        ("boarding", "junior"): ("110", "200", "22000"),
        ("bilingual", "junior"): ("60", "85", "5100"),
    }
    assert found["total_yuan"] == "561650"
    assert found["central_yuan"] == "429640"  # 8:2 of all but the city's own addition


@pytest.mark.parametrize(("pupils", "lacking"), [(99, "1"), (100, None), (101, None), (1, "99")])
def test_fewer_than_a_hundred_count_as_a_hundred(pupils: int, lacking: str | None) -> None:
    found = _yuan(entitlement(school(stage(pupils=pupils)), rules()))
    assert found.get(("small_school", ""), (None,))[0] == lacking


def test_a_small_town_school_is_not_topped_up_but_a_teaching_point_is() -> None:
    town = school(stage(pupils=40), rural=False)
    point = school(stage(pupils=40), rural=None, kind="teaching_point")
    unknown = school(stage(pupils=40), rural=None)
    assert entitlement(town, rules())["total_yuan"] == "28800"
    assert entitlement(point, rules())["total_yuan"] == "72000"
    assert entitlement(unknown, rules())["total_yuan"] is None


@pytest.mark.parametrize(("mode", "rate"), [("weighted_mean", "808"), ("lowest", "720"), ("highest", "940")])
def test_the_base_of_the_missing_is_a_field(tmp_path: Path, mode: str, rate: str) -> None:
    """30 × 720 + 20 × 940 over 50 is 808."""
    overlay = tmp_path / "small.yaml"
    overlay.write_text(
        "overlay: {id: s, name: {zh: 小, en: s}, region: '15'}\nrules:\n"
        "  - id: S\n    role: small_school\n    name: {zh: 小, en: s}\n    in_force_from: 2020-01-01\n"
        "    source: {document: d, article: a, certainty: local}\n"
        f"    values: {{pupils_lt: 100, count_as: 100, base: {mode}, rural: true, kinds: [teaching_point]}}\n",
        encoding="utf-8",
    )
    found = entitlement(
        school(stage(pupils=30), stage("junior", 20), kind="nine_year"), rules(overlays=(overlay,))
    )
    assert _yuan(found)["small_school", ""][:2] == ("50", rate)


def test_a_mean_without_end_stays_exact() -> None:
    found = entitlement(school(stage(pupils=10), stage("junior", 11), kind="nine_year"), rules())
    assert _yuan(found)["small_school", ""] == ("79", "17540/21", "1385660/21")


def test_all_of_a_special_school_on_the_special_base() -> None:
    found = entitlement(school(stage(pupils=30, home_taught=6), kind="special"), rules())
    assert _yuan(found) == {("special", "primary"): ("30", "7000", "210000")}


def test_senior_pupils_are_not_funded_here() -> None:
    both = school(stage("junior", 300), stage("senior", 900), kind="complete_secondary")
    assert entitlement(both, rules())["total_yuan"] == "282000"


def test_what_the_place_adds_the_place_bears() -> None:
    """Liaoning's 935 is above the nation's 720: the centre bears half of 720."""
    found = entitlement(school(stage(pupils=200)), rules("210999"))
    assert (found["total_yuan"], found["central_yuan"]) == ("187000", "72000")


def test_heating_by_area_per_pupil_and_not_at_all(tmp_path: Path) -> None:
    text = (
        "overlay: {id: h, name: {zh: 暖, en: h}, region: '15'}\nrules:\n"
        "  - id: H\n    role: heating\n    name: {zh: 采暖, en: heating}\n    in_force_from: 2020-01-01\n"
        "    source: {document: d, article: a, certainty: local}\n    values: VALUES\n"
    )
    overlay = tmp_path / "heat.yaml"
    warm, cold = school(stage(), heated_area_m2="1000.5"), school(stage())
    assert entitlement(warm, rules())["total_yuan"] == "144000"
    for values, wanted in (
        ("{per_m2: 20}", "164010"),
        ("{per_pupil: 60}", "156000"),
        ("{per_m2: 20, per_pupil: 60}", "176010"),
    ):
        overlay.write_text(text.replace("VALUES", values), encoding="utf-8")
        assert entitlement(warm, rules(overlays=(overlay,)))["total_yuan"] == wanted
    assert entitlement(cold, rules(overlays=(overlay,)))["reasons"] == [
        {"zh": "采暖面积未报", "en": "the heated area is not reported"}
    ]


@pytest.mark.parametrize("name", ["pupils", "boarders", "inclusive", "home_taught"])
def test_what_is_not_reported_is_never_nought(name: str) -> None:
    found = entitlement(school(stage(**{name: None})), rules())
    assert found["total_yuan"] is None
    assert found["central_yuan"] is None
    assert len(found["reasons"]) == 1


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        (school(), "没有义务教育学段"),
        (school(stage(pupils=0)), "没有学生"),
        (school(stage(pupils=3, inclusive=4)), "多于在校生"),
    ],
)
def test_schools_of_which_nothing_can_be_told(asked: Json, word: str) -> None:
    found = entitlement(asked, rules())
    assert found["total_yuan"] is None
    assert word in found["reasons"][0]["zh"]


def test_no_rule_in_force_is_said() -> None:
    found = entitlement(school(stage()), rules(year=2015))
    assert found["total_yuan"] is None
    assert "没有规则" in found["reasons"][0]["zh"]
