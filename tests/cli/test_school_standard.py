"""``junheng school-standard`` from the command line, and what it writes."""

import csv
import json
import shutil
from pathlib import Path

import pytest
from docx import Document
from jsonschema import Draft202012Validator
from openpyxl import load_workbook
from typer.testing import CliRunner

from junheng.cli.app import app
from junheng.data import check_snapshot, read_input
from junheng.judgement import assess
from junheng.standards import resolve, school_year_start

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
SCHEMA = ROOT / "src" / "junheng" / "judgement" / "school_standards" / "result.schema.json"
RULES, BOOK = (EXAMPLES / "school_standards" / name for name in ("made_up_province.yaml", "补充数据.xlsx"))
DATA = EXAMPLES / "xx_district" / "2024.xlsx"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the example comes to."""
    out = tmp_path_factory.mktemp("judged") / "out"
    said = ["school-standard", "judge", str(DATA), "--standard", str(RULES), "--book", str(BOOK)]
    ran = CliRunner().invoke(app, [*said, "--out", str(out), "--on", "2025-01-10"])
    assert ran.exit_code == 0, ran.output
    assert "校舍场地：82/91所达标，90.1–91.2%，无法判定1所" in ran.output
    return out


def test_the_result_is_of_the_agreed_shape(written: Path) -> None:
    found = json.loads((written / "school_standard.json").read_text("utf-8"))
    validator = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    assert [error.message for error in validator.iter_errors(found)] == []
    weak = [one["is_weak"] for one in found["schools"]]
    assert weak == sorted(weak, reverse=True)


def test_the_workbook_tells_rates_schools_gaps_and_what_cannot_be_told(written: Path) -> None:
    book = load_workbook(written / "办学标准达标.xlsx")
    assert book.sheetnames == [
        "达标率",
        "逐校判定",
        "逐校差额",
        "全县合计",
        "逐项",
        "无法判定",
        "标准",
        "数据问题",
    ]
    rates = [
        row for row in book["达标率"].iter_rows(values_only=True) if row[0] == "校舍场地" and row[1] == "全县"
    ]
    assert rates == [("校舍场地", "全县", None, 91, 82, 1, 8, "90.1–91.2")]
    gaps = list(book["逐校差额"].iter_rows(min_row=2, values_only=True))
    assert all(str(row[9]).startswith(("差", "超出")) for row in gaps if row[9])
    open_ = [row for row in book["无法判定"].iter_rows(min_row=2, values_only=True) if row[0]]
    assert {row[3] for row in open_} <= {"缺校舍建筑面积", "缺学生宿舍面积", "缺食堂面积"}
    assert any("虚构" in str(cell.value) for row in book["标准"].iter_rows() for cell in row)


def test_the_annex_has_a_plan_for_each_school_that_falls_short(written: Path) -> None:
    found = json.loads((written / "school_standard.json").read_text("utf-8"))
    document = Document(str(written / "一校一策达标计划.docx"))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    short = [one["name"] for one in found["schools"] if one["misses"]]
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.style_id == "Heading2"]
    assert [head.split(". ", 1)[1].removesuffix("（薄弱学校，优先安排）") for head in headings] == short
    assert "校舍场地：91所学校中82所达标，达标率90.1–91.2%（1所缺数据无法判定）。" in text
    assert "标准为虚构样例" in text


def test_the_evidence_is_read_by_the_evaluation_of_basic_balance(written: Path, tmp_path: Path) -> None:
    """The county's own rating says every school reaches it; the schools' evidence contradicts that, and it shows."""
    with (written / "attestation.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["rating"] for row in rows} == {"达到", "未达到"}
    shutil.copy(DATA, tmp_path / "2024.xlsx")
    shutil.copy(written / "attestation.csv", tmp_path / "attestation.csv")
    rules = resolve("basic-2012", on=school_year_start(2024), region="999901")
    item = assess(check_snapshot(read_input(tmp_path)), rules, year=2024).counties[0].items["BS"]
    bad = sum(row["rating"] == "未达到" for row in rows)
    assert item.reason is not None
    assert (item.verdict.value, item.reason.code) == ("cannot_tell", f"contradiction:BS:{bad}")
    assert [one.state for one in item.attestations] == ["used"] * (len(rows) + 1)


def test_a_template_lists_the_schools_and_is_read_back_empty(tmp_path: Path) -> None:
    out = tmp_path / "t.xlsx"
    said = ["school-standard", "template", str(RULES), "--schools", str(DATA), "--out", str(out)]
    assert CliRunner().invoke(app, said).exit_code == 0
    sheet = load_workbook(out)["补充数据"]
    assert sheet.max_row > 92
    assert "校舍建筑面积（平方米）" in [cell.value for cell in sheet[1]]
    assert CliRunner().invoke(app, said).exit_code != 0  # a file that is there is never replaced


def test_standards_are_listed_and_shown() -> None:
    assert "city-2002-planning" in CliRunner().invoke(app, ["school-standard", "list"]).output
    shown = CliRunner().invoke(app, ["school-standard", "show", "city-2002-basic"]).output
    assert "12：6.6、18：5.8、24：5.4、30：5.2" in shown
    assert "建标〔2002〕102号" in shown


def test_a_faulty_book_is_judged_and_ends_with_one(tmp_path: Path) -> None:
    """A shipped standard is evidence for no item: nothing is attested."""
    book = load_workbook(BOOK)
    book["补充数据"]["A2"] = "2199999999"
    book.save(tmp_path / "b.xlsx")
    said = [
        "school-standard",
        "judge",
        str(DATA),
        "--standard",
        "city-2002-basic",
        "--book",
        str(tmp_path / "b.xlsx"),
    ]
    ran = CliRunner().invoke(app, [*said, "--out", str(tmp_path / "out")])
    assert ran.exit_code == 1, ran.output
    assert "没有本县学校 2199999999" in ran.output
    assert not (tmp_path / "out" / "attestation.csv").exists()
