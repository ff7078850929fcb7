"""Cells of officers' workbooks as text, dates and lists."""

import re
from datetime import date, datetime

from junheng.basics import normalise

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_LIST_SIGNS = str.maketrans(dict.fromkeys(",，;；/ ", "、"))


def text_of(cell: object) -> str:
    """A cell as cleaned text: whole numbers without a point, days as ISO 8601.

    >>> text_of(12.0), text_of("　甲 区 "), text_of(None)
    ('12', '甲 区', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == cell.time().min else cell.isoformat(" ")
    return normalise(str(cell))


def parse_date(text: str) -> date | None:
    """A date as officers write it; None when it is none.

    >>> parse_date("2015年1月5日"), parse_date("20150105"), parse_date("2015-02-30")
    (datetime.date(2015, 1, 5), datetime.date(2015, 1, 5), None)
    """
    match = _DATE.fullmatch(text.strip()) or _COMPACT.fullmatch(text.strip())
    if not match:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def listed(text: str) -> list[str]:
    """The parts of a cell that holds several, with 、 or another sign between them.

    >>> listed("101、102，103")
    ['101', '102', '103']
    """
    return [part for part in text.translate(_LIST_SIGNS).split("、") if part]
