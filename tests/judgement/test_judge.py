"""Counties from the outside: rows in, verdict.json out, checked against its schema."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from junheng.judgement import CountyFacts, CountyResult, Verdict, judge
from junheng.judgement.entry import entry_condition
from junheng.standards import Standard


@pytest.fixture
def county(quality: Standard, school_of: Any, county_of: Any, facts_of: Any) -> Any:
    """Judge a county made of these schools."""

    def judged(*schools: Any, standard: Standard = quality, **facts: Any) -> CountyResult:
        evaluation = facts_of(county_of(*schools), standard)
        known = {"150102": CountyFacts(**facts)}
        return judge(evaluation, standard, year=2024, facts=known)[0]

    return judged


def test_all_schools_pass_and_resource_is_met(county: Any, school_of: Any) -> None:
    found = county(school_of("A"), school_of("B"), school_of("C", "junior"))
    assert [school.verdict for school in found.schools] == [Verdict.MET] * 3
    assert found.parts["resource"].verdict is Verdict.MET
    assert found.verdict is Verdict.CANNOT_TELL  # nothing is reported of the other parts
    assert {
        str(part): one.verdict for part, one in found.parts.items() if part != "resource"
    } == dict.fromkeys(("government", "quality", "recognition", "veto"), Verdict.CANNOT_TELL)
    assert {"item_open:G1", "item_open:Q1", "item_open:REC", "item_open:V7"} <= {
        one.code for one in found.reasons
    }


def test_one_failing_school_fails_the_county(county: Any, school_of: Any) -> None:
    found = county(school_of("A"), school_of("B", backbone=0))
    assert found.verdict is Verdict.NOT_MET
    assert found.parts["resource"].reasons[0].code == "schools_failed:primary:1/2"
    assert found.schools[1].indicators["R2"].shortfall == 10


def test_one_miss_at_its_floor_is_tolerated(county: Any, school_of: Any) -> None:
    found = county(school_of("A", equipment_value_yuan=1_700_000.0))
    assert found.schools[0].met == 6
    assert found.schools[0].verdict is Verdict.MET
    assert county(school_of("A", equipment_value_yuan=1_699_999.0)).schools[0].verdict is Verdict.NOT_MET


def test_an_absent_cell_makes_exactly_what_depends_on_it_untellable(county: Any, school_of: Any) -> None:
    found = county(school_of("A", indoor_sports_area_m2=None), school_of("B"))
    schools = {school.school_id: school for school in found.schools}
    verdicts = {key: result.verdict for key, result in schools["A"].indicators.items()}
    assert [key for key, verdict in verdicts.items() if verdict is Verdict.CANNOT_TELL] == ["R4", "R5"]
    assert schools["A"].verdict is Verdict.CANNOT_TELL
    assert schools["B"].verdict is Verdict.MET
    reason = schools["A"].indicators["R4"].reason
    assert reason is not None
    assert reason.code == "missing:premises.indoor_sports_area_m2"
    assert "室内体育用房面积" in reason.text.zh
    stage = found.stages["primary"]
    assert (stage.passed, stage.undecided) == (1, 1)
    assert stage.indicators["R4"].cv_verdict is Verdict.CANNOT_TELL
    assert stage.indicators["R6"].cv_verdict is Verdict.MET
    assert found.parts["resource"].verdict is Verdict.CANNOT_TELL


def test_a_failure_stands_whatever_is_absent(county: Any, school_of: Any) -> None:
    found = county(school_of("A", teaching_area_m2=None, backbone=0))
    assert found.schools[0].verdict is Verdict.NOT_MET


def test_zero_pupils_are_listed_and_not_judged(county: Any, school_of: Any) -> None:
    found = county(school_of("A"), school_of("B", pupils=0), school_of("C", pupils=None))
    assert [(row.school_id, row.reason.code) for row in found.skipped] == [("B", "no_pupils")]
    stage = found.stages["primary"]
    assert (stage.schools, stage.without_pupils, stage.undecided) == (2, 1, 1)
    unknown = stage.indicators["R1"]
    assert unknown.reason is not None
    assert unknown.reason.code == "unknown_pupils:1"


def test_a_stage_without_schools_does_not_decide_and_is_flagged(county: Any, school_of: Any) -> None:
    found = county(school_of("A"))
    assert found.parts["resource"].verdict is Verdict.MET
    assert [reason.code for reason in found.parts["resource"].reasons] == ["stage_empty:junior"]


def test_only_schools_that_do_not_count_decide_nothing(county: Any, school_of: Any) -> None:
    found = county(school_of("A", kind="special"))
    assert found.verdict is Verdict.CANNOT_TELL
    assert found.parts["resource"].reasons[0].code == "no_counted_schools"
    assert found.skipped[0].reason.code == "kind:special"


def test_a_mean_of_zero_leaves_the_coefficient_open(county: Any, school_of: Any) -> None:
    found = county(school_of("A", backbone=0), school_of("B", backbone=0))
    indicator = found.stages["primary"].indicators["R2"]
    assert indicator.cv_verdict is Verdict.CANNOT_TELL
    assert indicator.reason is not None
    assert indicator.reason.code == "mean_zero"
    assert found.verdict is Verdict.NOT_MET


@pytest.mark.parametrize(
    ("day", "verdict"),
    [(date(2021, 9, 1), Verdict.MET), (date(2021, 9, 2), Verdict.NOT_MET), (None, Verdict.CANNOT_TELL)],
)
def test_entry_is_told_apart_from_the_verdict(
    county: Any, school_of: Any, day: date | None, verdict: Verdict
) -> None:
    found = county(school_of("A"), basic_recognised_on=day, name="XX区")
    assert found.entry.verdict is verdict
    assert found.verdict is Verdict.CANNOT_TELL
    assert found.name == "XX区"


@pytest.mark.parametrize(("on", "verdict"), [(date(2023, 2, 28), "not_met"), (date(2023, 3, 1), "met")])
def test_a_leap_day_is_due_on_the_first_of_march(quality: Standard, on: date, verdict: str) -> None:
    found = entry_condition(quality.model_copy(update={"on": on}), date(2020, 2, 29))
    assert found is not None
    assert found.verdict == verdict


def test_basic_2012_rests_on_the_composite_alone(county: Any, school_of: Any, basic: Standard) -> None:
    found = county(school_of("A"), standard=basic)
    school = found.schools[0]
    assert school.verdict is None
    assert school.indicators["B3"].verdict is None
    assert school.indicators["B3"].threshold is None
    assert found.stages["primary"].composite_verdict is Verdict.CANNOT_TELL  # computers, books … are absent
    assert "B4" in {key for key, one in found.stages["primary"].indicators.items() if one.cv is None}
    assert found.stages["primary"].indicators["B3"].cv_verdict is None


def test_verdict_json_keeps_its_schema(
    county: Any, school_of: Any, basic: Standard, schema_path: Path
) -> None:
    schema = json.loads(schema_path.read_text("utf-8"))
    schools = (
        school_of("A", indoor_sports_area_m2=None),
        school_of("B", pupils=0),
        school_of("C", "junior", backbone=0),
        school_of("D", kind="vocational"),
        school_of("E", equipment_value_yuan=1_999_999.0),
    )
    for standard in (None, basic):
        options = {} if standard is None else {"standard": standard}
        content = county(*schools, **options).as_json()
        jsonschema.validate(json.loads(json.dumps(content)), schema)
        assert set(content) == {
            "standard",
            "year",
            "county",
            "stages",
            "items",
            "schools",
            "skipped",
            "rounding",
        }


def test_rounding_and_weights_that_would_change_a_verdict_are_flagged(county: Any, school_of: Any) -> None:
    found = county(school_of("A", equipment_value_yuan=1_999_999.0), school_of("B", pupils=999, backbone=9))
    flags = {(flag.kind, flag.indicator, flag.against, flag.decimals) for flag in found.rounding}
    assert ("value", "R6", "threshold", 2) in flags
    assert ("value", "R6", "threshold", 3) not in flags
    # 900/999 = 0.9009…: neither line is near.
    assert not any(flag.indicator == "R2" for flag in found.rounding)


def test_leaving_out_the_weights_is_flagged_where_it_flips(county: Any, school_of: Any) -> None:
    """The official worked example: 0.515 with weights, 0.489 without, the limit 0.50 between them."""
    pupils, areas = (45, 37, 89, 76, 55), (279.0, 137.0, 935.0, 160.0, 402.0)
    schools = [school_of(f"S{p}", pupils=p, teaching_area_m2=x) for p, x in zip(pupils, areas, strict=True)]
    found = county(*schools)
    indicator = found.stages["primary"].indicators["R4"]
    assert indicator.cv == pytest.approx(0.515257, abs=5e-7)
    assert indicator.cv_verdict is Verdict.NOT_MET
    flags = [flag for flag in found.rounding if flag.kind == "unweighted_cv" and flag.indicator == "R4"]
    assert [flag.would_be for flag in flags] == ["met"]
