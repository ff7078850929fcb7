import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from tests.reports.made_finding import make_finding

from junheng.basics import UserError
from junheng.reports import lint_report, write_documents
from junheng.reports.lint import look_up
from junheng.reports.lint_document import read_paragraph

# Document 2 of the mission: schools that meet each of R1–R7, and the shares as printed there.
PRIMARY = ((46, "69.6"), (15, "22.7"), (17, "25.7"), (46, "69.6"), (35, "53"), (22, "33.3"), (43, "65.1"))
JUNIOR = ((26, "86.6"), (14, "46.6"), (4, "13.3"), (24, "80"), (16, "53.3"), (14, "46.6"), (15, "50"))


def paragraphs(folder: Path) -> list[str]:
    """The report's paragraphs as a reader reads them, without the tags of the numbers."""
    body = Document(str(folder / "report.docx")).element.body
    return [read_paragraph(paragraph)[0] for paragraph in body.iter(qn("w:p"))]


def numbers(folder: Path) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = json.loads((folder / "figures.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize(("whole", "stage", "expected"), [(66, "小学", PRIMARY), (30, "初中", JUNIOR)])
def test_document_2s_paragraph(
    district: Path, whole: int, stage: str, expected: tuple[tuple[int, str], ...]
) -> None:
    lines = paragraphs(district)
    sentence = next(
        line for line in lines if line.startswith(f"{whole}所{stage}中，每百名学生拥有高于规定学历教师数")
    )
    printed = [part.rpartition("达标")[2] for part in sentence.rstrip("。").split("；")]
    assert printed == [f"{count}所，占{share}%" for count, share in expected]
    passing = next(line for line in lines if line.startswith(f"{whole}所{stage}中，7项指标整体达标"))
    assert passing.endswith("的5所，占7.5%。" if whole == 66 else "的0所，占0%。")


def test_the_district_passes_its_own_linter(district: Path) -> None:
    assert lint_report(district) == ()


def test_chapters_stand_in_order(finding: Path) -> None:
    document = Document(str(finding / "report.docx"))
    chapters = [p.text for p in document.paragraphs if p.style is not None and p.style.style_id == "Heading1"]
    assert chapters == [
        "一、工作措施", "二、达标情况", "三、校际差异系数", "四、存在的问题", "五、缺口与建议",
        "附表　各校各项指标", "数据与依据", "数字索引",
    ]  # fmt: skip


def test_contents_are_a_field_and_filled_in(finding: Path) -> None:
    document = Document(str(finding / "report.docx"))
    fields = "".join(text.text for text in document.element.body.iter(qn("w:instrText")))
    assert 'TOC \\o "1-2"' in fields
    entries = [p.text for p in document.paragraphs if p.style is not None and p.style.style_id == "TOC1"]
    assert entries[0].startswith("一、工作措施")
    assert all(entry.split("\t")[-1].strip().isdigit() for entry in entries)


def test_made_up_data_is_marked_on_cover_and_every_page(finding: Path, tmp_path: Path) -> None:
    document = Document(str(finding / "report.docx"))
    assert document.paragraphs[0].text == "本报告依据虚构数据生成，仅供演示"
    assert "虚构数据" in document.sections[-1].header.paragraphs[0].text
    real = make_finding(tmp_path / "real", county="某某县")
    write_documents(real)
    assert "虚构" not in "".join(paragraphs(real))


def test_every_number_equals_its_source(finding: Path) -> None:
    checked = 0
    for entry in numbers(finding):
        path = entry["refs"].get("path")
        if path:
            source = json.loads((finding / entry["refs"]["file"]).read_text("utf-8"))
            assert look_up(source, path) == entry["value"], entry
            checked += 1
    assert checked > 100


def test_every_number_has_a_row_in_the_index(finding: Path) -> None:
    body = Document(str(finding / "report.docx")).element.body
    names = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert {f"figure_{entry['id']}" for entry in numbers(finding)} <= names


def test_percent_mode_and_digits_reach_the_text(finding: Path) -> None:
    shares = {entry["name"]: entry["text"] for entry in numbers(finding) if entry["kind"] == "share"}
    write_documents(finding, percent="round", digits=3)
    finer = {entry["name"]: entry["text"] for entry in numbers(finding) if entry["kind"] == "share"}
    assert shares.keys() == finer.keys()
    assert shares != finer
    assert lint_report(finding) == ()


def test_missing_data_cannot_tell_and_is_never_zero(tmp_path: Path) -> None:
    folder = make_finding(tmp_path / "f", missing=[("2150000001", "primary", "R4")])
    write_documents(folder)
    text = "\n".join(paragraphs(folder))
    assert "小学有指标因数据缺失无法判定：R4 生均教学及辅助用房面积1所。缺失数据未按零处理。" in text
    table = next(t for t in Document(str(folder / "report.docx")).tables if t.rows[0].cells[0].text == "序号")
    first = [cell.text for cell in table.rows[1].cells]
    assert first[6] == "—"
    assert lint_report(folder) == ()


def test_a_standard_without_thresholds_is_told_by_its_coefficients(tmp_path: Path) -> None:
    folder = make_finding(tmp_path / "f", thresholds=False)
    write_documents(folder)
    text = "\n".join(paragraphs(folder))
    assert "只评价校际差异，不设学校达标线" in text
    assert "达标缺口" not in text
    assert lint_report(folder) == ()


def test_fewest_schools_are_named(tmp_path: Path) -> None:
    raised = {
        "primary": {"R2": {"schools": ["2150000001", "2150000002"]}},
        "junior": {"R2": {"schools": None}},
    }
    folder = make_finding(tmp_path / "f", raise_to_mean=raised)
    write_documents(folder)
    text = "\n".join(paragraphs(folder))
    assert (
        "小学R2：至少将2所学校提高到全县现有平均值，差异系数即可降到限值以内：城关镇1小学、第2小学。" in text
    )
    assert "初中R2：即使把低于平均值的学校全部提高到现有平均值" in text


def test_names_with_markup_and_control_characters_survive(tmp_path: Path) -> None:
    folder = make_finding(tmp_path / "f", county="甲<县>&\x0b")
    write_documents(folder)
    assert "甲<县>&在2024—2025学年的总体结论为" in "".join(paragraphs(folder))


def test_header_rows_repeat_and_tables_fit_the_page(finding: Path) -> None:
    document = Document(str(finding / "report.docx"))
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert (document.sections[1].page_width, document.sections[1].page_height) == (7560310, 10692130)
    assert document.sections[2].page_width > document.sections[2].page_height


def test_hundreds_of_schools_stay_readable(tmp_path: Path) -> None:
    folder = make_finding(tmp_path / "f", schools={"primary": 420})
    write_documents(folder)
    text = "\n".join(paragraphs(folder))
    assert "等（共" in text
    assert "本表列前400所，全部420所见 tables.xlsx。" in text


def test_a_folder_that_is_no_finding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="不是完整的评价结论"):
        write_documents(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_finding_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    folder = make_finding(tmp_path / "f")
    (folder / "values.parquet").write_bytes(b"PAR1")
    with pytest.raises(UserError, match="不是完整的评价结论"):
        write_documents(folder)
    assert not (folder / "report.docx").exists()


def test_two_runs_agree(finding: Path, tmp_path: Path) -> None:
    other = make_finding(tmp_path / "other")
    write_documents(other)
    assert (finding / "figures.json").read_bytes() == (other / "figures.json").read_bytes()
    with zipfile.ZipFile(finding / "report.docx") as a, zipfile.ZipFile(other / "report.docx") as b:
        assert a.read("word/document.xml") == b.read("word/document.xml")
