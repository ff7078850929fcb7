"""Problems of whole rows, whole columns and county codes: said once, with names, never one by one."""

from collections.abc import Callable

import pytest

from junheng.data import ProblemGroup, Snapshot, check_snapshot, group_problems, load_checks, short_cells

Make = Callable[..., Snapshot]


def _groups(snapshot: Snapshot, start: str) -> list[ProblemGroup]:
    return [g for g in group_problems(check_snapshot(snapshot).problems) if g.check.startswith(start)]


def _schools(count: int, **more: object) -> list[dict[str, object]]:
    return [{"school_id": f"21150000{i:02}", "name": f"第{i}小学", **more} for i in range(count)]


def _stages(count: int) -> list[dict[str, object]]:
    return [{"school_id": f"21150000{i:02}", "pupils": 1000, "classes": 25} for i in range(count)]


def test_absent_rows_are_one_group_with_the_names(snapshot_of: Make) -> None:
    full = dict.fromkeys(("doctor", "master", "bachelor", "associate", "backbone"), 5)
    full |= {"pe": 1, "music": 1, "art": 1, "arts": 2, "full_time": 20}
    teachers = [{"school_id": "2115000000", **full}]
    given = {"school": _schools(8), "stage": _stages(8), "teacher_count": teachers}
    groups = _groups(snapshot_of(given), "blank.")
    (group,) = [group for group in groups if group.check == "blank.teacher_row"]
    assert [other.check for other in groups if other.problems[0].table == "teacher_count"] == []
    assert group.count == 7
    assert group.title.zh == "7 个学段在《专任教师》没有行：第1小学、第2小学、第3小学、第4小学、第5小学等"
    assert len(group.problems) == 7
    assert group.problems[0].what.zh == "第1小学的小学学段在《专任教师》没有行"
    assert (group.problems[0].school_id, group.problems[0].stage) == ("2115000001", "primary")
    assert group.problems[0].cell


@pytest.mark.parametrize("table", ["premises", "finance"])
def test_absent_rows_of_schools(snapshot_of: Make, table: str) -> None:
    given = {"school": _schools(2), "stage": _stages(2), table: [{"school_id": "2115000000"}]}
    (group,) = _groups(snapshot_of(given), f"blank.{table}_row")
    assert group.title.zh.startswith("第1小学在《")


def test_blank_columns_are_still_told_as_columns(snapshot_of: Make) -> None:
    given = {
        "school": _schools(2),
        "stage": _stages(2),
        "premises": [{"school_id": f"211500000{i}"} for i in range(2)],
    }
    (group,) = _groups(snapshot_of(given), "blank.campus")
    assert group.title.zh.startswith("5 列整列没有数据：")
    assert {one.what.zh.split("：")[0] for one in group.problems} == {"整列没有数据"}


def test_a_single_blank_cell_is_not_called_a_column(snapshot_of: Make) -> None:
    """One school's table has one row: what is blank there is one cell."""
    given = {"school": _schools(1), "stage": _stages(1), "premises": [{"school_id": "2115000000"}]}
    found = [
        one for one in check_snapshot(snapshot_of(given)).problems if one.check.startswith("blank.campus")
    ]
    assert found
    assert {(one.what.zh.split("：")[0], one.what.en.split(":")[0]) for one in found} == {
        ("没有数据", "no data")
    }


def test_a_mistyped_county_code_names_the_one_that_was_meant(snapshot_of: Make) -> None:
    schools = _schools(6, county_code="150102")
    schools[5]["county_code"] = "15010l"
    schools[5]["town_code"] = "150102001"
    snapshot = snapshot_of({"school": schools, "stage": _stages(6), "county": {"county_code": "150102"}})
    checked = check_snapshot(snapshot)
    (problem,) = [
        p for p in checked.problems if p.school_id == "2115000005" and p.check.startswith("school.")
    ]
    assert (problem.check, problem.severity, problem.value) == ("school.county_digits", "logic", "15010l")
    assert problem.what.zh == "县级区划代码“15010l”不是 6 位数字，疑为 150102"
    assert problem.cell
    assert checked.snapshot.tables["school"].column("county_code").to_pylist()[5] == "15010l"


def test_a_school_without_a_county_is_a_problem_of_logic(snapshot_of: Make) -> None:
    schools = _schools(2)
    schools[1]["county_code"] = None
    problems = check_snapshot(snapshot_of({"school": schools, "stage": _stages(2)})).problems
    (problem,) = [p for p in problems if p.column == "county_code"]
    assert (problem.check, problem.severity, problem.school_id) == (
        "school.county_blank",
        "logic",
        "2115000001",
    )


def test_codes_from_elsewhere_stay_a_matter_of_experience(snapshot_of: Make) -> None:
    given = {"school": _schools(3, county_code="KL01"), "stage": _stages(3)}
    assert [(g.check, g.severity) for g in _groups(snapshot_of(given), "school.county")] == [
        ("school.county_malformed", "experience")
    ]


def test_a_column_in_another_unit_is_one_hint(snapshot_of: Make) -> None:
    premises = [{"school_id": f"21150000{i:02}", "equipment_value_yuan": 150.5 + i} for i in range(9)]
    given = {"school": _schools(9), "stage": _stages(9), "premises": premises}
    (group,) = _groups(snapshot_of(given), "per_pupil.")
    assert group.count == 9
    assert "教学仪器设备资产值疑似整列为万元" in group.title.zh


def test_many_cells_are_written_short() -> None:
    run = "+".join(f"{letter}699" for letter in "GHIJKLMNOPQRSTUVWX")
    assert short_cells(run) == "G699:X699"
    assert short_cells("Y2+Z2+AA2+AB2") == "Y2:AB2"
    assert short_cells("F2+D2") == "F2+D2"
    assert short_cells("B2+D2+F2") == "B2+D2+F2"
    assert short_cells("B2+D2+F2+H2+J2") == "B2…J2（5 格 cells）"
    assert short_cells("A1+A2+A3") == "A1+A2+A3"
    assert short_cells("") == ""


def test_no_message_of_a_check_says_it_otherwise() -> None:
    for check in load_checks():
        rule = check.rule
        assert "无法判断" not in rule.name.zh + rule.what.zh + rule.why.zh + rule.fix.zh
