"""The door of a Chinese address: house or lane, plain or marked; two readings are both kept.

Read: 中山路12号, 中山路12 (nothing behind it), １２号 (full-width), 十二号, 甲12号, 12号甲, 12号附3, 12-3号, 100弄25号,
100弄3支弄5号. A number that may be a pair of houses (12-16号) keeps both readings. Nothing is mended: what does not fit
has no door.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Unit = Literal["house", "lane"]

_DASHES = re.compile("[\u2010-\u2015\ufe63\uff0d~\uff5e]")
_DIGITS = "〇零一二三四五六七八九"
_NUMERAL = rf"[{_DIGITS}十百千两]+"
_MARKS = "甲乙丙丁戊己庚辛壬癸"
_EXTRA = "临新旧附"  # 临12号, 新12号, 附12号: other doors than 12号, and none says where
_DOOR = re.compile(
    rf"(?P<before>[{_MARKS}{_EXTRA}])?(?P<number>\d{{1,5}}|{_NUMERAL})"
    rf"(?:(?:-|之)(?P<sub>\d{{1,5}}|{_NUMERAL}))?(?P<unit>号|弄|$)"
    rf"(?P<after>[{_MARKS}](?![\u4e00-\u9fff])|(?:附|之)\d{{1,4}})?"
)
_SEGMENT = re.compile(r"(?:东|西|南|北|中)段")


@dataclass(frozen=True, slots=True)
class Door:
    """A number on a road. ``mark``: what tells it apart from the plain number ("甲", "-3"), "" for the number itself.

    ``until``: 12-16号 may be the houses 12 to 16; then 16, else None.
    """

    number: int
    unit: Unit
    mark: str = ""
    until: int | None = None


def clean_address(text: str) -> str:
    """One form for all typings: NFKC (full-width digits), one kind of dash, no spaces.

    >>> clean_address("中山路１２－３号 ")
    '中山路12-3号'
    """
    folded = unicodedata.normalize("NFKC", _DASHES.sub("-", text))
    return re.sub(r"\s+", "", _DASHES.sub("-", folded))


def door_at(text: str, start: int) -> Door | None:
    """The door that stands in the cleaned ``text`` from ``start`` on; None when no number can be read there.

    >>> door_at("中山路甲12号", 3)
    Door(number=12, unit='house', mark='甲', until=None)
    """
    if segment := _SEGMENT.match(text, start):
        start = segment.end()
    match = _DOOR.match(text, start)
    number = numeral(match["number"]) if match else None
    if match is None or number is None:
        return None
    sub = numeral(match["sub"]) if match["sub"] else None
    if match["sub"] and (sub is None or not match["unit"]):  # 12-3 alone may be number and room
        return None
    pieces = [match["before"] or "", f"-{sub}" if sub is not None else "", match["after"] or ""]
    until = sub if sub is not None and sub > number else None
    return Door(number, "lane" if match["unit"] == "弄" else "house", "".join(pieces), until)


def numeral(text: str) -> int | None:
    """A number in digits or Chinese numerals below ten thousand; None when it is none.

    >>> numeral("12"), numeral("一百零二"), numeral("十五"), numeral("二〇三"), numeral("十百")
    (12, 102, 15, 203, None)
    """
    if text.isascii() and text.isdigit():
        return int(text)
    text = text.replace("两", "二")
    if all(letter in _DIGITS for letter in text):
        digits = "".join(str(max(0, _DIGITS.index(letter) - 1)) for letter in text)
        return int(digits) if digits else None
    return _by_units(text)


def _by_units(text: str) -> int | None:
    total, digit, highest = 0, None, 10_000
    for letter in text:
        if letter in _DIGITS:
            value = max(0, _DIGITS.index(letter) - 1)
            if digit:  # two digits side by side among units mean nothing
                return None
            digit = value
            continue
        unit = {"十": 10, "百": 100, "千": 1000}[letter]
        if unit >= highest:
            return None
        total, digit, highest = total + (1 if digit is None else digit) * unit, None, unit
    return total + (digit or 0)
