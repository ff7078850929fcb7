"""The shipped tables are what make_staff.py writes."""

import importlib.util
from pathlib import Path

from junheng.data import read_sheets

FOLDER = Path(__file__).parents[3] / "examples" / "plans" / "staff"


def test_the_workbook_is_written_again_cell_for_cell(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_staff", FOLDER / "make_staff.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(tmp_path / "staff.xlsx")
    again, shipped = read_sheets(tmp_path / "staff.xlsx"), read_sheets(FOLDER / "staff.xlsx")
    assert [(grid.sheet, grid.rows) for grid in again] == [(grid.sheet, grid.rows) for grid in shipped]
