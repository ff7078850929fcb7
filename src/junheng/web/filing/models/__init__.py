"""The tables of filing: years, returns, cells, what is said of them, their files."""

from junheng.web.filing.models.cells import Cell, Change, Origin, Row
from junheng.web.filing.models.files import Attachment, Workbook
from junheng.web.filing.models.said import Explanation, Remark
from junheng.web.filing.models.undone import UndoneFreeze
from junheng.web.filing.models.years import CountyYear, Filing

__all__ = [
    "Attachment",
    "Cell",
    "Change",
    "CountyYear",
    "Explanation",
    "Filing",
    "Origin",
    "Remark",
    "Row",
    "UndoneFreeze",
    "Workbook",
]
