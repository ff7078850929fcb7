"""The papers of funds and aid: formulas that come to the figures, words without names of children."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from junheng.funding import read_aid, read_funds, work_out, work_out_aid
from junheng.reports.funding import aid_document, funds_document, write_aid_book, write_funds_book

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "funding"
Json = dict[str, Any]


@pytest.fixture(scope="module")
def funds() -> tuple[Json, Json]:
    problem = read_funds(
        EXAMPLE / "county.xlsx",
        year=2024,
        payments=EXAMPLE / "payments.xlsx",
        overlays=[EXAMPLE / "local.yaml"],
    )
    return problem, work_out(problem)


@pytest.fixture(scope="module")
def aid() -> tuple[Json, Json]:
    problem = read_aid(EXAMPLE / "aid.xlsx", on=date(2024, 6, 30))
    return problem, work_out_aid(problem)


def _words(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_arithmetic_is_live_and_comes_to_the_figures(funds: tuple[Json, Json], tmp_path: Path) -> None:
    write_funds_book(tmp_path / "book.xlsx", *funds)
    live, values = (openpyxl.load_workbook(tmp_path / "book.xlsx", data_only=only) for only in (False, True))
    sums: dict[str, float] = {}
    for formula, row in zip(
        live["计算过程"].iter_rows(min_row=2), values["计算过程"].iter_rows(min_row=2), strict=True
    ):
        if row[6].value is None:
            continue
        number = formula[6].row
        assert formula[6].value == f"=E{number}*F{number}"
        assert row[4].value * row[5].value == pytest.approx(row[6].value, abs=1e-6)
        sums[row[0].value] = sums.get(row[0].value, 0) + row[6].value
    assert len(sums) == 8
    for row, formula in zip(
        values["应拨与实拨"].iter_rows(min_row=2, max_row=10),
        live["应拨与实拨"].iter_rows(min_row=2, max_row=10),
        strict=True,
    ):
        if row[0].value == "2199990009":  # what cannot be told stays blank
            assert row[2].value is None
            continue
        assert str(formula[2].value).startswith("=SUMIF(")
        assert row[2].value == pytest.approx(sums[row[0].value])
        assert row[4].value == pytest.approx(row[3].value - row[2].value)


def test_the_word_summary_says_what_is_not_in_it(funds: tuple[Json, Json]) -> None:
    problem, outcome = funds
    text = _words(funds_document(problem, outcome, "示例县"))
    for words in (
        "4,988,758.44 元",
        "1 所因数据缺失无法判定",
        "拖欠合计 700,000 元",
        "未经核对",
        "到账早于应拨日期",
    ):
        assert words in text
    plain = read_funds(EXAMPLE / "county.xlsx", year=2024)
    text = _words(funds_document(plain, work_out(plain), "示例县"))
    assert "不含采暖费（不是零）" in text
    assert "到账 无法判定" in text
    assert "没有登记地方规则" in text


def test_the_papers_of_aid(aid: tuple[Json, Json], tmp_path: Path) -> None:
    problem, outcome = aid
    text = _words(aid_document(problem, outcome, "示例县"))
    assert "资助 84 人次、37,687.50 元" in text
    assert "助学贷款 7 人次、56,000 元，不计入" in text
    assert "P00" not in text
    assert "内部材料" in text
    write_aid_book(tmp_path / "book.xlsx", problem, outcome)
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    assert book["待核对"]["B2"].value == "P00002"
    assert book["按困难类别"].max_row >= 7
