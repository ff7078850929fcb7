"""``junheng explain`` prints down to the cell and the clause; wrong use is a plain error, exit 2."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest


@pytest.fixture
def folder(
    junheng: Callable[..., Any], workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    monkeypatch.setenv("COLUMNS", "160")
    assert junheng("evaluate", workbook, "--out", tmp_path / "f", "--no-documents").code == 0
    return tmp_path / "f"


def test_from_the_county_to_a_cell(junheng: Callable[..., Any], folder: Path) -> None:
    verdict = json.loads((folder / "verdict.json").read_text("utf-8"))
    whole = junheng("explain", folder)
    assert whole.code == 0
    assert "申报条件" in whole.out
    stage = junheng("explain", folder, "--county", "--indicator", "R4", "--stage", "primary")
    assert stage.code == 0
    assert "对差异影响最大的学校" in stage.out
    school = next(row for row in verdict["schools"] if row["stage"] == "primary")
    opened = junheng(
        "explain", folder, "--school", school["school_id"], "--indicator", "R4", "--stage", "primary"
    )
    assert opened.code == 0
    assert "teaching_area_m2 - indoor_sports_area_m2" in opened.out
    assert "county.xlsx" in opened.out
    assert "第六条第（四）项" in opened.out
    assert school["name"] in junheng("explain", folder, "--school", school["name"]).out


@pytest.mark.parametrize(
    ("listed", "short"),
    [("M2+O2+Q2+S2+U2+W2", "M2…W2（6 格 cells）"), ("C2+D2+E2", "C2:E2（3 格 cells）")],
)
def test_many_cells_are_shown_by_their_ends_and_number(
    junheng: Callable[..., Any], folder: Path, listed: str, short: str
) -> None:
    """The full list stays in cells.parquet, where programs look."""
    school = json.loads((folder / "verdict.json").read_text("utf-8"))["schools"][0]
    path = folder / "cells.parquet"
    table = pq.read_table(path)
    names, cells = (table.column(name).to_pylist() for name in ("column", "cell"))
    long = [listed if name == "pupils" else cell for name, cell in zip(names, cells, strict=True)]
    pq.write_table(table.set_column(table.column_names.index("cell"), "cell", pa.array(long)), path)
    words = ("--school", school["school_id"], "--indicator", "R4", "--stage", school["stage"])
    opened = junheng("explain", folder, *words)
    assert short in opened.out
    assert listed not in opened.out
    assert pq.read_table(path).column("cell").to_pylist() == long


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--school", "没有这样的学校啊"), "没有这所学校"),
        (("--county", "--indicator", "R9"), "标准没有指标 R9"),
        (("--school", "x", "--county"), "不能同时使用"),
        (("--figure", "F1"), "还没有报告"),
    ],
)
def test_wrong_use_is_said_plainly(
    junheng: Callable[..., Any], folder: Path, words: tuple[str, ...], said: str
) -> None:
    answer = junheng("explain", folder, *words)
    assert answer.code == 2
    assert said in answer.err
    assert "Traceback" not in answer.err


def test_a_folder_that_is_no_finding(junheng: Callable[..., Any], tmp_path: Path) -> None:
    answer = junheng("explain", tmp_path)
    assert answer.code == 2
    assert "这不是评估结论文件夹" in answer.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--indicator", "G4"), "算法：在校生数"),
        (("--county", "--item", "G3"), "放宽口径 G3a"),
        (("--county", "--indicator", "R4", "--stage", "小学"), "教学及辅助用房面积"),
        (("--county", "--indicator", "学校规模"), "第七条第（四）项"),
        (("--county", "--item", "G11"), "formula: (rotated) ÷ (eligible_to_rotate)"),
        (("--county", "--item", "G3"), "formula: rooms large enough where kind = 'music'"),
    ],
)
def test_chinese_words_are_understood(
    junheng: Callable[..., Any], folder: Path, words: tuple[str, ...], said: str
) -> None:
    answer = junheng("explain", folder, *words)
    assert answer.code == 0, answer.err
    assert said in answer.out


def test_a_stage_that_is_none_lists_both_forms(junheng: Callable[..., Any], folder: Path) -> None:
    answer = junheng("explain", folder, "--county", "--indicator", "R4", "--stage", "中学")
    assert answer.code == 2
    assert "小学 primary、初中 junior" in answer.err
