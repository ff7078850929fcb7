"""A sheet as a roll: its row of headings found, its cells cleaned, what is broken told in its place."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from junheng.basics import Text, heading_key
from junheng.data import Grid
from junheng.data.books import Headed, find_headings, has_lost_digits
from junheng.enrolment.problems import Problems
from junheng.enrolment.roll import Roll
from junheng.enrolment.rules import LIBRARY

_LONG_NUMBERS = ("id_number", "student_number", "guardian_id")
SHEETS_FIX = Text(
    "按 docs/method/enrolment.md 的表名和列名改正", "name sheets and columns as in docs/method/enrolment.md"
)
_TEXT_FIX = Text("把该列改为文本格式重新录入", "make the column text and type it again")
_CELL_FIX = Text("按原始材料改正该格", "mend the cell after the papers")


@cache
def columns() -> Mapping[str, Any]:
    """The library of sheets and headings."""
    with (LIBRARY / "columns.yaml").open(encoding="utf-8") as stream:
        return dict(yaml.safe_load(stream))


def list_headings(table: str) -> tuple[Text, list[tuple[Text, bool]]]:
    """The name of a sheet (``register``, ``totals`` …) and its headings, each with whether it must be there."""
    told, sheet = columns(), columns()["sheets"][table]
    named = [(name, told["columns"][name]) for name in sheet["columns"]]
    headings = [(Text(words["zh"], words["en"]), name in told["needed"][table]) for name, words in named]
    return Text(sheet["zh"], sheet["en"]), headings


def roll_of(grid: Grid, table: str, problems: Problems) -> Roll | None:
    """The sheet as a roll; None where headings are absent (noted); a doubled heading is noted, the first one counts."""
    words, needed = columns()["columns"], columns()["needed"][table]
    headed = find_headings(grid, _heading_index(table), needed)
    for at, name in headed.doubled.items():
        zh = words[name]["zh"]
        problems.add(
            str(headed.place(at)), f"两列都是“{zh}”", f"two columns mean {zh}", SHEETS_FIX, blocks=True
        )
    if lacking := headed.lacking(needed):
        told = "、".join(words[name]["zh"] for name in lacking)
        problems.add(
            str(headed.place()), f"缺少列 {told}", f"columns missing: {told}", SHEETS_FIX, blocks=True
        )
        return None
    return _filled(headed, table, problems)


@cache
def _heading_index(table: str) -> dict[str, str]:
    found = {}
    for name in columns()["sheets"][table]["columns"]:
        words = columns()["columns"][name]
        for word in (name, words["zh"], words["en"], *words["aliases"]):
            found[heading_key(word)] = name
    return found


def _filled(headed: Headed, table: str, problems: Problems) -> Roll:
    kept, texts = list[int](), {name: list[str]() for name in headed.columns}
    numbers = [name for name in _LONG_NUMBERS if name in headed.columns]
    for row in headed.records():
        if not (row.cells or row.broken):
            continue
        kept.append(row.place.row)
        for name, column in texts.items():
            column.append(row.cell(name))
        for name in row.broken:
            problems.add(
                str(row.at(name)),
                "公式没有算出或有错误值，按空处理",
                "an error value or a formula not calculated: taken as missing",
                _CELL_FIX,
            )
        for name in numbers:
            if has_lost_digits(headed.typed(row, name)):
                problems.add(
                    str(row.at(name)),
                    "证件号按数值保存，末几位已丢失",
                    "a number kept as a numeric cell has lost its last digits",
                    _TEXT_FIX,
                )
    return Roll(table, headed.grid.where, kept, texts, headed.letters)
