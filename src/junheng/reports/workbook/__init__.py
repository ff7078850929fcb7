"""The Excel annex of a finding, and workbooks of a few plain sheets."""

from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import ALL_DECIMALS, Column, Value

__all__ = ["ALL_DECIMALS", "Column", "Sheet", "Value", "plain_book"]
