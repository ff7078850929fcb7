"""Expressions that do not fit are refused with file, line and key; the book of further figures is read with care."""

from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.judgement.school_standards.made import judged, row, school, snapshot, standard

from junheng.basics import UserError
from junheng.judgement import Verdict
from junheng.judgement.school_standards import figure_forms, read_figures, read_rows


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        (row("[{at_least: 1}]", top="bookz"), "numerator", "最接近的是 books"),
        (row("[{at_least: 1}]", top="kind"), "numerator", "是文字"),
        (row("[{at_least: 1}]", top="books + kind"), "numerator", "是文字"),
        (row("[{at_least: 1}]", top="books > 1"), "numerator", "是条件"),
        (row("[{at_least: 1}]", bottom="pupils +"), "denominator", "无法解析"),
        (row("[{at_least: 1}]", top="sum(books)"), "numerator", "不允许"),
        (row("[{schools: pupils, at_least: 1}]"), "lines.1.schools", "应为条件"),
        (row("[{schools: pupils AND is_weak, at_least: 1}]"), "lines.1.schools", "应为条件"),
        (row("[{schools: \"pupils = '100'\", at_least: 1}]"), "lines.1.schools", "应为数"),
        (row("[{schools: 'kind IN (1, 2)', at_least: 1}]"), "lines.1.schools", "应为文字"),
        (row("[{at_most: books > 1}]"), "lines.1.at_most", "是条件"),
        (row("[{at_least: {by: kind, sizes: {1: 2}}}]"), "lines.1.at_least.by", "是文字"),
        (row("[{at_least: {by: pupils; classes, sizes: {1: 2}}}]"), "lines.1.at_least.by", "分号"),
    ],
)
def test_an_expression_that_does_not_fit_is_named_with_its_place(
    tmp_path: Path, text: str, key: str, said: str
) -> None:
    with pytest.raises(UserError) as caught:
        read_rows(standard(tmp_path, text))
    told = " ".join(str(one) for one in caught.value.lines())
    assert said in told
    assert "small.yaml:10" in told
    assert f"versions.1.rows.a.{key}" in told


def test_a_figure_that_the_data_have_is_refused(tmp_path: Path) -> None:
    standard(tmp_path, row("[{at_least: 1}]"))
    path = tmp_path / "small.yaml"
    path.write_text(path.read_text("utf-8").replace("id: bath_m2", "id: books"), encoding="utf-8")
    from tests.judgement.school_standards.made import COUNTY, ON

    from junheng.standards.school_standards import school_standard

    with pytest.raises(UserError, match="books"):
        read_rows(school_standard(path, on=ON, region=COUNTY))


def book(
    folder: Path, *rows: tuple[object, ...], head: tuple[str, ...] = ("学校标识码", "浴室（平方米）")
) -> Path:
    """A book of further figures."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "补充数据"
    for one in (head, *rows):
        sheet.append(list(one))
    made.save(folder / "补充.xlsx")
    return folder / "补充.xlsx"


def test_figures_come_from_the_book_with_their_cells(tmp_path: Path) -> None:
    rules = standard(tmp_path, row("[{at_least: 2}]", top="bath_m2", bottom="pupils / 100"))
    figures = read_figures(book(tmp_path, ("S1", 1.5), ("S2", None)), rules, {"S1", "S2"})
    found = {
        one.school.school_id: one for one in judged(rules, snapshot(school(), school("S2")), figures).schools
    }
    assert (found["S1"].rows[0].verdict, found["S1"].rows[0].lacks) == (Verdict.NOT_MET, Fraction(1, 2))
    assert found["S1"].school.facts["bath_m2"].cells == ("补充.xlsx [补充数据] B2",)
    assert found["S2"].rows[0].missing == ("bath_m2",)
    assert figures.faults == ()


def test_faults_of_the_book_are_named_and_what_they_touch_is_left_out(tmp_path: Path) -> None:
    rules = standard(tmp_path, row("[{at_least: 2}]", top="bath_m2"))
    rows = [("S1", -1), ("S2", 5), ("S2", 6), ("S9", 7), ("S3", "许多")]
    figures = read_figures(book(tmp_path, *rows), rules, {"S1", "S2", "S3"})
    assert figures.held == {}
    assert {(one.cause, str(one.place).split()[-1]) for one in figures.faults} == {
        ("figures.bath_m2.negative", "B2"), ("figures.school_id.doubled", "A4"),
        ("figures.school_id.unknown", "A5"), ("figures.bath_m2.misfit", "B6"),
    }  # fmt: skip


def test_a_book_without_the_codes_is_refused(tmp_path: Path) -> None:
    rules = standard(tmp_path, row("[{at_least: 2}]", top="bath_m2"))
    with pytest.raises(UserError, match="学校标识码"):
        read_figures(book(tmp_path, ("甲", 1), head=("校", "浴室")), rules, {"S1"})


def test_the_form_has_a_column_for_each_figure_and_knows_it_without_its_unit(tmp_path: Path) -> None:
    heading = figure_forms(standard(tmp_path, row("[{at_least: 1}]")))["figures"].headings["bath_m2"]
    assert heading.title.zh == "浴室（平方米）"
    assert "浴室" in heading.spellings()
