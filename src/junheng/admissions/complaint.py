"""Turns what a definition's types complain of into an error a person can act on."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from junheng.basics import Text, UserError, nearest

Model = TypeVar("Model", bound=BaseModel)

_FIX = Text("请按 docs/method/admission.md 的写法改正", "mend it as docs/method/admission.md describes")

_SHOWN = 40  # characters of a wrong value


def refuse(where: str, zh: str, en: str, *, why: Text | None = None, fix: Text | None = None) -> UserError:
    """The error to raise about ``where``."""
    return UserError(Text(zh, en), where=where, why=why, fix=fix or _FIX)


def validated(model: type[Model], content: Mapping[str, Any], where: str) -> Model:
    """``content`` as a ``model``; UserError naming the place of the first thing amiss."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        # A misspelt key is both unknown and missing: the unknown one tells what to mend.
        details: list[dict[str, Any]] = [dict(detail) for detail in error.errors(include_url=False)]
        details.sort(key=lambda detail: bool(detail["type"] == "missing"))
        first = details[0]
        place = ".".join([where, *(str(key + 1 if isinstance(key, int) else key) for key in first["loc"])])
        what, fix = _wording(first, _keys_of(model))
        others = len(details) - 1
        why = Text(f"另有 {others} 处不合要求", f"{others} more do not fit") if others else None
        raise refuse(place, what.zh, what.en, why=why, fix=fix) from error


def _keys_of(model: type[BaseModel]) -> list[str]:
    schema = model.model_json_schema()
    objects = [schema, *schema.get("$defs", {}).values()]
    return sorted({key for found in objects for key in found.get("properties", {})})


def _wording(detail: Mapping[str, Any], known: Sequence[str]) -> tuple[Text, Text | None]:
    key = next((name for name in reversed(detail["loc"]) if isinstance(name, str)), "")
    given = detail.get("input")
    if detail["type"] == "missing":
        return Text(f"缺少必填项 {key}", f"required key {key} is missing"), None
    if detail["type"] == "extra_forbidden":
        near = nearest(str(key), known)
        fix = Text(f"最接近的键是 {near}", f"the nearest known key is {near}") if near else None
        return Text(f"不认识的键 {key}", f"unknown key {key}"), fix
    expected = detail.get("ctx", {}).get("expected")
    fix = Text(f"可用的值：{expected}", f"allowed: {expected}") if expected else None
    shown = shown_value(given)
    return Text(f"{key} 的值 {shown} 不合要求", f"{shown} does not fit {key}: {detail['msg']}"), fix


def shown_value(given: object) -> str:
    """A value as a refusal quotes it: its beginning, where it is long.

    >>> shown_value("长" * 99)
    "'长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长…"
    """
    text = repr(given)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
