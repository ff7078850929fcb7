"""A renamed input is the same input; a changed one is told by the cells that changed."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from junheng.verification import verify_finding

Make = Callable[..., Path]


@pytest.fixture
def given(varied_input: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(varied_input, tmp_path / "given"))


def _replace(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")


def _said(finding: Path, given: Path) -> str:
    result = verify_finding(finding, given)
    assert not result.ok
    assert result.difference is not None
    return result.difference.en


def test_a_renamed_input_agrees_and_is_noted(varied_finding: Path, given: Path) -> None:
    (given / "stage.csv").rename(given / "学段.csv")
    result = verify_finding(varied_finding, given)
    assert result.difference is None
    told = [note.zh for note in result.notes]
    assert told == ["输入文件已改名：stage.csv → 学段.csv，内容未变"]
    assert result.ok


def test_an_input_as_it_was_has_no_note(varied_finding: Path, varied_input: Path) -> None:
    assert verify_finding(varied_finding, varied_input).notes == ()


def test_the_changed_cell_is_named(varied_finding: Path, given: Path) -> None:
    _replace(given / "stage.csv", ("2024,2199000001,primary,900,", "2024,2199000001,primary,901,"))
    said = _said(varied_finding, given)
    assert "inputs / stage.csv" in said
    assert "stage.csv" in said
    assert "(2199000001 primary pupils): 900 → 901" in said
    assert said.count("→") == 1


def test_a_blanked_cell_and_a_lost_row_are_named(varied_finding: Path, given: Path) -> None:
    _replace(given / "stage.csv", ("2024,2199000001,primary,900,", "2024,2199000001,primary,,"))
    assert "900 → blank" in _said(varied_finding, given)
    lines = (given / "stage.csv").read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("2024,2199000003,")]
    (given / "stage.csv").write_text("".join(kept), "utf-8")
    assert "(2199000003 primary pupils): 700 → no such row" in _said(varied_finding, given)


def test_many_changes_are_counted(varied_finding: Path, given: Path) -> None:
    path = given / "premises.csv"
    path.write_text(path.read_text("utf-8").replace(",120.5,", ",121.5,"), "utf-8")
    said = _said(varied_finding, given)
    assert said.count("→") == 5
    assert "more" in said


def test_a_change_elsewhere_is_still_a_change(varied_finding: Path, given: Path) -> None:
    path = given / "county.csv"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert "no cell the finding rests on differs" in _said(varied_finding, given)


def test_every_county_of_a_book_is_searched(
    build: object, finding_of: Make, varied_input: Path, tmp_path: Path
) -> None:
    given = Path(shutil.copytree(varied_input, tmp_path / "two"))
    _replace(
        given / "school.csv",
        ("2199000003,primary,public,county,999901", "2199000003,primary,public,county,999902"),
    )
    found = finding_of(given, tmp_path / "out")
    assert verify_finding(found, given).ok
    _replace(given / "stage.csv", ("2024,2199000003,primary,700,", "2024,2199000003,primary,701,"))
    assert "700 → 701" in _said(found, given)


def test_a_tampered_size_is_no_rename(varied_finding: Path, varied_input: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(varied_finding, tmp_path / "copy"))
    path = copy / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["inputs"][0]["size_bytes"] += 1
    path.write_text(json.dumps(manifest), "utf-8")
    assert "size_bytes" in _said(copy, varied_input)
