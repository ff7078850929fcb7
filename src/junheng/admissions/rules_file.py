"""YAML of a rule set: text, whole numbers, true and false; a doubled key or an alias is refused."""

import re
from pathlib import Path
from typing import Any

import yaml

from junheng.admissions.complaint import refuse
from junheng.basics import UserError

_LARGEST_BYTES = 2_000_000  # a rule set with all schools of a city stays far below
_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_WORDS = {"": None, "null": None, "~": None, "true": True, "false": False}


def read_plain_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file. Raises UserError with file and line for anything that is not plain YAML."""
    try:
        content = path.read_bytes()
        if len(content) > _LARGEST_BYTES:
            raise refuse(path.name, "规则文件过大", "the rules file is too large")
        text = content.decode("utf-8-sig")
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise refuse(path.name, "不支持 YAML 别名（*名字）", "YAML aliases (*name) are not supported")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise refuse(path.name, f"无法读取：{error}", f"cannot be read: {error}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _at(path, mark.line if mark else 0, "YAML 写法有误", f"not valid YAML: {error}") from error
    if not isinstance(node, yaml.MappingNode):
        raise refuse(path.name, "文件不是“键: 值”的形式", "the file is not a mapping of keys")
    found: dict[str, Any] = _value(node, path)
    return found


def _value(node: yaml.Node, path: Path) -> Any:
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key, value in node.value:
            if key.value in found:
                line = key.start_mark.line
                raise _at(path, line, f"键 {key.value} 重复", f"key {key.value} is given twice")
            found[key.value] = _value(value, path)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, path) for child in node.value]
    text = str(node.value)
    if isinstance(node, yaml.ScalarNode) and node.style is not None:  # quoted: text as written
        return text
    return _WORDS[text] if text in _WORDS else int(text) if _INTEGER.fullmatch(text) else text


def _at(path: Path, line: int, zh: str, en: str) -> UserError:
    return refuse(f"{path.name}:{line + 1}", zh, en)
