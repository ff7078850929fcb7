"""Notes, totals and signatures under a table are left out and said; what is truly ambiguous is refused at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from junheng.basics import UserError
from junheng.data import Problem, Snapshot, read_input

MakeBook = Callable[..., Path]
Sheets = dict[str, list[list[Any]]]


def _told(snapshot: Snapshot) -> list[Problem]:
    return [problem for problem in snapshot.problems if problem.check == "read.note_rows"]


NOTES = (
    ["注：本表数据来源于2024年教育事业统计"],
    ["备注1：含分校"],
    ["", "", "填表人：张三", "审核人：李四"],
    ["填表人", "张三"],
    ["审核人：李四"],
    ["单位（盖章）"],
    ["XX区教育局（盖章）"],
    ["", "单位负责人："],
    ["合计", "", 1560, 37],
    ["", "合 计", 1560, 37],
    ["全区总计", "", 1560, 37],
    ["小学小计（2校）", "", 1260],
)


@pytest.mark.parametrize("row", NOTES, ids=lambda row: "".join(map(str, row)))
@pytest.mark.parametrize("sheet", ["学校", "学段", "校舍与设施"])
def test_a_note_or_total_is_left_out_and_said(
    make_book: MakeBook, sheets: Sheets, sheet: str, row: list[Any]
) -> None:
    before = {name: table.num_rows for name, table in read_input(make_book(sheets)).tables.items()}
    number = len(sheets[sheet]) + 2
    sheets[sheet] += [[], list(row)]
    snapshot = read_input(make_book(sheets))
    assert {name: table.num_rows for name, table in snapshot.tables.items()} == before
    (problem,) = snapshot.problems
    assert (problem.check, problem.severity, problem.sheet) == ("read.note_rows", "experience", sheet)
    assert problem.what.zh.startswith(f"忽略了第 {number} 行：注释或合计行")
    assert problem.row == number


def test_all_notes_of_a_sheet_are_one_problem(make_book: MakeBook, sheets: Sheets) -> None:
    sheets["学段"] += [["注：甲"], ["填表人：张三"]]
    (problem,) = _told(read_input(make_book(sheets)))
    assert problem.what.zh == "忽略了第 5、6 行：注释或合计行（注：甲；填表人：张三）"


def test_a_total_with_a_made_up_code_is_no_school(make_book: MakeBook, sheets: Sheets) -> None:
    sheets["学校"].append(["9999999999", "合计", "小学", "150102", "是"])
    snapshot = read_input(make_book(sheets))
    assert "9999999999" not in snapshot.tables["school"].column("school_id").to_pylist()
    assert len(_told(snapshot)) == 1


@pytest.mark.parametrize("name", ["注溪小学", "总站小学", "合计沟小学", "审核小学"])
def test_a_school_is_never_taken_for_a_note(make_book: MakeBook, sheets: Sheets, name: str) -> None:
    sheets["学校"][1][1] = name
    snapshot = read_input(make_book(sheets))
    assert name in snapshot.tables["school"].column("name").to_pylist()
    assert snapshot.problems == ()


def test_a_row_of_figures_without_a_code_is_still_refused(make_book: MakeBook, sheets: Sheets) -> None:
    sheets["学校"].append(["", "丙小学", "小学", "150102", "是"])
    with pytest.raises(UserError, match="学校标识码"):
        read_input(make_book(sheets))


def test_a_total_in_a_wide_sheet_is_left_out(make_book: MakeBook) -> None:
    heads = ["学校标识码", "学校名称", "办学类型", "县级区划代码", "学段", "在校生数", "班数"]
    rows = [["2115000001", "甲小学", "小学", "150102", "小学", 860, 20], ["合计", "", "", "", "", 860, 20]]
    snapshot = read_input(make_book({"全区": [heads, *rows]}))
    assert [snapshot.tables[name].num_rows for name in ("school", "stage")] == [1, 1]
    assert len(_told(snapshot)) == 1


def test_a_total_read_by_a_mapping_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "代码,校名,类,县,段,人\n2115000001,甲,小学,150102,小学,86\n合计,,,,,86\n", "utf-8"
    )
    (tmp_path / "mapping.yaml").write_text(
        "sources:\n  - file: a.csv\n    header_rows: [1, 1]\n    year: {constant: '2024'}\n    tables:\n"
        "      - table: school\n        columns: {school_id: {heading: 代码}, name: {heading: 校名},"
        " kind: {heading: 类}, county_code: {heading: 县}}\n"
        "      - table: stage\n        columns: {school_id: {heading: 代码}, stage: {heading: 段},"
        " pupils: {heading: 人}}\n",
        "utf-8",
    )
    snapshot = read_input(tmp_path)
    assert snapshot.tables["school"].column("school_id").to_pylist() == ["2115000001"]
    assert snapshot.tables["stage"].column("pupils").to_pylist() == [86]
    assert {problem.row for problem in _told(snapshot)} == {3}


def test_everything_that_refuses_is_told_in_one_go(make_book: MakeBook, sheets: Sheets) -> None:
    sheets["学校"].append(["2115000001", "又一甲小学", "小学", "150102", "是"])
    sheets["学段"] += [["2115000001", "小学", 1, 1], ["", "小学", 5, 1]]
    sheets["学段"] += [[f"219900000{i}", "小学", 10, 1] for i in range(4)]
    with pytest.raises(UserError) as caught:
        read_input(make_book(sheets))
    told = caught.value.what.zh
    assert told.startswith("有 4 处使数据无法读取")
    for code in ("2199000000", "2199000001", "2199000002", "2199000003"):
        assert code in told
    assert "学校标识码 2115000001、学段 小学" in told
    assert "primary" not in told
    assert "没有可用的“学校标识码”" in told
    assert "行 row 2, 4" in told
    assert caught.value.exit_code == 2


def test_sheets_that_cannot_be_read_are_told_together(make_book: MakeBook, sheets: Sheets) -> None:
    sheets["学校"][0][2] = "办学的类型"
    sheets["学段"][0][1] = "哪个阶段"
    with pytest.raises(UserError) as caught:
        read_input(make_book(sheets))
    assert "办学类型" in caught.value.what.zh
    assert "“学段”" in caught.value.what.zh


@pytest.mark.parametrize(("noted", "problems"), [(2023, ["read.other_year"]), (2024, []), ("", [])])
def test_a_notes_sheet_of_another_year_is_said(
    make_book: MakeBook, sheets: Sheets, noted: object, problems: list[str]
) -> None:
    sheets["说明"] = [["", "年份", noted]]
    snapshot = read_input(make_book(sheets))
    assert [problem.check for problem in snapshot.problems] == problems
    assert snapshot.years() == (2024,)
    if problems:
        assert "2023" in snapshot.problems[0].what.zh
        assert "按 2024 年评估" in snapshot.problems[0].what.zh


@pytest.mark.parametrize("rows", [[["注：本校无校舍数据"]], [["合计", 5200.5], ["填表人：张三"]]])
def test_a_sheet_with_nothing_but_notes_is_said(
    make_book: MakeBook, sheets: Sheets, rows: list[list[Any]]
) -> None:
    """It used to vanish without a word; it is information, not an error."""
    sheets["校舍与设施"] = [sheets["校舍与设施"][0], *rows]
    snapshot = read_input(make_book(sheets))
    (problem,) = snapshot.problems
    assert (problem.check, problem.severity, problem.sheet) == ("read.only_notes", "experience", "校舍与设施")
    assert str(rows[0][0])[:8] in problem.what.zh
    assert "premises" not in snapshot.tables


def test_a_blank_sheet_of_the_template_is_not_worth_a_word(make_book: MakeBook, sheets: Sheets) -> None:
    sheets["校舍与设施"] = sheets["校舍与设施"][:1]
    assert read_input(make_book(sheets)).problems == ()
