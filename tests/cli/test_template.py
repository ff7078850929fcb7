"""``junheng template``: writes the workbook, never over a filled one."""

from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from junheng.basics import UserError
from junheng.cli.template import command

app = Typer()
app.command()(command)


def test_it_writes_the_workbook(tmp_path: Path) -> None:
    out = tmp_path / "new" / "book.xlsx"
    result = CliRunner().invoke(app, ["--out", str(out)])
    assert result.exit_code == 0
    assert "已生成模板" in result.stdout
    assert "Template written" in result.stdout
    assert out.read_bytes().startswith(b"PK")


def test_it_does_not_replace_a_file_unasked(tmp_path: Path) -> None:
    out = tmp_path / "book.xlsx"
    out.write_bytes(b"filled in")
    with pytest.raises(UserError, match="已存在"):
        command(out)
    assert out.read_bytes() == b"filled in"
    command(out, force=True)
    assert out.read_bytes().startswith(b"PK")


def test_it_writes_xlsx_only(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="xlsx"):
        command(tmp_path / "book.xls")
