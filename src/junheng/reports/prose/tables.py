"""Tables: the row or column named 合计 must be the sum of the others."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from junheng.basics import Text
from junheng.reports.prose.reading import Table
from junheng.reports.prose.remark import Remark

_TOTAL = re.compile(r"^(?:合\s*计|总\s*计|共\s*计|小\s*计)$")
_FEWEST = 2  # summands that make a sum


def check_table(table: Table) -> Iterator[Remark]:
    """Columns above a last row 合计, and rows before a last column 合计 (headed so)."""
    yield from _last_row(table, table.rows, along_rows=False)
    turned = tuple(zip(*table.rows, strict=True)) if _even(table) else ()
    yield from _last_row(table, turned, along_rows=True)


def _even(table: Table) -> bool:
    return bool(table.rows) and len({len(row) for row in table.rows}) == 1


def _last_row(table: Table, rows: Sequence[Sequence[str]], *, along_rows: bool) -> Iterator[Remark]:
    if len(rows) <= _FEWEST or not rows[-1] or not _TOTAL.match(rows[-1][0]):
        return
    for place in range(1, len(rows[-1])):
        printed = _number(rows[-1][place])
        parts = [_number(row[place]) for row in rows[1:-1] if place < len(row)]
        if printed is None or len(parts) < _FEWEST or any(part is None for part in parts):
            continue
        total = sum((part for part in parts if part is not None), Decimal(0))
        name = rows[0][place] if place < len(rows[0]) else ""
        what = f"第{place + 1}行“{name}”" if along_rows else f"第{place + 1}列“{name}”"
        where = f"row {place + 1} “{name}”" if along_rows else f"column {place + 1} “{name}”"
        if total == printed:
            yield Remark("agrees", table.where, Text(f"{what}合计{printed}", f"{where} sums to {printed}"))
        else:
            words = Text(
                f"{what}相加为{total}，合计写的是{printed}", f"{where} adds to {total}, printed {printed}"
            )
            yield Remark("contradicts", table.where, words)


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(",", "").replace("，", "").strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
