"""Faults of the machine: read-only places, a full disk, a kill half-way. No partial finding, input untouched."""

import errno
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.cli.conftest import Run

from junheng.basics import sha256_file


def _nothing_left(folder: Path, expected: set[str]) -> None:
    assert {path.name for path in folder.iterdir()} == expected


def test_a_read_only_output_is_said_plainly(junheng: Run, workbook: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be", encoding="utf-8")
    run = junheng("evaluate", workbook, "--out", blocked / "f")
    assert run.code == 2
    assert "无法写入" in run.err
    assert blocked.read_text("utf-8").startswith("a file")


def test_a_folder_without_write_permission(
    junheng: Run, workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal is injected: a privileged user may write anywhere."""

    def refused(*_args: object, **_kwargs: object) -> str:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(tempfile, "mkdtemp", refused)
    run = junheng("evaluate", workbook, "--out", tmp_path / "f")
    assert run.code == 2
    assert "无法写入" in run.err
    _nothing_left(tmp_path, {"county.xlsx"})


def test_a_full_disk_leaves_the_old_finding(
    junheng: Run, workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "f"
    assert junheng("evaluate", workbook, "--out", folder, "--no-documents").code == 0
    before = {path.name: sha256_file(path) for path in folder.iterdir()}

    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(pq, "write_table", full)
    run = junheng("evaluate", workbook, "--out", folder, "--no-documents")
    assert run.code == 2
    assert "磁盘已满" in run.err
    assert {path.name: sha256_file(path) for path in folder.iterdir()} == before
    _nothing_left(tmp_path, {"county.xlsx", "f"})


def test_a_full_disk_while_the_documents_are_written(
    junheng: Run, workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    import xlsxwriter

    monkeypatch.setattr(xlsxwriter.Workbook, "close", full)
    run = junheng("evaluate", workbook, "--out", tmp_path / "f")
    assert run.code == 2
    _nothing_left(tmp_path, {"county.xlsx"})


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_kill_half_way_leaves_nothing(workbook: Path, tmp_path: Path, sent: signal.Signals) -> None:
    before = sha256_file(workbook)
    code = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a background job inherits it ignored
        "import junheng.reports\n"
        "from junheng.cli import main\n"
        "marker = sys.argv.pop()\n"
        "junheng.reports.write_documents = lambda *a, **k: (open(marker, 'w').close(), time.sleep(600))\n"
        "main()\n"
    )
    marker = tmp_path / "half-way"
    words = ["evaluate", str(workbook), "--out", str(tmp_path / "f"), str(marker)]
    process = subprocess.Popen([sys.executable, "-c", code, *words], stderr=subprocess.PIPE)
    for _ in range(1800):
        if marker.exists():
            break
        time.sleep(0.1)
    else:
        process.kill()
        pytest.fail("the command never reached its documents")
    process.send_signal(sent)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "已中断" in err.decode()
    _nothing_left(tmp_path, {"county.xlsx", "half-way"})
    assert sha256_file(workbook) == before


@pytest.mark.parametrize(("is_asked", "code"), [(True, 130), (False, 70)])
def test_ctrl_c_inside_the_query_engine_is_ctrl_c(
    junheng: Run, monkeypatch: pytest.MonkeyPatch, is_asked: bool, code: int
) -> None:
    """DuckDB turns it into an error of its own, which must not be told as a fault of program or file."""

    def fail(*_: object) -> None:
        try:
            if is_asked:
                signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt as error:
            raise RuntimeError("Query interrupted") from error
        raise RuntimeError("another")

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        monkeypatch.setattr("junheng.cli.app.app", lambda **_: fail())
        assert junheng("standards", "list").code == code
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
