"""The shape of a row of each kind of draw, checked before it is frozen for good."""

from collections.abc import Mapping
from typing import Any

from junheng.basics import Text, UserError

KINDS = ("admission", "classes")
_ADDED = {"pid", "unit"}
# What children of one unit must share, for they are placed together.
SHARED = {"admission": ("choices", "classes", "fallback"), "classes": ("school", "grade")}


def check_row(kind: str, row: Mapping[str, Any], where: str) -> None:
    """Refuse (UserError) a row that the rules of its kind could not read; ``where`` names the entrant."""
    if _ADDED & set(row):
        raise _wrong(where, "pid 与 unit 由封存时算出", "pid and unit are computed when the roll is frozen")
    if kind == "admission":
        _check_choices(row, where)
    elif not _is_name(row.get("school")) or not _is_name(row.get("grade")):
        raise _wrong(where, "缺少学校或年级", "school or grade is missing")
    if not isinstance(row.get("flags", {}), dict):
        raise _wrong(where, "flags 应为对象", "flags is not an object")


def schools_of(kind: str, row: Mapping[str, Any]) -> list[str]:
    """The schools a row names: those it lists, or the one it belongs to."""
    return list(row["choices"]) if kind == "admission" else [str(row["school"])]


def _check_choices(row: Mapping[str, Any], where: str) -> None:
    extra = set(row) - {"choices", "classes", "flags", "fallback"}
    if extra:
        raise _wrong(where, f"多余的项：{sorted(extra)}", f"fields not foreseen: {sorted(extra)}")
    choices, classes = row.get("choices"), row.get("classes")
    if not isinstance(choices, list) or not isinstance(classes, list) or len(choices) != len(classes):
        raise _wrong(where, "志愿与类别应为等长的列表", "choices and classes are lists of one length")
    if not all(_is_name(school) for school in choices) or any(type(code) is not int for code in classes):
        raise _wrong(where, "志愿应为学校编号，类别应为整数", "choices are school ids, classes integers")
    for name, schools in (("志愿 choices", choices), ("调剂 fallback", row.get("fallback", []))):
        if len(set(schools)) != len(schools):
            raise _wrong(where, f"{name} 中同一学校出现两次", f"a school stands twice in {name}")
    if "fallback" in row and not row["fallback"]:
        raise _wrong(where, "空的 fallback 应省去", "an empty fallback is left out")


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _wrong(where: str, zh: str, en: str) -> UserError:
    return UserError(
        Text(f"名册中的一行不合规定：{zh}", f"A row of the roll is not as agreed: {en}"),
        where=where,
        why=Text("封存后不能再改", "once frozen it cannot be changed"),
        fix=Text("请改正后再封存", "mend it before freezing"),
    )
