"""The rule table of the policy: every constant of the two standards, as the library must hold it."""

from decimal import Decimal
from typing import Any

import pytest

from junheng.standards import Item, Limit, Relaxation, Standard

FIND, LOCAL, DERIVED, KNOWN, THIRD = "found", "local", "derived", "known", "third_party"

LEVELS = [
    ("R1", "4.2", "5.3", "3.57", "4.505", "teachers_above_required_education_per_100"),
    ("R2", "1", "1", "0.85", "0.85", "backbone_teachers_per_100"),
    ("R3", "0.9", "0.9", "0.765", "0.765", "pe_and_arts_teachers_per_100"),
    ("R4", "4.5", "5.8", "3.825", "4.93", "teaching_area_per_pupil"),
    ("R5", "7.5", "10.2", "6.375", "8.67", "sports_area_per_pupil"),
    ("R6", "2000", "2500", "1700", "2125", "equipment_value_per_pupil"),
    ("R7", "2.3", "2.4", "1.955", "2.04", "multimedia_rooms_per_100"),
]


def item(standard: Standard, name: str) -> Item:
    return next(found for found in standard.items if found.id == name)


def limits(standard: Standard, name: str) -> dict[str, Any]:
    found: dict[str, dict[str, Any]] = {}
    for item_found in standard.items:
        found[item_found.id] = {key: limit.value for key, limit in item_found.limits.items()}
    for declared in standard.declarations:
        found[declared.id] = {key: limit.value for key, limit in declared.limits.items()}
    return found[name]


def relaxed(standard: Standard, name: str, relaxation: str) -> tuple[str, dict[str, Limit], str]:
    found = next(r for r in item(standard, name).relaxations if r.id == relaxation)
    return found.when, dict(found.limits), found.citation.certainty


@pytest.mark.parametrize(("rule", "primary", "junior", "floor_p", "floor_j", "indicator"), LEVELS)
def test_levels_floors_and_words(
    quality: Standard, rule: str, primary: str, junior: str, floor_p: str, floor_j: str, indicator: str
) -> None:
    found = quality.rule(rule)
    assert found.thresholds == {"primary": Decimal(primary), "junior": Decimal(junior)}
    assert (found.floor("primary"), found.floor("junior")) == (Decimal(floor_p), Decimal(floor_j))
    assert found.floor_ratio == Decimal("0.85")
    assert found.comparison == "不低于"
    assert primary in found.text
    assert junior in found.text
    assert found.indicator == indicator
    assert found.citation.certainty == FIND
    assert found.citation.document == "教督\u30142017\u30156号"
    assert found.citation.article.startswith("第六条")


def test_school_county_and_variation_rules(quality: Standard) -> None:
    assert quality.school_rule is not None
    assert quality.county_rule is not None
    assert (quality.school_rule.min_met, quality.school_rule.of) == (6, 7)
    assert quality.county_rule.school_pass_share == 1
    for rule in quality.indicators:
        assert rule.cv_limits == {"primary": Decimal("0.50"), "junior": Decimal("0.45")}
        assert rule.cv_citation is not None
        assert rule.cv_citation.certainty == FIND
        assert rule.cv_citation == rule.citation_of("cv_limits.primary")
    variation = quality.variation
    assert (variation.weights, variation.ddof, variation.per_indicator) == ("pupils", 0, True)
    assert (variation.comparison, variation.compare_decimals) == ("不超过", None)
    assert variation.composite_limits == {}  # informative only
    assert variation.citation.certainty == KNOWN  # the weighting is by analogy with the rules of 2012
    assert variation.citation.last_checked_on is None
    assert variation.citation_of("per_indicator").certainty == FIND


@pytest.mark.parametrize("name", ["quality", "basic"])
def test_split_weights(name: str, request: pytest.FixtureRequest) -> None:
    split = request.getfixturevalue(name).split
    assert split.weights == {
        "nine_year": {"primary": Decimal(1), "junior": Decimal("1.1")},
        "complete_secondary": {"junior": Decimal(1), "senior": Decimal("1.2")},
        "twelve_year": {"primary": Decimal(1), "junior": Decimal("1.1"), "senior": Decimal("1.32")},
    }


def test_split_columns(quality: Standard, basic: Standard) -> None:
    shared = {"teaching_area_m2", "indoor_sports_area_m2", "sports_ground_area_m2", "equipment_value_yuan"}
    assert set(quality.split.columns) == shared | {
        "converted_sports_m2",
        "leased_sports_m2",
        "multimedia_rooms",
    }
    assert set(basic.split.columns) == shared | {"computers", "books"}


def test_counting(quality: Standard, basic: Standard) -> None:
    own = quality.counting
    assert own.exclude_kinds == ("special", "vocational")
    assert own.exclude_run_by == ()
    assert own.private_counted is True
    assert (own.teaching_point_policy, own.teaching_point_min_pupils) == ("separate_if_ge_min", 50)
    assert own.citation.certainty == FIND
    assert own.citation_of("teaching_point_policy").certainty == DERIVED
    other = basic.counting
    assert other.private_counted is False
    assert other.citation_of("private_counted").certainty == FIND
    assert other.teaching_point_policy == "exclude"
    assert {"city", "province", "university", "enterprise"} <= set(other.exclude_run_by)
    assert "county" not in other.exclude_run_by


def test_numerator_relaxations(quality: Standard) -> None:
    found: dict[str, Relaxation] = {relaxation.id: relaxation for relaxation in quality.relaxations}
    assert found["R3s"].indicator == "R3"
    assert found["R3s"].when == "pupils >= 50 AND pupils < 100 AND urban_rural_code IN ('210','220')"
    assert found["R3s"].add == "extra_pe_arts"
    assert (found["R5d"].indicator, found["R5d"].when) == ("R5", "is_dense_core")
    assert found["R5d"].add == "converted_sports_m2"
    leased = "is_dense_core AND lease_walk_min <= 10 AND lease_id IS NOT NULL"
    assert (found["R5l"].indicator, found["R5l"].when, found["R5l"].add) == ("R5", leased, "leased_sports_m2")
    assert {relaxation.citation.certainty for relaxation in found.values()} == {THIRD}


ITEMS: list[tuple[str, dict[str, Any]]] = [
    ("G2", {"base_to_provincial": Decimal(1)}),
    ("G3", {"classes_per_room": Decimal(12), "music_room_area": Decimal(96), "art_room_area": Decimal(90)}),
    ("G4", {"pupils": {"primary": 2000, "junior": 2000, "nine_year": 2500, "twelve_year": 2500}}),
    ("G5", {"class_size": {"primary": 45, "junior": 50}}),
    ("G6", {"pupils": Decimal(100), "count_as": Decimal(100)}),
    ("G7", {"amount": Decimal(6000), "national_base": Decimal(7000)}),
    ("G8", {"pay_ratio": Decimal(1), "coverage": "public"}),
    ("G9", {"hours": Decimal(360), "years": Decimal(5), "rate": Decimal(1)}),
    ("G11", {"moved_of_eligible": Decimal("0.1"), "backbone_of_moved": Decimal("0.2")}),
    ("G12", {"rate": Decimal(1)}),
    ("G13", {"in_zone_rate": {"primary": Decimal(1), "junior": Decimal("0.95")}, "ownership": "public"}),
    ("G14", {"quota_rate": Decimal("0.5"), "tilt": "rural", "rating": "符合"}),
    ("G15", {"migrant_rate": Decimal("0.85"), "rating": "符合"}),
    ("Q1", {"rate": Decimal("0.95")}),
    ("Q2", {"rate": Decimal("0.95"), "national_goal": Decimal("0.97")}),
    ("Q4", {"rate": Decimal("0.05"), "base": "operating_budget_yuan"}),
    ("Q6", {"rating": "良好"}),
    ("Q9", {"level": "Ⅲ", "between_school_variation": Decimal("0.15")}),
    ("REC", {"rate": Decimal("0.85"), "sample_per_mille": Decimal("1.5"), "sample_min": Decimal(600)}),
    ("REC", {"sample_per_mille_alternative": Decimal(1), "parents": Decimal("0.5")}),
    ("V7", {"recognition": Decimal("0.85")}),
    ("ENTRY", {"years_since_basic": Decimal(3)}),
    ("SCOPE", {"logic": "AND"}),
]


@pytest.mark.parametrize(("name", "expected"), ITEMS)
def test_limits_of_items(quality: Standard, name: str, expected: dict[str, Any]) -> None:
    found = limits(quality, name)
    assert {key: found[key] for key in expected} == expected


def test_the_one_strict_limit_and_the_inclusive_ones(quality: Standard) -> None:
    words = {
        (found.id, key): limit.comparison for found in quality.items for key, limit in found.limits.items()
    }
    assert words["Q9", "between_school_variation"] == "小于"
    assert words["G6", "pupils"] == "小于"
    assert words["G5", "class_size"] == "不超过"
    assert words["G11", "moved_of_eligible"] == "不低于"


def test_parts_and_their_items(quality: Standard) -> None:
    assert quality.parts == ("resource", "government", "quality", "recognition", "veto")
    by_part = {part: [i.id for i in quality.items if i.part == part] for part in quality.parts}
    assert by_part["government"] == [f"G{n}" for n in range(1, 16)]
    assert by_part["quality"] == [f"Q{n}" for n in range(1, 10)]
    assert by_part["recognition"] == ["REC"]
    assert by_part["veto"] == [f"V{n}" for n in range(1, 9)]


def test_relaxations_of_items(quality: Standard) -> None:
    when, found, certainty = relaxed(quality, "G3", "G3a")
    assert (when, certainty) == ("built_year <= 2016", THIRD)
    assert (found["music_room_area"].value, found["art_room_area"].value) == (Decimal(73), Decimal(67))
    when, found, certainty = relaxed(quality, "G3", "G3b")
    assert when == "max_class_size < 30 AND urban_rural_code IN ('210','220')"
    for room in ("music_room_area", "art_room_area"):
        assert found[room].value == {"primary": Decimal(54), "junior": Decimal(61)}
    when, found, certainty = relaxed(quality, "G4", "G4a")
    assert (when, certainty) == ("built_year <= 2010 OR migrant_pupils > 0.5 * pupils", THIRD)
    assert found["pupils"].value == {
        "primary": Decimal(2400),
        "junior": Decimal(2400),
        "nine_year": Decimal(3000),
    }


def test_confirmed_and_unconfirmed_are_told_apart(quality: Standard) -> None:
    special = item(quality, "G7")
    assert special.citation.certainty == KNOWN
    assert special.citation_of("limits.national_base").certainty == FIND
    recognition = item(quality, "REC")
    assert recognition.citation_of("limits.rate").certainty == FIND
    for key in ("sample_per_mille", "sample_min", "sample_per_mille_alternative", "parents", "groups"):
        assert recognition.citation_of(f"limits.{key}").certainty == KNOWN


BASIC = [
    ("B1", "teaching_area_with_indoor_sports_per_pupil"),
    ("B2", "sports_area_per_pupil"),
    ("B3", "equipment_value_per_pupil"),
    ("B4", "computers_per_100"),
    ("B5", "books_per_pupil"),
    ("B6", "teachers_per_pupil"),
    ("B7", "teachers_above_required_education_per_pupil"),
    ("B8", "mid_or_senior_title_teachers_per_pupil"),
]


def test_basic_indicators_have_no_levels(basic: Standard) -> None:
    assert [(rule.id, rule.indicator) for rule in basic.indicators] == BASIC
    assert all(not rule.thresholds and not rule.cv_limits for rule in basic.indicators)
    assert all(rule.floor("primary") is None for rule in basic.indicators)
    assert (basic.school_rule, basic.county_rule) == (None, None)
    assert basic.rule("B4").citation_of("meaning").certainty == FIND
    assert basic.rule("B6").citation_of("meaning").certainty == KNOWN


def test_basic_composite(basic: Standard) -> None:
    variation = basic.variation
    assert variation.per_indicator is False
    assert variation.composite_limits == {"primary": Decimal("0.65"), "junior": Decimal("0.55")}
    assert (variation.weights, variation.ddof, variation.citation.certainty) == ("pupils", 0, FIND)
    assert len(basic.indicators) == 8


def test_basic_items(basic: Standard) -> None:
    assert basic.parts == ("resource", "government", "recognition")
    score = limits(basic, "BG")
    assert (score["items"], score["full"], score["score"], len(score["areas"])) == (17, 100, 85, 4)
    assert [i.id for i in basic.items if i.id.startswith("BG") and i.id != "BG"] == [
        f"BG{n}" for n in range(1, 18)
    ]
    assert limits(basic, "BG3")["rate"] == Decimal("0.80")
    assert limits(basic, "BG3")["rating"] == "符合"
    assert {"columns": 10, "local_columns": 11, "local_misses": 2}.items() <= limits(basic, "BS").items()
    assert item(basic, "BS").citation_of("limits.local_misses").certainty == LOCAL
    survey = limits(basic, "SAT")
    assert (survey["rate"], survey["sample_per_mille"], survey["sample_min"]) == (
        Decimal("0.85"),
        Decimal("1.5"),
        600,
    )
    assert (survey["small_county_residents"], survey["parents"], survey["valid_return"]) == (
        400000,
        Decimal("0.5"),
        Decimal("0.7"),
    )
