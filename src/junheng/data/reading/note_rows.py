"""Rows below the headings that are no data (notes, totals, signatures): left out, and said so.

The declared rule: a row is a total when a cell up to its name is a total word (合计, 总计, 小计 …) and nothing else,
or when it has no usable code and its first filled cell ends in such a word; it is a note when it has no usable code
and its first filled cell begins like one (注：, 填表人, 审核人, 单位（盖章） …). Any other row without a code is refused.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from junheng.basics import Text, normalise
from junheng.data.arrays import arrow_array, numpy_of
from junheng.data.dictionary import TableSpec
from junheng.data.reading.grid import Grid, is_blank
from junheng.data.reading.headings import match_headings
from junheng.data.reading.numbers import is_missing
from junheng.data.reading.part import Block, Part
from junheng.data.tables import Problem

_SHOWN = 12  # characters of a note that its problem quotes
_TOTAL_WORDS = r"(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|汇\s*总|总\s*数)"
_ANY_TOTAL = re.compile(_TOTAL_WORDS)
_TOTAL = re.compile(rf"\s*{_TOTAL_WORDS}\s*:?\s*", re.ASCII)
_ENDS_IN_TOTAL = re.compile(rf".*{_TOTAL_WORDS}\s*:?\s*(?:\([^()]*\))?")
_NOTE = re.compile(
    r"\s*(?:(?:备?\s*注|说\s*明|附\s*注|注\s*释|数据来源|资料来源|注意)\s*[0-9]*\s*[:.、)]"
    r"|(?:填\s*表|填\s*报|制\s*表|审\s*核|复\s*核|经\s*办|统计负责|单位负责|学校负责|联系)\s*(?:人|单位|日期|时间|电话)"
    r"|[^0-9()]{0,20}\((?:盖\s*章|公\s*章|签\s*章|签\s*字)\)"
    r"|(?:单位)?负责人|校长签|联系电话|报出日期|填表日期|盖\s*章|签\s*[字章]|(?:单位|填报单位)(?:名称)?\s*[:(]|note\s*s?\s*:|total\s*$)",
    re.IGNORECASE,
)


def without_notes(block: Block, table: TableSpec) -> tuple[Block, list[Problem]]:
    """``block`` without its rows that are notes or totals, and the one problem that lists them."""
    places = {
        match.column.name: match.index
        for match in match_headings(table.name, block.headings, block.grid.where)[0]
    }
    code = places.get(table.key[0])
    if code is None or not len(block.numbers):
        return block, []
    leading = max(places.get(name, 0) for name in (*table.key, "name")) + 1
    suspects = _suspects(block.columns, code, leading)
    found = [row for row in suspects if _is_note(block.columns, row, code, leading)]
    if not found:
        return block, []
    kept = np.ones(len(block.numbers), bool)
    kept[found] = False
    columns = [[cell for cell, keep in zip(column, kept, strict=True) if keep] for column in block.columns]
    said = _problem(
        block.grid, table, [int(block.numbers[row]) for row in found], _quoted(block.columns, found)
    )
    return replace(block, columns=columns, numbers=block.numbers[kept], codes={}), [said]


def only_notes(part: Part) -> list[Problem]:
    """What to say of a table without any row of data: nothing when it is blank, else that only notes stand in it."""
    name = part.table.sheet
    return [
        replace(
            said,
            check="read.only_notes",
            cause=said.cause.replace("read.note_rows", "read.only_notes"),
            what=Text(
                f"“{name.zh}”没有读到数据，只有注释或合计行：{said.value}",
                f"no data in {name.en}, only notes or totals: {said.value}",
            ),
            fix=Text(
                "本来没有数据就无需处理；有则请填写",
                "nothing to do where there are no data, else fill them in",
            ),
        )
        for said in part.problems
        if said.check == "read.note_rows"
    ]


def without_totals(part: Part, grid: Grid) -> Part:
    """A part read by a mapping file without the rows whose code is a total word; its ``where`` sees to the rest."""
    code = part.data.get(part.table.key[0])
    if code is None or not pa.types.is_string(code.type):
        return part
    words = {word for word in pc.unique(code).to_pylist() if word and _TOTAL.fullmatch(normalise(word))}
    if not words:
        return part
    total = pc.is_in(code, arrow_array(sorted(words), pa.string()))
    kept = pc.invert(total)
    rows = part.rows[numpy_of(total)].tolist()
    said = _problem(grid, part.table, rows, sorted(words))
    return replace(
        part,
        data={name: array.filter(kept) for name, array in part.data.items()},
        raw={name: array.filter(kept) for name, array in part.raw.items()},
        rows=part.rows[numpy_of(kept)],
        problems=(said, *(problem for problem in part.problems if problem.row not in rows)),
    )


def _suspects(columns: Sequence[Sequence[object]], code: int, leading: int) -> list[int]:
    """Rows without a code of ASCII letters and digits, or with a total word before the figures."""
    rows = {index for index, cell in enumerate(columns[code]) if not _is_code(cell)}
    for column in columns[:leading]:
        words = {cell for cell in column if isinstance(cell, str)}
        if _ANY_TOTAL.search("\n".join(words)):  # one look at all of them is enough where there is none
            words = {cell for cell in words if _TOTAL.fullmatch(cell)}
            rows |= {index for index, cell in enumerate(column) if cell in words}
    return sorted(rows)


def _is_code(cell: object) -> bool:
    return not isinstance(cell, str) or (cell.isascii() and cell.isalnum())


def _is_note(columns: Sequence[Sequence[object]], row: int, code: int, leading: int) -> bool:
    words = [normalise(cell) for column in columns[:leading] if isinstance(cell := column[row], str)]
    if any(map(_TOTAL.fullmatch, words)):
        return True
    first = next((index for index, column in enumerate(columns) if not is_blank(column[row])), None)
    if first is None or not isinstance(columns[first][row], str):
        return False
    without_code = first == code or is_missing(str(columns[code][row] or ""))
    text = normalise(str(columns[first][row]))
    return without_code and bool(_NOTE.match(text) or _ENDS_IN_TOTAL.fullmatch(text))


def _quoted(columns: Sequence[Sequence[object]], found: Sequence[int]) -> list[str]:
    """The first words of each row."""
    texts = [
        next(str(column[row]).strip() for column in columns if not is_blank(column[row])) for row in found
    ]
    return [text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…" for text in texts]


def _problem(grid: Grid, table: TableSpec, rows: Sequence[int], quoted: Sequence[str]) -> Problem:
    numbers = "、".join(map(str, rows))
    return Problem(
        check="read.note_rows",
        severity="experience",
        cause=f"read.note_rows:{grid.file}:{grid.sheet}",
        what=Text(
            f"忽略了第 {numbers} 行：注释或合计行（{'；'.join(quoted)}）",
            f"left out rows {', '.join(map(str, rows))}: notes or totals ({'; '.join(quoted)})",
        ),
        fix=Text(
            "不是学校的数据就无需处理；是则请补上代码",
            "nothing to do, unless it is a school: then give its code",
        ),
        table=table.name,
        file=grid.file,
        sheet=grid.sheet,
        row=rows[0],
        value="；".join(quoted),
    )
