"""The hall of the failure list: a fresh desk, a district and a clock for each test."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from tests.cases.failures.hall import BEFORE, Hall, make_district
from tests.cli.conftest import Run, junheng

__all__ = ["junheng"]
_CLOCKED = ("declaring", "revealing", "observing", "folder", "ending", "supplementing")


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small district, made once."""
    folder = tmp_path_factory.mktemp("县") / "招生 样例"
    make_district(folder)
    return folder


@pytest.fixture
def hall(
    junheng: Run,
    monkeypatch: pytest.MonkeyPatch,
    district: Path,
    tmp_path: Path,
) -> Hall:
    """A desk with a copy of the district, on the day before the draw."""

    def clock(moment: datetime) -> None:
        for module in _CLOCKED:
            monkeypatch.setattr(f"junheng.draws.ceremony.{module}.present", lambda: moment)

    clock(BEFORE)
    desk = tmp_path / "桌 面"
    shutil.copytree(district, desk / "招生 样例")
    return Hall(junheng, clock, desk / "招生 样例", desk)
