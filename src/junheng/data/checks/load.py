"""Reads ``data/checks/library/*.yaml``; a mistake in a rule is refused with file, line, id and key.

The library itself comes compiled where that is fresh; what reads and compiles is only loaded where it is needed.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.data.checks.compiled import compiled_library
from junheng.data.checks.definition import Check, CheckRule, RuleError
from junheng.data.dictionary import load_dictionary

LIBRARY = Path(__file__).parent / "library"


def load_checks(extra: Sequence[Path] = ()) -> tuple[Check, ...]:
    """Every check of the library, then those of ``extra`` files, in the order written.

    Raises UserError naming file, line, rule and key for a rule that cannot be used, or an id given twice.
    """
    if not extra:
        return _library()
    found = {check.key: check for check in _library()}
    for path in extra:
        for number, check in _checks_of(path):
            if check.key in found:
                raise _refused(path, number, check.id, RuleError(Text("编号重复", "given twice"), "id"))
            found[check.key] = check
    return tuple(found.values())


@cache
def _library() -> tuple[Check, ...]:
    found = {check.key: check for check in compiled_library() or compile_library()}
    return tuple(found.values())


def compile_library() -> tuple[Check, ...]:
    """Every check of the library, from its YAML."""
    return tuple(check for path in sorted(LIBRARY.glob("*.yaml")) for _, check in _checks_of(path))


def read_rules(path: Path) -> tuple[CheckRule, ...]:
    """The rules of one YAML file, which holds a list. Raises UserError naming file, line, rule and key."""
    return tuple(_rule(entry, path, number) for number, entry in enumerate(_entries(path)))


def _checks_of(path: Path) -> Iterator[tuple[int, Check]]:
    """(position in the file, check) of every check of one file."""
    from junheng.data.checks.expand import expand  # with the SQL parser

    for number, rule in enumerate(read_rules(path)):
        try:
            for check in expand(rule, load_dictionary()):
                yield number, check
        except RuleError as mistake:
            raise _refused(path, number, rule.id, mistake) from mistake


def _entries(path: Path) -> list[Any]:
    import yaml

    # The C parser is ten times as fast; both read the same safe subset.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _unusable(Text(f"无法读取：{error}", f"cannot be read: {error}"), path.name) from error
    if not isinstance(entries, list):
        raise _unusable(Text("应为规则的列表", "a list of rules is expected"), path.name)
    return entries


def _rule(entry: object, path: Path, number: int) -> CheckRule:
    from pydantic import ValidationError

    from junheng.data.checks.rule_entry import rule_of

    try:
        return rule_of(entry)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(entry.get("id", "")) if isinstance(entry, dict) else ""
        key = ".".join(str(part) for part in first["loc"])
        raise _refused(path, number, name, RuleError(Text(first["msg"], first["msg"]), key)) from error


def _refused(path: Path, number: int, rule: str, mistake: RuleError) -> UserError:
    from junheng.data.reading.yaml_place import line_of

    line = line_of(path.read_text(encoding="utf-8"), (number, *mistake.key.split(".")))
    place = f"{path.name} 第 {line} 行 line {line}: {rule or f'#{number + 1}'} → {mistake.key}"
    return _unusable(mistake.what, place)


def _unusable(what: Text, where: str) -> UserError:
    return UserError(
        Text(f"数据检查规则有误：{what.zh}", f"A data check cannot be used: {what.en}"),
        where=where,
        fix=Text("请按 docs/recipes/add_a_check.md 修改", "mend it as docs/recipes/add_a_check.md says"),
    )
