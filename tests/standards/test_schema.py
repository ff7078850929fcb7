"""The JSON Schemas beside the room are current, and they accept what the loader accepts."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from junheng.standards.load import LIBRARY
from junheng.standards.located_yaml import read_yaml
from junheng.standards.schema import FOLDER, SCHEMAS, schema_text


def _plain(value: Any) -> Any:
    """What an editor's YAML reader makes of the same file: decimals as numbers, dates as text."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def _validator(name: str) -> Draft202012Validator:
    schema = json.loads((FOLDER / name).read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_the_schema_is_current(name: str) -> None:
    current = schema_text(SCHEMAS[name])
    assert (FOLDER / name).read_text("utf-8") == current, "run python -m junheng.standards.schema"


@pytest.mark.parametrize(
    "path", sorted(LIBRARY.rglob("*.yaml")), ids=lambda path: path.parent.name + "/" + path.name
)
def test_every_file_of_the_library_fits_its_schema(path: Any) -> None:
    name = "overlay.schema.json" if path.parent.name == "overlays" else "standard.schema.json"
    errors = [error.message for error in _validator(name).iter_errors(_plain(read_yaml(path).content))]
    assert errors == []


def test_a_misspelt_key_is_seen_by_the_editor(tiny: str, trial: str, tmp_path: Any) -> None:
    for text, old, new, name in (
        (
            tiny,
            "in_force_from: 2020-01-01\n  stages",
            "in_force: 2020-01-01\n  stages",
            "standard.schema.json",
        ),
        (trial, "patches:", "changes:", "overlay.schema.json"),
    ):
        path = tmp_path / "x.yaml"
        path.write_text(text, encoding="utf-8")
        assert _validator(name).is_valid(_plain(read_yaml(path).content))
        path.write_text(text.replace(old, new), encoding="utf-8")
        assert not _validator(name).is_valid(_plain(read_yaml(path).content))
