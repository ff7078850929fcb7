"""``junheng admit`` on lists that do not fit: pools, zones, forms without a child; never a trace."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.cli.conftest import Run
from tests.cli.made_forms import SEED

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "admission"


def _edited(path: Path, sheet: str, cell: str, value: Any, source: str = "schools.xlsx") -> Path:
    book = openpyxl.load_workbook(EXAMPLE / source)
    book[sheet][cell] = value
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("B3", "长" * 3000, "不合要求"),
        ("D3", str(10**20), "没有这一类别"),
        ("D3", 10**20, "不是类别代码"),
        ("D3", "3", "名额池“随迁名额”限定优先类别 3"),
    ],
)
def test_pools_that_no_rule_can_have(junheng: Run, tmp_path: Path, cell: str, value: Any, said: str) -> None:
    schools = _edited(tmp_path / "s.xlsx", "名额池", cell, value)
    rules = "xicheng_wish_first" if cell == "D3" else str(_rules(tmp_path))
    words = ("--rules", rules, "--schools", schools, "--intake", EXAMPLE / "intake.yaml")
    refused = junheng("admit", EXAMPLE / "applications.xlsx", *words, "--check-only")
    assert refused.code == 2
    assert said in refused.err
    assert "办法" in refused.err
    assert len(refused.err) < 1500


def _rules(folder: Path) -> Path:
    """The example's rule without its schools: they come from the list."""
    text = (EXAMPLE / "rules.yaml").read_text("utf-8")
    path = folder / "rules.yaml"
    path.write_text(text[: text.index("schools:\n")], encoding="utf-8")
    return path


def test_forms_without_a_child_are_no_clean_forms(junheng: Run, tmp_path: Path) -> None:
    forms, rules = tmp_path / "空表.xlsx", ("--rules", EXAMPLE / "rules.yaml")
    assert junheng("admit", *rules, "--template", forms).code == 0
    refused = junheng("admit", forms, *rules, "--check-only")
    assert refused.code == 2
    assert "没有儿童" in refused.err
    assert "空表.xlsx" in refused.err


def test_a_zone_table_without_rows_decides_nothing(junheng: Run, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(EXAMPLE / "zones.xlsx")
    book["片区表"].delete_rows(3, 999)
    book.save(tmp_path / "zones.xlsx")
    words = ("--rules", EXAMPLE / "rules.yaml", "--exceptions", EXAMPLE / "exceptions.yaml", "--seed", SEED)
    zones = ("--zones", tmp_path / "zones.xlsx", "--on", "2027-09-01")
    refused = junheng("admit", EXAMPLE / "applications.xlsx", *words, *zones, "--out", tmp_path / "out")
    assert refused.code == 2
    assert "没有一行数据" in refused.err
    assert not (tmp_path / "out").exists()
