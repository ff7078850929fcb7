"""The bureau's workbook: headings by dictionary, typed cells, faults with places."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from junheng.basics import STAGE_NAMES, Text, UserError, heading_key, nearest, normalise
from junheng.data import Grid, column_letter, read_sheets
from junheng.planning.frozen import number

_COLUMNS = Path(__file__).parent.parent / "columns.csv"
_HEADING_ROWS = 10  # title lines above the headings are passed over
_SHOWN = 30  # faults told in one refusal
_UNIT = re.compile(r"[（(][^）)]*[）)]")
_RANGES = {"year": range(1900, 2200), "month": range(1, 13)}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: typed ``cells`` (absent ones left out) and its place."""

    cells: Mapping[str, Any]
    where: str


@dataclass
class Faults:
    """Problems of the tables, gathered to be told at once."""

    found: list[Text] = field(default_factory=list)

    def add(self, where: str, zh: str, en: str) -> None:
        """Remember one."""
        self.found.append(Text(f"{where}：{zh}", f"{where}: {en}"))

    def tell(self, name: str) -> None:
        """Raise UserError when there are any."""
        if self.found:
            more = len(self.found) - _SHOWN
            lines = self.found[:_SHOWN] + ([Text(f"另有 {more} 处", f"and {more} more")] if more > 0 else [])
            raise UserError(
                Text(
                    "\n".join([f"表中有 {len(self.found)} 处问题", *(line.zh for line in lines)]),
                    "\n".join([f"{len(self.found)} problems in the tables", *(line.en for line in lines)]),
                ),
                where=name,
                why=Text("未作任何计算", "nothing was computed"),
                fix=Text("请改正后再运行", "mend them and run again"),
            )


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that may stand in cells: subjects and categories of retirement, id → word in Chinese."""

    subjects: Mapping[str, str]
    categories: Mapping[str, str]


@cache
def columns(sheet: str) -> tuple[Mapping[str, str], ...]:
    """The columns of ``sheet`` as columns.csv states them."""
    with _COLUMNS.open(encoding="utf-8", newline="") as stream:
        return tuple(row for row in csv.DictReader(stream) if row["sheet"] == sheet)


@cache
def sheet_names() -> Mapping[str, str]:
    """id → Chinese name of every sheet."""
    with _COLUMNS.open(encoding="utf-8", newline="") as stream:
        return {row["sheet"]: row["sheet_zh"] for row in csv.DictReader(stream)}


def read_tables(paths: Sequence[Path], words: Vocabulary, faults: Faults) -> dict[str, list[Row]]:
    """Rows by sheet id. A sheet that is not there is absent from the answer. Raises UserError for unreadable files."""
    found: dict[str, list[Row]] = {}
    unknown: list[Grid] = []
    for path in paths:
        for grid in read_sheets(path):
            sheet = next((k for k, zh in sheet_names().items() if heading_key(grid.title) in (k, zh)), None)
            if sheet is None:
                unknown.append(grid)
                continue
            if sheet in found:
                faults.add(grid.where, f"“{grid.title}”表出现两次", "this sheet is there twice")
                continue
            found[sheet] = list(_rows(sheet, grid, words, faults))
    _misnamed(unknown, [zh for key, zh in sheet_names().items() if key not in found], faults)
    return found


def _misnamed(unknown: Sequence[Grid], absent: Sequence[str], faults: Faults) -> None:
    """A sheet passed over for its name alone, while the one it seems to be is absent: told, not read as missing data."""
    for grid in unknown:
        title = heading_key(grid.title)
        meant = next((zh for zh in absent if zh in title or title in zh), None) or nearest(title, absent)
        if title and meant:
            faults.add(
                grid.where,
                f"不认识的工作表；是否为“{meant}”？改名后再读，与规划无关的表请移到别的文件",
                f"unknown sheet; is it {meant}? rename it, or keep sheets of other matters in another file",
            )


def _rows(sheet: str, grid: Grid, words: Vocabulary, faults: Faults) -> Iterator[Row]:
    row, places = _headings(sheet, grid)
    lacking = [column["zh"] for column in columns(sheet) if column["required"] == "yes"]
    lacking = [zh for zh in lacking if not any(column["zh"] == zh for column in places.values())]
    if lacking:
        near = nearest(lacking[0], [str(cell) for cell in grid.rows[row] if cell]) if grid.rows else None
        hint = f"；最接近的标题“{near}” | nearest: {near}" if near else ""
        faults.add(
            f"{grid.where} 第 {row + 1} 行", f"缺少列 {'、'.join(lacking)}{hint}", "headings are missing"
        )
        return
    for at in range(row + 1, len(grid.rows)):
        texts = [_text(cell) for cell in grid.rows[at]]
        first = next((text for text in texts if text), "#")
        if not first.startswith("#"):
            yield Row(_cells(grid, at, texts, places, words, faults), f"{grid.where} 第 {at + 1} 行")


def _headings(sheet: str, grid: Grid) -> tuple[int, dict[int, Mapping[str, str]]]:
    """The row of headings and what each of its columns means: the row that is understood best."""
    known = {
        heading_key(word): column
        for column in columns(sheet)
        for word in (column["column"], column["zh"], *filter(None, column["aliases"].split("|")))
    }
    best: tuple[int, dict[int, Mapping[str, str]]] = (0, {})
    for row, cells in enumerate(grid.rows[:_HEADING_ROWS]):
        keys = [heading_key(_UNIT.sub("", _text(cell))) for cell in cells]
        places = {at: known[key] for at, key in enumerate(keys) if key in known}
        if len(places) > len(best[1]):
            best = (row, places)
    return best


def _cells(
    grid: Grid, at: int, texts: Sequence[str], places: Mapping[int, Mapping[str, str]], words: Vocabulary,
    faults: Faults,
) -> dict[str, Any]:  # fmt: skip
    found: dict[str, Any] = {}
    for place, column in places.items():
        text, where = (
            texts[place] if place < len(texts) else "",
            f"{grid.where} {column_letter(place)}{at + 1}",
        )
        if (at, place) in grid.broken:
            faults.add(where, "单元格是错误值或公式未计算", "an error value, or a formula never calculated")
        elif text:
            value = typed(column["type"], text, words)
            if value is None:
                asked = _asked(column["type"], words)
                faults.add(
                    where,
                    f"“{column['zh']}”不能是“{text}”，应为{asked.zh}",
                    f"{column['en']} cannot be {text!r}; {asked.en}",
                )
            elif column["column"] in found:
                faults.add(where, f"列“{column['zh']}”出现两次", f"{column['en']} stands twice")
            else:
                found[column["column"]] = value
        elif column["required"] == "yes":
            faults.add(where, f"“{column['zh']}”未填", f"{column['en']} is blank")
    return found


def _asked(kind: str, words: Vocabulary) -> Text:
    """What may stand in a cell of a kind."""
    known = {
        "stage": [name.zh for name in STAGE_NAMES.values()],
        "subject": [*words.subjects.values()],
        "category": [*words.categories.values()],
    }
    if kind in known:
        listed = "、".join(known[kind])
        return Text(f"{listed} 之一", f"one of {listed}")
    if kind == "number":
        return Text("不小于 0 的数", "a number of 0 or more")
    if kind in _RANGES:
        low, high = _RANGES[kind][0], _RANGES[kind][-1]
        return Text(f"{low} 至 {high} 的整数", f"a whole number from {low} to {high}")
    return Text("不小于 0 的整数，不带单位", "a whole number of 0 or more, without unit")


def typed(kind: str, text: str, words: Vocabulary) -> Any:
    """The value of a cell; None where it is none of its kind. Counts are whole and not negative."""
    if kind == "text":
        return text
    if kind in ("stage", "subject", "category"):
        known = {
            "stage": {k: v.zh for k, v in STAGE_NAMES.items()},
            "subject": words.subjects,
            "category": words.categories,
        }[kind]
        return next((k for k, zh in known.items() if heading_key(text) in (k, heading_key(zh))), None)
    try:
        value = Fraction(Decimal(text.replace(",", "")))
    except (ArithmeticError, ValueError):
        return None
    if value < 0 or (kind != "number" and value.denominator != 1):
        return None
    if kind in _RANGES and value not in _RANGES[kind]:
        return None
    return number(value)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return normalise(str(cell))
