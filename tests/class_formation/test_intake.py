"""The intake roll: written by the template, filled in by officers, read with every fault in its place."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from junheng.basics import UserError, identity_check_character
from junheng.class_formation import Intake, read_intake, write_intake_template

HEADINGS = [
    "学校",
    "年级",
    "姓名",
    "证件号码",
    "性别",
    "毕业学校",
    "特殊需要",
    "同班",
    "双胞胎",
    "回避",
    "语文",
    "数学",
]
NUMBERS = iter(range(1, 10_000))


def number(*, girl: bool = False) -> str:
    """A well-formed identity number of nobody; odd 17th digit for boys."""
    stem = f"15010220150101{next(NUMBERS) % 100:02d}{2 if girl else 1}"
    return stem + identity_check_character(stem)


def child(name: str, **fields: Any) -> dict[str, Any]:
    plain = {"学校": "甲中学", "年级": "七年级", "姓名": name, "性别": "男", "语文": 80, "数学": 90.5}
    found = {**plain, **fields}
    found.setdefault("证件号码", number(girl=found["性别"] == "女"))
    return found


@pytest.fixture
def roll(tmp_path: Path) -> Callable[..., Intake]:
    """Writes a workbook and reads it back."""

    def read(
        *rows: Mapping[str, Any], headings: list[str] | None = None, plan: Any = (), **options: Any
    ) -> Intake:
        used = headings or [*HEADINGS, *sorted({key for row in rows for key in row} - set(HEADINGS))]
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "新生名册"
        sheet.append(["甲中学 2027 年新生名册"])
        sheet.append(used)
        for row in rows:
            sheet.append([row.get(heading) for heading in used])
        if plan:
            listed = book.create_sheet("编班计划")
            listed.append(["学校", "年级", "班数", "教师组"])
            for line in plan:
                listed.append(list(line))
        path = tmp_path / "roll.xlsx"
        book.save(path)
        return read_intake(path, **options)

    return read


def causes(intake: Intake) -> dict[str, list[str]]:
    return {group.cause: [fault.place for fault in group.faults] for group in intake.fault_groups()}


def test_a_clean_roll(roll: Callable[..., Intake]) -> None:
    found = roll(
        child("学生甲", 毕业学校="东小学", 特殊需要="是"),
        child("学生乙", 性别="女", 数学="缺考", 语文=None),
        plan=[("甲中学", "七年级", 2, "一组、二组")],
    )
    assert found.fault_groups() == []
    first, second = found.children
    assert first.marks == {"语文": 160, "数学": 181}  # in half points
    assert (first.sex, first.special, first.texts["feeder"]) == (1, 1, "东小学")
    assert second.marks == {}
    assert second.sex == 2
    assert found.groups == ({"school": "甲中学", "grade": "七年级", "classes": 2, "teams": ["一组", "二组"]},)


def test_faults_carry_their_place_and_are_told_by_cause(roll: Callable[..., Intake]) -> None:
    bad = number()
    wrong = bad[:-1] + ("0" if bad[-1] != "0" else "1")
    found = roll(
        child("学生甲", 性别="男女"),
        child("学生乙", 数学="八十"),
        child("学生丙", 数学=88.3),
        child("学生丁", 证件号码=wrong),
        child("学生戊", 证件号码=number(girl=True)),
        child("学生己", 姓名=None),
        child("学生庚", 特殊需要="也许"),
        child("学生辛", 同班="是"),
    )
    where = {cause: [p.rsplit(" ", 1)[1] for p in places] for cause, places in causes(found).items()}
    assert where == {
        "blank": ["C8"],
        "check_digit": ["D6"],
        "sex_word": ["E3"],
        "sex_differs": ["E7"],
        "yes_no": ["G9"],
        "not_a_number": ["L4"],
        "mark_step": ["L5"],
        "label_yes": ["H10"],
    }
    with pytest.raises(UserError) as error:
        found.require_clean()
    assert "D6" in error.value.where
    assert wrong not in str(error.value)  # no personal number in a message
    assert "学生丁" not in str(error.value)
    assert "8." in error.value.what.zh
    assert "8." in error.value.what.en


def test_one_child_twice_is_told_at_both_places(roll: Callable[..., Intake]) -> None:
    same = number()
    found = roll(child("学生甲", 证件号码=same), child("学生乙"), child("学生甲", 证件号码=same.lower()))
    assert [p.rsplit(" ", 1)[1] for p in causes(found)["same_number"]] == ["D3", "D5"]


def test_a_label_carried_by_one_child_only(roll: Callable[..., Intake]) -> None:
    found = roll(
        child("学生甲", 同班="1"),
        child("学生乙", 回避="2、3"),
        child("学生丙", 回避="3"),
        child("学生丁", 双胞胎="1"),
    )
    assert [p.rsplit(" ", 1)[1] for p in causes(found)["label_alone"]] == ["H3", "I6", "J4"]


def test_demands_that_contradict(roll: Callable[..., Intake]) -> None:
    found = roll(
        child("学生甲", 同班="1", 回避="2"),
        child("学生乙", 同班="1", 回避="2"),
        *(child(f"学生{n}", 回避="9") for n in "丙丁戊"),
        plan=[("甲中学", "七年级", 2, "")],
    )
    assert len(causes(found)["bound_and_apart"]) == 2
    assert len(causes(found)["too_many_apart"]) == 3


def test_together_and_twins_must_mean_the_same_children(roll: Callable[..., Intake]) -> None:
    clean = roll(child("学生甲", 同班="1", 双胞胎="A"), child("学生乙", 同班="1", 双胞胎="A"))
    assert causes(clean) == {}
    mixed = roll(
        child("学生甲", 同班="1", 双胞胎="A"), child("学生乙", 同班="1"), child("学生丙", 双胞胎="A")
    )
    assert "two_units" in causes(mixed)


def test_a_total_unlike_its_subjects_is_found_among_those_that_agree(roll: Callable[..., Intake]) -> None:
    rows = [child(f"学生{n}", 总分=170.5) for n in "甲乙丙"]
    assert len(causes(roll(*rows, child("学生丁", 总分=171)))["total_differs"]) == 1
    # Where all differ other subjects are in the total: nothing to complain of.
    assert causes(roll(*(child(f"学生{n}", 总分=300) for n in "甲乙丙"))) == {}


def test_a_grade_without_a_plan_is_told_once_the_file_has_one(roll: Callable[..., Intake]) -> None:
    found = roll(child("学生甲"), child("学生乙", 学校="乙中学"), plan=[("甲中学", "七年级", 1, "")])
    assert len(causes(found)["no_plan"]) == 1


def test_a_number_cell_that_lost_its_digits(roll: Callable[..., Intake]) -> None:
    assert "lost_digits" in causes(roll(child("学生甲", 证件号码=150102201501010015)))


def test_an_absent_column_is_named(roll: Callable[..., Intake]) -> None:
    found = roll(child("学生甲"), headings=[heading for heading in HEADINGS if heading != "学校"])
    blank = next(group for group in found.fault_groups() if group.cause == "blank")
    assert "没有“学校”列" in str(blank.faults[0].value)


def test_a_code_for_absent_is_no_mark(roll: Callable[..., Intake]) -> None:
    """-1 stands for "absent" in many systems; taken for a mark it would pull the class down in silence."""
    found = roll(child("学生甲", 数学=-1), child("学生乙", 数学=0))
    assert [p.rsplit(" ", 1)[1] for p in causes(found)["negative_mark"]] == ["L3"]


def test_errors_and_formulas_without_a_value_are_not_taken_for_blank(roll: Callable[..., Intake]) -> None:
    found = roll(child("学生甲", 数学="=SUM(1,2)"), child("学生乙"), child("学生丙", 语文="#N/A"))
    assert [p.rsplit(" ", 1)[1] for p in causes(found)["broken"]] == ["L3", "K5"]


def test_a_row_of_nothing_but_an_error_is_not_passed_over(roll: Callable[..., Intake]) -> None:
    row = dict.fromkeys(child("学生乙"), "") | {"姓名": "#N/A"}
    assert len(causes(roll(child("学生甲"), row))["broken"]) == 1


def test_unknown_columns_are_listed_with_the_nearest_known(roll: Callable[..., Intake]) -> None:
    found = roll(child("学生甲", 数学分="1", 家庭住址="某街"))
    assert len(found.ignored) == 1
    assert "数学" in found.ignored[0]
    assert "住址" not in str(found.ignored)


def test_a_subject_of_its_own_can_be_named(roll: Callable[..., Intake]) -> None:
    found = roll(child("学生甲", 蒙古语文=77), marks=["蒙古语文"])
    assert found.children[0].marks["蒙古语文"] == 154
    assert found.ignored == ()


def test_school_and_grade_may_be_given_beside_the_file(roll: Callable[..., Intake]) -> None:
    headings = ["姓名", "证件号码", "性别"]
    found = roll(child("学生甲"), headings=headings, school="乙中学", grade="一年级")
    assert found.children[0].home == ("乙中学", "一年级")
    assert "blank" in causes(roll(child("学生甲"), headings=headings))


def test_two_columns_of_one_meaning_are_refused(roll: Callable[..., Intake]) -> None:
    with pytest.raises(UserError, match="性别"):
        roll(child("学生甲"), headings=["姓名", "证件号码", "性别", "性 别"])


def test_what_is_no_roll_is_refused(tmp_path: Path) -> None:
    for name, content in (
        ("a.xlsx", b"PK\x03\x04 not a book"),
        ("b.csv", "甲,乙\n1,2\n".encode()),
        ("c.xls", b"x"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UserError):
            read_intake(tmp_path / name)
    with pytest.raises(UserError):
        read_intake(tmp_path / "absent.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_text_file_in_either_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "roll.csv"
    path.write_bytes(
        f"学校,年级,姓名,证件号码,性别,语文\n甲中学,七年级,学生甲,{number()},男,88.5\n".encode(encoding)
    )
    found = read_intake(path)
    assert found.fault_groups() == []
    assert found.children[0].marks == {"语文": 177}


def test_the_template_reads_back_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    rows = [{k: str(v) for k, v in child("学生甲", 同班="否", 笔画序="3", 编排次序="3").items()}]
    write_intake_template(path, rows=rows)
    found = read_intake(path)
    assert found.fault_groups() == []
    assert len(found.children) == 1  # the example row is not read
    assert found.children[0].marks == {"语文": 160, "数学": 181}
    assert found.children[0].flags == {"order": 3}
    first = path.read_bytes()
    write_intake_template(path, rows=rows)
    assert path.read_bytes() == first


def test_an_empty_template_is_no_roll(tmp_path: Path) -> None:
    write_intake_template(tmp_path / "template.xlsx")
    with pytest.raises(UserError, match="lists no child"):
        read_intake(tmp_path / "template.xlsx")


@pytest.mark.parametrize("unit", ["0", "-1", "half"])
def test_the_unit_of_marks_is_a_positive_number(roll: Callable[..., Intake], unit: str) -> None:
    with pytest.raises(UserError, match="mark"):
        roll(child("学生甲"), mark_unit=unit)
