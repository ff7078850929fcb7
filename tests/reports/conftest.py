import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.reports.made_finding import make_finding

from junheng.data import check_snapshot, read_input
from junheng.judgement import assess, write_finding
from junheng.reports import write_documents
from junheng.standards import resolve, school_year_start

MakeFinding = Callable[..., Path]


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; copied for each test."""
    folder = make_finding(tmp_path_factory.mktemp("pristine") / "finding")
    write_documents(folder)
    return folder


@pytest.fixture
def finding(pristine: Path, tmp_path: Path) -> Path:
    """A made-up finding of 12 primary and 5 junior school-stages, with its documents."""
    return Path(shutil.copytree(pristine, tmp_path / "finding"))


@pytest.fixture(scope="session")
def district(example_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finding of the example district, 2024, by quality-2017, with its documents."""
    if not example_district.is_dir():
        pytest.skip("the example district has not been made")
    checked = check_snapshot(read_input(example_district))
    assessment = assess(checked, resolve("quality-2017", on=school_year_start(2024)), year=2024)
    folder = tmp_path_factory.mktemp("district") / "finding"
    return write_finding(assessment, folder, command="junheng evaluate", documents=write_documents)
