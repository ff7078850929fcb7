"""YAML as mappings, lists and texts as written; doubled keys and aliases are refused."""

from pathlib import Path
from typing import Any

import yaml

from junheng.planning.rotate.reading.faults import refuse

_LARGEST_BYTES = 1_000_000  # a problem names tables, it does not hold them


def read_plain_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a file, every scalar as text. Raises UserError naming file and line."""
    try:
        content = path.read_bytes()
        if len(content) > _LARGEST_BYTES:
            raise refuse(path.name, "文件过大", "the file is too large")
        text = content.decode("utf-8-sig")
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise refuse(path.name, "不支持 YAML 别名（*名字）", "YAML aliases (*name) are not supported")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise refuse(path.name, f"无法读取：{error}", f"cannot be read: {error}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        words = getattr(error, "problem", None) or "bad characters"
        raise refuse(
            f"{path.name}:{line}",
            "YAML 写法有误（冒号、逗号须用半角，冒号后留空格）",
            f"not valid YAML: {words}",
        ) from error
    if not isinstance(node, yaml.MappingNode):
        raise refuse(path.name, "文件不是“键: 值”的形式", "the file is not a mapping of keys")
    found: dict[str, Any] = _value(node, path)
    return found


def _value(node: yaml.Node, path: Path) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, path) for child in node.value]
    if not isinstance(node, yaml.MappingNode):
        return str(node.value)
    found: dict[str, Any] = {}
    for key, value in node.value:
        if key.value in found:
            where = f"{path.name}:{key.start_mark.line + 1}"
            raise refuse(where, f"键 {key.value} 重复", f"key {key.value} is given twice")
        found[key.value] = _value(value, path)
    return found
