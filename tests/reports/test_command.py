import json
import shutil
from pathlib import Path

import pytest
import typer
from tests.reports.made_finding import make_finding
from typer.testing import CliRunner

from junheng.basics import UserError
from junheng.cli import report

app = typer.Typer()
app.command()(report.command)
run = CliRunner().invoke


def test_documents_are_made(tmp_path: Path) -> None:
    folder = make_finding(tmp_path / "f")
    result = run(app, [str(folder), "--percent", "round", "--digits", "2"])
    assert result.exit_code == 0, result.output
    assert "已生成 | written" in result.output
    assert json.loads((folder / "documents.json").read_text("utf-8"))["percent"] == "round"
    assert (folder / "report.docx").exists()


def test_every_finding_of_a_folder_is_made(pristine: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        shutil.copytree(pristine, tmp_path / name)
        (tmp_path / name / "report.docx").unlink()
    (tmp_path / "findings.json").write_text('{"software": {}, "findings": ["a", "b"]}', encoding="utf-8")
    assert run(app, [str(tmp_path)]).exit_code == 0
    assert all((tmp_path / name / "report.docx").exists() for name in ("a", "b"))


def test_objections_of_the_linter_are_shown(finding: Path) -> None:
    path = finding / "verdict.json"
    verdict = json.loads(path.read_text("utf-8"))
    verdict["stages"]["primary"]["passed"] += 1
    path.write_text(json.dumps(verdict, ensure_ascii=False), encoding="utf-8")
    result = run(app, [str(finding)])
    assert result.exit_code == 1
    assert "stages.primary.passed" in result.output


def test_edits_are_protected_unless_told_otherwise(finding: Path) -> None:
    (finding / "tables.xlsx").write_bytes(b"mine")
    refused = run(app, [str(finding)])
    assert isinstance(refused.exception, UserError)
    assert run(app, [str(finding), "--overwrite"]).exit_code == 0


@pytest.mark.parametrize("arguments", [["--percent", "floor"], ["--digits", "9"]])
def test_unusable_options_are_refused(finding: Path, arguments: list[str]) -> None:
    assert isinstance(run(app, [str(finding), *arguments]).exception, UserError)
