"""A place in a definition file, so that every complaint can name file, line and key."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from junheng.basics import Text, UserError, nearest
from junheng.standards.located_yaml import KeyPath, LocatedYaml

Entry = TypeVar("Entry")
Model = TypeVar("Model", bound=BaseModel)
Detail = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: its file and key path."""

    file: LocatedYaml
    keys: KeyPath = ()

    def at(self, *more: str | int) -> "Place":
        """The place of a value within this one."""
        return Place(self.file, (*self.keys, *more))

    def refuse(self, zh: str, en: str, *, why: Text | None = None, fix: Text | None = None) -> UserError:
        """The error to raise about the value here."""
        return UserError(Text(zh, en), where=self.file.where(self.keys), why=why, fix=fix)


@dataclass(frozen=True, slots=True)
class Placed(Generic[Entry]):
    """A typed entry of a file together with its place."""

    value: Entry
    place: Place


def validated(model: type[Model], content: Any, place: Place, known_keys: Iterable[str]) -> Model:
    """``content`` as a ``model``; UserError naming file, line and key of the first thing amiss."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise _complaint(error, content, place, sorted(known_keys)) from error


def _complaint(error: ValidationError, content: Any, place: Place, known_keys: list[str]) -> UserError:
    details: list[Detail] = [dict(detail) for detail in error.errors(include_url=False)]
    found = [(_real_keys(content, detail), detail) for detail in details]
    # A list left empty by its faulty members is a consequence; only the members tell what to mend.
    found = [
        (keys, detail)
        for keys, detail in found
        if not any(other[: len(keys)] == keys and len(other) > len(keys) for other, _ in found)
    ]
    # A misspelt key is both unknown and missing: the unknown one tells what to mend.
    found.sort(key=lambda pair: (pair[1]["type"] == "missing", _line(place, pair[0])))
    keys, detail = found[0]
    what, fix = _wording(detail, keys, known_keys)
    others = len({found_keys for found_keys, _ in found}) - 1
    why = Text(f"同一文件另有 {others} 处不合要求", f"{others} more in the same file") if others else None
    return place.at(*keys).refuse(what.zh, what.en, why=why, fix=fix)


def _line(place: Place, keys: KeyPath) -> int:
    return place.file.lines.get((*place.keys, *keys), 0)


def _real_keys(content: Any, detail: Detail) -> KeyPath:
    """The part of pydantic's location that is in the file (it also names union members), or is missing."""
    keys: list[str | int] = []
    here = content
    for key in detail["loc"]:
        if _has(here, key):
            here = here[key]
        elif detail["type"] == "missing" and key == detail["loc"][-1]:
            keys.append(key)
            break
        else:
            continue
        keys.append(key)
    return tuple(keys)


def _has(value: Any, key: str | int) -> bool:
    if isinstance(value, dict):
        return key in value
    return isinstance(value, list) and isinstance(key, int) and key < len(value)


def _wording(detail: Detail, keys: KeyPath, known_keys: list[str]) -> tuple[Text, Text | None]:
    key, given = (keys[-1] if keys else ""), detail.get("input")
    if detail["type"] == "missing":
        return Text(f"缺少必填项 {key}", f"required key {key} is missing"), None
    if detail["type"] in {"extra_forbidden", "unexpected_keyword_argument"}:
        near = nearest(str(key), [known for known in known_keys if known != key])
        fix = Text(f"最接近的键是 {near}", f"the nearest known key is {near}") if near else None
        return Text(f"不认识的键 {key}", f"unknown key {key}"), fix
    if detail["type"] == "string_type" and isinstance(given, int):
        fix = Text(f'请加引号：{key}: "{given}"', f'put it in quotes: {key}: "{given}"')
        return Text(f"{key} 应为文字", f"{key} must be text"), fix
    expected = detail.get("ctx", {}).get("expected")
    if expected:
        options = Text(f"可用的值：{expected}", f"allowed: {expected}")
        return Text(f"{key} 的值 {given} 不在允许的范围内", f"{given} is not allowed for {key}"), options
    message = str(detail["msg"]).removeprefix("Value error, ")
    return Text(f"{key} 的值 {given} 不合要求", f"the value {given} of {key} does not fit: {message}"), None
