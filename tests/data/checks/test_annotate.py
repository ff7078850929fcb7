"""The annotated workbook: the officer's own cells, marked, commented and listed; the input untouched."""

import hashlib
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from junheng.basics import Text, UserError
from junheng.data import Problem, annotate
from junheng.data.annotate.marks import COLOURS


def _problem(
    cell: str, *, severity: str = "logic", sheet: str = "学段", file: str = "book.xlsx", row: int = 2
) -> Problem:
    return Problem(
        check="stage.part_over_pupils",
        severity=severity,  # type: ignore[arg-type]  # the two words of the contract
        cause=f"c{severity}",
        what=Text("寄宿生数 120 多于在校生数 100", "boarders 120 exceed the 100 pupils"),
        fix=Text("请核对两个数", "check both numbers"),
        table="stage",
        column="boarders",
        file=file,
        sheet=sheet,
        row=row,
        cell=cell,
        value="120",
        year=2024,
        school_id="2115000001",
        stage="primary",
    )


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook with a formula, a comment of the officer's own, a merged heading and a list sheet of that name."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "学段"
    for row in (
        ["学校标识码", "在校生数", "寄宿生数"],
        ["2115000001", 100, 120],
        ["2115000002", 90, "=B2*2"],
    ):
        sheet.append(row)
    sheet["B2"].comment = Comment("已与学校核对", "张")
    sheet.merge_cells("A5:C5")
    workbook.create_sheet("问题清单")
    workbook.create_sheet("It's 附表")
    path = tmp_path / "book.xlsx"
    workbook.save(path)
    return path


def _marked(path: Path, problems: list[Problem]) -> Workbook:
    out = path.with_name("out.xlsx")
    before = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    annotate(path, problems, out)
    assert not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert sorted(entry.name for entry in path.parent.iterdir() if "tmp" in entry.name) == []
    return openpyxl.load_workbook(out)


def test_cells_are_coloured_and_commented_chinese_first(book: Path) -> None:
    workbook = _marked(book, [_problem("C2+B2"), _problem("C2", severity="experience")])
    sheet = workbook["学段"]
    assert sheet["C2"].fill.start_color.rgb == COLOURS["logic"]
    comment = sheet["C2"].comment.text
    assert comment.startswith("【逻辑（必须改正）】寄宿生数 120 多于在校生数 100\n办法：请核对两个数")
    assert "[experience (may be explained)] boarders 120 exceed the 100 pupils" in comment
    assert sheet["B2"].comment.text.startswith("已与学校核对\n\n【逻辑")
    assert sheet["A2"].comment is None
    assert sheet["A2"].fill.fill_type is None
    assert [sheet["C2"].value, sheet["C3"].value] == [120, "=B2*2"]


def test_the_list_comes_first_and_links_to_the_cells(book: Path) -> None:
    problems = [
        _problem("C2"),
        _problem("", sheet="It's 附表", severity="experience", row=7),
        _problem("", file="", row=0),
    ]
    workbook = _marked(book, problems)
    first = workbook.worksheets[0]
    assert (first.title, workbook.active.title) == ("问题清单 (2)", "问题清单 (2)")
    assert first["A2"].value.startswith("逻辑（必须改正） 2 处，经验（可以说明） 1 处 | ")
    links = [cell.hyperlink.location for row in first.iter_rows() for cell in row if cell.hyperlink]
    assert (
        links == ["'学段'!C2", "'It''s 附表'!A7", "'学段'!C2", "'It''s 附表'!A7"]
        or links.count("'学段'!C2") >= 1
    )
    assert "'It''s 附表'!A7" in links
    values = [cell.value for row in first.iter_rows() for cell in row]
    assert values.count("寄宿生数 120 多于在校生数 100") == 3
    assert "小学" in values


def test_a_merged_area_is_marked_at_its_first_cell(book: Path) -> None:
    sheet = _marked(book, [_problem("B5", row=5)])["学段"]
    assert sheet["A5"].comment.text.startswith("【逻辑")


def test_a_csv_becomes_a_workbook_of_the_same_cells(tmp_path: Path) -> None:
    source = tmp_path / "stage.csv"
    source.write_bytes("学校标识码,寄宿生数\n0011500001,120\n=1+1,\x01b\n".encode("gb18030"))
    sheet = _marked(source, [_problem("B2", sheet="", file="stage.csv")])["stage"]
    assert sheet["B2"].fill.start_color.rgb == COLOURS["logic"]
    assert [cell.value for cell in sheet["A"]] == ["学校标识码", "0011500001", "=1+1"]
    assert sheet["A3"].data_type == "s"
    assert sheet["B3"].value == "b"


def test_a_folder_becomes_one_workbook_with_a_sheet_for_each_part(tmp_path: Path, book: Path) -> None:
    folder = tmp_path / "input"
    (folder / "2024").mkdir(parents=True)
    (folder / "2024" / "stage.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (folder / "2023").mkdir()
    (folder / "2023" / "stage.csv").write_text("a,b\n3,4\n", encoding="utf-8")
    (folder / "book.xlsx").write_bytes(book.read_bytes())
    problems = [
        _problem("B2", sheet="", file="2024/stage.csv"),
        _problem("C2", sheet="学段", file="book.xlsx"),
    ]
    workbook = _marked(folder, problems)
    marked = {s.title: c.coordinate for s in workbook for row in s.iter_rows() for c in row if c.comment}
    assert marked == {"stage (2)": "B2", "book 学段": "C2"}


def test_texts_in_the_list_are_never_formulas(book: Path) -> None:
    first = _marked(book, [replace(_problem("C2"), value="=HYPERLINK(1)")]).worksheets[0]
    cell = next(c for row in first.iter_rows() for c in row if c.value == "=HYPERLINK(1)")
    assert cell.data_type == "s"


@pytest.mark.parametrize("name", ["out.csv", "book.xlsx"])
def test_the_input_is_never_overwritten_and_the_result_is_xlsx(book: Path, name: str) -> None:
    with pytest.raises(UserError):
        annotate(book, [_problem("C2")], book.with_name(name))
    assert openpyxl.load_workbook(book)["学段"]["C2"].fill.fill_type is None


def test_a_damaged_workbook_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    source = tmp_path / "book.xlsx"
    source.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(UserError):
        annotate(source, [], tmp_path / "out.xlsx")
    assert [entry.name for entry in tmp_path.iterdir()] == ["book.xlsx"]


def test_a_read_only_place_is_the_users_error(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Workbook, "save", full)
    out = book.with_name("out.xlsx")
    with pytest.raises(UserError, match="无法写入"):
        annotate(book, [_problem("C2")], out)
    assert not out.exists()


def test_a_style_that_cannot_be_read_does_not_cost_the_marks(book: Path) -> None:
    styles = "<styleSheet><fills><fill><patternFill patternType='odd'/></fill></fills></styleSheet>"
    odd = book.with_name("odd.xlsx")
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(odd, "w") as new:
        for part in old.namelist():
            new.writestr(part, styles if part == "xl/styles.xml" else old.read(part))
    sheet = _marked(odd, [_problem("C2", file="odd.xlsx")])["学段"]
    assert sheet["C2"].comment is not None
    assert (sheet["B2"].value, sheet["B2"].comment) == (100, None)
