"""Reading the rules: the shipped file, a region's overlay over it, and what must hold among their values."""

import calendar
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from junheng.basics import Text, UserError, sha256_bytes, system_words
from junheng.enrolment.rules import LEVELS, RULES_FILE, Match, Rules

_LARGEST_BYTES = 200_000
_FIX = Text("写法见 docs/method/enrolment.md", "the form is described in docs/method/enrolment.md")
Json = dict[str, Any]
_NUMBER_BLOCKS = ("same", "same_student", "one_digit", "swapped")
_NAME_BLOCKS = ("same", "variant", "homophone")


def load_rules(on: date, overlay: Path | None = None) -> tuple[Rules, Json]:
    """The rules in force on ``on`` with ``overlay`` laid over them; and their provenance (id, files, hashes).

    Raises UserError for a file that cannot be read, an unknown or doubled key, a day before the rules, points under
    which blocking could miss a pair.
    """
    files = [RULES_FILE] + ([] if overlay is None else [overlay])
    content: Json = {}
    hashes = []
    for path in files:
        found, sha256 = _shipped() if path == RULES_FILE else _read(path)
        content = _laid_over(content, found)
        hashes.append({"file": path.name, "sha256": sha256})
    try:
        rules = Rules.model_validate(content)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        key = ".".join(map(str, detail["loc"]))
        raise _refused(files[-1].name, f"{key} 不合要求", f"{key}: {detail['msg']}") from error
    _check(rules, files[-1].name, on)
    return rules, {"id": rules.id, "files": hashes}


class _Loader(yaml.SafeLoader):
    """PyYAML, but a key given twice is refused, and so is an alias, which could multiply without end."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # PyYAML has no types here
            raise yaml.composer.ComposerError(None, None, "aliases (*name) are not supported", mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [str(key.value) for key, _ in node.value]
        for number, key in enumerate(keys):
            if key in keys[:number]:
                raise yaml.constructor.ConstructorError(None, None, f"key {key} twice", node.start_mark)
        return super().construct_mapping(node, deep=deep)


@cache
def _shipped() -> tuple[Json, str]:
    return _read(RULES_FILE)


def _read(path: Path) -> tuple[Json, str]:
    try:
        content = path.read_bytes()
        if len(content) > _LARGEST_BYTES:
            raise _refused(path.name, "规则文件过大", "the rules file is too large")
        text = content.decode("utf-8-sig")
        found = yaml.load(text, Loader=_Loader)
    except OSError as error:
        words = system_words(error)
        raise _refused(path.name, f"无法读取：{words.zh}", f"it cannot be read: {words.en}") from error
    except (UnicodeDecodeError, RecursionError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        words_en = getattr(error, "problem", "") or "not UTF-8 or nested too deeply"
        raise _refused(
            path.name + line, "YAML 写法有误、键重复或用了别名", f"not valid YAML: {words_en}"
        ) from error
    if not isinstance(found, dict):
        raise _refused(path.name, "文件不是“键: 值”的形式", "the file is not a mapping of keys")
    return found, sha256_bytes(content)


def _laid_over(below: Json, above: Json) -> Json:
    """``above`` over ``below``: mappings key by key, anything else replaced."""
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        merged[key] = _laid_over(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def _check(rules: Rules, file: str, on: date) -> None:
    if on < rules.in_force_from:
        start = rules.in_force_from.isoformat()
        raise _refused(file, f"规则自 {start} 起施行", f"the rules are in force from {start}")
    for part, levels in LEVELS.items():
        if part not in rules.match.parts or set(rules.match.parts[part].levels) != set(levels):
            told = "、".join(levels)
            raise _refused(
                file,
                f"match.parts.{part} 应恰有 {told}",
                f"match.parts.{part} must have {', '.join(levels)}",
            )
    if not rules.match.check <= rules.match.certain:
        raise _refused(
            file, "match.check 不能大于 match.certain", "match.check must not exceed match.certain"
        )
    if _most_without_a_block(rules.match) >= rules.match.check:
        raise _refused(
            file,
            "分值使号码、姓名都不近的两人也达到待核线，分块查找会漏掉",
            "by these points two people alike in neither number nor name reach the line: blocks would miss them",
        )
    month, day = map(int, rules.school_age.on_month_day.split("-"))
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(2023, month)[1]:
        raise _refused(file, "school_age.on_month_day 不是日期", "school_age.on_month_day is no day")
    if any(not 1 <= month <= 12 for clock in rules.clocks.levels.values() for month in clock.months):
        raise _refused(file, "clocks 的月份应为 1–12", "months of clocks must be 1 to 12")


def _most_without_a_block(match: Match) -> int:
    """The most points of a pair that no block holds: neither number nor sound of the name alike."""
    total = 0
    for part, levels in LEVELS.items():
        left_out = {"number": _NUMBER_BLOCKS, "name": _NAME_BLOCKS}.get(part, ())
        total += max(match.points(part, level) for level in levels if level not in left_out)
    return total


def _refused(where: str, zh: str, en: str) -> UserError:
    why = Text("规则有疑问，什么都没有算", "with rules in doubt nothing was computed")
    return UserError(Text(zh, en), where=where, why=why, fix=_FIX)
