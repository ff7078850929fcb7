"""The sheets of the quota workbook and their columns, from ``columns.csv``."""

from pathlib import Path

from junheng.data.books import Form, load_forms

SERIES = ("numbers", "codes")  # kinds of columns that come in a row: 志愿1, 志愿2 …


def sheets() -> tuple[Form, ...]:
    """The sheets in the order of the workbook; the kinds of their columns are those of ``cells``."""
    return tuple(load_forms(Path(__file__).with_name("columns.csv")).values())
