import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from junheng.basics import UserError
from junheng.reports import lint_report, lint_text


def change(folder: Path, name: str, edit: Callable[[Any], None]) -> None:
    path = folder / name
    content = json.loads(path.read_text("utf-8"))
    edit(content)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def words(folder: Path) -> str:
    return "\n".join(str(problem) for problem in lint_report(folder))


def test_a_sound_report_is_clean(finding: Path) -> None:
    assert lint_report(finding) == ()


def test_parts_that_do_not_sum_are_found(finding: Path) -> None:
    def edit(verdict: Any) -> None:
        verdict["stages"]["primary"]["indicators"]["R3"]["not_met"] += 1

    change(finding, "verdict.json", edit)
    assert "verdict.json stages.primary.indicators.R3: 写的是12，合计为13" in words(finding)


def test_a_wrong_share_in_the_list_of_numbers_is_found(finding: Path) -> None:
    def edit(numbers: Any) -> None:
        entry = next(entry for entry in numbers if entry["kind"] == "share")
        entry["text"], entry["value"] = "99.9", 99.9

    change(finding, "figures.json", edit)
    assert "写的是 99.9%" in words(finding)


def test_a_number_that_left_its_source_is_found(finding: Path) -> None:
    def edit(numbers: Any) -> None:
        entry = next(entry for entry in numbers if entry["name"] == "primary.R1.met")
        entry["value"] += 1

    change(finding, "figures.json", edit)
    assert "出处的值为" in words(finding)


def test_a_share_edited_in_the_text_is_found(finding: Path) -> None:
    document = Document(str(finding / "report.docx"))
    paragraph = next(p for p in document.paragraphs if "学历教师数达标" in p.text)
    share = next(run for run in paragraph.runs if "." in run.text or run.text.isdigit())
    share.text = "1"
    document.save(str(finding / "report.docx"))
    assert "文中为“1”" in words(finding)


def test_a_table_that_does_not_sum_is_found(finding: Path) -> None:
    document = Document(str(finding / "report.docx"))
    table = next(t for t in document.tables if "未达标" in [cell.text for cell in t.rows[0].cells])
    table.rows[2].cells[3].paragraphs[0].runs[0].text = "99"
    document.save(str(finding / "report.docx"))
    assert "不等于 12" in words(finding)


def test_a_short_list_of_names_is_found(finding: Path) -> None:
    document = Document(str(finding / "report.docx"))
    paragraph = next(p for p in document.paragraphs if p.text.startswith("未达标学校（"))
    run = paragraph.runs[-1]
    run.text = run.text.partition("、")[2]
    document.save(str(finding / "report.docx"))
    assert "stated" in words(finding)


def test_a_dangling_reference_is_found(finding: Path) -> None:
    document = Document(str(finding / "report.docx"))
    body = document.element.body
    namespace = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    mark = next(m for m in body.iter(f"{namespace}bookmarkStart") if m.get(f"{namespace}name") == "figure_F1")
    mark.set(f"{namespace}name", "elsewhere")
    document.save(str(finding / "report.docx"))
    assert "引用的位置 figure_F1 不存在" in words(finding)


def test_without_a_report_there_is_nothing_to_examine(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="无法读取"):
        lint_report(tmp_path)


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("联盟25个、15个，共40个", "25+15=40"),
        ("新增学位28984个和10956个，共39940个", "28984+10956=39940"),
        ("1.1万名、0.5751万名，约1.68万名", "1.1+0.5751≈1.68"),
        ("1.83、2.34、2.1、6.5，共12.77亿元", "1.83 + 2.34 + 2.1 + 6.5 = 12.77"),
    ],
)
def test_sums_of_the_documents_hold(text: str, declared: str) -> None:
    assert lint_text(text, [declared]) == ()


@pytest.mark.parametrize(
    ("text", "declared", "said"),
    [
        ("25个和15个，共41个", "25+15=41", "合计应为 40"),
        ("1.83、2.34、2.1、6.5，共15.28亿元", "1.83+2.34+2.1+6.5=15.28", "合计应为 12.77"),
        ("共4\n10、3个，其中40个", "40+3=43", "没有完整的“43”"),
        ("随便", "about 40", "无法读懂的算式"),
    ],
)
def test_sums_that_fail_are_reported(text: str, declared: str, said: str) -> None:
    assert said in "\n".join(map(str, lint_text(text, [declared])))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("66所小学中，达标46所，占69.7%。", "应为 69.6%"),
        ("66所小学中，达标67所，占69.6%。", "多于全体"),
        ("集团4\n10、3个", "断行"),
        ("光纤IOOM接入", "字母"),
        ("正文\n— 12 —\n正文", "页码"),
        ("办法（试行", "不配对"),
        ("義務教育", "繁体"),
        ("这一段话很长很长很长很长很长很长很长很长很长很长很长很长很长很长\n" * 2, "重复"),
    ],
)
def test_traps_are_reported(text: str, said: str) -> None:
    assert said in "\n".join(map(str, lint_text(text)))


def test_clean_text_is_clean() -> None:
    text = "66所小学中，达标46所，占69.6%；未达标20所，占30.3%。\n30所初中中，达标24所，占80%。"
    assert lint_text(text) == ()
    assert lint_text("30所初中中，达标26所，占86.7%。", mode="round") == ()
