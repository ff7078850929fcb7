"""Canonical bytes of what is hashed: RFC 8785 (JCS) narrowed to objects, lists, text and integers.

Fractions, true/false and null are refused, so that no two programs can write one value in two ways.
"""

import json
import unicodedata
from typing import Any

from junheng.basics import Text, UserError

LARGEST = 2**53 - 1
# The way to a part: (place of what holds it, key), written out only when there is something to refuse.
_Place = tuple[Any, ...]
_AS_GIVEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_SORTED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False, sort_keys=True)


def canonical_bytes(value: Any) -> bytes:
    """The one UTF-8 spelling of ``value`` (RFC 8785; keys by UTF-16 code units, text already NFC).

    Raises UserError for anything but dict (text keys), list, NFC text and integers up to 2^53-1.
    """
    # Sorting by characters and by UTF-16 code units differ only where a key goes beyond U+FFFF.
    text = _AS_GIVEN.encode(_reordered(value)) if _checked(value, ()) else _SORTED.encode(value)
    return text.encode("utf-8")


def strict_json(content: bytes, *, where: str = "") -> Any:
    """What ``content`` says, as JSON within the same limits; a key written twice is refused.

    Raises UserError naming ``where``. The text need not be in canonical form.
    """
    try:
        value = json.loads(content.decode("utf-8"), object_pairs_hook=_once, parse_float=_no_fraction)
    except (ValueError, RecursionError) as error:
        raise UserError(
            Text("不是规定格式的 JSON", f"Not JSON of the agreed form: {error}"),
            where=where,
            why=Text("无法核对读不懂的文件", "what cannot be read cannot be checked"),
            fix=Text("请使用原样下载的文件", "use the file exactly as it was published"),
        ) from error
    _checked(value, (where,))
    return value


def text_bytes(text: str, *, where: str = "") -> bytes:
    """UTF-8 of a name that enters a hash; refused unless NFC and free of the zero byte that ends it."""
    _check_text(text, (where,))
    if "\0" in text:
        raise _refused((where or text,), "名称中含有零字节", "A name holds a zero byte")
    return text.encode("utf-8")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is written twice")
    return found


def _no_fraction(text: str) -> float:
    raise ValueError(f"{text} is not an integer")


def _checked(value: Any, where: _Place) -> bool:
    try:
        return _check(value, where)
    except RecursionError as error:
        raise _refused(where[:1], "层次过深", "Nested too deeply") from error


def _check(value: Any, where: _Place) -> bool:
    """Refuse what has no place in a hash; True when a key holds a character beyond U+FFFF."""
    kind = type(value)
    is_beyond = False
    if kind is str:
        if not value.isascii():
            _check_text(value, where)
    elif kind is int:
        if not -LARGEST <= value <= LARGEST:
            raise _refused(where, f"整数过大：{value}", f"Integer beyond 2^53-1: {value}")
    elif kind is list:
        for part in value:
            is_beyond |= _check(part, where)
    elif kind is dict:
        for key, part in value.items():
            is_beyond |= _check_key(key, where) | _check(part, (where, key))
    else:
        raise _refused(where, f"不能使用的数据类型：{kind.__name__}", f"Type not allowed: {kind.__name__}")
    return is_beyond


def _check_key(key: Any, where: _Place) -> bool:
    if type(key) is not str:
        raise _refused(where, f"键不是文本：{key!r}", f"A key is not text: {key!r}")
    if key.isascii():
        return False
    _check_text(key, where)
    return max(key) > "\uffff"


def _reordered(value: Any) -> Any:
    """``value`` with its keys by UTF-16 code units (RFC 8785 §3.2.3)."""
    if isinstance(value, list):
        return [_reordered(part) for part in value]
    if isinstance(value, dict):
        return {key: _reordered(value[key]) for key in sorted(value, key=_utf16)}
    return value


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")


def _check_text(text: str, where: _Place) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise _refused(where, "文本含有残缺字符", "The text holds half a character") from error
    if not unicodedata.is_normalized("NFC", text):
        raise _refused(where, f"文本不是 NFC 形式：{text}", f"The text is not in NFC form: {text}")


def _refused(where: _Place, zh: str, en: str) -> UserError:
    return UserError(
        Text(zh, en),
        where=_path(where),
        why=Text("同一内容必须只有一种字节写法", "one content must have one spelling in bytes"),
        fix=Text(
            "只用对象、列表、NFC 文本和不超过 2^53-1 的整数",
            "use objects, lists, NFC text and integers up to 2^53-1 only",
        ),
    )


def _path(where: _Place) -> str:
    return ".".join(part if isinstance(part, str) else _path(part) for part in where if part)
