"""The shipped defaults and subjects; YAML whose scalars stay text and keys are given once."""

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
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            Text(
                "问题文件读不出来，或不是 UTF-8 编码", "the problem file cannot be read, or is not in UTF-8"
            ),
            where=path.name,
            fix=FIX,
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        words = getattr(error, "problem", None) or "bad characters"
        raise UserError(
            Text("YAML 写法有误（键重复，或冒号、逗号不是半角）", f"not valid YAML: {words}"),
            where=f"{path.name}:{mark.line + 1}" if mark else path.name,
            fix=FIX,
        ) from error


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
