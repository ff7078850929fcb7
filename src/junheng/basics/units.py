"""Units of the forms and how they convert: yuan and 万元, square metres and 亩, persons and 万人.

Factors are exact fractions, so a figure is converted exactly and rounded to a double once. 1 亩 = 2000/3 m²;
foot and acre are the international ones (0.3048 m; 43,560 ft²).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from junheng.basics.text import Text, normalise

_FOOT = Fraction("0.3048")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: ``factor`` of it make one ``base`` unit's worth, i.e. value × factor is in ``base`` units."""

    code: str
    name: Text
    base: str
    factor: Fraction
    aliases: tuple[str, ...] = ()


def _unit(code: str, zh: str, en: str, base: str, factor: Fraction | int = 1, aliases: str = "") -> Unit:
    return Unit(code, Text(zh, en), base, Fraction(factor), tuple(aliases.split()))


UNITS: Mapping[str, Unit] = {
    unit.code: unit
    for unit in (
        _unit("yuan", "元", "yuan", "yuan", aliases="人民币元 RMB CNY ¥"),
        _unit("thousand_yuan", "千元", "thousand yuan", "yuan", 1000),
        _unit("wan_yuan", "万元", "10,000 yuan", "yuan", 10**4, "万"),
        _unit("million_yuan", "百万元", "million yuan", "yuan", 10**6),
        _unit("yi_yuan", "亿元", "100 million yuan", "yuan", 10**8, "亿"),
        _unit("m2", "平方米", "m²", "m2", aliases="㎡ m² m2 平米 平方 sqm"),
        _unit("wan_m2", "万平方米", "10,000 m²", "m2", 10**4, "万㎡ 万平米"),
        _unit("hectare", "公顷", "hectares", "m2", 10**4, "ha hectare"),
        _unit("mu", "亩", "mu", "m2", Fraction(2000, 3), "畝"),
        _unit("ft2", "平方英尺", "ft²", "m2", _FOOT**2, "ft² ft2 sqft 英尺²"),
        _unit("acre", "英亩", "acres", "m2", 43560 * _FOOT**2, "acre"),
        _unit("persons", "人", "persons", "persons", aliases="名 位 人次 person pupils teachers"),
        _unit("wan_persons", "万人", "10,000 persons", "persons", 10**4),
        _unit("classes", "个班", "classes", "classes", aliases="个 班 class"),
        _unit("rooms", "间", "rooms", "rooms", aliases="个 室 room"),
        _unit("sets", "台", "sets", "sets", aliases="台套 台（套） 套 set"),
        _unit("books", "册", "books", "books", aliases="本 book"),
        _unit("wan_books", "万册", "10,000 books", "books", 10**4),
        _unit("papers", "份", "papers", "papers", aliases="张 paper"),
        _unit("minutes", "分钟", "minutes", "minutes", aliases="分 min minute"),
        _unit("hours", "学时", "hours", "hours", aliases="小时 课时 h hour"),
        _unit("degree", "度", "degrees", "degree", aliases="° deg"),
        _unit("ratio", "小数", "fraction", "ratio"),
        _unit("percent", "%", "%", "ratio", Fraction(1, 100), "％ 百分比 percent"),
        _unit("permille", "‰", "‰", "ratio", Fraction(1, 1000)),
    )
}


def _unit_key(word: str) -> str:
    return normalise(word).replace(" ", "").casefold()


def _index() -> dict[str, tuple[Unit, ...]]:
    found: dict[str, tuple[Unit, ...]] = {}
    for unit in UNITS.values():
        for word in dict.fromkeys(map(_unit_key, (unit.code, unit.name.zh, unit.name.en, *unit.aliases))):
            found[word] = (*found.get(word, ()), unit)
    return found


_BY_WORD = _index()
_LABEL = re.compile(r"^(计量)?单位[:]?")


def find_unit(word: str, base: str) -> Unit | None:
    """The unit that ``word`` ("万元", "㎡", "单位：亩", "ft2") names among those of ``base``; None if there is none.

    Some words name several units (个: classes, rooms); ``base`` chooses.
    """
    for unit in _BY_WORD.get(_LABEL.sub("", _unit_key(word)), ()):
        if unit.base == base:
            return unit
    return None


def is_unit(word: str) -> bool:
    """Whether ``word`` names a unit of any kind."""
    return _LABEL.sub("", _unit_key(word)) in _BY_WORD


def convert_exactly(value: float, factor: Fraction) -> float:
    """``value`` (meaning its shortest decimal) times ``factor``, exact, rounded to a double once.

    >>> convert_exactly(4.35, Fraction(100))
    435.0
    """
    return float(Fraction(repr(value)) * factor)
