"""What may stand under a heading: numbers exact, days ISO 8601, yes or no, or one of its words."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from junheng.basics import Text, value_key
from junheng.data.books.cell import parse_day
from junheng.data.books.form import Heading

_YES_NO: Mapping[str, str] = {
    "是": "yes", "有": "yes", "yes": "yes", "y": "yes", "true": "yes", "1": "yes",
    "否": "no", "无": "no", "没有": "no", "no": "no", "n": "no", "false": "no", "0": "no",
}  # fmt: skip


def canonical(heading: Heading, text: str) -> str | None:
    """``text`` as the heading's kind wants it; None where it is no such thing."""
    if heading.values:
        words = {value_key(word): name for name, zh in heading.values.items() for word in (name, zh)}
        return words.get(value_key(text))
    if heading.kind == "number":
        return _number(text)
    if heading.kind == "date":
        day = parse_day(text)
        return day.isoformat() if day else None
    if heading.kind == "yes_no":
        return _YES_NO.get(value_key(text))
    return text


def yes_or_no(text: str) -> bool | None:
    """A yes or no in any of its words; None where it is neither.

    >>> yes_or_no("是"), yes_or_no("no"), yes_or_no("")
    (True, False, None)
    """
    return {"yes": True, "no": False}.get(_YES_NO.get(value_key(text), ""))


def wanted(heading: Heading) -> Text:
    """What may stand in a cell of this heading."""
    if heading.values:
        listed = "、".join(heading.values.values())
        return Text(f"可用：{listed}", f"one of {listed}")
    words = {
        "number": Text("填数字，不带单位", "a number without its unit"),
        "date": Text("填日期，如 2025-06-30", "a day such as 2025-06-30"),
        "yes_no": Text("填是或否", "yes or no"),
    }
    return words.get(heading.kind, Text("填文字", "a text"))


def _number(text: str) -> str | None:
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return f"{value.normalize():f}" if value.is_finite() and abs(value) < Decimal(10) ** 15 else None
