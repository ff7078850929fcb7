import json
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from docx import Document
from tests.reports.made_finding import CITATION, make_finding
from tests.reports.test_documents import paragraphs

from junheng.reports import lint_report, write_documents
from junheng.reports.charts.areas import label_foot
from junheng.reports.number_text import plain
from junheng.reports.problem_facts import problem_groups

SCHOOL = "2150000001"
RELAXATION = {
    "id": "R5d", "indicator": "R5", "when": "is_dense_core", "add": "converted_sports_m2",
    "text": "可计入改建的运动场地", "citation": {**CITATION, "certainty": "third_party", "article": "R5 口径"},
}  # fmt: skip


def change(folder: Path, name: str, edit: Any) -> None:
    content = json.loads((folder / name).read_text("utf-8"))
    edit(content)
    (folder / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def cell(table: str, school: str, column: str, **more: Any) -> dict[str, Any]:
    return {
        "table": table, "school_id": school, "stage": None, "column": column, "value": None, "text": None,
        "unit": "", "file": "2024.xlsx", "sheet": "学校", "row": 9, "merged_into": None, **more,
    }  # fmt: skip


@pytest.fixture
def special(tmp_path: Path) -> Path:
    """A finding with one relaxed value and one campus merged into another school."""
    folder = make_finding(tmp_path / "f")
    change(folder, "standard.json", lambda found: found.update(relaxations=[RELAXATION]))
    change(
        folder, "verdict.json", lambda found: found["schools"][0]["indicators"]["R5"].update(relaxed=["R5d"])
    )
    cells = [
        cell("premises", SCHOOL, "converted_sports_m2", value=120.0, unit="平方米"),
        cell("school", "2150000099", "kind", text="primary", merged_into=SCHOOL),
        cell("school", "2150000099", "name", text="东校区", merged_into=SCHOOL),
    ]
    pq.write_table(pa.Table.from_pylist(cells), folder / "cells.parquet")
    write_documents(folder)
    return folder


def table_with(folder: Path, head: str) -> list[list[str]]:
    tables = Document(str(folder / "report.docx")).tables
    found = next(table for table in tables if head in [c.text for c in table.rows[0].cells])
    return [[c.text for c in row.cells] for row in found.rows[1:]]


def test_relaxed_values_are_listed_with_clause_certainty_and_amount(special: Path) -> None:
    (row,) = table_with(special, "放宽口径")
    assert row[1:5] == ["小学", "R5", "R5d 可计入改建的运动场地", "120平方米"]
    assert "R5 口径" in row[5]
    assert row[6] == "见于第三方工具"
    assert lint_report(special) == ()


def test_an_amount_shared_among_stages_is_not_told(special: Path) -> None:
    change(special, "verdict.json", lambda found: found["schools"][0].update(share=0.5))
    write_documents(special)
    assert table_with(special, "放宽口径")[0][4] == "—"


def test_merged_rows_name_the_school_they_went_into(special: Path) -> None:
    (row,) = table_with(special, "校区或教学点")
    assert row[0] == "东校区"
    assert SCHOOL in row[1]


def test_the_workbook_marks_both(special: Path) -> None:
    book = openpyxl.load_workbook(special / "tables.xlsx")
    heads, *body = book["小学各校指标"].iter_rows(values_only=True)
    first = [dict(zip(heads, row, strict=True)) for row in body if row[0] == SCHOOL]
    told = {row["指标"]: str(row["说明"]) for row in first}
    assert "依据放宽口径：R5d 计入120平方米" in told["R5"]
    assert "放宽" not in told["R1"]
    assert "含并入的东校区" in told["R1"]
    assert [row[1] for row in book["并入学校"].iter_rows(min_row=2, values_only=True)] == ["东校区"]


def test_a_finding_without_either_says_so(finding: Path) -> None:
    text = "".join(paragraphs(finding))
    assert "没有数值依据放宽口径计算。" in text
    assert "没有并入其他学校的校区或教学点。" in text


@pytest.mark.parametrize(
    ("overlays", "words", "trial"),
    [(["liaoning", "shenyang"], "辽宁省、沈阳市", False), (["my-own"], "my-own（试算）", True)],
)
def test_overlays_are_named_and_a_what_if_is_marked(
    tmp_path: Path, overlays: list[str], words: str, trial: bool
) -> None:
    folder = make_finding(tmp_path / "f", county="某某县")
    edit = {"overlays": overlays, "region": "210102"}
    change(folder, "standard.json", lambda found: found.update(edit))
    write_documents(folder)
    document = Document(str(folder / "report.docx"))
    text = "".join(paragraphs(folder))
    assert text.count(words) >= 3  # cover, conclusion, sources
    assert "地区代码：210102" in text
    assert ("试算" in document.paragraphs[0].text) == trial
    assert document.paragraphs[0].style is not None
    assert document.paragraphs[0].style.name == "Notice"


def test_values_an_overlay_changed_are_listed(tmp_path: Path) -> None:
    folder = make_finding(tmp_path / "f")
    citation = {**CITATION, "overlay": "liaoning", "certainty": "local"}

    def edit(found: Any) -> None:
        found["overlays"] = ["liaoning"]
        found["indicators"][0]["value_citations"] = {"": CITATION, "thresholds.primary": citation}

    change(folder, "standard.json", edit)
    write_documents(folder)
    (row,) = table_with(folder, "地方口径")
    assert row[:4] == ["辽宁省", "R1", "标准值（小学）", "4.2"]


def _empty_stage(verdict: Any, stage: str) -> None:
    verdict["schools"] = [school for school in verdict["schools"] if school["stage"] != stage]
    counts = verdict["stages"][stage]
    counts.update(schools=0, passed=0, undecided=0, composite_cv=None)
    for found in counts["indicators"].values():
        found.update(met=0, not_met=0, undecided=0, floor_missed=0, cv_verdict=None)
        found.update(dict.fromkeys(("mean", "sd", "cv", "cv_unweighted")))


@pytest.mark.parametrize("stages", [["junior"], ["primary", "junior"]])
def test_a_stage_without_schools_is_told_in_words(tmp_path: Path, stages: list[str]) -> None:
    folder = make_finding(tmp_path / "f")
    change(folder, "verdict.json", lambda found: [_empty_stage(found, stage) for stage in stages])
    write_documents(folder)
    told = [line for line in paragraphs(folder) if line == "该学段没有计入评价的学校。"]
    assert len(told) == 2 * len(stages)
    assert lint_report(folder) == ()


def test_reasons_of_failing_and_of_not_knowing_stand_apart(tmp_path: Path) -> None:
    folder = make_finding(tmp_path / "f")
    given = [
        {"code": "schools_undecided:primary:3/12", "zh": "小学 12 所中有 3 所因缺数据无法判定", "en": "x"},
        {"code": "schools_failed:primary:9/12", "zh": "小学 12 所中有 9 所未达标", "en": "x"},
        {"code": "new_kind", "zh": "另一项说不清", "en": "x", "verdict": "cannot_tell"},
    ]
    change(folder, "verdict.json", lambda found: found["county"].update(part_reasons={"resource": given}))
    write_documents(folder)
    lines = paragraphs(folder)
    assert "未达标的原因：小学 12 所中有 9 所未达标。" in lines
    assert "尚不能判定的原因：小学 12 所中有 3 所因缺数据无法判定；另一项说不清。" in lines


def test_shares_say_how_many_schools_cannot_be_told(tmp_path: Path) -> None:
    folder = make_finding(tmp_path / "f", missing=[(SCHOOL, "primary", "R4")])
    write_documents(folder)
    sentence = next(line for line in paragraphs(folder) if "小学中，每百名学生拥有高于" in line)
    assert sentence.count("，另有1所因缺数据无法判定") == 1
    assert lint_report(folder) == ()


def test_no_raw_codes_in_chinese_words(tmp_path: Path) -> None:
    folder = make_finding(tmp_path / "f")
    reason = {"code": "stage:senior", "zh": "原因：stage:senior", "en": "reason: stage:senior"}
    row = {"school_id": "1", "name": "某中学", "stage": "senior", "reason": reason}
    change(folder, "verdict.json", lambda found: found.update(skipped=[row]))
    inputs = [{"name": "2024.xlsx", "rows": {"school": 95, "stage": 108}, "sha256": "0"}]
    change(folder, "manifest.json", lambda found: found.update(inputs=inputs))
    write_documents(folder)
    assert table_with(folder, "原因") == [["某中学", "高中", "高中学段不在本标准范围"]]
    assert table_with(folder, "各表行数")[0][1] == "学校 95、学段 108"
    sheet = openpyxl.load_workbook(folder / "tables.xlsx")["未纳入评价"]
    assert [c.value for c in sheet[2]][2:] == ["高中", "高中学段不在本标准范围"]


def test_an_example_is_given_once() -> None:
    title = {"zh": "专任教师少于班数：2 处，如：专任教师 7 人，少于班数 9", "en": ""}
    group = {"title": title, "samples": [{"what": {"zh": "专任教师 7 人，少于班数 9", "en": ""}}]}
    assert problem_groups({"groups": [group]})[0].what == title["zh"]
    group["title"] = {"zh": "班数不足", "en": ""}
    assert problem_groups({"groups": [group]})[0].what == "班数不足（如：专任教师 7 人，少于班数 9）"


def test_a_value_below_the_floor_never_looks_like_the_floor() -> None:
    assert plain(0.8475, 2, line=1.0, floor=0.85) == "0.848"
    assert plain(0.84996, 2, line=1.0, floor=0.85) == "0.84996"
    assert plain(0.85, 2, line=1.0, floor=0.85) == "0.85"


def test_sheets_print_on_pages_one_wide_with_their_heads(finding: Path) -> None:
    book = openpyxl.load_workbook(finding / "tables.xlsx")
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)  # 1 is what absence means
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$1:$1"


def test_floors_show_all_their_decimals(finding: Path) -> None:
    """Two decimals would print 0.765 as 0.77."""
    sheet = openpyxl.load_workbook(finding / "tables.xlsx")["汇总"]
    floors = [cell for cell in sheet["D"][1:] if cell.value is not None]
    assert floors
    assert {cell.number_format for cell in floors} == {"General"}


def test_a_bars_number_keeps_clear_of_the_line_at_100() -> None:
    for top in (20.0, 20.4, 21.9, 22.2, 24.0):
        foot = label_foot(top, 20.0)
        assert not foot - 1.6 < 20.0 < foot, top
        assert foot <= top
    assert label_foot(30.0, 20.0) == 29.5
