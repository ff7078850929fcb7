"""``junheng enrolment``: written, shown without names, checked, refused in words."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.enrolment.made import small_book, write_book

DAY = ("--on", "2026-10-01")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path / "book.xlsx", small_book())


def test_lists_to_ledgers_and_back(junheng: Any, book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = junheng("enrolment", "match", book, *DAY, "--out", out)
    assert ran.code == 0
    assert (
        "户籍 × 学籍 household × register：5 × 3，确定 certain 2，待核 to check 0，找不到 not found 3"
        in ran.out
    )
    assert not any(str(row[0]) in ran.out + ran.err for row in small_book()["户籍"][1:])
    verified = junheng("verify", out)
    assert (verified.code, "Agreed" in verified.out) == (0, True)
    names = [
        row[1].value for row in load_workbook(out / "full" / "台账.xlsx")["疑似辍学台账"].iter_rows(min_row=2)
    ]
    assert names[:2] == ["李佳怡", "周末"]
    masked = [
        row[1].value
        for row in load_workbook(out / "masked" / "台账.xlsx")["疑似辍学台账"].iter_rows(min_row=2)
    ]
    assert masked[:2] == ["李*", "周*"]
    (out / "full" / "counts.json").write_text("{}", "utf-8")
    assert junheng("verify", out).code == 1


def test_a_second_run_goes_on_with_the_numbers(junheng: Any, book: Path, tmp_path: Path) -> None:
    junheng("enrolment", "match", book, *DAY, "--out", tmp_path / "a")
    ran = junheng(
        "enrolment",
        "match",
        book,
        "--on",
        "2026-11-01",
        "--out",
        tmp_path / "b",
        "--previous",
        tmp_path / "a",
    )
    assert ran.code == 0
    assert '"opened": "2026-10-01"' in (tmp_path / "b" / "full" / "ledgers.json").read_text("utf-8")
    assert junheng("verify", tmp_path / "b").code == 0


def test_lists_that_are_absent_are_said_to_be(junheng: Any, tmp_path: Path) -> None:
    sheets = {title: rows for title, rows in small_book().items() if title in ("户籍", "学籍")}
    ran = junheng(
        "enrolment", "match", write_book(tmp_path / "b.xlsx", sheets), *DAY, "--out", tmp_path / "out"
    )
    assert ran.code == 0
    assert "no sheet on-site" in ran.out
    assert "no sheet relief" in ran.out
    assert junheng("verify", tmp_path / "out").code == 0


def test_a_report_of_groups(junheng: Any, book: Path, tmp_path: Path) -> None:
    ran = junheng("enrolment", "report", book, "--out", tmp_path / "out", *DAY)
    assert ran.code == 0
    assert "随迁子女 migrant：1 ÷ 3 = 33.33 %" in ran.out
    assert (tmp_path / "out" / "特殊群体情况.docx").stat().st_size > 0
    assert junheng("verify", tmp_path / "out").code == 0


def test_refusals(junheng: Any, book: Path, tmp_path: Path) -> None:
    other = tmp_path / "work"
    other.mkdir()
    (other / "mine.txt").write_text("mine", "utf-8")
    cases = [
        (("match", book, "--on", "October", "--out", tmp_path / "o"), "YYYY-MM-DD"),
        (("match", book, "--on", "2023-12-31", "--out", tmp_path / "o"), "in force from 2024-01-01"),
        (("match", book, *DAY, "--out", other), "holds something else"),
        (("match", book, *DAY, "--out", tmp_path), "input lies in the output folder"),
        (
            ("match", book, *DAY, "--out", tmp_path / "o", "--previous", other),
            "earlier result cannot be used",
        ),
        (("match", tmp_path / "absent.xlsx", *DAY, "--out", tmp_path / "o"), "no such file"),
    ]
    for words, said in cases:
        ran = junheng("enrolment", *words)
        assert (ran.code, said in ran.err) == (2, True), ran.err
        assert not (tmp_path / "o").exists()
    assert (other / "mine.txt").read_text("utf-8") == "mine"
