"""What is odd but can be read: listed, located to the cell, and missing, never zero."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from junheng.data import Problem, Snapshot, read_input

MakeBook = Callable[..., Path]
Sheets = dict[str, list[list[Any]]]


def only_problem(snapshot: Snapshot) -> Problem:
    assert len(snapshot.problems) == 1, snapshot.problems
    return snapshot.problems[0]


@pytest.mark.parametrize(
    ("value", "check"),
    [
        ("约860", "read.not_a_number"),
        ("86o", "read.not_a_number"),
        (860.5, "read.not_whole"),
        (1e300, "read.out_of_range"),
        ("5200㎡", "read.not_a_number"),
    ],
)
def test_a_figure_that_is_none(make_book: MakeBook, sheets: Sheets, value: object, check: str) -> None:
    sheets["学段"][2][2] = value
    snapshot = read_input(make_book(sheets))
    problem = only_problem(snapshot)
    assert (problem.check, problem.severity) == (check, "logic")
    assert (problem.file, problem.sheet, problem.row, problem.cell) == ("2024.xlsx", "学段", 3, "C3")
    assert (problem.year, problem.school_id, problem.stage) == (2024, "3115000002", "primary")
    assert (problem.table, problem.column) == ("stage", "pupils")
    assert snapshot.tables["stage"].column("pupils").to_pylist() == [860, None, 300]
    assert problem.what.zh
    assert problem.what.en
    assert problem.fix.zh


def test_an_unknown_word_names_the_choices(make_book: MakeBook, sheets: Sheets) -> None:
    sheets["学校"][1][2] = "完小附幼"
    problem = only_problem(read_input(make_book(sheets)))
    assert problem.check == "read.unknown_value"
    assert problem.cause.endswith("完小附幼")
    assert "九年一贯制学校" in problem.fix.zh


def test_codes_and_words_for_kinds(make_book: MakeBook, sheets: Sheets) -> None:
    sheets["学校"][1][2] = 211
    sheets["学校"][2][2] = "九年制学校"
    snapshot = read_input(make_book(sheets))
    assert snapshot.tables["school"].column("kind").to_pylist() == ["primary", "nine_year"]


def test_an_unknown_column_is_reported_with_its_nearest_name(make_book: MakeBook, sheets: Sheets) -> None:
    for row, cell in zip(sheets["学段"], ["寄宿学生人数", 1, 2, 3], strict=True):
        row.append(cell)
    problem = only_problem(read_input(make_book(sheets)))
    assert (problem.check, problem.severity, problem.cell) == ("read.unknown_column", "experience", "E1")
    assert "寄宿生数" in problem.what.zh


def test_figures_without_a_heading_are_reported(make_book: MakeBook, sheets: Sheets) -> None:
    sheets["学段"][1].append(77)
    assert only_problem(read_input(make_book(sheets))).check == "read.unknown_column"


def test_an_unknown_sheet_is_reported(make_book: MakeBook, sheets: Sheets) -> None:
    sheets["校舍设备"] = [["随便"], [1]]
    problem = only_problem(read_input(make_book(sheets)))
    assert problem.check == "read.unknown_sheet"
    assert "校舍与设施" in problem.what.zh


def test_a_formula_that_was_never_calculated(tmp_path: Path, make_book: MakeBook, sheets: Sheets) -> None:
    path = make_book(sheets)
    book = openpyxl.load_workbook(path)
    book["学段"]["C2"] = "=430*2"
    book.save(path)
    snapshot = read_input(path)
    problem = only_problem(snapshot)
    assert (problem.check, problem.cell) == ("read.formula_without_value", "C2")
    assert snapshot.tables["stage"].column("pupils").to_pylist() == [None, 400, 300]


def test_a_formula_error_is_no_blank(make_book: MakeBook, sheets: Sheets) -> None:
    path = make_book(sheets)
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet2.xml":
                old = b'<c r="C2"><v>860</v></c>'
                assert old in content
                content = content.replace(old, b'<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>')
            target.writestr(name, content)
    problem = only_problem(read_input(path))
    assert (problem.check, problem.cell) == ("read.error_cell", "C2")


def test_a_calculated_formula_is_a_value(make_book: MakeBook, sheets: Sheets, tmp_path: Path) -> None:
    path = make_book(sheets)
    content = path.read_bytes()
    source = zipfile.ZipFile(io.BytesIO(content))
    with zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet2.xml":
                part = part.replace(b'<c r="C2"><v>860</v></c>', b'<c r="C2"><f>2*430</f><v>860</v></c>')
            target.writestr(name, part)
    snapshot = read_input(path)
    assert snapshot.problems == ()
    assert snapshot.tables["stage"].column("pupils").to_pylist() == [860, 400, 300]


def test_a_code_in_scientific_notation_is_lost(make_folder: Callable[..., Path], sheets: Sheets) -> None:
    sheets["学校"][0].append("上级学校标识码")
    sheets["学校"][1].append("2.115E+09")
    sheets["学校"][2].append("3115000009.0")
    snapshot = read_input(make_folder(sheets))
    assert only_problem(snapshot).check == "read.code_damaged"
    assert snapshot.tables["school"].column("parent_school_id").to_pylist() == [None, "3115000009"]


def test_units_in_cells(make_book: MakeBook, sheets: Sheets) -> None:
    sheets["校舍与设施"][1][1] = "５,２００．５㎡"
    sheets["校舍与设施"][2][2] = "50万元"
    snapshot = read_input(make_book(sheets))
    assert snapshot.problems == ()
    premises = snapshot.tables["premises"]
    assert premises.column("teaching_area_m2").to_pylist() == [5200.5, None]
    assert premises.column("equipment_value_yuan").to_pylist() == [1_983_500.0, 500_000.0]


def test_a_file_that_is_no_table_is_reported(
    tmp_path: Path, make_folder: Callable[..., Path], sheets: Sheets
) -> None:
    folder = make_folder(sheets)
    (folder / "archive.rar").write_bytes(b"x")
    (folder / "README.md").write_bytes(b"x")
    problem = only_problem(read_input(folder))
    assert (problem.check, problem.file) == ("read.unknown_sheet", "archive.rar")
