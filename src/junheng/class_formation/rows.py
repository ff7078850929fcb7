"""The shape of a row that class formation reads; a row out of shape is refused, never mended."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from junheng.basics import Text, UserError

Check = Callable[[Any], bool]


def _is_int(value: object) -> bool:
    return type(value) is int


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_marks(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_int, value.values()))


def _is_flags(value: object) -> bool:
    return isinstance(value, dict) and all(_is_int(v) or _is_text(v) for v in value.values())


_FIELDS: Mapping[str, tuple[Check, str, str]] = {
    "pid": (_is_name, "文本", "a text"),
    "unit": (_is_name, "文本", "a text"),
    "school": (_is_name, "非空文本", "a text, not empty"),
    "grade": (_is_name, "非空文本", "a text, not empty"),
    "sex": (lambda value: _is_int(value) and 0 <= value <= 2, "0、1 或 2", "0, 1 or 2"),
    "special": (lambda value: _is_int(value) and value >= 0, "不小于 0 的整数", "an integer, 0 or more"),
    "marks": (_is_marks, "科目到整数的对象", "an object of integers by subject"),
    "feeder": (_is_text, "文本", "a text"),
    "apart": (
        lambda value: isinstance(value, list) and all(map(_is_name, value)),
        "文本列表",
        "a list of texts",
    ),
    "flags": (_is_flags, "整数或文本的对象", "an object of integers and texts"),
}


def check_rows(rows: Iterable[Mapping[str, Any]]) -> None:
    """Refuse (UserError) the first row that is not as docs/method/class_formation.md §1 says, or stands twice."""
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        if set(row) != set(_FIELDS):
            differing = "、".join(sorted(set(row) ^ set(_FIELDS)))
            raise _wrong(
                number, f"字段缺少或多余：{differing}", f"fields missing or not foreseen: {differing}"
            )
        for name, (fits, zh, en) in _FIELDS.items():
            if not fits(row[name]):
                raise _wrong(number, f"{name} 应为{zh}", f"{name} must be {en}")
        if row["pid"] in seen:
            raise _wrong(number, "同一学生出现两次", "one child stands twice")
        seen.add(row["pid"])


def _wrong(number: int, zh: str, en: str) -> UserError:
    return UserError(
        Text(f"名册的行不合规定：{zh}", f"A row of the roll is not as agreed: {en}"),
        where=f"第 {number} 行 row {number}",
        why=Text("有疑问的行不能猜", "a row in doubt must not be guessed"),
        fix=Text(
            "请按 docs/method/class_formation.md 第 1 节改正",
            "mend it after docs/method/class_formation.md §1",
        ),
    )
