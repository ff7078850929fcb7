"""The command line as a person uses it, in this process; and a small made-up county to use it on."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pytest

from junheng.cli import main
from junheng.data import make_county, write_template


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def junheng(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run ``junheng`` with these words and return its exit code and what it printed."""

    def run(*words: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["junheng", *(str(word) for word in words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main()
        printed = capsys.readouterr()
        return Outcome(int(stopped.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture(scope="session")
def county() -> dict[str, pa.Table]:
    """Twenty made-up schools, one year."""
    return make_county(20, 7)


@pytest.fixture
def workbook(tmp_path: Path, county: dict[str, pa.Table]) -> Path:
    """The county as a filled template workbook."""
    path = tmp_path / "county.xlsx"
    write_template(path, tables=county)
    return path
