"""``junheng lint`` from the command line."""

import json
from pathlib import Path

from typer.testing import CliRunner

from junheng.cli.app import app

REPORTS = Path(__file__).parents[1] / "reports" / "prose"


def test_a_report_without_contradictions_passes(tmp_path: Path) -> None:
    out = tmp_path / "remarks.json"
    ran = CliRunner().invoke(app, ["lint", str(REPORTS / "report_of_a_district.txt"), "--out", str(out)])
    assert ran.exit_code == 0
    assert "矛盾0处，请核1处" in ran.output
    assert {row["kind"] for row in json.loads(out.read_text("utf-8"))} == {"agrees", "ask"}


def test_a_contradiction_is_told_by_the_exit_code(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text("小学200所、初中57所，共258所。", encoding="utf-8")
    ran = CliRunner().invoke(app, ["lint", str(report), "--quiet"])
    assert ran.exit_code == 1
    assert "写的是258所" in ran.output
