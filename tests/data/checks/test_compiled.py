"""The compiled library is the library; a stale or damaged one is never used."""

import json
from pathlib import Path

import pytest

from junheng.data.checks import compiled
from junheng.data.checks.load import compile_library

REFRESH = "run: python -m junheng.data.checks.compiled"


def test_the_compiled_library_is_what_the_rules_say() -> None:
    compiled.compiled_library.cache_clear()
    assert compiled.compiled_library() == compile_library(), REFRESH
    assert compiled.FILE.read_text(encoding="utf-8") == compiled.as_json(compile_library()), REFRESH


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"made_from": "of something else", "rules": [], "checks": []}']
)
def test_what_is_stale_or_damaged_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    file = tmp_path / "library.json"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(compiled, "FILE", file)
    assert compiled.compiled_library.__wrapped__() is None


def test_a_file_that_is_absent_is_no_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "FILE", tmp_path / "none.json")
    assert compiled.compiled_library.__wrapped__() is None


def test_the_digest_speaks_of_rules_dictionary_and_code() -> None:
    names = {path.name for path in compiled._sources()}
    assert {"cells.yaml", "stage.csv", "views.py", "expression.py"} <= names
    assert json.loads(compiled.FILE.read_text(encoding="utf-8"))["made_from"] == compiled.digest(), REFRESH
