"""The library of checks compiled ahead: looking every name up again takes longer than running them.

``library.json`` is made from ``library/*.yaml``, the data dictionary and the code that compiles them, and names the
digest of these; another digest means that it is stale, and then it is not used. After a change of any of them:
``python -m junheng.data.checks.compiled``
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from junheng.basics import Text
from junheng.data.checks.definition import Check, CheckRule

FILE = Path(__file__).parent / "library.json"
_FOLDER = Path(__file__).parent
_CODE = ("definition", "expand", "expression", "facets", "sql", "views", "wording")


@cache
def compiled_library() -> tuple[Check, ...] | None:
    """The checks of the library as ``library.json`` holds them; None where it is absent or stale."""
    try:
        held = json.loads(FILE.read_text(encoding="utf-8"))
        if held["made_from"] != digest():
            return None
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
    ):  # a damaged file is as good as none: all of it can be made anew
        return None
    rules = [_rule(told) for told in held["rules"]]
    return tuple(_check(rules[number], told) for number, told in held["checks"])


def digest() -> str:
    """The SHA-256 of everything that the compiled library depends on, line ends apart."""
    found = sha256()
    for path in _sources():
        found.update(path.name.encode() + b"\n" + path.read_bytes().replace(b"\r\n", b"\n"))
    return found.hexdigest()


def as_json(checks: Sequence[Check]) -> str:
    """The text of ``library.json``: the rules, and each check with the place of its rule."""
    rules = {check.id: check.rule for check in checks}
    places = {rule: number for number, rule in enumerate(rules)}
    told = [json.dumps([places[check.id], _told(check)], ensure_ascii=False) for check in checks]
    written = [json.dumps(_told_rule(rule), ensure_ascii=False) for rule in rules.values()]
    lines = ",\n"
    return (
        f'{{"made_from": "{digest()}",\n"rules": [\n{lines.join(written)}\n],\n'
        f'"checks": [\n{lines.join(told)}\n]}}\n'
    )


def _sources() -> Iterator[Path]:
    yield from sorted((_FOLDER / "library").glob("*.yaml"))
    yield from (_FOLDER / f"{name}.py" for name in _CODE)
    yield from sorted((_FOLDER.parent / "dictionary").glob("*.csv"))


def _told_rule(rule: CheckRule) -> dict[str, Any]:
    found = {field.name: getattr(rule, field.name) for field in fields(CheckRule)}
    return {name: [value.zh, value.en] if isinstance(value, Text) else value for name, value in found.items()}


def _rule(told: Mapping[str, Any]) -> CheckRule:
    texts = {name: Text(*told[name]) for name in ("name", "what", "why", "fix")}
    lists = {name: tuple(told[name]) for name in ("each", "blames", "marks", "hides")}
    return CheckRule(**{**told, **texts, **lists})


def _told(check: Check) -> dict[str, Any]:
    return {
        "view": check.view,
        "sql": check.sql,
        "columns": check.columns,
        "shows": dict(check.shows),
        "blames": check.blames,
        "marks": check.marks,
        "bound": dict(check.bound),
    }


def _check(rule: CheckRule, told: Mapping[str, Any]) -> Check:
    return Check(
        rule=rule,
        view=told["view"],
        sql=told["sql"],
        columns=tuple(told["columns"]),
        shows=told["shows"],
        blames=tuple((table, column) for table, column in told["blames"]),
        marks=tuple((table, column) for table, column in told["marks"]),
        bound=told["bound"],
    )


if __name__ == "__main__":
    from junheng.data.checks.load import compile_library

    FILE.write_text(as_json(compile_library()), encoding="utf-8")
