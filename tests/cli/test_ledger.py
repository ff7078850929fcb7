"""``junheng ledger`` from the command line."""

import json
from pathlib import Path

from typer.testing import CliRunner

from junheng.cli.app import app

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_a_ledger_is_read_into_a_folder(tmp_path: Path) -> None:
    book, schools = EXAMPLES / "ledgers" / "safety.xlsx", EXAMPLES / "xx_district" / "2024.xlsx"
    said = ["ledger", "read", str(book), "--ledger", "safety", "--schools", str(schools)]
    ran = CliRunner().invoke(app, [*said, "--out", str(tmp_path / "out"), "--on", "2024-12-31"])
    assert ran.exit_code == 0, ran.output
    assert "逾期未整改10项" in ran.output
    assert "危房面积（不多于 0 平方米） 100%（94/94所）" in ran.output
    assert (
        "校舍抗震达标 0–100%（0/94所，没有记录94）| Buildings up to the quake standard, 94 unknown"
        in ran.output
    )
    found = json.loads((tmp_path / "out" / "ledger.json").read_text("utf-8"))
    assert len(found["findings"]) == 40


def test_a_template_has_a_sheet_for_each_table(tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["ledger", "template", "conduct", "--out", str(tmp_path / "t.xlsx")])
    assert ran.exit_code == 0
    schools, out = str(EXAMPLES / "xx_district" / "2024.xlsx"), str(tmp_path / "o")
    said = ["ledger", "read", str(tmp_path / "t.xlsx"), "--ledger", "conduct", "--schools", schools]
    again = CliRunner().invoke(app, [*said, "--out", out, "--on", "2024-12-31"])
    assert again.exit_code == 0, again.output
