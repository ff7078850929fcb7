"""Registers are counted in, and a cell that breaks a 逻辑 rule is as good as absent."""

from types import SimpleNamespace

import pytest

from junheng.verification.cells import Year
from junheng.verification.reported import reported_year

SCHOOL = {"school_id": "S", "kind": "primary", "county_code": "150102"}
STAGE = {"school_id": "S", "stage": "primary"}


def _reported(build: SimpleNamespace, **tables: list[dict[str, object]]) -> Year:
    return reported_year(build.snapshot(**{"school": [SCHOOL], **tables}), 2024)


def _teacher(number: int, **cells: object) -> dict[str, object]:
    return {"teacher_id": f"T{number}", **STAGE, "education": "bachelor", "subject": "pe", **cells}


def test_teachers_are_counted_where_nothing_was_reported(build: SimpleNamespace) -> None:
    persons = [
        _teacher(1),
        _teacher(2, education="associate", subject="maths"),
        _teacher(3, is_full_time=False),
    ]
    found = _reported(build, stage=[{**STAGE, "pupils": 30}], teacher=persons).teachers["S", "primary"]
    assert [found[c] for c in ("full_time", "bachelor", "associate", "doctor", "pe")] == [2, 1, 1, 0, 1]
    assert found["backbone"] is None  # nobody's level was told


def test_one_unknown_person_leaves_the_count_unknown(build: SimpleNamespace) -> None:
    persons = [_teacher(1), _teacher(2, education=None)]
    found = _reported(build, stage=[{**STAGE, "pupils": 30}], teacher=persons).teachers["S", "primary"]
    assert [found[c] for c in ("full_time", "bachelor", "doctor", "pe")] == [2, None, None, 2]


def test_a_reported_figure_is_kept(build: SimpleNamespace) -> None:
    counts: list[dict[str, object]] = [{**STAGE, "pe": 1, "music": None}]
    found = _reported(
        build, stage=[{**STAGE, "pupils": 30}], teacher_count=counts, teacher=[_teacher(1), _teacher(2)]
    )
    assert [found.teachers["S", "primary"][c] for c in ("pe", "music", "full_time")] == [1, 0, 2]


def test_pupils_make_stage_and_classes(build: SimpleNamespace) -> None:
    pupils = [
        {"pupil_id": f"P{i}", **STAGE, "grade": 1 + i % 2, "class_no": "1", "boarder": i == 0}
        for i in range(5)
    ]
    found = _reported(build, pupil=pupils).stages["S", "primary"]
    assert [found[c] for c in ("pupils", "boarders", "classes", "max_class_size")] == [5, 1, 2, 3]


@pytest.mark.parametrize(
    ("counts", "blank"),
    [
        ({"full_time": -1}, {"full_time"}),
        ({"full_time": 10, "backbone": 11}, {"backbone"}),
        ({"full_time": 3, "doctor": 4, "pe": 1}, {"full_time", "doctor"}),
        ({"full_time": 3, "pe": 2, "music": 2}, {"pe", "music"}),
        ({"full_time": 3, "pe": 2, "music": 1}, set()),
    ],
)
def test_impossible_counts_are_blank(build: SimpleNamespace, counts: dict[str, int], blank: set[str]) -> None:
    found = _reported(build, stage=[{**STAGE, "pupils": 30}], teacher_count=[{**STAGE, **counts}])
    row = found.teachers["S", "primary"]
    assert {column for column in counts if row[column] is None} == blank


def test_a_sports_hall_larger_than_the_building_it_is_in(build: SimpleNamespace) -> None:
    premises = {"school_id": "S", "teaching_area_m2": 100.0, "indoor_sports_area_m2": 100.5}
    found = _reported(build, stage=[{**STAGE, "pupils": 30}], premises=[premises]).premises["S"]
    assert (found["teaching_area_m2"], found["indoor_sports_area_m2"]) == (100, None)


def test_classes_that_do_not_add_up_condemn_the_pupils(build: SimpleNamespace) -> None:
    rows: list[dict[str, object]] = [
        {**STAGE, "grade": grade, "class_no": "1", "pupils": 20} for grade in (1, 2)
    ]
    tables = {"stage": [{**STAGE, "pupils": 39, "classes": 2}], "class": rows}
    found = _reported(build, **tables).stages["S", "primary"]
    assert (found["pupils"], found["classes"]) == (None, 2)


def test_a_parent_that_was_not_reported_is_no_parent(build: SimpleNamespace) -> None:
    lost = {**SCHOOL, "parent_school_id": "X", "is_counted": False}
    found = _reported(build, school=[lost], stage=[{**STAGE, "pupils": 30}])
    assert found.schools["S"]["parent_school_id"] is None


def test_what_one_rule_blanks_another_still_sees(build: SimpleNamespace) -> None:
    """Relations are looked at together: neither the order of the rules nor of the rows matters."""
    counts = {"full_time": 3, "doctor": 4, "backbone": 5}
    found = _reported(build, stage=[{**STAGE, "pupils": 30}], teacher_count=[{**STAGE, **counts}])
    row = found.teachers["S", "primary"]
    assert [row[c] for c in counts] == [None, None, None]
