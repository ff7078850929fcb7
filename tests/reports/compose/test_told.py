from fractions import Fraction
from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.reports.compose import load_library, told_template
from junheng.reports.compose.told import read_told

RULES = load_library().told
HEAD = "编号,数值,出处\n"


def book(tmp_path: Path, rows: str, head: str = HEAD) -> Path:
    path = tmp_path / "data.csv"
    path.write_text(head + rows, encoding="utf-8")
    return path


def test_the_template_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(
        told_template(
            RULES, {"hired_five_years": (1418, "2019—2023", "人事科"), "budget_growth": (30.5, "", "预算")}
        )
    )
    found = read_told(path, RULES)
    assert set(found) == {"hired_five_years", "budget_growth"}
    assert found["hired_five_years"].value == 1418
    assert found["hired_five_years"].period == "2019—2023"
    assert found["budget_growth"].value == Fraction(305, 1000)
    assert "行" in found["hired_five_years"].where


def test_an_empty_value_is_absent(tmp_path: Path) -> None:
    assert read_told(book(tmp_path, "hired_five_years,,\n"), RULES) == {}


@pytest.mark.parametrize(
    ("rows", "words", "where"),
    [
        ("hired_five_year,3,甲\n", "最接近的是 hired_five_years", "A2"),
        ("hired_five_years,3,\n", "没有出处", "C2"),
        ("hired_five_years,三,甲\n", "不是数值", "B2"),
        ("hired_five_years,3.5,甲\n", "整数", "B2"),
        ("hired_five_years,-3,甲\n", "整数", "B2"),
        ("hired_five_years,3,甲\nhired_five_years,4,乙\n", "出现两次", "A3"),
    ],
)
def test_bad_cells_are_named(tmp_path: Path, rows: str, words: str, where: str) -> None:
    with pytest.raises(UserError, match=words) as refused:
        read_told(book(tmp_path, rows), RULES)
    assert refused.value.where == f"data.csv {where}"


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="出处"):
        read_told(book(tmp_path, "hired_five_years,3\n", "编号,数值\n"), RULES)
