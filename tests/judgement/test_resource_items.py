"""The resource part waits for what the standard declares under it; each reason says how it bears."""

import json
from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from junheng.judgement import CountyResult, Verdict, judge
from junheng.standards import Standard


@pytest.fixture
def county(school_of: Any, county_of: Any, facts_of: Any) -> Any:
    """Judge a county made of these schools by a standard."""

    def judged(standard: Standard, *schools: Any) -> CountyResult:
        evaluation = facts_of(county_of(*schools), standard)
        return judge(evaluation, standard, year=2024)[0]

    return judged


def _whole(school: Any) -> Any:
    """A school with what the eight indicators of basic-2012 need beside the seven of quality-2017."""
    school["premises"] |= {"computers": 10, "books": 900}
    school["teacher_count"] |= {"full_time": 50, "mid_or_senior_title": 20}
    return school


def test_an_item_without_data_leaves_the_part_open(county: Any, school_of: Any, basic: Standard) -> None:
    found = county(basic, _whole(school_of("A")), _whole(school_of("B", "junior")))
    assert found.stages["primary"].composite_verdict is Verdict.MET
    part = found.parts["resource"]
    assert part.verdict is Verdict.CANNOT_TELL
    assert [why.code for why in part.reasons] == ["no_attestation:BS"]
    assert "没有佐证" in part.reasons[0].text.zh
    item = found.as_json()["items"]["BS"]  # type: ignore[index]  # a JSON object
    assert (item["part"], item["verdict"], item["reason"]["code"]) == (
        "resource",
        "cannot_tell",
        "no_attestation:BS",
    )


def test_a_failed_coefficient_fails_the_part_all_the_same(
    county: Any, school_of: Any, basic: Standard
) -> None:
    strict = basic.model_copy(
        update={
            "variation": basic.variation.model_copy(
                update={"composite_limits": {"primary": Decimal("0.001")}}
            )
        }
    )
    rich = school_of("B", teaching_area_m2=50_000.0, equipment_value_yuan=9e7)
    found = county(strict, _whole(school_of("A")), _whole(rich))
    part = found.parts["resource"]
    assert part.verdict is Verdict.NOT_MET
    assert [(why.code, why.verdict) for why in part.reasons] == [
        ("cv_exceeded:primary:composite", Verdict.NOT_MET),
        ("no_attestation:BS", Verdict.CANNOT_TELL),
        ("stage_empty:junior", None),
    ]


def test_reasons_say_what_fails_and_what_is_open(
    county: Any, school_of: Any, quality: Standard, schema_path: Any
) -> None:
    found = county(quality, school_of("A", backbone=0), school_of("B", pe=None), school_of("C"))
    told = found.as_json()
    jsonschema.validate(told, json.loads(schema_path.read_text("utf-8")))
    bearing = {why["code"]: why["verdict"] for why in told["county"]["reasons"]}  # type: ignore[index]  # JSON of objects
    assert bearing["schools_failed:primary:1/3"] == "not_met"
    assert bearing["schools_undecided:primary:1/3"] == "cannot_tell"
    assert bearing["cv_exceeded:primary:R2"] == "not_met"
    assert bearing["cv_unknown:primary:R3"] == "cannot_tell"
    assert bearing["stage_empty:junior"] is None
    assert bearing["item_open:G1"] == "cannot_tell"
    parts = told["county"]["part_reasons"]  # type: ignore[index]  # JSON of objects
    assert [why["code"] for why in parts["resource"]] == list(bearing)[: len(parts["resource"])]


def test_enough_passing_schools_leave_a_failed_one_undecisive(
    county: Any, school_of: Any, quality: Standard
) -> None:
    assert quality.county_rule is not None
    half = quality.county_rule.model_copy(update={"school_pass_share": Decimal("0.9")})
    found = county(
        quality.model_copy(update={"county_rule": half}),
        school_of("A", backbone=0),
        *(school_of(f"B{i}") for i in range(8)),
        school_of("C", pe=None),
        school_of("D"),
    )
    bearing = {why.code: why.verdict for why in found.parts["resource"].reasons}
    assert bearing["schools_failed:primary:1/11"] is Verdict.CANNOT_TELL
