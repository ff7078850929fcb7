"""A standard that only watches: no levels, no limits. Nothing empty or misleading may come of it."""

import json
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from junheng.data import check_snapshot, read_input
from junheng.judgement import assess, write_finding
from junheng.reports import lint_report, write_documents
from junheng.standards import resolve, school_year_start

STANDARD = Path(__file__).resolve().parents[2] / "examples" / "open_schools_114" / "standard"
COLUMNS = 41


@pytest.fixture(scope="module")
def watched(example_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example district by the watching standard of an example, and a problem that quotes a long list."""
    standard = resolve(STANDARD, on=school_year_start(2024))
    assessment = assess(check_snapshot(read_input(example_district)), standard, year=2024)
    folder = write_finding(assessment, tmp_path_factory.mktemp("watched") / "f", command="c")
    path = folder / "problems.json"
    problems = json.loads(path.read_text("utf-8"))
    group = problems["groups"][0]
    words = "、".join(f"a_long_heading_{number}" for number in range(COLUMNS))
    group["title"] = {"zh": f"映射文件没有用到 {COLUMNS} 列：{words}", "en": ""}
    path.write_text(json.dumps(problems, ensure_ascii=False), encoding="utf-8")
    write_documents(folder)
    return folder


def _texts(folder: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(folder / "report.docx")).paragraphs]


def test_a_chapter_with_nothing_to_list_says_why(watched: Path) -> None:
    told = "\n".join(_texts(watched))
    assert "本标准不设达标值，不测算缺口。" in told
    assert lint_report(watched) == ()


def test_the_annex_shows_no_counts_of_what_is_not_judged(watched: Path) -> None:
    book = openpyxl.load_workbook(watched / "tables.xlsx")
    assert "缺口合计" not in book.sheetnames
    whole = next(row for row in book["汇总"].iter_rows(values_only=True) if row[1] == "学校整体")
    assert whole[4]
    assert whole[5:] == (None, None, None, None)
    heads, *body = book["小学各校指标"].iter_rows(values_only=True)
    assert {row[heads.index("缺口单位")] for row in body} == {None}


def test_a_problem_that_quotes_a_long_list_is_cut_in_the_report_only(watched: Path) -> None:
    tables = docx.Document(str(watched / "report.docx")).tables
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    cut = next(text for text in cells if text.startswith("映射文件没有用到"))
    assert "全文见 tables.xlsx" in cut
    assert f"a_long_heading_{COLUMNS - 1}" not in cut
    book = openpyxl.load_workbook(watched / "tables.xlsx")
    told = [str(row[1]) for row in book["问题"].iter_rows(values_only=True)]
    assert any(f"a_long_heading_{COLUMNS - 1}" in text for text in told)


def test_the_end_of_a_section_takes_no_room(watched: Path) -> None:
    """Else a table that fills its page is followed by an empty one."""
    styled = f"{qn('w:pPr')}/{qn('w:pStyle')}"
    paragraphs = docx.Document(str(watched / "report.docx")).element.body.findall(qn("w:p"))
    ends = [found for found in paragraphs if found.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None]
    ends = [
        end for end in ends if end.find(styled) is not None
    ]  # but for the cover's, which is the template's
    assert len(ends) > 1
    for end in ends:
        space = end.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
        assert (space.get(qn("w:line")), space.get(qn("w:lineRule"))) == ("20", "exact")
    # no empty paragraph between a table and the break behind it
    assert any(end.getprevious().tag == qn("w:tbl") for end in ends)
