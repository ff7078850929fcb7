"""Changes laid over tables: what is added, what stays absent, what is refused; the given
tables never change."""

import pyarrow as pa
import pytest

from junheng.basics import UserError
from junheng.data import (
    AddBuilding,
    MergeSchools,
    OpenSchool,
    SetCell,
    change_tables,
    changes_json,
    new_school_id,
    read_changes,
)

A, B, C = "2100000001", "2100000002", "3100000003"


def _table(rows: list[dict[str, object]], **types: pa.DataType) -> pa.Table:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pa.table({name: pa.array([row.get(name) for row in rows], types.get(name)) for name in names})


def _tables() -> dict[str, pa.Table]:
    school = [
        {
            "year": 2024,
            "school_id": A,
            "name": "甲",
            "kind": "primary",
            "county_code": "999901",
            "is_counted": True,
        },
        {
            "year": 2024,
            "school_id": B,
            "name": "乙",
            "kind": "primary",
            "county_code": "999901",
            "is_counted": True,
        },
        {
            "year": 2024,
            "school_id": C,
            "name": "丙",
            "kind": "junior",
            "county_code": "999901",
            "is_counted": True,
        },
    ]
    stages = [(A, "primary", 400, 10, 45), (B, "primary", 300, 8, 50), (C, "junior", 500, 12, 48)]
    names = ("school_id", "stage", "pupils", "classes", "max_class_size")
    stage = [{"year": 2024, **dict(zip(names, row, strict=True))} for row in stages]
    teachers = [(A, "primary", 30, 12), (B, "primary", 20, None), (C, "junior", 40, 9)]
    staff = [
        {"year": 2024, "school_id": code, "stage": one, "full_time": full, "backbone": best}
        for code, one, full, best in teachers
    ]
    premises = [(A, 2000.5, 10), (B, 1000.25, None), (C, 3000.0, 20)]
    rooms = [
        {"year": 2024, "school_id": code, "teaching_area_m2": area, "multimedia_rooms": number}
        for code, area, number in premises
    ]
    classes = [
        {"year": 2024, "school_id": code, "stage": "primary", "grade": 1, "class_no": "1", "pupils": 40}
        for code in (A, B)
    ]
    listed = {"school": school, "stage": stage, "teacher_count": staff, "premises": rooms, "class": classes}
    return {name: _table(rows) for name, rows in listed.items()}


def _row(tables: dict[str, pa.Table], name: str, school: str, stage: str = "") -> dict[str, object]:
    rows = [row for row in tables[name].to_pylist() if row["school_id"] == school]
    (found,) = [row for row in rows if not stage or row["stage"] == stage]
    return dict(found)


def test_a_cell_becomes_what_is_said_and_the_given_tables_stay() -> None:
    tables = _tables()
    changed = change_tables(tables, [SetCell(A, "primary", "stage", "pupils", "420")])
    assert _row(dict(changed.tables), "stage", A)["pupils"] == 420
    assert _row(tables, "stage", A)["pupils"] == 400
    assert changed.schools == {A}
    assert changed.tables["premises"].equals(tables["premises"])


def test_where_pupils_change_the_classes_are_nobodys_guess() -> None:
    made = dict(change_tables(_tables(), [SetCell(A, "primary", "stage", "pupils", "420")]).tables)
    assert _row(made, "stage", A)["max_class_size"] is None
    assert [row["school_id"] for row in made["class"].to_pylist()] == [B]
    said = [
        SetCell(A, "primary", "stage", "max_class_size", "47"),
        SetCell(A, "primary", "stage", "pupils", "420"),
    ]
    assert _row(dict(change_tables(_tables(), said).tables), "stage", A)["max_class_size"] == 47


def test_a_merger_adds_takes_the_larger_and_keeps_absent_what_one_lacks() -> None:
    changed = change_tables(_tables(), [MergeSchools(A, B)])
    made = dict(changed.tables)
    assert {row["school_id"] for row in made["school"].to_pylist()} == {A, C}
    stage = _row(made, "stage", A)
    assert (stage["pupils"], stage["classes"], stage["max_class_size"]) == (700, 18, 50)
    staff = _row(made, "teacher_count", A)
    assert (staff["full_time"], staff["backbone"]) == (50, None)
    premises = _row(made, "premises", A)
    assert premises["teaching_area_m2"] == pytest.approx(3000.75)
    assert premises["multimedia_rooms"] is None
    assert sorted(row["class_no"] for row in made["class"].to_pylist()) == ["1", f"1-{B}"]
    assert changed.notes


def test_a_primary_and_a_junior_school_become_a_nine_year_school() -> None:
    made = dict(change_tables(_tables(), [MergeSchools(A, C)]).tables)
    assert _row(made, "school", A)["kind"] == "nine_year"
    assert _row(made, "stage", A, "junior")["pupils"] == 500
    assert _row(made, "stage", A, "primary")["pupils"] == 400


def test_a_row_that_one_school_lacks_leaves_the_sum_unknown() -> None:
    tables = _tables()
    tables["premises"] = tables["premises"].slice(0, 1)  # only the first reports its premises
    made = dict(change_tables(tables, [MergeSchools(A, B)]).tables)
    assert _row(made, "premises", A)["teaching_area_m2"] is None


def test_a_building_adds_and_what_is_absent_stays_absent() -> None:
    adds = {"teaching_area_m2": "500.5", "multimedia_rooms": "2"}
    changed = change_tables(_tables(), [AddBuilding(B, adds, (("music", 2, "90"),))])
    made = dict(changed.tables)
    assert _row(made, "premises", B)["teaching_area_m2"] == pytest.approx(1500.75)
    assert _row(made, "premises", B)["multimedia_rooms"] is None
    assert any("仍然缺" in note.zh for note in changed.notes)
    assert [row["area_m2"] for row in made["special_room"].to_pylist()] == [90.0, 90.0]


def test_a_new_school_has_nothing_but_what_is_set() -> None:
    code = new_school_id(_tables())
    opened = [
        OpenSchool(code, "新校", ("primary", "junior")),
        SetCell(code, "primary", "stage", "pupils", "90"),
    ]
    made = dict(change_tables(_tables(), opened).tables)
    assert _row(made, "school", code)["kind"] == "nine_year"
    assert _row(made, "stage", code, "primary")["pupils"] == 90
    assert _row(made, "stage", code, "junior")["pupils"] is None


@pytest.mark.parametrize(
    ("column", "to"),
    [
        ("pupils", "-1"),
        ("pupils", "12.5"),
        ("pupils", "999999"),
        ("pupils", "1e3"),
        ("pupils", "十"),
        ("pupils", ""),
    ],
)
def test_figures_nobody_can_have_are_refused(column: str, to: str) -> None:
    with pytest.raises(UserError) as refused:
        change_tables(_tables(), [SetCell(A, "primary", "stage", column, to)])
    assert "在校生数" in str(refused.value)


@pytest.mark.parametrize(
    "change",
    [
        MergeSchools(A, A),
        MergeSchools(A, "2100000099"),
        SetCell(A, "junior", "stage", "pupils", "5"),
        SetCell(A, "primary", "school", "name", "5"),
        OpenSchool(A, "甲", ("primary",)),
        AddBuilding(A, {}, (("castle", 1, ""),)),
    ],
)
def test_changes_that_cannot_be_made_are_refused(change: object) -> None:
    with pytest.raises(UserError):
        change_tables(_tables(), [change])  # type: ignore[list-item] # one of each kind


def test_what_was_merged_away_can_be_changed_no_more() -> None:
    later = [MergeSchools(A, B), SetCell(B, "primary", "stage", "pupils", "5"), MergeSchools(C, B)]
    with pytest.raises(UserError) as refused:
        change_tables(_tables(), later)
    assert str(refused.value).count(B) >= 2


def test_the_plain_form_reads_back() -> None:
    changes = (
        SetCell(A, "primary", "stage", "pupils", "5"),
        MergeSchools(A, B),
        AddBuilding(A, {"teaching_area_m2": "5"}, (("music", 1, ""),)),
        OpenSchool("9900000001", "新校", ("primary",)),
    )
    assert read_changes(changes_json(changes)) == changes


@pytest.mark.parametrize(
    "listed", [{}, "x", [1], [{"do": "fly"}], [{"do": "set"}], [{"do": "merge", "into": "<", "gone": "b"}]]
)
def test_what_is_no_list_of_changes_is_refused(listed: object) -> None:
    with pytest.raises(UserError):
        read_changes(listed)
