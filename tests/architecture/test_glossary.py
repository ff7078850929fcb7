"""GLOSSARY.md is current, and every rule, indicator and column has a Chinese and an English name in it."""

import importlib.util
import re
from datetime import date
from pathlib import Path

import pytest

from junheng.basics import Text
from junheng.data import load_dictionary
from junheng.indicators import load_catalogue
from junheng.standards import list_standards, resolve

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2}")
# Columns whose Chinese name is written in Latin letters everywhere would be listed here, with the reason.
NOT_CHINESE: dict[str, str] = {}


def _names() -> list[tuple[str, Text]]:
    found = [(i.id, i.name) for i in load_catalogue().values()]
    for head in list_standards():
        standard = resolve(head.id, on=date(2024, 9, 1))
        found += [(standard.id, standard.name)]
        found += [(rule.id, rule.name) for rule in standard.indicators]
        found += [(item.id, item.name) for item in standard.items]
    for table in load_dictionary().tables.values():
        found += [(table.name, table.sheet)]
        found += [(column.name, column.heading) for column in table.columns.values()]
    return found


def test_every_name_is_chinese_and_english() -> None:
    names = _names()
    faults = [f"{key}: {name}" for key, name in names if not LATIN.search(name.en)]
    faults += [f"{k}: {name}" for k, name in names if not CHINESE.search(name.zh) and k not in NOT_CHINESE]
    assert names
    assert faults == []


def test_every_name_is_in_the_glossary(root: Path) -> None:
    text = (root / "GLOSSARY.md").read_text(encoding="utf-8")
    rows = {line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| `")}
    headings = set(re.findall(r"^### (`[^`]+`)", text, re.MULTILINE))
    assert [key for key, _ in _names() if f"`{key}`" not in rows | headings] == []


@pytest.fixture(scope="module")
def made(root: Path) -> str:
    spec = importlib.util.spec_from_file_location("make_glossary", root / "scripts" / "make_glossary.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return str(module.glossary())


def test_the_glossary_is_current(root: Path, made: str) -> None:
    assert (root / "GLOSSARY.md").read_text(encoding="utf-8") == made, "run scripts/make_glossary.py"


def test_house_words_have_both_languages(root: Path) -> None:
    head = (root / "docs" / "glossary_head.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:-1] for line in head.splitlines() if re.match(r"\| [a-z]", line)][1:]
    assert rows
    assert [row for row in rows if not CHINESE.search(row[1]) or not LATIN.search(row[0])] == []
