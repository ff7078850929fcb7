"""``junheng promises`` from the command line."""

from pathlib import Path

from typer.testing import CliRunner

from junheng.cli.app import app

REPORT = Path(__file__).parents[1] / "reports" / "promises" / "report_with_next_steps.txt"


def test_promises_are_collected_once(tmp_path: Path) -> None:
    register = tmp_path / "承诺台账.xlsx"
    said = ["promises", "collect", str(REPORT), "--register", str(register), "--prefix", "2024"]
    first, second = (CliRunner().invoke(app, said) for _ in range(2))
    assert "新增3条，共3条" in first.output
    assert "新增0条，共3条" in second.output
