"""``junheng sizes`` from the command line."""

import json
from pathlib import Path

from openpyxl import load_workbook
from typer.testing import CliRunner

from junheng.cli.app import app

DISTRICT = Path(__file__).parents[2] / "examples" / "xx_district"


def test_the_district_is_counted_and_its_own_folder_is_replaced(tmp_path: Path) -> None:
    for _ in range(2):
        ran = CliRunner().invoke(app, ["sizes", str(DISTRICT / "2024.xlsx"), "--out", str(tmp_path / "out")])
        assert ran.exit_code == 0, ran.output
    found = json.loads((tmp_path / "out" / "class_sizes.json").read_text("utf-8"))
    assert all(sum(tally["bands"]) == tally["classes"] for tally in found["tallies"])
    assert "大校额1所（超出217人），靠放宽口径达标1所" in ran.output
    over = [(one["over"], one["relaxed"]) for one in found["school_sizes"]["schools"]]
    assert over == [(217, []), (0, ["G4a"])]
    book = load_workbook(tmp_path / "out" / "班额分析.xlsx")
    assert {"大校额", "大校额学校"} <= set(book.sheetnames)


def test_a_folder_of_other_things_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x")
    ran = CliRunner().invoke(app, ["sizes", str(DISTRICT / "2024.xlsx"), "--out", str(tmp_path)])
    assert ran.exit_code != 0
    assert (tmp_path / "letter.txt").exists()
