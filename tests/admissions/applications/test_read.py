"""Reading forms: headings by alias, nothing lost, refusals named; the template reads back."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.admissions.forms import PROBLEM, RULE, faults_in, good_row, write_book, write_grid
from tests.effort import examples

from junheng.admissions import (
    Child,
    check_applications,
    make_entrants,
    read_applications,
    read_intake_rule,
    write_application_form,
)
from junheng.admissions.applications.vocabulary import columns, find_column
from junheng.basics import UserError
from junheng.data.books import Place


@pytest.mark.parametrize(
    ("typed", "column", "number"),
    [
        ("学生姓名", "name", 0),
        ("*姓 名", "name", 0),
        ("身份证号码", "id_number", 0),
        ("第一志愿", "wish", 1),
        ("第10志愿", "wish", 10),
        ("志愿３学校", "wish", 3),
        ("志愿二优先类别", "wish_class", 2),
        ("调剂学校1", "fallback", 1),
    ],
)
def test_headings_are_known_by_many_names(typed: str, column: str, number: int) -> None:
    found = find_column(typed)
    assert found is not None
    assert (found[0].name, found[1]) == (column, number)


def test_an_unknown_heading_is_told_and_its_contents_kept(tmp_path: Path) -> None:
    found = read_applications(write_book(tmp_path / "a.xlsx", [good_row(1, 特长="钢琴", 分数=0)]))
    assert [(f.cause, str(f.place)) for f in found.faults] == [
        ("heading_unknown", "a.xlsx [申请表] R1"),
        ("heading_unknown", "a.xlsx [申请表] S1"),
    ]
    assert found.children[0].extra == {"特长": "钢琴", "分数": "0"}
    assert not check_applications(found, RULE, PROBLEM).blocks


def test_titles_above_remarks_and_blank_rows_are_passed_over(tmp_path: Path) -> None:
    row = good_row(1)
    grid = [["XX区申请表"], [], list(row), ["#示例", "x"], list(row.values()), [], ["", ""]]
    found = read_applications(write_grid(tmp_path / "a.xlsx", grid))
    assert [child.place.row for child in found.children] == [5]
    assert found.rows == 1


def test_every_filled_row_becomes_a_child_or_a_fault(tmp_path: Path) -> None:
    rows = [good_row(0), {"备注": "只有备注"}, good_row(1)]
    found = read_applications(write_book(tmp_path / "a.xlsx", rows))
    assert len(found.children) == found.rows == 3
    assert "blank_required" in {fault.cause for fault in faults_in(found)}


def test_a_second_sheet_that_is_no_form_blocks_but_notes_do_not(tmp_path: Path) -> None:
    write_book(tmp_path / "a.xlsx", [good_row(0)])
    write_grid(tmp_path / "b.xlsx", [["张三", "110"]], "Sheet2")
    found = read_applications(tmp_path)
    assert [(f.cause, str(f.place)) for f in found.faults] == [("rows_unread", "b.xlsx [Sheet2]")]
    write_grid(tmp_path / "b.xlsx", [["写在这里"]], "填表说明")
    assert read_applications(tmp_path).faults == ()


def test_two_headings_for_one_column_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="两列都是“姓名”") as caught:
        read_applications(write_book(tmp_path / "a.xlsx", [good_row(0, 学生姓名="x")]))
    assert caught.value.where == "a.xlsx [申请表] R1"


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        write_book(tmp_path / folder / "a.xlsx", [good_row(0)])
    with pytest.raises(UserError, match="两个文件同名"):
        read_applications([tmp_path / "x", tmp_path / "y"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        (b"<html></html>", "网页"),
        (b"PK\x03\x04" + bytes(200), "已损坏"),
    ],
)
def test_files_that_are_no_workbooks_are_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(UserError, match=words):
        read_applications(path)


def _rezip(path: Path, changed: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **changed}.items():
            archive.writestr(name, content)


def test_macros_are_refused(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", [good_row(0)])
    _rezip(path, {"xl/vbaProject.bin": b"x"})
    with pytest.raises(UserError, match="宏"):
        read_applications(path)


def test_far_corners_are_refused_before_they_are_laid_out(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", [good_row(0)])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    _rezip(path, {"xl/worksheets/sheet1.xml": sheet.replace(b"</sheetData>", far)})
    with pytest.raises(UserError, match="工作表过大"):
        read_applications(path)


def test_a_folder_without_workbooks_and_a_book_without_the_form_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"没有找到 \.xlsx"):
        read_applications(tmp_path)
    with pytest.raises(UserError, match="没有找到申请表"):
        read_applications(write_grid(tmp_path / "a.xlsx", [["甲", "乙"]]))


def test_entrants_hold_everything_the_rule_names_and_nothing_else(tmp_path: Path) -> None:
    row = good_row(1, 优先类别="", 志愿1优先类别="优先", 调剂学校1="丙中学", **{"户籍/居住证类别": "随迁"})
    found = make_entrants(read_applications(write_book(tmp_path / "a.xlsx", [row])), RULE, PROBLEM)
    assert found[0].identity == {"name": row["姓名"], "id_number": row["证件号码"], "guardian": row["监护人"]}
    assert found[0].row == {
        "choices": ["101", "102"],
        "classes": [0, 1],
        "flags": {"sex": 1, "residence": 2},
        "fallback": ["103"],
    }


def test_blank_flags_are_left_out_never_zero(tmp_path: Path) -> None:
    row = good_row(1, **{"户籍/居住证类别": ""})
    found = make_entrants(read_applications(write_book(tmp_path / "a.xlsx", [row])), RULE, PROBLEM)
    assert found[0].row["flags"] == {"sex": 1}
    assert "fallback" not in found[0].row


_TEXT = st.text(st.characters(categories=["Lo", "Nd", "Lu"]), min_size=1, max_size=8)
_NAMES = [(name, 0) for name, column in columns().items() if not column.is_numbered and name != "birth_date"]


@st.composite
def _children(draw: st.DrawFn) -> Child:
    keys = draw(
        st.lists(
            st.sampled_from([*_NAMES, ("wish", 1), ("wish", 4), ("wish_class", 2), ("fallback", 3)]),
            unique=True,
        )
    )
    from junheng.admissions.applications.form import clean

    cells = {("name", 0): "甲乙"}
    for name, number in keys:
        text = clean(name, columns()[name].kind, draw(_TEXT))
        if text:
            cells[name, number] = text
    return Child(Place(), cells, {}, {"特长": "画"} if draw(st.booleans()) else {})


@given(st.lists(_children(), max_size=4))
@settings(max_examples=examples(12))
def test_the_template_reads_back_without_loss(
    tmp_path_factory: pytest.TempPathFactory, children: list[Child]
) -> None:
    path = tmp_path_factory.mktemp("form") / "a.xlsx"
    write_application_form(path, RULE, PROBLEM, children=children)
    found = read_applications(path)
    assert [dict(child.cells) for child in found.children] == [dict(child.cells) for child in children]
    assert [dict(child.extra) for child in found.children] == [dict(child.extra) for child in children]


def test_the_empty_template_has_drop_downs_and_an_example_that_is_no_child(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_application_form(path, RULE, PROBLEM, class_per_wish=True, fallbacks=2)
    assert read_applications(path).children == ()
    with zipfile.ZipFile(path) as archive:
        form = archive.read("xl/worksheets/sheet3.xml").decode()
        words = archive.read("xl/sharedStrings.xml").decode()
    assert form.count("<dataValidation ") >= 20
    assert "可选值" in form
    for word in ("*姓名", "志愿2优先类别", "调剂学校2", "101 甲中学", "居住证", "#示例"):
        assert word in words


def test_the_rule_file_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    for content, words in (
        ("a: 1", "缺少必填项|不认识的键"),
        ("- x", "键: 值"),
        ("a: [", "无法读取"),
    ):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(UserError, match=words):
            read_intake_rule(path)


@pytest.mark.parametrize(
    "changes",
    [
        {"required": ["name"]},
        {"required": ["name", "id_number", "shoe_size"]},
        {"wishes": {"least": 3, "most": 2}},
        {"birth": {"first": "2015-09-01", "last": "2014-09-01"}},
        {"families": {"largest": 1, "days_apart": 0}},
        {"identity": []},
    ],
)
def test_rules_that_make_no_sense_are_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    import yaml
    from tests.admissions.forms import RULE_CONTENT

    path = tmp_path / "r.yaml"
    path.write_text(yaml.safe_dump({**RULE_CONTENT, **changes}, allow_unicode=True), encoding="utf-8")
    with pytest.raises(UserError):
        read_intake_rule(path)
