import json
from pathlib import Path

import openpyxl
import pytest
from tests.reports.made_finding import make_finding

from junheng.basics import UserError
from junheng.reports import write_documents
from junheng.reports.read_facts import read_facts
from junheng.reports.workbook.book import DATA_COLUMNS, write_workbook


def rows(folder: Path, sheet: str) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    return list(book[sheet].iter_rows(values_only=True))


def test_sheets(finding: Path) -> None:
    book = openpyxl.load_workbook(finding / "tables.xlsx")
    assert book.sheetnames[:5] == ["汇总", "小学各校指标", "初中各校指标", "差异系数", "缺口合计"]
    assert book.sheetnames[-1] == "data"
    for sheet in book.worksheets:
        assert sheet.auto_filter.ref
        assert sheet.freeze_panes


def test_every_school_and_indicator_with_numbers_as_numbers(finding: Path) -> None:
    heads, *body = rows(finding, "小学各校指标")
    assert len(body) == 12 * 7
    verdict = json.loads((finding / "verdict.json").read_text("utf-8"))
    school = next(s for s in verdict["schools"] if s["stage"] == "primary")
    first = dict(zip(heads, body[0], strict=True))
    cell = school["indicators"]["R1"]
    assert first["学校标识码"] == school["school_id"]
    assert (first["基本值\n（底线）"], first["达标值"]) == (cell["floor"], cell["threshold"])
    assert first["实际值"] == pytest.approx(cell["value"])
    assert first["缺口"] == cell["shortfall"]
    assert isinstance(first["达标值"], float)


def test_states_are_coloured(finding: Path) -> None:
    sheet = openpyxl.load_workbook(finding / "tables.xlsx")["小学各校指标"]
    assert len(sheet.conditional_formatting) == 2


def test_machine_readable_sheet_equals_the_finding(finding: Path) -> None:
    heads, *body = rows(finding, "data")
    assert heads == DATA_COLUMNS
    verdict = json.loads((finding / "verdict.json").read_text("utf-8"))
    expected = {
        (s["school_id"], s["stage"], key): (found["value"], found["verdict"])
        for s in verdict["schools"]
        for key, found in s["indicators"].items()
    }
    found = {}
    for row in body:
        entry = dict(zip(heads, row, strict=True))
        found[entry["school_id"], entry["stage"], entry["indicator"]] = (entry["value"], entry["verdict"])
    assert found.keys() == expected.keys()
    for key, (value, word) in expected.items():
        assert found[key] == (pytest.approx(value), word)


def test_absent_is_blank_not_zero(tmp_path: Path) -> None:
    folder = make_finding(tmp_path / "f", missing=[("2150000001", "primary", "R1")])
    write_documents(folder)
    heads, *body = rows(folder, "小学各校指标")
    first = dict(zip(heads, body[0], strict=True))
    assert (first["实际值"], first["缺口"], first["是否达标"]) == (None, None, "无法判定")
    totals = {row[1]: row for row in rows(folder, "缺口合计")[1:] if row[0] == "小学"}
    assert next(row for name, row in totals.items() if str(name).startswith("R1"))[3] == 1


def test_a_name_is_never_a_formula(tmp_path: Path) -> None:
    folder = make_finding(tmp_path / "f")
    path = folder / "verdict.json"
    verdict = json.loads(path.read_text("utf-8"))
    verdict["schools"][0]["name"] = '=HYPERLINK("http://x")'
    path.write_text(json.dumps(verdict), encoding="utf-8")
    write_documents(folder)
    sheet = openpyxl.load_workbook(folder / "tables.xlsx")["小学各校指标"]
    assert sheet["B2"].data_type == "s"
    assert sheet["B2"].value == '=HYPERLINK("http://x")'


def test_sensitivity_of_the_district(district: Path) -> None:
    heads, *body = rows(district, "余量")
    assert heads[0] == "学校标识码"
    assert len({row[0] for row in body}) == 5  # the five passing primary schools
    assert {row[2] for row in rows(district, "差异贡献")[1:]} == set(range(1, 11))
    assert len(rows(district, "其他均衡指标")) == 1 + 14


def test_a_place_that_cannot_be_written_is_the_systems_error(finding: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_workbook(read_facts(finding), tmp_path / "nowhere" / "tables.xlsx")


def test_a_full_disk_changes_nothing(finding: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = {path.name: path.read_bytes() for path in finding.iterdir()}
    monkeypatch.setattr("junheng.reports.documents.write_workbook", full)
    with pytest.raises(UserError, match=r"(?i)no space left"):
        write_documents(finding, digits=3)
    assert {path.name: path.read_bytes() for path in finding.iterdir()} == before


def test_every_sheet_prints_readably_on_a4(district: Path) -> None:
    """One page wide on its side: what the columns take decides how small the print becomes."""
    for sheet in openpyxl.load_workbook(district / "tables.xlsx").worksheets:
        assert "XX区" in sheet.oddHeader.left.text
        groups = sheet.column_dimensions.values()
        pixels = sum((group.max - group.min + 1) * 7 * group.width for group in groups)
        smallest = 0.55 if sheet.title == "data" else 0.8  # what is for programs may be small on paper
        assert pixels <= 1046 / smallest, sheet.title  # 10.9 inches at 96 dots


def test_long_texts_wrap_within_their_column(tmp_path: Path) -> None:
    """A text that runs over its column would widen the printed page and shrink all of it."""
    folder = make_finding(tmp_path / "f")
    path = folder / "verdict.json"
    verdict = json.loads(path.read_text("utf-8"))
    verdict["schools"][0]["name"] = "某某县某某镇某某村某某小学某某某某教学点" * 3
    path.write_text(json.dumps(verdict), encoding="utf-8")
    write_documents(folder)
    sheet = openpyxl.load_workbook(folder / "tables.xlsx")["小学各校指标"]
    assert sheet["B2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height > 5 * 13
    assert sheet.row_dimensions[20].height is None


def test_a_finding_without_problems_says_so(tmp_path: Path) -> None:
    folder = make_finding(tmp_path / "f")
    (folder / "problems.json").write_text(json.dumps({"groups": [], "count": 0}), encoding="utf-8")
    write_documents(folder)
    assert ("没有数据问题", None, None, None, None) in rows(folder, "问题")
