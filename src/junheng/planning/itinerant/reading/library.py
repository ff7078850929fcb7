"""The shipped defaults and subjects, and the reading of YAML: scalars stay text, keys are given once."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import Text, UserError
from junheng.planning.itinerant.reading.faults import FIX

LIBRARY = Path(__file__).parents[1] / "library"


class _Loader(yaml.BaseLoader):
    """Scalars stay text, and a key may not be given twice."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.value:
        name = str(loader.construct_object(key, deep=True))
        if name in found:
            raise yaml.constructor.ConstructorError(None, None, f"key {name} twice", key.start_mark)
        found[name] = loader.construct_object(value, deep=True)
    return found


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def load_yaml(path: Path) -> Any:
    """The content of a YAML file, scalars as text. Raises UserError where it cannot be read."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # only texts come of it
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        what = Text("问题文件读不出来", f"the problem file cannot be read: {error}")
        raise UserError(what, where=path.name, fix=FIX) from error


@cache
def subjects() -> dict[str, Mapping[str, Any]]:
    """The library's subjects by id."""
    return {row["id"]: row for row in load_yaml(LIBRARY / "subjects.yaml")}


@cache
def defaults() -> Mapping[str, Any]:
    """The library's defaults with their sources."""
    found: Mapping[str, Any] = load_yaml(LIBRARY / "defaults.yaml")
    return found


def subject_of(word: str) -> str | None:
    """The id of a subject, from id, name or alias."""
    for name, row in subjects().items():
        if word in (name, row["zh"], row["en"], *row["aliases"]):
            return name
    return None
