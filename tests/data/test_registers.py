"""Registers of persons fill what was not reported, and contradict nothing in silence."""

from collections import Counter
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.data import (
    ROW_COLUMN,
    SOURCE_COLUMN,
    Snapshot,
    load_dictionary,
    load_registers,
    roll_up_registers,
)
from junheng.data.register_query import register_sql

KEY = {"year": 2024, "school_id": "A", "stage": "primary"}
TYPES = {
    "year": pa.int32(),
    "grade": pa.int64(),
    "training_hours_5y": pa.float64(),
    SOURCE_COLUMN: pa.int32(),
}
FLAGS = (
    "is_full_time",
    "has_certificate",
    "boarder",
    "migrant",
    "extra_pe_arts",
    "rotated",
    "eligible_to_rotate",
)
NUMBERS = ("pupils", "boarders", "full_time", "backbone", "pe", "classes", ROW_COLUMN)


def table(rows: list[dict[str, Any]]) -> pa.Table:
    names = list(dict.fromkeys(name for row in rows for name in row))
    types = TYPES | dict.fromkeys(FLAGS, pa.bool_()) | dict.fromkeys(NUMBERS, pa.int64())
    return pa.table({n: pa.array([row.get(n) for row in rows], types.get(n, pa.string())) for n in names})


def rolled(**tables: list[dict[str, Any]]) -> Snapshot:
    return roll_up_registers(Snapshot({name: table(rows) for name, rows in tables.items()}, (), ()))


def only(snapshot: Snapshot, name: str) -> dict[str, Any]:
    (row,) = snapshot.tables[name].to_pylist()
    return dict(row)


def teacher(**cells: Any) -> dict[str, Any]:
    known = {"education": "bachelor", "subject": "maths", "backbone_level": "none", "title": "junior"}
    known |= {
        "has_certificate": True,
        "training_hours_5y": 400.0,
        "eligible_to_rotate": False,
        "rotated": False,
    }
    return {**KEY, SOURCE_COLUMN: 7, **known, "is_full_time": None, "extra_pe_arts": False, **cells}


def test_teachers_are_counted_by_what_they_are() -> None:
    found = only(
        rolled(
            teacher=[
                teacher(education="master", subject="pe", backbone_level="city", title="associate_senior"),
                teacher(
                    education="associate", subject="music", backbone_level="school", training_hours_5y=359.0
                ),
                teacher(
                    has_certificate=False, eligible_to_rotate=True, rotated=True, backbone_level="county"
                ),
                teacher(subject="pe", is_full_time=False, extra_pe_arts=True),
            ]
        ),
        "teacher_count",
    )
    expected = {
        "full_time": 3,
        "doctor": 0,
        "master": 1,
        "bachelor": 1,
        "associate": 1,
        "backbone": 2,
        "pe": 1,
    }
    expected |= {"music": 1, "art": 0, "mid_or_senior_title": 1, "certified": 2, "trained_360h": 2}
    expected |= {"eligible_to_rotate": 1, "rotated": 1, "rotated_backbone": 1, "extra_pe_arts": 1}
    assert {name: found[name] for name in expected} == expected
    assert (found[SOURCE_COLUMN], found[ROW_COLUMN]) == (7, None)


def test_nobody_is_counted_twice() -> None:
    found = only(rolled(teacher=[teacher(subject="art", extra_pe_arts=True)]), "teacher_count")
    assert (found["art"], found["extra_pe_arts"]) == (1, 0)


def test_one_blank_cell_leaves_its_count_absent() -> None:
    found = only(rolled(teacher=[teacher(), teacher(education=None)]), "teacher_count")
    assert (found["full_time"], found["bachelor"], found["doctor"], found["backbone"]) == (2, None, None, 0)


def test_a_blank_of_a_person_who_does_not_count_does_no_harm() -> None:
    found = only(rolled(teacher=[teacher(), teacher(education=None, is_full_time=False)]), "teacher_count")
    assert (found["full_time"], found["bachelor"]) == (1, 1)


def test_a_column_the_register_lacks_is_absent() -> None:
    found = only(rolled(teacher=[{**KEY, "education": "doctor"}]), "teacher_count")
    assert (found["doctor"], found["certified"], found["pe"]) == (1, None, None)


def pupil(grade: int | None, class_no: str | None, **cells: Any) -> dict[str, Any]:
    return {**KEY, SOURCE_COLUMN: 3, "grade": grade, "class_no": class_no, "boarder": False, **cells}


def test_pupils_make_stages_and_classes() -> None:
    snapshot = rolled(pupil=[pupil(1, "1", boarder=True), pupil(1, "1"), pupil(1, "2"), pupil(2, "1")])
    stage = only(snapshot, "stage")
    assert (stage["pupils"], stage["boarders"], stage["classes"], stage["max_class_size"]) == (4, 1, 3, 2)
    assert stage["migrant_pupils"] is None
    classes = [(row["grade"], row["class_no"], row["pupils"]) for row in snapshot.tables["class"].to_pylist()]
    assert classes == [(1, "1", 2), (1, "2", 1), (2, "1", 1)]


def test_a_pupil_without_a_class_leaves_the_classes_unknown() -> None:
    stage = only(rolled(pupil=[pupil(1, "1"), pupil(1, None)]), "stage")
    assert (stage["pupils"], stage["classes"], stage["max_class_size"]) == (2, None, None)


def test_a_register_without_classes_still_counts_pupils() -> None:
    snapshot = rolled(pupil=[{**KEY, SOURCE_COLUMN: 3}])
    assert only(snapshot, "stage")["pupils"] == 1
    assert "class" not in snapshot.tables


def test_reported_figures_stay_and_gaps_are_filled() -> None:
    reported = [{**KEY, "pupils": 5, "boarders": None, SOURCE_COLUMN: 0, ROW_COLUMN: 12}]
    other = {**pupil(1, "1"), "school_id": "B"}
    snapshot = rolled(stage=reported, pupil=[pupil(1, "1", boarder=True), pupil(1, "1"), other])
    first, second = snapshot.tables["stage"].to_pylist()
    assert (first["pupils"], first["boarders"], first[SOURCE_COLUMN], first[ROW_COLUMN]) == (5, 1, 0, 12)
    assert (second["school_id"], second["pupils"], second[SOURCE_COLUMN], second[ROW_COLUMN]) == (
        "B",
        1,
        3,
        None,
    )


def test_a_disagreement_is_a_problem_with_both_figures() -> None:
    (problem,) = rolled(stage=[{**KEY, "pupils": 5}], pupil=[pupil(1, "1"), pupil(1, "1")]).problems
    assert (problem.severity, problem.table, problem.column, problem.school_id) == (
        "experience",
        "stage",
        "pupils",
        "A",
    )
    assert "5" in problem.what.zh
    assert "2" in problem.what.zh
    assert "reported 5" in problem.what.en


def test_agreement_is_no_problem_and_no_register_changes_nothing() -> None:
    assert rolled(stage=[{**KEY, "pupils": 2}], pupil=[pupil(1, "1"), pupil(1, "1")]).problems == ()
    snapshot = Snapshot({"stage": table([{**KEY, "pupils": 5}])}, (), ())
    assert roll_up_registers(snapshot).tables == snapshot.tables


def test_rolling_up_twice_changes_nothing() -> None:
    once = rolled(teacher=[teacher()], pupil=[pupil(1, "1")])
    again = roll_up_registers(once)
    assert {name: found.to_pylist() for name, found in again.tables.items()} == {
        name: found.to_pylist() for name, found in once.tables.items()
    }


@settings(max_examples=examples(30), deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("AB"), st.integers(1, 3), st.sampled_from(["1", "2"]), st.booleans()),
        min_size=1,
    )
)
def test_the_roll_up_is_a_plain_count(pupils: list[tuple[str, int, str, bool]]) -> None:
    rows = [{**KEY, "school_id": s, "grade": g, "class_no": c, "boarder": b} for s, g, c, b in pupils]
    stages = {row["school_id"]: row for row in rolled(pupil=rows).tables["stage"].to_pylist()}
    assert {s: row["pupils"] for s, row in stages.items()} == Counter(s for s, *_ in pupils)
    assert {s: row["boarders"] for s, row in stages.items()} == {
        s: sum(b for t, *_, b in pupils if t == s) for s in stages
    }
    assert {s: row["classes"] for s, row in stages.items()} == Counter(s for s, *_ in {p[:3] for p in pupils})


@pytest.mark.parametrize("register", load_registers().values(), ids=lambda found: found.name)
def test_definitions_name_columns_of_the_dictionary(register: Any) -> None:
    target = load_dictionary().tables[register.target].columns
    assert set(register.columns) <= set(target)
    sql, columns = register_sql(
        register.name, load_dictionary().tables[register.name].columns, register.columns
    )
    assert columns[:3] == ("year", "school_id", "stage")
    assert set(columns[3:]) == set(register.columns)
    assert "NULL AS" not in sql


def test_only_what_is_wanted_is_counted() -> None:
    sql, columns = register_sql("teacher", ["year", "school_id", "stage", "subject"], ["pe", "nonsense"])
    assert columns == ("year", "school_id", "stage", "pe")
    assert "education" not in sql
