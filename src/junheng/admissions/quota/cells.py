"""From cells to values: whole numbers, exact fractions, yes and no; faults with row and column."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from junheng.basics import Text, UserError
from junheng.data import Cell, Grid, column_letter
from junheng.data.books import CALCULATE, NOT_CALCULATED, Heading, text_of

_MISSING = frozenset({"", "-", "--", "—", "——", "/", "无", "n/a", "na"})
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_YES = frozenset({"是", "有", "true", "yes", "y", "1", "√", "✓"})
_NO = frozenset({"否", "不是", "无", "false", "no", "n", "0", "×"})
_LEVELS = {
    "city": frozenset({"市级", "省级", "市属", "省属", "省市属", "市", "省", "city", "province"}),
    "district": frozenset({"区级", "县级", "区属", "县属", "区", "县", "区县级", "district", "county"}),
}
_SEPARATORS = re.compile(r"[、,，;；\s]+")
_FORBIDDEN = re.compile(r"^[=+@]|[|#]")
_LARGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: sheet, 0-based row and column, and what the column is called."""

    grid: Grid
    row: int
    column: int
    heading: str

    @property
    def where(self) -> str:
        """File, sheet, row and column as people count them."""
        letter = column_letter(self.column)
        return f"{self.grid.where} 第{self.row + 1}行 {letter}列 row {self.row + 1}, column {letter}（{self.heading}）"

    def require_sound(self) -> None:
        """Raise UserError when the cell is an error, or a formula never calculated: it only looks blank."""
        if (self.row, self.column) in self.grid.broken:
            raise self.refuse(NOT_CALCULATED.zh, NOT_CALCULATED.en, CALCULATE)

    def refuse(self, zh: str, en: str, fix: Text | None = None) -> UserError:
        """The error to raise about this cell."""
        return UserError(
            Text(zh, en),
            where=self.where,
            why=Text("一格有错，各校应得数都不可信", "one wrong cell makes every school's share doubtful"),
            fix=fix or Text("请改正该格", "mend the cell"),
        )


def is_missing(text: str) -> bool:
    """Whether the cell says that there is nothing."""
    return text.casefold() in _MISSING


def value_of(column: Heading, cell: Cell, place: Place) -> object:
    """The typed value of a cell, None where it is blank. Raises UserError naming the cell otherwise."""
    text = text_of(cell)
    if column.kind != "boolean" and is_missing(text):
        return None
    return _READERS[column.kind](text, place)


def _exact(text: str, place: Place) -> Fraction:
    bare = text.replace(" ", "")
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(",", "")
    if not _NUMBER.fullmatch(bare):
        raise place.refuse(f"“{text}”不是数字", f"{text!r} is no number", Text("请填数字", "enter a number"))
    number = Fraction(bare)
    if number < 0:
        raise place.refuse(
            f"{text} 是负数", f"{text} is negative", Text("请填不小于 0 的数", "enter 0 or more")
        )
    if number > _LARGEST:
        raise place.refuse(f"{text} 过大", f"{text} is out of range")
    return number


def _integer(text: str, place: Place) -> int:
    number = _exact(text, place)
    if number.denominator != 1:
        raise place.refuse(f"{text} 不是整数", f"{text} is not a whole number")
    return int(number)


def _share(text: str, place: Place) -> Fraction:
    percent = text.endswith("%")
    number = _exact(text.removesuffix("%"), place) / (100 if percent else 1)
    if number > 1:
        raise place.refuse(
            f"分配比例 {text} 超过 100%",
            f"the share {text} is over 100 %",
            Text("请写 60% 或 0.6", "write 60% or 0.6"),
        )
    if number == 0:
        raise place.refuse(
            "分配比例为 0", "the share is 0", Text("不分配的学校请删去该行", "leave the school out")
        )
    return number


def _boolean(text: str, place: Place) -> bool | None:
    word = text.casefold()
    if word in _YES or word in _NO:
        return word in _YES
    if is_missing(text):
        return None
    raise place.refuse(f"“{text}”不是“是”或“否”", f"{text!r} is neither yes nor no")


def _level(text: str, place: Place) -> str:
    for level, words in _LEVELS.items():
        if text.casefold() in words:
            return level
    raise place.refuse(
        f"“{text}”不是层级", f"{text!r} is no level", Text("请填“市级”或“区级”", "city or district")
    )


def _code(text: str, place: Place) -> str:
    if _FORBIDDEN.search(text):
        raise place.refuse(
            f"“{text}”含有 | 或 #，或以 = + @ 开头", f"{text!r} contains | or #, or begins with = + @"
        )
    return text


def _list(text: str, place: Place) -> tuple[str, ...]:
    return tuple(_code(part, place) for part in _SEPARATORS.split(text) if part)


_READERS: Mapping[str, Callable[[str, Place], object]] = {
    "integer": _integer,
    "number": _exact,
    "numbers": _exact,
    "share": _share,
    "boolean": _boolean,
    "level": _level,
    "code": _code,
    "codes": _code,
    "text": _code,
    "list": _list,
}
