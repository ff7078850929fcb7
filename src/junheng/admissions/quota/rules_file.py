"""Reading rules from YAML: values as written, faults with their line; the shipped rules.

PyYAML's constructors would turn 0.6 into a binary float and let the second of two equal keys win in silence, so only
its node tree is used: all scalars stay text and become exact numbers in ``rules``.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from junheng.admissions.complaint import shown_value
from junheng.admissions.quota.rules import Rules
from junheng.admissions.quota.rules_coherence import incoherences
from junheng.basics import Text, UserError, nearest, sha256_bytes

LIBRARY = Path(__file__).parent / "library"
Keys = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)
_LARGEST_BYTES = 200_000  # rules are a page or two
_FIX = Text("写法见 docs/method/quota.md", "see docs/method/quota.md for the keys")


class Located:
    """The content of a YAML file as plain text values, with the line of each key path."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.sha256 = sha256_bytes(content)
        self.lines: dict[Keys, int] = {(): 1}
        if len(content) > _LARGEST_BYTES:
            raise UserError(Text("规则文件过大", "the rules file is too large"), where=name, fix=_FIX)
        node = _node(name, content)
        self.content: Any = {} if node is None else self._value(node, ())

    def _value(self, node: yaml.Node, keys: Keys) -> Any:
        self.lines.setdefault(keys, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, keys)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(child, (*keys, index)) for index, child in enumerate(node.value)]
        return None if node.tag.endswith(":null") else node.value

    def _mapping(self, node: yaml.MappingNode, keys: Keys) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            self.lines[(*keys, name)] = key.start_mark.line + 1
            if name in found:
                raise self.fault((*keys, name), Text(f"键 {name} 重复", f"key {name} is given twice"))
            found[name] = self._value(value, (*keys, name))
        return found

    def fault(self, keys: Sequence[str | int], what: Text, fix: Text | None = None) -> UserError:
        """The error to raise about ``keys``: file, line and the path of the key."""
        known = tuple(keys)
        while known not in self.lines:
            known = known[:-1]
        path = ".".join(str(key + 1 if isinstance(key, int) else key) for key in keys)
        where = f"{self.name}:{self.lines[known]}" + (f" → {path}" if path else "")
        return UserError(what, where=where, fix=fix or _FIX)


def _node(name: str, content: bytes) -> yaml.Node | None:
    """The node tree of one plain document: no alias, which could refer to itself or multiply without end."""
    try:
        text = content.decode("utf-8-sig")
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                what = Text("不支持 YAML 别名（*名字）", "YAML aliases (*name) are not supported")
                raise UserError(what, where=f"{name}:{_line(event.start_mark)}", fix=_FIX)
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise UserError(Text("文件不是 UTF-8 编码", "the file is not UTF-8"), where=name, fix=_FIX) from error
    except RecursionError as error:
        raise UserError(
            Text("YAML 嵌套过深", "YAML nested too deeply"), where=f"{name}:1", fix=_FIX
        ) from error
    except yaml.YAMLError as error:
        raise UserError(
            Text("YAML 写法有误", f"not valid YAML: {getattr(error, 'problem', error)}"),
            where=f"{name}:{_line(getattr(error, 'problem_mark', None))}",
            fix=_FIX,
        ) from error


def _line(mark: Any) -> int:
    """The 1-based line of a parser's mark; the first where it has none."""
    return 1 if mark is None else int(mark.line) + 1


def validated(model: type[Model], located: Located) -> Model:
    """The content as ``model``. Raises UserError with file and line of the first thing amiss."""
    if not isinstance(located.content, Mapping):
        raise located.fault((), Text("文件不是“键: 值”的形式", "the file is not a mapping of keys"))
    try:
        return model.model_validate(located.content)
    except ValidationError as error:
        # A misspelt key is both unknown and missing: the unknown one tells what to mend.
        details = sorted(error.errors(include_url=False), key=lambda detail: detail["type"] == "missing")
        what, fix = _wording(dict(details[0]), model)
        raise located.fault(details[0]["loc"], what, fix) from error


def _wording(detail: Mapping[str, Any], model: type[BaseModel]) -> tuple[Text, Text | None]:
    key, given = detail["loc"][-1] if detail["loc"] else "", detail.get("input")
    if detail["type"] == "missing":
        return Text(f"缺少必填项 {key}", f"required key {key} is missing"), None
    if detail["type"] == "extra_forbidden":
        schema = model.model_json_schema()
        objects = [schema, *schema.get("$defs", {}).values()]
        near = nearest(str(key), {name for found in objects for name in found.get("properties", {})})
        return (
            Text(f"不认识的键 {key}", f"unknown key {key}"),
            Text(f"最接近的键是 {near}", f"the nearest known key is {near}") if near else None,
        )
    expected = (detail.get("ctx") or {}).get("expected")
    fix = Text(f"可用的值：{expected}", f"allowed: {expected}") if expected else None
    shown = shown_value(given)
    return Text(f"{key} 的值 {shown} 不合要求", f"{shown} does not fit {key}: {detail['msg']}"), fix


def library_rules() -> dict[str, Path]:
    """The shipped rules: id → file."""
    return {path.stem: path for path in sorted(LIBRARY.glob("*.yaml"))}


def load_rules(name: str | Path) -> tuple[Rules, str]:
    """The rules in a file, or the shipped ones of that id; and the SHA-256 of the file.

    Raises UserError with file, line and key for whatever is misspelt, missing, out of range or contradictory.
    """
    path = Path(name)
    if not path.is_file():
        shipped = library_rules()
        if str(name) not in shipped:
            raise UserError(
                Text(f"找不到规则 {name}", f"no such rules: {name}"),
                where=str(name),
                fix=Text(
                    f"请给出 YAML 文件，或内置规则之一：{'、'.join(shipped)}",
                    f"name a YAML file or one of the shipped rules: {', '.join(shipped)}",
                ),
            )
        path = shipped[str(name)]
    located = Located(path.name, path.read_bytes())
    return parse_rules(located), located.sha256


def parse_rules(located: Located) -> Rules:
    """``located`` as rules, checked in type and in sense. Raises UserError at the line at fault."""
    rules = validated(Rules, located)
    for keys, what in incoherences(rules):
        raise located.fault(keys, what)
    return rules
