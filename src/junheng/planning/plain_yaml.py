"""YAML of problems and libraries: every scalar as written; doubled keys and aliases are refused.

13.5 stays the text "13.5" and 1.30 stays "1.30": what is frozen is what the officer typed.
"""

from pathlib import Path
from typing import Any

import yaml

from junheng.basics import Text, UserError, system_words

_SHOWN_LINE = 60  # characters of a line that is told
_LARGEST_BYTES = 1_000_000  # a problem names tables, it does not hold them
_DEEPEST = 100  # brackets within brackets: the parser takes quadratic time over more


def read_plain(path: Path, fix: Text) -> Any:
    """The content of a file: mappings, lists and texts; None of an empty one.

    Raises UserError with file and line for what is no plain YAML; ``fix`` says where the form is described.
    """
    try:
        content = path.read_bytes()
        if len(content) > _LARGEST_BYTES:
            raise _refused(path.name, Text("文件过大", "the file is too large"), fix)
        text = content.decode("utf-8-sig")
        if is_too_deep(text):
            raise _refused(path.name, Text("YAML 嵌套过深", "YAML nested too deeply"), fix)
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            said = Text("不支持 YAML 别名（*名字）", "YAML aliases (*name) are not supported")
            raise _refused(path.name, said, fix)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        return None if node is None else _value(node, path.name, fix)
    except OSError as error:
        words = system_words(error)
        said = Text(f"无法读取：{words.zh}", f"it cannot be read: {words.en}")
        raise _refused(path.name, said, fix) from error
    except UnicodeDecodeError as error:
        said = Text(
            "文件不是 UTF-8 编码（可能是 GBK）：请用记事本“另存为”，编码选 UTF-8",
            "the file is not UTF-8 (GBK, perhaps): save it as UTF-8",
        )
        raise _refused(path.name, said, fix) from error
    except RecursionError as error:
        raise _refused(path.name, Text("YAML 嵌套过深", "YAML nested too deeply"), fix) from error
    except yaml.YAMLError as error:
        raise _malformed(path.name, text, error, fix) from error


def is_too_deep(text: str) -> bool:
    """Whether more brackets stand open at once than any problem needs; those in texts count, too."""
    depth = 0
    for letter in text:
        if letter in "[{":
            depth += 1
            if depth > _DEEPEST:
                return True
        elif letter in "]}":
            depth = max(0, depth - 1)
    return False


def read_plain_mapping(path: Path, fix: Text) -> dict[str, Any]:
    """The mapping in a file. Raises UserError as ``read_plain`` does, and where there is no mapping."""
    found = read_plain(path, fix)
    if found is None:
        raise _refused(path.name, Text("文件是空的", "the file is empty"), fix)
    if not isinstance(found, dict):
        said = Text("文件不是“键: 值”的形式", "the file is not a mapping of keys")
        raise _refused(path.name, said, fix)
    return found


def _value(node: yaml.Node, name: str, fix: Text) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, name, fix) for child in node.value]
    if not isinstance(node, yaml.MappingNode):
        return str(node.value).strip()
    found: dict[str, Any] = {}
    for key, value in node.value:
        if key.value in found:
            said = Text(f"键 {key.value} 重复", f"key {key.value} is given twice")
            raise _refused(f"{name}:{key.start_mark.line + 1}", said, fix)
        found[str(key.value)] = _value(value, name, fix)
    return found


def _malformed(name: str, text: str, error: yaml.YAMLError, fix: Text) -> UserError:
    """What is no YAML, with its line."""
    mark, words_en = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    at = mark.line if mark else text[: getattr(error, "position", 0)].count("\n")
    lines = text.splitlines()
    while at > 0 and (at >= len(lines) or not lines[at].strip()):
        at -= 1  # the parser stops behind what is not closed
    line = lines[at].strip()[:_SHOWN_LINE] if lines else ""
    said = Text(
        f"YAML 写法有误（冒号、逗号须用半角，冒号后留空格）：“{line}”",
        f"not valid YAML ({words_en or 'bad characters'}): {line!r}",
    )
    return _refused(f"{name}:{at + 1}", said, fix)


def _refused(where: str, what: Text, fix: Text) -> UserError:
    why = Text("没有可用的问题，什么都没有算", "without a problem nothing was computed")
    return UserError(what, where=where, why=why, fix=fix)
