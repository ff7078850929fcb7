"""``junheng compose`` and ``junheng report --form`` from the command line."""

import json
from pathlib import Path

from typer.testing import CliRunner

from junheng.basics import UserError
from junheng.cli.app import app

AID = {"totals": {"all": {"times": 3, "yuan": "1500", "unknown": 0}}}


def _aid(tmp_path: Path) -> Path:
    folder = tmp_path / "aid"
    folder.mkdir()
    (folder / "aid.json").write_text(json.dumps(AID), encoding="utf-8")
    return folder


def test_a_report_is_composed_and_checked(tmp_path: Path) -> None:
    folder, out = _aid(tmp_path), tmp_path / "report.docx"
    ran = CliRunner().invoke(app, ["compose", "congress", str(folder), "--out", str(out), "--owner", "某县"])
    assert ran.exit_code == 0, ran.output
    assert "1 printed" in ran.output
    assert "尚缺 | lacking" in ran.output
    again = CliRunner().invoke(app, ["compose", "check", str(out), str(folder)])
    assert again.exit_code == 0, again.output
    (folder / "aid.json").write_text(json.dumps(AID).replace("1500", "1501"), encoding="utf-8")
    found = CliRunner().invoke(app, ["compose", "check", str(out), str(folder)])
    assert found.exit_code == 1
    assert "报告为 1500，现为 1501" in found.output


def test_shapes_and_template(tmp_path: Path) -> None:
    assert "congress" in CliRunner().invoke(app, ["compose", "shapes"]).output
    out = tmp_path / "工作数据.xlsx"
    assert CliRunner().invoke(app, ["compose", "template", "--out", str(out)]).exit_code == 0
    assert out.exists()


def test_refusals(tmp_path: Path) -> None:
    for said in (
        ["compose", "district"],
        ["compose", "check"],
        ["compose", "other", "--out", str(tmp_path / "a.docx")],
    ):
        assert isinstance(CliRunner().invoke(app, said).exception, UserError)
    form = ["report", str(_aid(tmp_path)), "--form", "other"]
    assert isinstance(CliRunner().invoke(app, form).exception, UserError)
