"""YAML as plain text values: 13.5 stays the text "13.5", and a key given twice is refused."""

from pathlib import Path
from typing import Any

import yaml

from junheng.basics import Text, UserError

FIX = Text("写法见 docs/method/plan_staff.md", "see docs/method/plan_staff.md for the keys")
_LARGEST_BYTES = 400_000  # parameters are a few pages


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in ``path``, every scalar as text. Raises UserError with file and line for what is no such file."""
    try:
        content = path.read_bytes()
        if len(content) > _LARGEST_BYTES:
            raise _refused(Text("文件过大", "the file is too large"), path.name)
        node = yaml.compose(content.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise _refused(Text("无法读取文件", "the file cannot be read"), str(path)) from error
    except UnicodeDecodeError as error:
        raise _refused(Text("不是 UTF-8 编码", "it is not UTF-8"), path.name) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _refused(Text("YAML 写法有误", f"bad YAML: {error.problem}"), f"{path.name}:{line}") from error
    except yaml.YAMLError as error:
        raise _refused(Text("YAML 写法有误", "bad YAML"), path.name) from error
    found = None if node is None else _value(node, path.name)
    if not isinstance(found, dict):
        raise _refused(Text("应为“键: 值”", "it should hold keys and values"), path.name)
    return found


def _value(node: yaml.Node, name: str) -> Any:
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key, value in node.value:
            if key.value in found:
                line = f"{name}:{key.start_mark.line + 1}"
                raise _refused(Text(f"键 {key.value} 重复", f"key {key.value} is given twice"), line)
            found[str(key.value)] = _value(value, name)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, name) for child in node.value]
    return str(node.value)


def _refused(what: Text, where: str) -> UserError:
    return UserError(what, where=where, why=Text("没有可用的参数", "there is nothing to plan with"), fix=FIX)
