from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from junheng.standards import Standard, resolve
from junheng.standards.load import LIBRARY

DAY = date(2024, 9, 1)

TINY = """\
standard:
  id: tiny
  name: {zh: 微型标准, en: Tiny standard}
  document: 自拟1号
  in_force_from: 2020-01-01
  stages: [primary]
  parts: [resource]
documents:
  自拟1号: {title: 自拟的办法}
indicators:
  - id: T1
    indicator: teachers_per_pupil
    name: {zh: 师生比, en: Teachers per pupil}
    versions:
      - in_force_from: 2020-01-01
        source: {document: 自拟1号, article: 第一条, certainty: local, last_checked_on: 2024-01-01}
        value: {text: 师生比}
  - id: T2
    indicator: classes_per_100_pupils
    name: {zh: 每百名学生班级数, en: Classes per 100 pupils}
    versions:
      - in_force_from: 2020-01-01
        source: {document: 自拟1号, article: 第二条, certainty: local, last_checked_on: 2024-01-01}
        value: {text: 每百名学生班级数}
variation:
  versions:
    - in_force_from: 2020-01-01
      source: {document: 自拟1号, article: 第三条, certainty: local, last_checked_on: 2024-01-01}
      value: {weights: pupils, per_indicator: false, text: 只看校际差异}
counting:
  versions:
    - in_force_from: 2020-01-01
      source: {document: 自拟1号, article: 第四条, certainty: local, last_checked_on: 2024-01-01}
      value: {teaching_point_policy: exclude}
"""

OVERLAY = """\
overlay:
  id: trial
  name: {zh: 试算, en: A trial}
  standard: quality-2017
documents:
  试算: {title: 如果标准提高}
patches:
  - path: indicators.R4.thresholds.primary
    versions:
      - in_force_from: 2024-01-01
        source: {document: 试算, article: 第一种, certainty: local}
        value: 5.00
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a text with some words exchanged to a file; its path."""

    def written(text: str, *exchanges: tuple[str, str], name: str = "file.yaml") -> Path:
        for old, new in exchanges:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture(scope="session")
def quality() -> Standard:
    return resolve("quality-2017", on=DAY)


@pytest.fixture(scope="session")
def basic() -> Standard:
    return resolve("basic-2012", on=DAY)


@pytest.fixture(scope="session")
def tiny() -> str:
    """A whole standard in one small file: two indicators without levels, variation and counting only."""
    return TINY


@pytest.fixture(scope="session")
def trial() -> str:
    """An overlay without region: a what-if for quality-2017."""
    return OVERLAY


@pytest.fixture(scope="module")
def write_text(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Write a text to one file that is used again and again; its path."""
    path = tmp_path_factory.mktemp("texts") / "text.yaml"

    def written(text: str) -> Path:
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture(scope="module")
def folder_copy(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """A folder with a copy of the files of quality-2017, the same one each time."""
    folder = tmp_path_factory.mktemp("quality")
    for path in (LIBRARY / "quality-2017").glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    return lambda: folder
