"""Words of items: figures as percentages or counts, amounts lacking, the states of evidence."""

from collections.abc import Mapping
from typing import Any

from junheng.basics import Text
from junheng.web.findings.shown import amount_text, value_text

Json = Mapping[str, Any]
_RATIO = "ratio"
_WHOLE = 100.0  # a ratio is shown in per cent
STATES: Mapping[str, Text] = {
    "used": Text("采用", "used"),
    "expired": Text("已失效，不采用", "expired: dropped"),
    "undated": Text("没有日期，无法判定", "undated: cannot be told"),
    "unrated": Text("没有评定结果，无法判定", "unrated: cannot be told"),
    "off_scale": Text("评定结果不在等级之内", "rating outside its scale"),
}
_NOTHING = Text("—", "—")


def text_of(told: Json | None) -> Text | None:
    """A reason of the finding's files in words; None where there is none."""
    return Text(told["zh"], told["en"]) if told else None


def figure_words(test: Json, limit: Json, is_truth: bool) -> Text:
    """What a test found: so many of so many units, a rate, a count; "—" where nothing could be told."""
    units = test["schools"]
    if units is not None:
        return Text(
            f"{units['met']}/{units['of']} 个达到",
            f"{units['met']} of {units['of']} reach it",
        )
    if test["fact"] == "attested":
        return Text("", "")
    if test["value"] is None:
        return _NOTHING
    if is_truth:
        return Text("是", "yes") if test["value"] else Text("否", "no")
    if limit.get("unit") == _RATIO:
        line = None if test["line"] is None else _WHOLE * test["line"]
        said = f"{value_text(_WHOLE * test['value'], 2, line)}%"
        return Text(said, said)
    said = plain_text(test["value"], test["line"])
    return Text(said, said)


def plain_text(value: float | None, line: float | None) -> str:
    """A figure of an item: whole where it is whole, else with the decimals that keep it on its side of ``line``."""
    is_whole = value is not None and float(value).is_integer()
    return amount_text(value) if is_whole else value_text(value, 2, line)


def amount_words(amount: float, unit: Json | None) -> Text:
    """A quantity with its unit."""
    said, names = amount_text(amount), unit or {"zh": "", "en": ""}
    return Text(f"{said} {names['zh']}".strip(), f"{said} {names['en']}".strip())
