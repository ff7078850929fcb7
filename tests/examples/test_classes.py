"""The shipped class example: made again cell for cell, clean, and within the published yardstick."""

import importlib.util
from pathlib import Path

import pytest
import yaml
from python_calamine import CalamineWorkbook

from junheng.class_formation import plan_from, read_intake

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples" / "classes"
BOOKS = ("intake.xlsx", "newcomers.xlsx", "moves.xlsx")


def _cells(path: Path) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def test_the_script_writes_the_committed_files(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make", ROOT / "examples" / "make_class_intake.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(tmp_path)
    for name in BOOKS:
        assert _cells(tmp_path / name) == _cells(FOLDER / name), f"run examples/make_class_intake.py ({name})"


@pytest.mark.parametrize(("name", "children"), [("intake.xlsx", 1480), ("newcomers.xlsx", 3)])
def test_the_rolls_are_clean_and_belong_to_the_rules(name: str, children: int) -> None:
    plan = plan_from(yaml.safe_load((FOLDER / "rules.yaml").read_text("utf-8"))["problem"])
    intake = read_intake(FOLDER / name, mark_unit=plan.mark_unit)
    assert intake.faults == ()
    assert len(intake.children) == children
    assert {child.home for child in intake.children} <= {(g.school, g.grade) for g in plan.groups}


def test_everything_that_makes_forming_hard_occurs() -> None:
    intake = read_intake(FOLDER / "intake.xlsx")
    assert any(child.together for child in intake.children)  # twins
    assert any(child.apart for child in intake.children)
    assert any(child.special for child in intake.children)
    assert any(not child.marks for child in intake.children)  # absent: no mark, never 0
