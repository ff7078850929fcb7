"""The form of application and the list of evidence, from the example district's finding."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from tests.reports.made_finding import make_finding

from junheng.basics import UserError, sha256_file
from junheng.reports import write_application
from junheng.reports.application.evidence import evidence_rows
from junheng.reports.application.reported import Reported, read_reported
from junheng.reports.read_facts import read_facts

FORM, EVIDENCE = "申报表.docx", "佐证材料清单.xlsx"


@pytest.fixture(scope="module")
def applied(district: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("application")
    write_application(district, out)
    return out


def _tables(folder: Path) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(str(folder / FORM)).tables
    ]


def test_every_item_of_the_finding_stands_in_the_form(district: Path, applied: Path) -> None:
    verdict = json.loads((district / "verdict.json").read_text("utf-8"))
    found = {row[0] for table in _tables(applied) if table[0][0] == "编号" for row in table[1:] if row[0]}
    assert found == set(verdict["items"])


def test_seven_indicators_by_stage(applied: Path) -> None:
    primary, junior = (table for table in _tables(applied) if table[0][0] == "指标")
    assert [row[2] for row in primary[1:]] == ["46", "15", "17", "46", "35", "22", "43"]
    assert [row[2] for row in junior[1:]] == ["26", "14", "4", "24", "16", "14", "15"]
    assert primary[2][-3:] == ["0.5005", "0.5", "未达标"]


def test_county_entry_and_parts(district: Path, applied: Path) -> None:
    rows = {row[0]: row[1:] for table in _tables(applied) for row in table if len(row) in (2, 3)}
    assert rows["基本均衡认定日期"] == ["2017-12-20"]
    assert rows["申报条件"][0] == "达标"
    assert rows["资源配置"][0] == "未达标"
    text = "".join(Document(str(applied / FORM)).element.body.itertext())
    assert sha256_file(district / "verdict.json") in text
    assert "县级人民政府申报意见" in text


def test_numbers_are_those_of_the_cells(district: Path, applied: Path) -> None:
    rows = {row[0]: row[1:] for table in _tables(applied) if table[0][0] == "学段" for row in table[1:]}
    reported = read_reported(district)
    pupils = reported.total("stage", "pupils", "primary").value
    assert rows["小学"][2] == f"{pupils}人"
    kinds = reported.schools_by_kind()
    assert (kinds["primary"], kinds["special"]) == (56, 1)


def test_a_missing_cell_leaves_the_total_untold() -> None:
    cells = [
        {"table": "stage", "column": "pupils", "stage": "primary", "value": value}
        for value in (30.0, None, 12.0)
    ]
    total = Reported(cells).total("stage", "pupils", "primary")
    assert (total.value, total.rows, total.lacking) == (None, 3, 1)


def test_evidence_of_every_item(district: Path, applied: Path) -> None:
    facts = read_facts(district)
    rows = evidence_rows(facts, read_reported(district))
    assert {row.key for row in rows} == set(facts.verdict["items"])
    (attested,) = (row for row in rows if row.key == "G1")
    assert len(attested.sha256) == 64
    assert attested.expires == "2025-06-30"
    (expired,) = (row for row in rows if row.key == "Q8")
    assert expired.lacks == "已失效"
    assert any("2024.xlsx [专用教室]" in row.there for row in rows if row.key == "G3")
    book = openpyxl.load_workbook(applied / EVIDENCE)
    assert [row[0] for row in book["尚缺"].iter_rows(min_row=2, values_only=True)] == ["Q8"]


def test_opinions_are_kept_and_edits_refused(district: Path, applied: Path, tmp_path: Path) -> None:
    out = Path(shutil.copytree(applied, tmp_path / "out"))
    document = Document(str(out / FORM))
    prompt = next(t for t in document.element.body.iter(qn("w:t")) if "复核意见。" in (t.text or ""))
    prompt.text = "同意申报。"
    document.save(str(out / FORM))
    write_application(district, out)
    assert "同意申报。" in "".join(Document(str(out / FORM)).element.body.itertext())
    edited = Document(str(out / FORM))
    edited.tables[0].rows[0].cells[0].paragraphs[0].add_run("改")
    edited.save(str(out / FORM))
    with pytest.raises(UserError, match="人工修改"):
        write_application(district, out)
    write_application(district, out, overwrite=True)
    assert (out / "申报表.人工稿.docx").exists()


def test_a_finding_without_items_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="申报表"):
        write_application(make_finding(tmp_path / "f"), tmp_path)
