"""A file that would end the process is refused; a file that is merely wrong is left to the reader."""

from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.data.reading import preflight

BOOKS = Path(__file__).parent / "books"


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_a_good_workbook_survives(suffix: str) -> None:
    preflight.require_survivable((BOOKS / f"county_2024.{suffix}").read_bytes(), "a")


def test_a_damaged_one_is_left_to_the_reader() -> None:
    preflight.require_survivable(b"\xd0\xcf\x11\xe0 no workbook", "a")


def test_what_kills_the_parser_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "_DRY_RUN", "import os; os.abort()  # {memory}")
    with pytest.raises(UserError, match="文件已损坏"):
        preflight.require_survivable(b"", "bomb.xls")


def test_what_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "_DRY_RUN", "import time; time.sleep(60)  # {memory}")
    monkeypatch.setattr(preflight, "SECONDS", 0.5)
    with pytest.raises(UserError):
        preflight.require_survivable(b"", "slow.xls")
