"""The YAML of a problem as plain texts, lists and mappings, each key with its line; nothing clever.

Scalars stay text, so that 1.10, off and 0012 mean what was typed. A doubled key, an alias or a tag is refused.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import Text, UserError
from junheng.planning.plain_yaml import is_too_deep

Keys = tuple[str | int, ...]
_LARGEST_BYTES = 2_000_000  # a problem names tables; itself it is a page


@dataclass(frozen=True, slots=True)
class YamlFile:
    """One file. ``lines``: the line (from 1) of each key path."""

    path: Path
    content: dict[str, Any]
    lines: dict[Keys, int]

    def where(self, *keys: str | int) -> str:
        """``file:line → key``, at the deepest known part of ``keys``."""
        known = keys
        while known and known not in self.lines:
            known = known[:-1]
        spelled = ".".join(str(key + 1 if isinstance(key, int) else key) for key in keys)
        return f"{self.path.name}:{self.lines.get(known, 1)}" + (f" → {spelled}" if spelled else "")

    def beside(self, name: str) -> Path:
        """A path written in the file: relative ones start from its folder."""
        return self.path.parent / name


def read_yaml(path: Path) -> YamlFile:
    """The mapping in ``path``. Raises UserError with file and line for anything that is not plain YAML."""
    try:
        content = path.read_bytes()
        if len(content) > _LARGEST_BYTES:
            raise _refuse(path, 1, "文件过大", "the file is too large")
        text = content.decode("utf-8-sig")
        if is_too_deep(text):
            raise _refuse(path, 1, "YAML 嵌套过深", "YAML nested too deeply")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        events = yaml.parse(text, Loader=yaml.SafeLoader)
        alias = next((event for event in events if isinstance(event, yaml.AliasEvent)), None)
    except (OSError, UnicodeDecodeError) as error:
        raise _refuse(path, 1, "无法读取这个文件", f"cannot be read: {error}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise _refuse(path, line, "YAML 写法有误", "not valid YAML") from error
    if alias is not None:
        raise _refuse(path, _line(alias), "不支持 YAML 别名（*名字）", "aliases are not supported")
    if not isinstance(node, yaml.MappingNode):
        raise _refuse(path, 1, "文件不是“键: 值”的形式", "the file is not a mapping of keys")
    lines: dict[Keys, int] = {}
    return YamlFile(path, _value(node, path, (), lines), lines)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _value(node: yaml.Node, path: Path, keys: Keys, lines: dict[Keys, int]) -> Any:
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in found:
                raise _refuse(path, line, f"键 {key.value} 重复", f"key {key.value} is given twice")
            lines[*keys, str(key.value)] = line
            found[str(key.value)] = _value(value, path, (*keys, str(key.value)), lines)
        return found
    if isinstance(node, yaml.SequenceNode):
        for number, child in enumerate(node.value):
            lines[*keys, number] = child.start_mark.line + 1
        return [_value(child, path, (*keys, number), lines) for number, child in enumerate(node.value)]
    return str(node.value)


def _refuse(path: Path, line: int, zh: str, en: str) -> UserError:
    return UserError(
        Text(zh, en),
        where=f"{path.name}:{line}",
        why=Text("未读取规划问题", "the problem was not read"),
        fix=Text("写法见 docs/method/plan_invest.md", "see docs/method/plan_invest.md"),
    )
