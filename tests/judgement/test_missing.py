"""The reason for an absent value names the cell, in the school or in a campus merged into it."""

from typing import Any

import pytest

from junheng.judgement import judge
from junheng.judgement.missing import coalesced
from junheng.standards import Standard


@pytest.fixture
def reasons(quality: Standard, county_of: Any, facts_of: Any) -> Any:
    def found(*schools: Any, school: str = "A", stage: str = "primary") -> dict[str, str | None]:
        result = judge(facts_of(county_of(*schools), quality), quality, year=2024)[0]
        row = next(one for one in result.schools if (one.school_id, one.stage) == (school, stage))
        return {key: one.reason.code if one.reason else None for key, one in row.indicators.items()}

    return found


def test_pupils_first(reasons: Any, school_of: Any) -> None:
    assert set(reasons(school_of("A", pupils=None)).values()) == {"missing:stage.pupils"}


def test_every_absent_cell_of_the_formula_is_named(reasons: Any, school_of: Any) -> None:
    found = reasons(school_of("A", pe=None, art=None))
    assert found["R3"] == "missing:teacher_count.pe,teacher_count.art"
    assert found["R1"] is None


def test_a_whole_row_may_be_absent(reasons: Any, school_of: Any) -> None:
    school = school_of("A")
    del school["premises"]
    assert reasons(school, school_of("B"))["R6"] == "missing:premises.equipment_value_yuan"


def test_a_merged_campus_is_named(reasons: Any, school_of: Any) -> None:
    campus = school_of("B", is_counted=False, parent_school_id="A", equipment_value_yuan=None)
    assert reasons(school_of("A"), campus)["R6"] == "missing:premises.equipment_value_yuan@B"


def test_a_campus_that_does_not_teach_the_stage_is_not_asked(reasons: Any, school_of: Any) -> None:
    campus = school_of("B", is_counted=False, parent_school_id="A", equipment_value_yuan=None)
    del campus["stage"], campus["teacher_count"]
    found = reasons(school_of("A", pe=None), campus)
    assert found["R3"] == "missing:teacher_count.pe"


def test_a_nine_year_school_without_one_of_its_stages_cannot_be_split(reasons: Any, school_of: Any) -> None:
    found = reasons(school_of("A", kind="nine_year"))
    assert found["R4"] == "split:row:junior"
    assert found["R1"] is None


def test_a_nine_year_school_without_pupils_of_one_stage_cannot_be_split(reasons: Any, school_of: Any) -> None:
    primary, junior = school_of("A", kind="nine_year"), school_of("A", "junior", pupils=None)
    del junior["school"], junior["premises"]
    assert reasons(primary, junior)["R7"] == "split:pupils:junior"
    assert reasons(primary, junior, stage="junior")["R7"] == "missing:stage.pupils"


def test_what_coalesce_makes_up_for_is_not_missing() -> None:
    assert coalesced("pe + COALESCE(arts, 0) + music") == {"arts"}
