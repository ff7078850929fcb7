"""``junheng verify`` as a person runs it: the table, the exit codes, the difference by name."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

ROOT = Path(__file__).resolve().parents[2]
EXPORT = ROOT / "examples" / "statistics_export"
Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")


@pytest.fixture
def finding(junheng: Run, tmp_path: Path) -> Path:
    """The shipped statistics export, evaluated through its mapping file."""
    given = (EXPORT / "county_export_2024.xlsx", "--mapping", EXPORT / "mapping.yaml")
    assert junheng("evaluate", *given, "--no-documents", "--out", tmp_path / "out").code == 0
    return tmp_path / "out"


def _source() -> tuple[object, ...]:
    return ("--input", EXPORT / "county_export_2024.xlsx", "--mapping", EXPORT / "mapping.yaml")


def test_a_right_finding_exits_with_zero(junheng: Run, finding: Path) -> None:
    found = junheng("verify", finding, *_source())
    assert found.code == 0
    for part in ("一致", "Agreed", "quality-2017 · 2024-09-01"):
        assert part in found.out


def test_a_wrong_figure_exits_with_one_and_is_named(junheng: Run, finding: Path) -> None:
    path = finding / "verdict.json"
    verdict = json.loads(path.read_text("utf-8"))
    school = verdict["schools"][0]
    school["indicators"]["R1"]["value"] = 99.5
    path.write_text(json.dumps(verdict), "utf-8")
    found = junheng("verify", finding, *_source())
    assert found.code == 1
    for part in ("不一致", "difference", school["school_id"], school["stage"], "R1", "value", "99.5"):
        assert part in found.out


def test_a_standard_of_ones_own_must_be_named(junheng: Run, finding: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(ROOT / "examples" / "open_schools_114" / "standard", tmp_path / "own"))
    given = (EXPORT / "county_export_2024.xlsx", "--mapping", EXPORT / "mapping.yaml", "--standard", own)
    assert junheng("evaluate", *given, "--no-documents", "--out", tmp_path / "mine").code == 0
    assert junheng("verify", tmp_path / "mine", *_source(), "--standard", own).code == 0
    assert junheng("verify", tmp_path / "mine", *_source()).code == 2


def test_no_finding_is_refused(junheng: Run, tmp_path: Path) -> None:
    found = junheng("verify", tmp_path, *_source())
    assert found.code == 2
    assert "没有评估结论" in found.err


@pytest.fixture
def documented(junheng: Run, tmp_path: Path) -> Path:
    """The same finding with its report, workbook and figures."""
    given = (EXPORT / "county_export_2024.xlsx", "--mapping", EXPORT / "mapping.yaml")
    assert junheng("evaluate", *given, "--out", tmp_path / "documented").code == 0
    return tmp_path / "documented"


def _alter(path: Path) -> None:
    """Change the first words of a report; anything in another document."""
    if path.suffix != ".docx":
        path.write_bytes(path.read_bytes() + b" ")
        return
    report = docx.Document(str(path))
    paragraph = next(found for found in report.paragraphs if found.runs and found.text.strip())
    paragraph.runs[0].text = "全部达标"
    report.save(str(path))


def test_documents_are_held_against_what_was_written(junheng: Run, documented: Path) -> None:
    found = junheng("verify", documented, *_source())
    assert found.code == 0
    assert "文书与写出时一致" in found.out
    for name in ("report.docx", "tables.xlsx", "figures.json"):
        kept = (documented / name).read_bytes()
        _alter(documented / name)
        altered = junheng("verify", documented, *_source())
        (documented / name).write_bytes(kept)
        assert altered.code == 1
        assert name in altered.out


def test_a_finding_without_documents_says_so(junheng: Run, finding: Path) -> None:
    found = junheng("verify", finding, *_source())
    assert found.code == 0
    assert "没有文书" in found.out


def test_a_renamed_input_is_noted(junheng: Run, finding: Path, tmp_path: Path) -> None:
    other = shutil.copy(EXPORT / "county_export_2024.xlsx", tmp_path / "renamed_2024.xlsx")
    found = junheng("verify", finding, "--input", other, "--mapping", EXPORT / "mapping.yaml")
    assert found.code == 0
    assert "county_export_2024.xlsx → renamed_2024.xlsx" in found.out
