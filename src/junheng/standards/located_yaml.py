"""YAML as a standard needs it: decimals exactly as written, every key with its line, nothing clever.

PyYAML's own constructor turns 0.45 into a binary float, lets the second of two equal keys win in silence,
reads ``no`` as false and follows aliases. So the values are built here from the parser's events: plain text,
integers, decimals, dates, true, false and null; a doubled key, an alias or a tag is refused with its line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import Text, UserError, sha256_bytes, system_words

KeyPath = tuple[str | int, ...]

_LARGEST_BYTES = 2_000_000  # a standard is a few pages; anything larger is not one
_DEEPEST = 40
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS = {"": None, "null": None, "~": None, "true": True, "false": False}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser where PyYAML was built with it


@dataclass(frozen=True, slots=True)
class LocatedYaml:
    """One file's content; ``lines``: the line (from 1) on which the value of each key path begins."""

    path: Path
    content: Any
    lines: dict[KeyPath, int]
    sha256: str

    def where(self, keys: KeyPath) -> str:
        """``file:line → key`` of the deepest known part of ``keys``, list members by their id."""
        known = keys
        while known and known not in self.lines:
            known = known[:-1]
        place = f"{self.path}:{self.lines.get(known, 1)}"
        return f"{place} → {self.spelled(keys)}" if keys else place

    def spelled(self, keys: KeyPath) -> str:
        """The key path as a person writes it: ``indicators.R4.versions.1.value.thresholds``."""
        here, parts = self.content, []
        for key in keys:
            here = _step(here, key)
            named = isinstance(key, int) and isinstance(here, dict) and isinstance(here.get("id"), str)
            parts.append(str(here["id"]) if named else str(key + 1 if isinstance(key, int) else key))
        return ".".join(parts)


def _step(value: Any, key: str | int) -> Any:
    try:
        return value[key]
    except (LookupError, TypeError):
        return None


@dataclass(slots=True)
class _Frame:
    """A mapping or a list being filled."""

    keys: KeyPath
    value: dict[str, Any] | list[Any]
    pending: str | None = None


@dataclass(slots=True)
class _Builder:
    path: Path
    lines: dict[KeyPath, int] = field(default_factory=dict)
    frames: list[_Frame] = field(default_factory=list)
    root: Any = None

    def refuse(self, zh: str, en: str, line: int, keys: KeyPath = ()) -> UserError:
        key = f" → {'.'.join(map(str, keys))}" if keys else ""
        return UserError(
            Text(zh, en),
            where=f"{self.path}:{line}{key}",
            fix=Text("请按 standards.md 中的写法改正该行", "correct the line as described in standards.md"),
        )

    def take(self, event: Any) -> None:
        """Grow the value by one parser event."""
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            raise self.refuse("不支持 YAML 别名（*名字）", "YAML aliases (*name) are not supported", line)
        if getattr(event, "tag", None) is not None:
            raise self.refuse(f"不支持 YAML 标签 {event.tag}", f"YAML tag {event.tag} is not supported", line)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._open({} if isinstance(event, yaml.MappingStartEvent) else [], line)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.frames.pop()

    def _scalar(self, event: Any, line: int) -> None:
        top = self.frames[-1] if self.frames else None
        if top is not None and isinstance(top.value, dict) and top.pending is None:
            if event.value in top.value:
                keys = (*top.keys, event.value)
                raise self.refuse(f"键 {event.value} 重复", f"key {event.value} is given twice", line, keys)
            top.pending = event.value
            self.lines[(*top.keys, event.value)] = line
            return
        self._place(_plain_value(event.value) if event.implicit[0] else event.value, line)

    def _open(self, value: dict[str, Any] | list[Any], line: int) -> None:
        if len(self.frames) >= _DEEPEST:
            raise self.refuse("嵌套过深", "nested too deeply", line)
        top = self.frames[-1] if self.frames else None
        if top is not None and isinstance(top.value, dict) and top.pending is None:
            raise self.refuse("键必须是文字", "a key must be text", line, top.keys)
        self.frames.append(_Frame(self._place(value, line), value))

    def _place(self, value: Any, line: int) -> KeyPath:
        """Put a value where the parser stands; its key path."""
        if not self.frames:
            self.root = value
            self.lines.setdefault((), line)
            return ()
        top = self.frames[-1]
        if isinstance(top.value, list):
            keys: KeyPath = (*top.keys, len(top.value))
            top.value.append(value)
            self.lines[keys] = line
            return keys
        name = str(top.pending)
        top.value[name], top.pending = value, None
        return (*top.keys, name)


def _plain_value(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:  # 2024-02-30: stays text, and the schema says that a date is wanted
            return text
    return text


def _events(text: str, builder: _Builder) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise builder.refuse(
            f"YAML 写法有误：{error.problem}", f"not valid YAML: {error.problem}", line
        ) from error
    except yaml.YAMLError as error:
        raise builder.refuse(f"YAML 写法有误：{error}", f"not valid YAML: {error}", 1) from error


def read_yaml(path: Path) -> LocatedYaml:
    """Read one YAML document (UTF-8, with or without BOM).

    Raises UserError naming file and line for anything that is not plain YAML, and for a key given twice.
    """
    builder = _Builder(path)
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise builder.refuse(
            f"无法读取：{system_words(error).zh}", f"cannot be read: {system_words(error).en}", 1
        ) from error
    except UnicodeDecodeError as error:
        raise builder.refuse("文件不是 UTF-8 编码", "the file is not UTF-8", 1) from error
    if len(raw) > _LARGEST_BYTES:
        raise builder.refuse("文件过大（超过 2 MB）", "the file is too large (over 2 MB)", 1)
    documents = 0
    for event in _events(text, builder):
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            line = event.start_mark.line + 1
            raise builder.refuse("一个文件只能有一份 YAML", "one YAML document a file", line)
        builder.take(event)
    return LocatedYaml(path, builder.root, builder.lines, sha256_bytes(raw))
