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
    assert (first["基本值（底线）"], first["达标值"]) == (cell["floor"], cell["threshold"])
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
    with pytest.raises(UserError, match="No space left"):
        write_documents(finding, digits=3)
    assert {path.name: path.read_bytes() for path in finding.iterdir()} == before
