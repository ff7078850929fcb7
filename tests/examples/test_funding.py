"""The made-up county of funds: made again cell for cell."""

import importlib.util
from pathlib import Path

from python_calamine import CalamineWorkbook

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples" / "funding"


def _cells(path: Path) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def test_the_script_writes_the_committed_files(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make", ROOT / "examples" / "make_funding.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(tmp_path)
    for name in ("county.xlsx", "payments.xlsx", "aid.xlsx"):
        assert _cells(tmp_path / name) == _cells(FOLDER / name), f"run examples/make_funding.py ({name})"
