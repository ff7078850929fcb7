"""``junheng timetable`` from the command line."""

import json
from pathlib import Path

from typer.testing import CliRunner

from junheng.cli.app import app

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_the_district_s_timetable(tmp_path: Path) -> None:
    said = ["timetable", str(EXAMPLES / "ledgers" / "timetable.xlsx"), "--out", str(tmp_path / "out")]
    ran = CliRunner().invoke(app, [*said, "--schools", str(EXAMPLES / "xx_district" / "2024.xlsx")])
    assert ran.exit_code == 0, ran.output
    found = json.loads((tmp_path / "out" / "timetable.json").read_text("utf-8"))
    assert {one["subject"] for one in found["missing"]} == {"music", "art", "science"}
    assert found["untold"] == []
