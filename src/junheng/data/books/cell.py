"""One cell of an officer's file as text, and the days, lists and lost digits that stand in such texts."""

import re
import unicodedata
from datetime import date, datetime

from junheng.basics import normalise

LARGEST_EXACT = 10**15  # a spreadsheet keeps 15 digits: a longer code in a number cell has lost its end
_DAY = re.compile(
    r"(?:(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2}))(?: \d{2}:\d{2}:\d{2})?"
)
_LIST_SIGNS = str.maketrans(dict.fromkeys(",，;；/ ", "、"))


def text_of(cell: object) -> str:
    """A cell as cleaned text: whole numbers without a point, days as ISO 8601, yes and no as 是 and 否.

    >>> text_of(12.0), text_of(88.5), text_of(True), text_of(None), text_of(" 甲　区 ")
    ('12', '88.5', '是', '', '甲 区')
    """
    if isinstance(cell, str):
        return normalise(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < LARGEST_EXACT else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == cell.time().min else cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, date) else normalise(str(cell))


def as_typed(cell: object) -> str:
    """A cell's text with its own punctuation, nothing folded; what is no text as ``text_of`` has it.

    >>> as_typed(" 听力（右） "), as_typed(12.0)
    ('听力（右）', '12')
    """
    return unicodedata.normalize("NFC", cell).strip() if isinstance(cell, str) else text_of(cell)


def has_lost_digits(cell: object) -> bool:
    """Whether a number cell holds more digits than a spreadsheet keeps (an identity number typed as a number)."""
    return isinstance(cell, int | float) and abs(cell) >= LARGEST_EXACT


def parse_day(text: str) -> date | None:
    """A day as officers write it, an hour beside it passed over; None when it is none.

    >>> parse_day("2015年1月5日"), parse_day("20150105"), parse_day("2015-02-30")
    (datetime.date(2015, 1, 5), datetime.date(2015, 1, 5), None)
    """
    match = _DAY.fullmatch(text.strip())
    try:
        return date(*map(int, filter(None, match.groups()))) if match else None
    except ValueError:
        return None


def listed(text: str) -> list[str]:
    """The parts of a cell that holds several, with 、 or another sign between them.

    >>> listed("101、102，103")
    ['101', '102', '103']
    """
    return [part for part in text.translate(_LIST_SIGNS).split("、") if part]
